"""50,000 matters and 5,000 targets: how long boards, counts and a scoreboard take, p95 of 40 askings each.

`python -m bench.matters [--database sqlite|postgresql]`. Wall milliseconds, the database's own time in them; beside them the
CPU of this process. Boards are asked anew each time; what is kept until something moves (counts, scoreboard) is asked both
as it stands and right after a matter or a figure came in.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

from bench.frame import machine, say

MATTERS, TARGETS, TURNS, LIMIT = 50_000, 5_000, 40, 100.0
TODAY = date(2026, 3, 2)
UNITS = [f"Đơn vị {n}" for n in range(130)]


def prepare() -> tuple[Any, Any]:
    """A database with the sample, the matters and the targets; returns the planner and the plan."""
    os.environ.setdefault("SCT_HOME", tempfile.mkdtemp(prefix="sct-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sct.office.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from sct.catalogue import load
    from sct.office.ledger.importing import import_figures
    from sct.office.people.actions import grant, system_person
    from sct.office.people.models import Person, Role
    from sct.samples import FIGURES

    area = load().area_named("Hà Nội").key
    person = Person.objects.create_user("bench", password="x", full_name="Bench", unit=UNITS[0])
    grant(system_person(), person, Role.PLANNER, area)
    import_figures(person, FIGURES.read_bytes(), FIGURES.name)
    _matters(person, area)
    plan = _plan(person, area)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Person.objects.get(pk=person.pk), plan


def _matters(person: Any, area: str) -> None:
    from django.utils import timezone

    from sct.office.matters.models import NEVER, Concerned, Matter

    now = timezone.now()
    rows = []
    for n in range(MATTERS):
        raised = TODAY - timedelta(days=n % 900)
        due = None if n % 7 == 0 else raised + timedelta(days=30 + n % 120)
        done = raised + timedelta(days=20 + n % 150) if n % 5 < 4 else None
        rows.append(
            Matter(
                kind=("assignment", "petition", "commitment")[n % 3],
                number=f"{n}/2026",
                area=area,
                text=f"Việc thử số {n} về cụm công nghiệp, chợ và điện",
                words=f"viec thu so {n} ve cum cong nghiep cho va dien",
                giver=f"Người giao {n % 40}",
                occasion=f"review:{n % 60}",
                occasion_name=f"Kỳ họp {n % 60}",
                raised=raised,
                lead=UNITS[n % len(UNITS)] if n % 11 else "",
                assigned=raised,
                due=due,
                first_due=due,
                started=raised if n % 2 else None,
                done=done if done and done <= TODAY else None,
                closed=bool(done and done <= TODAY),
                order=due or NEVER,
                who=person,
                at=now,
            )
        )
    made = Matter.objects.bulk_create(rows, batch_size=1000)
    parts = [Concerned(matter=row, unit=row.lead, part="lead") for row in made if row.lead]
    Concerned.objects.bulk_create(parts, batch_size=2000)


def _plan(person: Any, area: str) -> Any:
    from fractions import Fraction

    from sct.catalogue import load
    from sct.office.plans.actions import NewTarget, NewVersion, create
    from sct.office.plans.models import PlanKind
    from sct.vietnamese.periods import Period

    codes = [code for code, one in load().indicators.items() if one.unit.dimension != "percent"]
    areas = [area, *(one.key for one in load().areas.values() if one.parent == area)]
    targets = [
        NewTarget(f"t{n}", Fraction(n + 1), indicator=codes[n % len(codes)], area=areas[n // len(codes) % len(areas)])
        for n in range(TARGETS)
    ]
    return create(
        person,
        area=area,
        name="Kế hoạch thử",
        kind=PlanKind.ANNUAL,
        period=Period.of_year(2024),
        version=NewVersion("UBND", "thử", decided="2024-01-01"),
        targets=targets,
    )


def questions(person: Any, plan: Any) -> dict[str, Callable[[], Any]]:
    """What is asked, as the pages ask it."""
    from sct.office.coordination import matter_counts
    from sct.office.coordination.scoreboard import scoreboard
    from sct.office.ledger.queries import NOW
    from sct.office.matters import queries
    from sct.office.matters.queries import Asked

    def board(name: str, **more: Any) -> Callable[[], Any]:
        return lambda: queries.board(person, Asked(plan.area, TODAY, board=name, **more))

    return {
        "board: all": board("all"),
        "board: overdue": board("overdue"),
        "board: due this week": board("week"),
        "board: mine": board("mine"),
        "board: my unit": board("unit"),
        "board: one conference": board("all", occasion="review:7"),
        "board: one giver": board("all", giver="Người giao 7"),
        "board: words": board("all", words="việc thử số 4321"),
        "counts of one unit": lambda: matter_counts.tally(person, Asked(plan.area, TODAY, unit=UNITS[3])),
        "counts of all": lambda: matter_counts.tally(person, Asked(plan.area, TODAY)),
        "by unit": lambda: matter_counts.by_unit(person, Asked(plan.area, TODAY)),
        "scoreboard, 5,000 targets": lambda: scoreboard(person, plan, NOW, TODAY),
    }


def changes(person: Any, plan: Any) -> dict[str, Callable[[], None]]:
    """What comes in before a question is asked again."""
    from bench.pages import record_one
    from sct.office.coordination.state import fresh_stamp
    from sct.office.matters.actions import NewMatter, create
    from sct.office.matters.models import Kind

    turn = count()

    def matter() -> None:
        n = next(turn)
        create(person, plan.area, NewMatter(Kind.PETITION, f"Việc mới {n}", TODAY, giver=UNITS[n % 9]))

    def figure() -> None:
        record_one(next(turn), person)
        fresh_stamp(person)  # as at the start of each request

    return {"a new figure": figure, "a new matter": matter}


def asked_often(ask: Callable[[], Any], before: Callable[[], None] | None = None) -> tuple[float, float, float]:
    """(median and p95 of the wall, median of the CPU) in ms."""
    wall, cpu = [], []
    for _turn in range(TURNS):
        if before is not None:
            before()
        begun, busy = time.perf_counter(), time.process_time()
        ask()
        wall.append((time.perf_counter() - begun) * 1000)
        cpu.append((time.process_time() - busy) * 1000)
    wall.sort()
    return wall[TURNS // 2], wall[int(TURNS * 0.95) - 1], sorted(cpu)[TURNS // 2]


AFTER = {
    "counts of one unit": "a new matter",
    "counts of all": "a new matter",
    "by unit": "a new matter",
    "scoreboard, 5,000 targets": "a new figure",
}


def measure() -> str:
    person, plan = prepare()
    from django.db import connection

    lines, moved = [], changes(person, plan)
    for name, ask in questions(person, plan).items():
        begun = time.perf_counter()
        ask()
        first = (time.perf_counter() - begun) * 1000
        for title, before in ((name, None), (f"{name}, after {AFTER.get(name)}", moved.get(AFTER.get(name, "")))):
            if title != name and before is None:
                continue
            median, p95, cpu = asked_often(ask, before)
            told = f"{first:.1f}" if title == name else ""
            lines.append(
                f"| {title} | {told} | {median:.1f} | {p95:.1f} | {cpu:.1f} | {'over' if p95 >= LIMIT else ''} |"
            )
    head = [
        f"## {connection.vendor}",
        "",
        "| question | first of a process, ms | median | p95 | CPU, median | |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    return "\n".join([*head, *lines]) + "\n"


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.matters", description=__doc__)
    words.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    server = None
    try:
        if words.parse_args().database == "postgresql":
            from tests.postgres import Server

            server = Server()
            os.environ["SCT_DATABASE_URL"] = server.url
        say(f"{machine()}\n\n{measure()}")
    finally:
        if server:
            from django.db import connection

            connection.close()
            server.stop()


if __name__ == "__main__":
    main()
