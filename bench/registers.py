"""Registers at size: 200,000 entries with five events each, on SQLite and PostgreSQL; and an import of 10,000 rows.

The events are the product's own, recorded in bulk and brought into spans by the product's own `span_rows`. Questions
are asked through `queries`, `facets` and `points`, as the pages ask them, by a person with the rights of the city.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

ENTRIES = 200_000
TIMES = 60
STEPS = (("preparing", 0), ("operating", 200), ("suspended", 900), ("operating", 1100), ("closed", 2500))
WORDS = [
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Đức",
    "Hà",
    "Hải",
    "Hòa",
    "Hồng",
    "Hưng",
    "Khánh",
    "Lan",
    "Long",
    "Mai",
    "Minh",
    "Nam",
    "Ngọc",
    "Phú",
    "Phúc",
    "Quang",
    "Sơn",
    "Tân",
    "Thái",
    "Thành",
    "Thịnh",
    "Tiến",
    "Trung",
    "Tuấn",
    "Vân",
    "Việt",
]


def database(url: str) -> Any:
    """A product database of its own; returns the person who asks."""
    home = Path(tempfile.mkdtemp(prefix="sct-bench-"))
    os.environ.update(SCT_HOME=str(home), SCT_DATABASE_URL=url, DJANGO_SETTINGS_MODULE="sct.office.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from sct.catalogue import load
    from sct.office.people.actions import grant, system_person
    from sct.office.people.models import Person, Role

    call_command("migrate", verbosity=0)
    known = Person.objects.filter(username="bench").first()  # PostgreSQL keeps one database for both benches
    if known is not None:
        return known
    person = Person.objects.create_user("bench", password=None, full_name="Bench")
    grant(system_person(), person, Role.PLANNER, load().area_named("Hà Nội").key)
    return person


def fill(person: Any, entries: int) -> float:
    """Convenience stores all over the city: events and the spans the product makes of them; returns CPU seconds."""
    from django.core.management.color import no_style
    from django.db import connection
    from django.utils import timezone

    from bench.bulk import poured, without_indexes
    from sct.catalogue import load
    from sct.catalogue.registers import register
    from sct.office.registers.models import Batch, Entry, Event, Span
    from sct.office.registers.reading import span_rows, told

    draw = random.Random(2026)
    areas = [a for a in load().areas.on(date(2026, 1, 1), "commune") if a.latitude is not None]
    kind, begun, now = register("convenience_stores"), time.process_time(), timezone.now()
    batch = Batch(register=kind.code, kind="sample", name="bench", who=person, at=now, count=5 * entries)
    batch.save()
    with without_indexes(Event, Span):
        for start in range(1, entries + 1, 5_000):
            many = [Entry(id=n, register=kind.code, batch=batch) for n in range(start, min(start + 5_000, entries + 1))]
            events, spans = [], []
            for entry in many:
                life = [_event(Event, batch, entry, now, *step) for step in _life(draw, draw.choice(areas))]
                for number, event in enumerate(life):
                    event.pk = entry.pk * 10 + number
                events += life
                spans += span_rows(kind, entry.pk, [told(event) for event in life])
            for model, rows in ((Entry, many), (Event, events), (Span, spans)):
                poured(model, rows)
    with connection.cursor() as cursor:  # their numbers were given here: the database counts on from them
        for statement in connection.ops.sequence_reset_sql(no_style(), [Entry, Event, Span]):
            cursor.execute(statement)
    return time.process_time() - begun


def _life(draw: random.Random, area: Any) -> list[tuple[date, str, dict[str, str]]]:
    values = {
        "name": f"Cửa hàng {' '.join(draw.sample(WORDS, 2))} số {draw.randrange(1, 999)}",
        "area": area.key,
        "lat": f"{area.latitude + draw.uniform(-0.02, 0.02):.5f}",
        "lon": f"{area.longitude + draw.uniform(-0.02, 0.02):.5f}",
        "kind": draw.choice(("convenience", "mini", "food")),
        "open_24h": draw.choice(("yes", "no")),
        "area_m2": str(draw.randrange(20, 400)),
    }
    first = date(2012, 1, 1) + timedelta(draw.randrange(2500))
    steps = STEPS if draw.random() < 0.3 else (*STEPS[:4], ("", 2500))
    later = {"chain": "A"}
    return [(first + timedelta(days), state, values if not days else {} if state else later) for state, days in steps]


def _event(kind: Any, batch: Any, entry: Any, now: Any, valid: date, state: str, values: dict[str, str]) -> Any:
    return kind(
        entry=entry, batch=batch, who_id=batch.who_id, entered=now, valid=valid, state=state, values=values, source="x"
    )


def questions(person: Any, moment: datetime) -> dict[str, Callable[[random.Random], Any]]:
    """Each question with something of chance in it, so that nothing is asked twice alike."""
    from django.utils import timezone

    from sct.catalogue import load
    from sct.catalogue.registers import register
    from sct.office.registers import facets, points, queries
    from sct.office.registers.known import AsKnown
    from sct.office.registers.mapping import Box
    from sct.office.registers.questions import Question

    kind, today = register("convenience_stores"), timezone.localdate()
    city = load().area_named("Hà Nội").key
    communes = [a.key for a in load().areas.on(today, "commune")]

    def ask(**asked: Any) -> Question:
        return Question(kind, **{"day": today, "area": city, **asked})

    def page(question: Question) -> Any:
        return queries.lines(person, question), facets.counted(person, question)

    def then(question: Question) -> Any:
        answer = AsKnown(person, question, moment)
        return answer.page(), answer.counted

    def past(draw: random.Random) -> date:
        return date(2013, 1, 1) + timedelta(draw.randrange(4700))

    def box(draw: random.Random, size: float) -> Box:
        south, west = draw.uniform(20.6, 21.3), draw.uniform(105.3, 105.95)
        return Box(south, west, south + size, west + size)

    return {
        "list, any page": lambda d: page(ask(page=d.randrange(1, 40))),
        "filter: state and a facet": lambda d: page(
            ask(state=(d.choice(("operating", "closed")),), facets=(("kind", d.choice(("mini", "food"))),))
        ),
        "filter: one commune": lambda d: page(ask(area=d.choice(communes))),
        "as of a past day: page and all counts": lambda d: page(ask(day=past(d), page=d.randrange(1, 40))),
        "as of a past day: one commune": lambda d: page(ask(day=past(d), area=d.choice(communes))),
        "as known on an earlier day: page and all counts": lambda d: then(ask(day=past(d), page=d.randrange(1, 40))),
        "map of a past day: the whole city": lambda d: points.shown(
            person, ask(day=past(d)), Box(20.5, 105.2, 21.5, 106.1), 9
        ),
        "map: the whole city (zoom 9)": lambda d: points.shown(person, ask(), Box(20.5, 105.2, 21.5, 106.1), 9),
        "map: a district (zoom 11)": lambda d: points.shown(person, ask(), box(d, 0.15), 11),
        "map: a few streets (zoom 15)": lambda d: points.shown(person, ask(), box(d, 0.01), 15),
        "search as you type": lambda d: queries.found(person, [kind.code], _typed(d)),
    }


def _typed(draw: random.Random) -> str:
    from sct.vietnamese.text import search_key

    text = search_key(f"Cửa hàng {' '.join(draw.sample(WORDS, 2))} số {draw.randrange(1, 999)}")
    return text[: draw.randrange(2, len(text))]


Measured = tuple[float, float, float, float]


def measured(ask: Callable[[random.Random], Any], times: int = TIMES) -> Measured:
    """Median and 95th percentile, in milliseconds, of the wall and of CPU (this process and the database's backend).

    The first asking is warm-up and not counted.
    """
    draw, walls, cpus = random.Random(7), [], []
    ask(random.Random(1))
    for _turn in range(times):
        wall, cpu = time.perf_counter(), time.process_time() + backend()
        ask(draw)
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() + backend() - cpu))
    walls.sort()
    cpus.sort()
    high = round(0.95 * times) - 1
    return statistics.median(walls), walls[high], statistics.median(cpus), cpus[high]


def backend() -> float:
    """CPU seconds that the server process of this connection has used; SQLite works within this process."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    return int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9


def late(person: Any) -> datetime:
    """A thousand entries are mended by the product's own action; the moment before it."""
    from django.utils import timezone

    from sct.catalogue.registers import register
    from sct.office.registers import actions
    from sct.office.registers.models import BatchKind

    moment = timezone.now()
    mended = [
        (number, actions.Draft(date(2024, 5, 1), values={"area_m2": "55"}, source="x")) for number in range(1, 1001)
    ]
    actions.record(person, register("convenience_stores"), (), actions.NewBatch(BatchKind.FORM), additions=mended)
    return moment


def read_once() -> float:
    """CPU seconds of reading the register into columns, which the first past day of a process pays."""
    from sct.catalogue.registers import register
    from sct.office.registers import past

    begun = time.process_time() + backend()
    past.of(register("convenience_stores"))
    return time.process_time() + backend() - begun


def run(url: str, entries: int) -> list[tuple[str, Measured]]:
    """All questions on one database; run in a process of its own (settings are read once)."""
    from django.db import connection

    person = database(url)
    cpu = fill(person, entries)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    moment, once = late(person), read_once()
    found: list[tuple[str, Measured]] = [
        (f"Putting in {entries:,} entries (CPU s of this process)", (cpu, cpu, cpu, cpu)),
        ("Reading the register into columns, once a process (CPU s)", (once, once, once, once)),
    ]
    return found + [(name, measured(ask)) for name, ask in questions(person, moment).items()]


def _table(title: str, rows: list[tuple[str, Measured]]) -> list[str]:
    lines = [
        f"## {title}",
        "",
        "| question | CPU, median ms | CPU, p95 ms | wall, median ms | wall, p95 ms |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {name} | {cpu:,.1f} | {cpu_high:,.1f} | {wall:,.1f} | {high:,.1f} |"
        for name, (wall, high, cpu, cpu_high) in rows[2:]
    ]
    return [*lines, "", *(f"{name}: {seconds[0]:,.1f}." for name, seconds in rows[:2]), ""]


def page(entries: int = ENTRIES) -> str:
    """The page of this bench: each database in a process of its own, PostgreSQL where its server programs are."""
    import json
    import subprocess
    import sys

    from tests.postgres import Server, binaries

    from bench import register_import
    from bench.frame import machine

    def told(*command: str) -> Any:
        done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    def both(title: str, url: str) -> list[str]:
        rows = [(name, tuple(row)) for name, row in told("bench.registers", url, str(entries))]
        return [*_table(title, rows), *register_import.table(title, told("bench.register_import", url))]

    lines = [
        f"# Registers: {entries:,} entries with five events each",
        "",
        f"Machine: {machine()}. Command: `python -m bench registers`. Every question is asked {TIMES} times with other values "
        "each time, after one warm-up; lists come with their facet counts. CPU is that of this process and of the database's server "
        "process together. The import is of one CSV file of 10,000 markets with 300 bad rows, medians of three rounds in which both take "
        "turns; both must name the same bad cells and leave the same rows.",
        "",
        *both("SQLite", ""),
    ]
    if binaries() is not None:
        server = Server()
        try:
            lines += both("PostgreSQL", server.url)
        finally:
            server.stop()
    return "\n".join(lines)


if __name__ == "__main__":
    import json
    import sys

    print(json.dumps(run(sys.argv[1] if len(sys.argv) > 1 else "", int(sys.argv[2]) if len(sys.argv) > 2 else ENTRIES)))
