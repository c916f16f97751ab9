"""A workbook of 100,100 data rows into the ledger: reading alone, reading and keeping, on SQLite and PostgreSQL.

The file is what an office that hands over its archive sends: four sheets (production, consumption, inventory, labour),
each with 91 monthly tables of 275 industries one below another, 1, 2 or 5 value columns.
"""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import Any

ROWS = ("Chỉ số sản xuất công nghiệp", "Chỉ số tiêu thụ", "Chỉ số tồn kho", "Chỉ số sử dụng lao động")
MONTHS = [(year, month) for year in range(2018, 2026) for month in range(1, 13)][:91]
COLUMNS = {
    1: ("yoy",),
    2: ("yoy", "ytd"),
    5: ("prev", "mom", "yoy", "ytd", "dec"),
}


def _head(column: str, year: int, month: int) -> str:
    before = f"{month - 1}/{year}" if month > 1 else f"12/{year - 1}"
    return {
        "prev": f"Tháng {before} so với cùng kỳ năm trước",
        "mom": f"Tháng {month}/{year} so với tháng trước",
        "yoy": f"Tháng {month}/{year} so với cùng kỳ năm trước",
        "ytd": f"Lũy kế {month} tháng năm {year} so với cùng kỳ năm trước",
        "dec": f"Tháng {month}/{year} so với tháng 12/{year - 1}",
    }[column]


def large(values: int, months: int = len(MONTHS)) -> bytes:
    """The workbook with so many value columns; the month before repeats what was said of it, as most do."""
    import xlsxwriter

    from sct.catalogue import load

    names = [one.name for one in load().breakdowns.members("industry")]
    stream, rng = io.BytesIO(), random.Random(7)
    book = xlsxwriter.Workbook(stream, {"constant_memory": False, "in_memory": True})
    for title in ROWS:
        sheet, row, last = book.add_worksheet(title[:31]), 0, [104.25] * len(names)
        for year, month in MONTHS[:months]:
            sheet.write(row, 0, f"{title} tháng {month} năm {year}")
            sheet.write(row + 1, 0, "Đơn vị tính: %")
            sheet.write_row(row + 2, 0, ["Ngành", *(_head(one, year, month) for one in COLUMNS[values])])
            row += 3
            for at, name in enumerate(names):
                now = round(rng.uniform(80, 130), 2)
                told = {"prev": last[at], "mom": round(rng.uniform(90, 110), 2), "yoy": now,
                        "ytd": round(rng.uniform(90, 120), 2), "dec": round(rng.uniform(80, 130), 2)}  # fmt: skip
                last[at] = now
                sheet.write(row, 0, name)
                sheet.write_row(row, 1, [told[one] for one in COLUMNS[values]])
                row += 1
    book.close()
    return stream.getvalue()


def _run(values: int) -> dict[str, float]:
    """One import in a process of its own: read, kept, verified, undone; CPU and wall seconds, the peak of memory."""
    import resource
    import time

    import django

    data = large(values)
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from sct.catalogue import load
    from sct.office.people import audit
    from sct.office.people.actions import system_person
    from sct.office.workbooks import actions
    from sct.office.workbooks.preview import preview

    told: dict[str, float] = {"megabytes": len(data) / 2**20}
    shown: list[tuple[int, int]] = []

    def timed(name: str, work: Callable[[], Any]) -> Any:
        cpu, wall = time.process_time(), time.perf_counter()
        answer = work()
        told[f"{name} cpu"], told[f"{name} wall"] = time.process_time() - cpu, time.perf_counter() - wall
        return answer

    def progress(done: int, total: int) -> None:
        shown.append((done, total))

    area, person = load().area_named("Tây Ninh").key, system_person()
    row, _already = timed("read", lambda: actions.upload(person, "bench.xlsx", data, area, progress=progress))
    read = len(shown)
    timed("preview", lambda: preview(person, row))
    kept = timed("keep", lambda: actions.keep(person, row, progress=progress))
    told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told |= {"cells": kept.figures, "told reading": read, "told keeping": len(shown) - read}
    verdict = timed("verify", audit.verify)
    assert verdict.holds, verdict
    undone = timed("undo", lambda: actions.undo(person, kept.pk, "bench"))
    assert undone == kept.figures, undone
    return told


def section(sizes: Sequence[int] = tuple(COLUMNS)) -> str:
    """The Markdown of the large workbook, each import in a new process on an empty site; some four minutes."""
    from tests.postgres import Server

    lines = [
        "",
        f"## A workbook of {len(ROWS) * len(MONTHS) * 275:,} data rows, read and kept",
        "",
        "Four sheets, each with 91 monthly tables of 275 industries one below another, and 1, 2 or 5 value columns. Reading "
        "is the whole of a dry run; keeping is one transaction with the comparison before it, the seal and the commit. In "
        "the file of five columns one repeats the month before, which is not kept twice. The peak is that of the process "
        "with Django, the workbook and its reading in memory. The log was verified and the whole import undone after each.",
        "",
        "| database | value columns | cells kept | read, CPU s | keep, CPU s | cells kept a CPU second | both, wall s | peak MB | told while reading / keeping |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]  # fmt: skip
    for database in ("SQLite", "PostgreSQL"):
        for values in sizes:
            server = Server(durable=True) if database == "PostgreSQL" else None
            try:
                told = _apart(values, server.url if server is not None else "")
            finally:
                if server is not None:
                    server.stop()
            lines.append(
                f"| {database} | {values} | {told['cells']:,.0f} | {told['read cpu']:.2f} | {told['keep cpu']:.2f} |"
                f" {told['cells'] / told['keep cpu']:,.0f} | {told['read wall'] + told['keep wall']:.2f} |"
                f" {told['peak']:.0f} | {told['told reading']:.0f} / {told['told keeping']:.0f} |"
            )
    return "\n".join([*lines, ""])


def _apart(values: int, url: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        given = {"SCT_HOME": home, "SCT_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "sct.office.settings"}
        command = [sys.executable, "-m", "bench.workbooks_large", str(values)]
        done = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_run(int(sys.argv[1]))) + "\n")
