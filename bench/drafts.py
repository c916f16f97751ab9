"""A draft of a hundred pages against a ledger of a million figures: `python -m bench.drafts [--figures N] [--home DIR]`.

The ledger is that of `bench.pages`. The draft is made of its own figures, told in sentences: 5,000 figures of many
indicators and months, one in twenty changed. What is measured is what the page does: reading the text, proofing
it against the ledger, making the page. Nothing of the draft is kept. CPU seconds of this process, and queries.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.frame import machine, say

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "bench"
FIGURES_IN_DRAFT = 5_000
PARAGRAPHS_A_PAGE = 25
LIMIT = 2.0  # seconds of proofing


def draft(how_many: int) -> str:
    """A text with so many figures, two a sentence: a level and its growth."""
    from sct.catalogue import load
    from sct.office.ledger.models import Observation
    from sct.vietnamese.periods import Period
    from sct.vietnamese.write import write_number, write_period

    catalogue = load()
    rows = Observation.objects.filter(origin_kind="citation", transformation="level", title="vi-du.vn").order_by("id")
    parts = {part for one in catalogue.indicators.values() for whole in one.partitions for part, _member in whole.parts}
    told = [
        code
        for code, one in catalogue.indicators.items()
        if not (one.unit.counted or one.partitions or code in parts)  # made up, they do not add up
    ]
    chosen = rows.filter(area=catalogue.area_named("Hà Nội").key, indicator__in=told, first_month__gte=2016 * 12)
    step = max(1, chosen.count() // (how_many // 2) - 1)
    made = []
    for n, row in enumerate(chosen[::step][: how_many // 2]):
        one = catalogue.indicator(row.indicator)
        growth = (
            Observation.objects.filter(indicator=row.indicator, area=row.area, period=row.period, transformation="yoy")
            .order_by("-published_last")
            .first()
        )
        number = float(row.number) + (7 if n % 20 == 0 else 0)
        rate = float(growth.number) if growth else 5.0
        verb = "tăng" if rate >= 0 else "giảm"
        made.append(
            f"{write_period(Period.parse(row.period)).capitalize()}, {one.name[0].lower()}{one.name[1:]} của Hà Nội đạt "
            f"{write_number(_exact(number, row.decimals), row.decimals)} {one.unit.name}, "
            f"{verb} {write_number(_exact(abs(rate), 1), 1)}% so với cùng kỳ năm trước."
        )
    return "\n".join(made)


def _exact(number: float, decimals: int) -> Any:
    from fractions import Fraction

    return Fraction(round(number * 10**decimals), 10**decimals)


def measure(person: Any, text: str) -> dict[str, float]:
    """CPU seconds of each step, and how often the database was asked."""
    from django.db import connection
    from django.template.loader import render_to_string
    from django.test.utils import CaptureQueriesContext

    from sct.catalogue import load
    from sct.office.documents.proofed import LedgerOf
    from sct.office.documents.uploading import opened
    from sct.proofing import account, proof
    from sct.reporting.papers import with_tables

    data = text.encode()
    marks = [time.process_time()]
    document, (statements, _proposals) = opened(data, "tram-trang.txt", "")
    statements = with_tables(document, statements)
    marks.append(time.process_time())
    with CaptureQueriesContext(connection) as asked:
        shelf = LedgerOf(person)
        shelf.prepare(statements)
        findings = proof(document, statements, load(), shelf)
        counted = account(statements, findings)
    marks.append(time.process_time())
    from sct.office.documents.drafts import proof_files
    from sct.office.web import cards, proofed

    whole = proof_files(person, [("tram-trang.txt", data)])
    marks.append(time.process_time())
    shown = proofed.view(whole)
    told = cards.cards(shown.shown, cards.Desk("", "token", may_record=True))
    html = render_to_string("web/parts/proofed.html", {"view": shown, "cards": told, "may_record": True})
    marks.append(time.process_time())
    return {
        "characters": len(text),
        "figures": counted.read,
        "matched": counted.matched,
        "findings": len(findings),
        "holds": counted.holds,
        "reading": marks[1] - marks[0],
        "proofing": marks[2] - marks[1],
        "queries": len(asked),
        "whole": marks[3] - marks[2],
        "page": marks[4] - marks[3],
        "kilobytes": len(html.encode()) / 1024,
    }


def _yardstick() -> int:
    total = 0
    for number in range(10**7):
        total += number
    return total


def page(figures: int, home: str) -> str:
    """Set a site up (or take the one in `home`), measure, and tell."""
    os.environ.update({"SCT_HOME": home, "SCT_DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "sct.office.settings"})
    import django

    django.setup()
    from django.core.management import call_command

    from bench.pages import fill

    call_command("migrate", verbosity=0)
    from sct.office.ledger.models import Observation

    if not Observation.objects.exists():
        fill(figures, say)
    from sct.office.people.models import Person

    person = Person.objects.get(username="lan")
    text = draft(FIGURES_IN_DRAFT)
    measure(person, "\n".join(text.splitlines()[:20]))  # declarations are loaded once a process
    told = measure(person, text)
    before = time.process_time()
    _yardstick()
    yardstick = time.process_time() - before
    rows = [
        ("reading the text", told["reading"]),
        (f"proofing against the ledger ({told['queries']:.0f} queries)", told["proofing"]),
        ("both, as the page does it", told["whole"]),
        (f"making the page ({told['kilobytes']:.0f} KB)", told["page"]),
    ]
    table = "\n".join(f"| {name} | {seconds:.2f} |" for name, seconds in rows)
    return f"""# A hundred pages against a million figures

Machine: {machine()}. Command: `python -m bench.drafts --figures {figures}` (with `--home DIR` the ledger is kept for the next
run; filling it takes some five minutes).

The ledger is that of `bench.pages`. The draft is made of its own figures, told in sentences: levels and growths of many
indicators and months, one in twenty changed. Measured is what the page does: reading the text, proofing it against the
ledger in the database, making the page. Nothing of the draft is kept. CPU seconds of this process.

{Observation.objects.count():,} figures in the ledger; a draft of {told["characters"]:,.0f} characters with {told["figures"]:,.0f}
figures, {told["matched"]:,.0f} of them matched, {told["findings"]:,.0f} relations checked, {told["holds"]:,.0f} of them agreeing.
The goal: proofed in under {LIMIT:.0f} s. A loop of ten million additions took {yardstick:.2f} CPU s in the same run.

| step | CPU s |
| --- | ---: |
{table}
"""


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench.drafts", description=__doc__)
    words.add_argument("--figures", type=int, default=1_000_000)
    words.add_argument("--home", help="keep the ledger here and use it again; that of bench.pages will do")
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="sct-bench-") as folder:
        shown = page(given.figures, given.home or folder)
    say("\n" + shown)
    (FOLDER / "drafts.md").write_text(shown, "utf-8")


if __name__ == "__main__":
    main()
