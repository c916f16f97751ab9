"""The statistics office's real workbooks of four months, cell by cell; skipped where they are not beside the checkout."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from sct.reading.workbooks import read_workbook

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "samples" / "workbooks"


@pytest.fixture(scope="module")
def expected():
    if not (FOLDER / "expected.csv").exists():
        pytest.skip("the sample workbooks are not beside this checkout")
    rows = defaultdict(list)
    with (FOLDER / "expected.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            rows[row["file"]].append(row)
    return rows


@pytest.fixture(scope="module")
def books(expected):
    return {name: read_workbook((FOLDER / name).read_bytes(), name) for name in expected}


def same(value, text):
    if value is None or text == "":
        return value is None and text == ""
    try:
        return float(value) == float(text)
    except ValueError:
        return value == text


def test_every_expected_cell_is_read_as_it_must_be(expected, books):
    wrong = []
    for name, rows in expected.items():
        read = {}
        for cell in books[name].cells:
            shown = cell.as_json()
            read.setdefault((shown["sheet"], shown["cell"], shown["column_meaning"]), shown)
        for row in rows:
            found = read.get((row["sheet"], row["cell"], row["column_meaning"]))
            good = found is not None and not found["set_aside"] and same(found["value"], row["value"])
            if not good or any((found[field] or "") != row[field] for field in ("row_label", "period", "unit")):
                wrong.append((name, row, found))
    assert wrong == []


def test_nothing_else_is_read(expected, books):
    for name, rows in expected.items():
        known = {(row["sheet"], row["cell"], row["column_meaning"]) for row in rows}
        extra = [c for c in books[name].cells if (c.sheet, c.cell, c.column_meaning) not in known and not c.set_aside]
        assert extra == []


def test_every_figure_of_the_monthly_workbooks_has_its_series(books):
    for name, book in books.items():
        without = [c.row_label for c in book.cells if c.scale != "text" and not c.indicator]
        assert without == [], name
        if not name.startswith("Chi_Tieu"):
            series = {(c.sheet, c.indicator, c.breakdown) for c in book.cells}
            labels = {(c.sheet, c.row_label, c.row) for c in book.cells}
            assert len(series) == len(labels), "two rows of one label are two series"
