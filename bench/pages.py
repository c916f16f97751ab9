"""Every page over a ledger of a million figures: `python -m bench.pages [--figures N] [--database sqlite|postgresql]`.

The ledger is made up (127 areas × indicators × months, levels and growths, one cell in fifty published twice) beside
the real sample and its papers. Each page is asked through Django's test client with changing areas, indicators and
years, so nothing is warm but what any server keeps warm; and once more right after a figure was recorded. Wall and CPU
milliseconds; the CPU is that of the web process.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "bench"
LIMIT = 100.0  # ms
Cell = tuple[str, str, tuple[int, int], bool, int]  # indicator, area key, (year, month), growth?, number
SORTS = ("hang", "ten", "tru", "bao-cao", "viec")
MONTHS = [(2015 + n // 12, n % 12 + 1) for n in range(120)]


# -- the ledger ---------------------------------------------------------------------------------------------------


def cells(how_many: int) -> Iterator[Cell]:
    """Every area under Hà Nội, as many indicators as are needed."""
    from sct.catalogue import load

    catalogue = load()
    city = catalogue.area_named("Hà Nội").key
    areas = [city, *(area.key for area in catalogue.areas.values() if area.parent == city and area.valid_to is None)]
    flows = [code for code, one in catalogue.indicators.items() if one.kind.value == "flow" and not one.unit.counted]
    others = [code for code, one in catalogue.indicators.items() if code not in flows]
    n = 0
    for indicator in (*flows, *others):
        for area in areas:
            for month in MONTHS:
                for growth in (False, True):
                    yield indicator, area, month, growth, n
                    n += 1
                    if n == how_many:
                        return


def observation(indicator: str, area: str, growth: bool, revised: bool, **batch: Any) -> Any:
    """The row that every made-up figure of an indicator and area is a copy of, with the columns of `changed`."""
    from fractions import Fraction

    from sct.catalogue import load
    from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
    from sct.office.ledger.figures import row_of
    from sct.vietnamese.periods import Period
    from sct.vietnamese.quantities import Quantity

    catalogue = load()
    unit = catalogue.unit("pct") if growth else catalogue.indicator(indicator).unit
    decimals = 1 if growth else 0 if unit.counted else 2
    published = PartialDate("2026-01-15")
    return row_of(
        Figure(
            series=SeriesKey(indicator, area),
            period=Period.of_month(2015, 1),
            transformation=Transformation.YOY if growth else Transformation.LEVEL,
            quantity=Quantity(Fraction(0), unit, decimals),
            stage=Stage.OFFICIAL if revised else Stage.ESTIMATE,
            origin=Origin(kind="citation", title="vi-du.vn", published=published),
            published=published,
        ),
        **batch,
    )


def changed(cell: Cell, row: Any, revised: bool) -> dict[str, Any]:
    """What a made-up figure has of its own; the same as `row_of` would give, a tenth of its time."""
    import hashlib
    import json
    from datetime import date
    from decimal import Decimal

    from sct.office.ledger.figures import CONTENT, exact

    indicator, area, (year, month), growth, n = cell
    number = Decimal((_growth(n) if growth else _level(n)) + revised).scaleb(-row.decimals)
    day = date(2026, 1, 15) if revised else date(year + month // 12, month % 12 + 1, 6 + n % 20)
    mine = {
        "period": f"{year:04d}-{month:02d}",
        "first_month": year * 12 + month - 1,
        "last_month": year * 12 + month - 1,
        "cell": f"{indicator}|{area}||{year:04d}-{month:02d}|{row.transformation}",
        "number": f"{number:.{row.decimals}f}",
        "value": exact(_factor(row.unit) * int(number.scaleb(row.decimals)) / 10**row.decimals),
        "published": day.isoformat(),
        "published_last": day,
        "url": f"https://vi-du.vn/{n % 997}",
    }
    fields = [mine.get(name, getattr(row, name)) for name in CONTENT]
    mine["content"] = hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    return mine


def _level(n: int) -> int:
    """In last digits: what a series is about, a slow rise, and what happens in a month."""
    series, month = divmod(n // 2, len(MONTHS))
    return 10_000 + series * 7919 % 8000 + 30 * month + n * 7919 % 300


def _growth(n: int) -> int:
    """In tenths of a per cent, of the level told just before over that of a year earlier, in whichever series."""
    now, then = _level(n - 1), _level(n - 25)
    return round(1000 * (now / then - 1)) if n // 2 % len(MONTHS) >= 12 else n * 7919 % 100


@cache
def _factor(unit: str) -> Any:
    from sct.catalogue import load

    return load().unit(unit).factor


def fill(how_many: int, say: Callable[[str], None]) -> None:
    """The real sample and its papers, then made-up figures up to `how_many`, written past the checks for speed."""
    from django.db import connection, transaction
    from django.utils import timezone

    from sct.office.documents.actions import upload
    from sct.office.ledger.importing import import_figures
    from sct.office.ledger.models import Batch, BatchKind, ContestedCell, Observation
    from sct.office.people.actions import grant, system_person
    from sct.office.people.models import Person, Role
    from sct.samples import DOCUMENTS, FIGURES

    lan = Person.objects.create_user("lan", password="mat-khau-thu-1", full_name="Nguyễn Thị Lan")
    grant(system_person(), lan, Role.ADMIN)
    import_figures(lan, FIGURES.read_bytes(), FIGURES.name)
    for path in sorted(DOCUMENTS.iterdir()):
        upload(lan, path.name, path.read_bytes())
    text = (DOCUMENTS / "thong-tin-nganh-2020.txt").read_text("utf-8")
    for n in range(40):
        upload(lan, f"thong-tin-{n:02d}.txt", f"{text}\n\nBản số {n}.".encode())
    now = timezone.now()
    _marks(lan)
    with transaction.atomic():
        batch = Batch.objects.create(kind=BatchKind.IMPORT, name="bịa", who=lan, at=now, count=how_many)
        common = {"batch": batch, "who": lan, "entered": now}
        columns = [field for field in Observation._meta.concrete_fields if not field.primary_key]
        made, contested = _rows(how_many, common), []
        head = f"INSERT INTO ledger_observation ({', '.join(f.column for f in columns)}) VALUES "
        with connection.cursor() as cursor:
            while part := list(islice(made, 50_000)):
                values = [[row[field.attname] for field in columns] for row in part]
                if connection.vendor == "postgresql":
                    with cursor.copy(head.replace("INSERT INTO", "COPY").replace("VALUES", "FROM STDIN")) as copy:
                        for row in values:
                            copy.write_row(row)
                else:
                    cursor.executemany(head + f"({', '.join(['%s'] * len(columns))})", values)
                contested += [
                    ContestedCell(cell=row["cell"], indicator=row["indicator"], area=row["area"])
                    for row in part
                    if row["stage"] == "official"
                ]
                say(f"  {part[-1]['cell']}")
        ContestedCell.objects.bulk_create(contested, batch_size=500, ignore_conflicts=False)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _marks(person: Any) -> None:
    """Own and verified points of every commune in each year the pages ask for."""
    from django.utils import timezone

    from sct.catalogue import load
    from sct.following.emulation import CriterionKind, load_criteria
    from sct.office.emulation.models import Mark, Stage
    from sct.office.people.queries import local_unit

    area, now = load().home, timezone.now()
    scale = [one for one in load_criteria().values() if one.kind is CriterionKind.POINTS]
    common = {"area": area, "evidence": "12/BC", "who": person, "at": now}
    Mark.objects.bulk_create(
        Mark(year=year, unit=local_unit(one), criterion=by.code, stage=stage, points=(n * 7 + year) % 10, **common)
        for n, one in enumerate(load().areas.children(area))
        for year in range(2020, 2027)
        for by in scale
        for stage in Stage
    )


def _rows(how_many: int, common: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The columns of each figure as the database takes them."""
    from django.db import connection

    from sct.office.ledger.models import Observation

    columns = [field for field in Observation._meta.concrete_fields if not field.primary_key]
    day = Observation._meta.get_field("published_last")
    rows: dict[tuple[str, str, bool, bool], tuple[Any, dict[str, Any]]] = {}
    for cell in cells(how_many):
        for revised in (False, True) if cell[4] % 50 == 0 else (False,):
            like = (cell[0], cell[1], cell[3], revised)
            if like not in rows:
                row = observation(*like, **common)
                rows[like] = row, {f.attname: f.get_db_prep_save(getattr(row, f.attname), connection) for f in columns}
            row, values = rows[like]
            mine = changed(cell, row, revised)
            mine["published_last"] = day.get_db_prep_save(mine["published_last"], connection)
            yield values | mine


# -- the pages ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    name: str
    address: Callable[[random.Random], str]


def asked() -> list[Asked]:
    """Pages with what changes from visit to visit: area, year, indicator, figure, document."""
    from sct.catalogue import load
    from sct.office.documents.models import Document
    from sct.office.ledger.models import Observation

    catalogue = load()
    keys = list(Observation.objects.values_list("area", flat=True).distinct().order_by("area"))
    codes = [catalogue.areas[key].code for key in keys if key in catalogue.areas]
    series = sorted(set(Observation.objects.filter(breakdown="").values_list("indicator", flat=True).distinct()))
    papers = list(Document.objects.values_list("pk", flat=True))
    local = ["phường Ba Đình", "xã Đông Anh", "phường Hà Đông"]
    last = Observation.objects.order_by("-pk").values_list("pk", flat=True)[0]

    def area(draw: random.Random) -> str:
        return draw.choice(["01", draw.choice(codes)])  # half of the visits look at the city itself

    def year(draw: random.Random) -> int:
        return draw.randint(2018, 2024)

    return [
        Asked("home", lambda d: f"/?diaban={area(d)}&ky={year(d)}"),
        Asked("home as of a day", lambda d: f"/?diaban={area(d)}&ky={year(d)}&ngay={year(d)}-06-30"),
        Asked("disagreements", lambda d: f"/chua-thong-nhat/?diaban={area(d)}"),
        Asked("indicator list", lambda d: f"/chi-tieu/?diaban={area(d)}&ky={year(d)}-0{d.randint(1, 9)}"),
        Asked("indicator list, filtered", lambda d: f"/chi-tieu/?diaban={area(d)}&tim=xuat"),
        Asked("indicator list as xlsx", lambda d: f"/chi-tieu/?diaban={area(d)}&dang=xlsx"),
        Asked("indicator, years", lambda d: f"/chi-tieu/{d.choice(series)}/?diaban={area(d)}&ky={year(d)}"),
        Asked("indicator, months", lambda d: f"/chi-tieu/{d.choice(series)}/?diaban={area(d)}&loai=thang"),
        Asked(
            "indicator as of a day",
            lambda d: f"/chi-tieu/{d.choice(series)}/?diaban={area(d)}&loai=thang&ngay={year(d)}-06-30",
        ),
        Asked("indicator as csv", lambda d: f"/chi-tieu/{d.choice(series)}/?diaban={area(d)}&dang=csv"),
        Asked("figure card", lambda d: f"/so-lieu/{d.randint(1, last)}/"),
        Asked("search, words", lambda d: f"/tim/?q={d.choice(['xuat khau', 'ban le', 'cum cong nghiep'])}+{year(d)}"),
        Asked("search, a value", lambda d: f"/tim/?q={d.randint(100, 190)},{d.randint(10, 99)}&diaban={area(d)}"),
        Asked("documents", lambda d: "/van-ban/"),
        Asked("a document", lambda d: f"/van-ban/{d.choice(papers)}/"),
        Asked("emulation, communes", lambda d: f"/viec/thi-dua/?cum=local&nam={year(d) + 2}&xep={d.choice(SORTS)}"),
        Asked("emulation, found", lambda d: f"/viec/thi-dua/?cum=local&tim={d.choice(['dong anh', 'xa', 'phu'])}"),
        Asked("emulation, a card", lambda d: f"/viec/thi-dua/phieu/?donvi=UBND {d.choice(local)}&nam={year(d) + 2}"),
        Asked("files of procedures", lambda d: "/viec/quy-trinh/"),
        Asked("matters", lambda d: f"/viec/?bang={d.choice(['all', 'overdue', 'week', 'mine'])}"),
        Asked("report", lambda d: f"/bao-cao/?diaban={area(d)}&ky={year(d)}"),
        Asked("report as docx", lambda d: f"/bao-cao/{year(d)}.docx"),
    ]


@dataclass(frozen=True, slots=True)
class Told:
    name: str
    p50: float
    p95: float
    cpu: float  # median
    fresh: float  # the first visit after a figure was recorded
    queries: int
    kilobytes: float


def ask(one: Asked, rounds: int, client: Any) -> Told:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    draw = random.Random(2026)
    wall, cpu, size, queries = [], [], 0, 0
    for _turn in range(rounds):
        address = one.address(draw)
        with CaptureQueriesContext(connection) as seen:
            before, busy = time.perf_counter(), time.process_time()
            answer = client.get(address)
            wall.append((time.perf_counter() - before) * 1000)
            cpu.append((time.process_time() - busy) * 1000)
        queries = max(queries, len(seen))
        assert answer.status_code in (200, 404), (address, answer.status_code)
        size = max(size, len(answer.content))
    fresh = []
    for turn in range(3):
        record_one(turn)
        address = one.address(draw)
        before = time.perf_counter()
        client.get(address)
        fresh.append((time.perf_counter() - before) * 1000)
    p95 = sorted(wall)[max(0, round(rounds * 0.95) - 1)]
    return Told(
        one.name, statistics.median(wall), p95, statistics.median(cpu), statistics.median(fresh), queries, size / 1024
    )


def record_one(turn: int, person: Any = None) -> None:
    """A figure comes in, as by an acceptance."""
    from dataclasses import replace

    from sct.office.ledger.actions import NewBatch, record
    from sct.office.ledger.figures import figure_of
    from sct.office.ledger.models import BatchKind, Observation
    from sct.office.people.models import Person

    row = Observation.objects.order_by("-pk")[turn * 7]
    figure = figure_of(row)
    quantity = replace(figure.quantity, number=figure.quantity.number + 1)
    record(
        person or Person.objects.get(username="lan"), [replace(figure, quantity=quantity)], NewBatch(BatchKind.ENTRY)
    )


def shown(told: list[Told], database: str, figures: int) -> str:
    lines = [
        f"## {database}",
        "",
        f"{figures:,} figures in the ledger.",
        "",
        "| page | p50 ms | p95 ms | CPU, median ms | after a new figure ms | queries | KB | |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for one in told:
        mark = "" if max(one.p95, one.fresh) < LIMIT else "over"
        lines.append(
            f"| {one.name} | {one.p50:.0f} | {one.p95:.0f} | {one.cpu:.0f} | {one.fresh:.0f} | {one.queries}"
            f" | {one.kilobytes:.0f} | {mark} |"
        )
    return "\n".join([*lines, ""])


def run(home: Path, url: str, figures: int, rounds: int, only: str = "") -> tuple[str, str, int]:
    """(database, table, number of figures); a ledger already made in `home` is used again."""
    os.environ.update(SCT_HOME=str(home), SCT_DATABASE_URL=url, DJANGO_SETTINGS_MODULE="sct.office.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from bench.frame import say
    from sct.office.ledger.models import Observation
    from sct.office.people.models import Person

    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    if not Observation.objects.exists():
        fill(figures, say)
    client = Client()
    client.force_login(Person.objects.get(username="lan"))
    before = time.perf_counter()
    client.get("/")
    say(f"first page of a new process: {(time.perf_counter() - before) * 1000:.0f} ms")
    told = []
    for one in asked():
        if only in one.name:
            told.append(ask(one, rounds, client))
            say(shown(told[-1:], "", 0).splitlines()[-1])
    return connection.vendor, shown(told, connection.vendor, Observation.objects.count()), Observation.objects.count()


def main() -> None:
    from bench.frame import machine, say

    words = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    words.add_argument("--figures", type=int, default=1_000_000)
    words.add_argument("--rounds", type=int, default=40)
    words.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    words.add_argument("--home", type=Path, help="keep the ledger here and use it again (SQLite)")
    words.add_argument("--only", default="", help="pages whose name holds this")
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, server = given.home or Path(folder), None
        try:
            if given.database == "postgresql":
                from tests.postgres import Server

                server = Server()
            database, table, _count = run(home, server.url if server else "", given.figures, given.rounds, given.only)
        finally:
            if server:
                server.stop()
    say(f"{machine()}\n\n{table}")
    if not given.only:
        keep(database, table, machine())


def keep(database: str, table: str, machine: str) -> None:
    """docs/bench/pages.md holds one part for each database; this run's part is renewed."""
    path = FOLDER / "pages.md"
    parts = path.read_text("utf-8").split("\n## ")[1:] if path.exists() else []
    kept = {part.split("\n", 1)[0]: "## " + part.rstrip() + "\n" for part in parts}
    kept[database] = table
    head = (
        "# Pages over a million figures\n\n"
        f"Machine: {machine}. Command: `python -m bench.pages --database NAME`. {(__doc__ or '').partition('`.')[2].strip()}\n\n"
    )
    path.write_text(head + "\n".join(kept[name] for name in sorted(kept, reverse=True)), "utf-8")


if __name__ == "__main__":
    main()
