"""Tables leave as files: numbers stay numbers, and nothing in them can run."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.office.web.exports import Table, answer, safe


def rows(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_list_leaves_as_csv_with_exact_numbers(sample, lan):
    table = rows(lan.get("/chi-tieu/?dang=csv&ky=2024"))
    assert table[0][:3] == ["Mã", "Chỉ tiêu", "Mức"]
    retail = next(row for row in table if row[0] == "retail_services_total")
    assert retail[2:4] == ["853.3", "nghìn tỷ đồng"]


def test_a_series_leaves_with_every_vintage_and_its_source(sample, lan):
    table = rows(lan.get("/chi-tieu/exports/?dang=csv"))
    told = [row for row in table if row[0] == "Năm 2020" and row[1] == "So với cùng kỳ"]
    assert [row[2] for row in told] == ["3.5", "2.2", "1.8"]
    assert all(row[6] or row[7] for row in told)


def test_numbers_in_excel_are_numbers(sample, lan):
    import zipfile

    answer = lan.get("/chi-tieu/exports/?dang=xlsx")
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>16.7</v>" in sheet
    assert "<f>" not in sheet


def test_another_kind_of_file_is_not_found(sample, lan):
    assert lan.get("/chi-tieu/?dang=exe").status_code == 404


@pytest.mark.parametrize("text", ["=1+1", "+84", "-cmd", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_disarmed(text):
    assert safe(text) == "'" + text
    body = answer("csv", "a", Table("t", ["a"], [[text]])).content.decode("utf-8-sig")
    assert next(iter(list(csv.reader(io.StringIO(body, newline="")))[1]))[0] == "'"


@given(st.text())
def test_harmless_text_stays_as_it_is(text):
    assert safe(text) in (text, "'" + text)
    assert not safe(text).startswith(("=", "+", "-", "@"))
