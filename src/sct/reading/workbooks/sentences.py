"""One long row of targets in words: "Dự kiến năm 2023: IIP tăng 9,5%; … 109.200 tỷ đồng, tăng 6,5%; …"."""

from __future__ import annotations

import re

from sct.catalogue.workbook import DataCell
from sct.reading.workbooks.building import Spot
from sct.reading.workbooks.folding import fold, squeezed
from sct.reading.workbooks.meaning import kept_as
from sct.reading.workbooks.values import Reading
from sct.reading.workbooks.words import Words
from sct.vietnamese.periods import Period
from sct.vietnamese.scanning import scan

_PLANNED = re.compile(r"^(?:du kien|ke hoach|muc tieu|phan dau|chi tieu)\b")


def plan_sentence(text: str, row: int, words: Words, spot: Spot) -> bool:
    """The targets of a sentence, each clause with its own subject; False when the row is none."""
    folded = fold(text)
    if not _PLANNED.match(folded):
        return False
    years = [t.year for t in words.header.tokens(folded) if t.year]
    if not years:
        return False
    column = next(c for c in range(spot.region.grid.width) if spot.region.grid.text(row, c).strip())
    period = Period.of_year(years[0])
    name, colon, rest = text.partition(":")
    name = squeezed(name) if colon and len(name) < 60 else squeezed(text[:40])
    whole = Reading(None, spot.region.grid.text(row, column).strip())
    _put(spot, (row, column), name, "plan.text", whole, period=period, scale="text", unit=("", ""))
    for clause in re.split(r";|\.\s|\n", rest if colon else text):
        named = words.subject.tokens(fold(clause))
        if not named:
            continue
        _clause(clause, named[0].code, (row, column), name, period=period, spot=spot)
    return True


def _clause(clause: str, subject: str, place: tuple[int, int], name: str, *, period: Period, spot: Spot) -> None:
    usual = spot.book.words.subjects[subject].unit
    for amount in scan(clause):
        percent = amount.low.unit.dimension == "percent"
        share = percent and usual == "pct" and not amount.direction  # "tỷ lệ hộ sử dụng điện 99,97%": a level
        measure = "plan_growth" if percent and not share else "plan"
        unit = clause[amount.unit_span[0] : amount.unit_span[1]] if amount.unit_span else ""
        quantity = amount.signed if percent else amount.low
        digits = clause[amount.number[0] : amount.number[1]]
        reading = Reading(quantity.number, digits, quantity.decimals)
        scale = "growth" if measure == "plan_growth" else ""
        meaning, written = f"{subject}.{measure}", (unit, amount.low.unit.code)
        _put(spot, place, name, meaning, reading, period=period, scale=scale, unit=written)


def _put(
    spot: Spot,
    place: tuple[int, int],
    name: str,
    meaning: str,
    reading: Reading,
    *,
    period: Period,
    scale: str,
    unit: tuple[str, str],
) -> DataCell:
    declared = spot.book.words.subjects.get(meaning.partition(".")[0])
    return spot.cell(
        place,
        name,
        meaning,
        (period,),
        reading,
        period=period.code,
        unit=unit,
        series=(declared.indicator, "") if declared else ("", ""),
        kept=kept_as(meaning.partition(".")[2]) if scale != "text" else (None, None),
        scale=scale,
    )
