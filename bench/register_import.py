"""A file of 10,000 markets with 300 bad rows into a register, beside django-import-export into one plain table.

Both read the same CSV, name every bad cell, show what would come in, take the good rows in, and take them out again.
The register keeps for each row an entry, an event with its source, its spans, the words of the search and a sealed log
entry; the peer keeps one row of a table with the same columns and as many indexes as a list of them needs.
"""

from __future__ import annotations

import csv
import io
import statistics
import time
from collections.abc import Callable
from typing import Any

ROWS, BAD, ROUNDS = 10_000, 300, 3
HEAD = ("Tên", "Địa bàn", "Trạng thái", "Từ ngày", "Số điểm kinh doanh", "Nhà chợ", "Nguồn")
STEPS = ("read, name what is bad, show", "read again and record", "undo")
Steps = tuple[float, float, float]


def file(rows: int = ROWS, bad: int = BAD) -> str:
    """Markets all over the city; of the bad ones one third each lacks a number, has a day that is none, has no area."""
    from datetime import date

    from sct.catalogue import load

    communes = [one.name for one in load().areas.on(date(2026, 1, 1), "commune") if one.key.endswith("@2025-07-01")]
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(HEAD)
    each = rows // bad
    for n in range(rows):
        cells = [
            f"Chợ số {n}",
            communes[n % len(communes)],
            "Hoạt động",
            "01/08/2025",
            str(n % 700),
            "Kiên cố",
            "sổ tay",
        ]
        if n % each == 0 and n // each < bad:
            place, wrong = ((4, "mười"), (3, "31/02/2025"), (1, "Phường Không Có"))[n // each % 3]
            cells[place] = wrong
        writer.writerow(cells)
    return stream.getvalue()


def ours(person: Any, text: str) -> tuple[Steps, Any]:
    """Seconds of CPU for each step, and what was found: bad cells by row, good rows, rows left after the undoing."""
    from sct.catalogue.registers import register
    from sct.office.registers import actions, importing
    from sct.office.registers.models import Span

    kind, data = register("markets"), text.encode()
    reading, first = timed(lambda: importing.read(person, kind, data, "cho.csv"))
    done, second = timed(lambda: importing.commit(person, importing.read(person, kind, data, "cho.csv")))
    inside = Span.objects.filter(open=True, register="markets").count()
    _gone, third = timed(lambda: actions.withdraw(person, batch=done.batch, why="thử"))
    left = Span.objects.filter(register="markets").count()
    return (first, second, third), (sorted((f.row, f.column, f.value) for f in reading.faults), inside, left)


def peer_model() -> Any:
    """The peer's table, made in the database of the bench."""
    from django.db import connection, models

    class Market(models.Model):
        name = models.CharField(max_length=300, db_index=True)
        area = models.CharField(max_length=20, db_index=True)
        state = models.CharField(max_length=40, db_index=True)
        valid = models.DateField(db_index=True)
        points = models.IntegerField(null=True)
        building = models.CharField(max_length=40, db_index=True)
        source = models.CharField(max_length=1000)

        class Meta:
            app_label = "bench"

    with connection.schema_editor() as editor:
        editor.create_model(Market)
    return Market


def peer(model: Any) -> Callable[[str], tuple[Steps, Any]]:
    """The same steps of django-import-export, set up as its guide has it for many rows: in bulk, without differences."""
    from datetime import date

    from import_export import fields, resources, widgets
    from tablib import Dataset

    from sct.catalogue import load
    from sct.catalogue.registers import register

    kind = register("markets")
    areas = {one.name: one.key for one in load().areas.on(date(2025, 8, 1), "commune")}
    states = {one.name: code for code, one in kind.states.items()}
    buildings = {one.name: one.code for one in kind.fields["building"].choices}

    class Named(widgets.Widget):
        """A word that stands for a code."""

        def __init__(self, codes: dict[str, str]) -> None:
            super().__init__()
            self.codes = codes

        def clean(self, value: Any, row: Any = None, **more: Any) -> str:
            if value not in self.codes:
                raise ValueError(f"unknown: {value}")
            return self.codes[value]

    class Whole(widgets.IntegerWidget):
        """As the widget of the package, but a word is a mistake."""

        def clean(self, value: Any, row: Any = None, **more: Any) -> int | None:
            return int(value) if value else None

    titles = dict(zip(("name", "area", "state", "valid", "points", "building", "source"), HEAD, strict=True))
    read_by = {
        "name": widgets.CharWidget(),
        "area": Named(areas),
        "state": Named(states),
        "valid": widgets.DateWidget(format="%d/%m/%Y"),
        "points": Whole(),
        "building": Named(buildings),
        "source": widgets.CharWidget(),
    }
    columns = {name: fields.Field(attribute=name, column_name=titles[name], widget=read_by[name]) for name in titles}
    setting = type("Meta", (), {"model": model, "import_id_fields": [], "use_bulk": True, "skip_diff": True, "batch_size": 1000, "fields": tuple(titles)})  # fmt: skip
    resource: Any = type("Markets", (resources.ModelResource,), {**columns, "Meta": setting})

    def run(text: str) -> tuple[Steps, Any]:
        shown, first = timed(lambda: resource().import_data(Dataset().load(text, "csv"), dry_run=True))
        _done, second = timed(lambda: resource().import_data(Dataset().load(text, "csv"), dry_run=False))
        cells = [(row, name) for row in shown.invalid_rows for name in row.field_specific_errors]
        told = sorted((row.number + 1, titles[name], row.values[HEAD.index(titles[name])]) for row, name in cells)
        inside = model.objects.count()
        _gone, third = timed(lambda: model.objects.all().delete())
        return (first, second, third), (told, inside, model.objects.count())

    return run


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What a piece of work gives, and its CPU seconds (this process and the database's)."""
    from bench.registers import backend

    begun = time.process_time() + backend()
    done = work()
    return done, time.process_time() + backend() - begun


def run(url: str, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Medians of the steps of both, which take turns; refuses to time those that disagree."""
    from bench.registers import database

    person = database(url)
    text, theirs = file(), peer(peer_model())
    told: dict[str, list[Steps]] = {"sct": [], "django-import-export": []}
    for turn in range(rounds + 1):
        mine, found = ours(person, text)
        other, other_found = theirs(text)
        assert found == other_found, (found[0][:3], other_found[0][:3], found[1:], other_found[1:])
        assert found[1:] == (ROWS - BAD, 0) and len({row for row, *_cell in found[0]}) == BAD
        if turn:
            told["sct"].append(mine)
            told["django-import-export"].append(other)
    return {name: [statistics.median(one) for one in zip(*steps, strict=True)] for name, steps in told.items()}


def table(title: str, found: dict[str, list[float]]) -> list[str]:
    """The steps of both in CPU seconds, and their ratio."""
    mine, other = found["sct"], found["django-import-export"]
    lines = [
        f"### {title}: import",
        "",
        "| step | sct, CPU s | django-import-export, CPU s | ratio |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, one, two in zip((*STEPS, "all"), [*mine, sum(mine)], [*other, sum(other)], strict=True):
        lines.append(f"| {name} | {one:.2f} | {two:.2f} | {one / two:.1f} |")
    return [*lines, ""]


if __name__ == "__main__":
    import json
    import sys

    print(json.dumps(run(sys.argv[1] if len(sys.argv) > 1 else "")))
