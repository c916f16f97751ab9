"""What a cell holds as a number: exact, with its printed digits; blank, dash and zero told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from sct.reading.workbooks.grid import Cell, shown
from sct.reading.workbooks.words import Words
from sct.vietnamese.numerals import read_digits
from sct.vietnamese.scanning import scan

_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+\.\d+(?:e[-+]?\d+)?", re.I)
_RUN = re.compile(r"\d[\d.,]*\d|\d")
_STRANGE = re.compile(r"\.\.|,,|\.,|,\.")
_BROKEN_GROUP = re.compile(r"\d{1,3}\.\d{4,}")
_SIGNED = re.compile(r"(?P<mark>[↑↓▲▼⬆⬇↗↘+]|tăng|giảm)\s*(?P<digits>\d[\d.,]*)\s*%?", re.I)
_MARK = re.compile(r"[↑↓▲▼⬆⬇↗↘]|(?<!\w)[áâ](?=\s*[\d])")


class Reading(NamedTuple):
    """One figure of a cell. `problem` is a reason code when the cell holds something that is no number."""

    value: Fraction | None
    printed: str
    decimals: int = 0
    flags: tuple[str, ...] = ()
    problem: str = ""
    measure: str = ""  # of a text: level or growth_yoy
    unit: str = ""
    unit_code: str = ""


BLANK = Reading(None, "")


def read_cell(cell: Cell, words: Words) -> Reading:
    """The number of a cell of a numeric column."""
    if cell.__class__ is float:
        return _of_float(cell)
    if cell == "" or cell is None:
        return BLANK
    if isinstance(cell, bool):
        return Reading(None, shown(cell), problem="not-a-number")
    if isinstance(cell, int):
        return Reading(Fraction(cell), str(cell))
    return _of_text(shown(cell), words)


def _of_float(number: float) -> Reading:
    text = repr(number)
    whole, _dot, part = text.partition(".")
    if part == "0":
        return Reading(Fraction(int(whole)), whole)
    if not part.isdigit():  # an exponent
        exact = Decimal(text)
        places = max(-int(exact.as_tuple().exponent), 0)
        return Reading(Fraction(exact), format(exact, "f"), places)
    return Reading(Fraction(int(whole + part), 10 ** len(part)), text, len(part))


def _of_text(text: str, words: Words) -> Reading:
    bare = text.strip().replace("\u00a0", " ").strip()
    if not bare:
        return Reading(None, "")
    if bare.lower() in words.no_data:
        return Reading(None, bare)
    if bare.startswith("#"):
        return Reading(None, bare, problem="error-value")
    number = typed(bare) or _signed(bare, words)
    if number is None:
        return Reading(None, bare, problem="not-a-number")
    return Reading(number[0], bare, number[1], ("number-as-text",))


def _signed(text: str, words: Words) -> tuple[Fraction, int] | None:
    """A growth with its sign as an arrow or a word: "↓9,1%", "giảm 9,1%", "+11,2"."""
    found = _SIGNED.fullmatch(text)
    number = typed(found["digits"]) if found is not None else None
    if found is None or number is None:
        return None
    mark = found["mark"].lower()
    down = mark == "giảm" or words.arrows.get(mark, 1) < 0
    return (-number[0] if down else number[0]), number[1]


def typed(text: str) -> tuple[Fraction, int] | None:
    """A number stored as text, in Vietnamese or English writing, in brackets or with a minus when negative."""
    minus = text[:1] in "-−(" and text[:1] != ""
    bare = text.strip("-−() %").replace(" ", "")
    printed = read_digits(bare)
    if printed is not None:
        number, decimals = printed.number, printed.decimals
    elif _ENGLISH.fullmatch(bare) or _PLAIN.fullmatch(bare):
        exact = Decimal(bare.replace(",", ""))
        number, decimals = Fraction(exact), max(-int(exact.as_tuple().exponent), 0)
    else:
        return None
    return (-number if minus else number), decimals


# -- texts such as "8.290 tỷ đồng (↓3,32%)" ----------------------------------------------------------------


def is_amount_text(cell: Cell, words: Words) -> bool:
    """Whether a text is an amount or a growth, not words of a header."""
    if not isinstance(cell, str) or len(cell) > 80:
        return False
    bare = cell.strip()
    if not bare or not re.match(r"[↑↓▲▼⬆⬇↗↘áâ+−-]?\s*[\d.,]*\d", bare):
        return False
    return bool(_MARK.search(bare)) or any(
        a.low.unit.dimension in {"VND", "USD", "percent", "EUR"} for a in scan(_mended(bare)[0])
    )


def read_amounts(text: str, words: Words) -> list[Reading]:
    """The level and the growth a text tells, each with its unit as written; an arrow is the sign of the growth."""
    mended, strange = _mended(text)
    said = _MARK.sub(lambda m: " tăng " if words.arrows.get(m[0], 1) > 0 else " giảm ", mended)
    lost_font = re.search(r"(?<!\w)[áâ](?=\s*\d)", text) is not None
    found: list[Reading] = []
    for amount in scan(said):
        percent = amount.low.unit.dimension == "percent"
        measure = "growth_yoy" if percent else "level"
        if any(reading.measure == measure for reading in found):
            continue
        quantity = amount.signed if percent else amount.low
        flags: tuple[str, ...] = ("odd-spelling",) if (strange and not percent) or (percent and lost_font) else ()
        if percent and not amount.direction:
            flags += ("sign-unsaid",)
        unit = said[amount.unit_span[0] : amount.unit_span[1]] if amount.unit_span else ""
        digits = said[amount.number[0] : amount.number[1]]
        if amount.low.unit.code == "count":
            flags += ("odd-spelling",)
        if amount.note == "dot-decimal":
            flags += ("odd-spelling",)
        found.append(
            Reading(
                quantity.number,
                digits,
                quantity.decimals,
                tuple(dict.fromkeys(flags)),
                "",
                measure,
                unit,
                amount.low.unit.code,
            )
        )
    return found


def _mended(text: str) -> tuple[str, bool]:
    """The text with impossible runs ("56..537,447") written as they can only be meant, and whether it was."""
    strange = False

    def mend(match: re.Match[str]) -> str:
        nonlocal strange
        run = match[0]
        if _BROKEN_GROUP.fullmatch(run):  # "2.1485": no writing of thousands; its neighbours tell where the point is
            strange = True
            return run.replace(".", ",")
        if _STRANGE.search(run):
            strange = True
            run = re.sub(r"\.+", ".", run.replace(".,", ",").replace(",.", ","))
            run = re.sub(r",+", ",", run)
        return run

    return _RUN.sub(mend, text), strange


def likely(readings: Sequence[Reading | None]) -> list[Reading | None]:
    """The levels of one column put right among their neighbours: "17,335" among 16.324 and 18.410 is 17.335.

    A level more than fifteen times away from both neighbours is read again with comma for dot and dot for comma; the
    reading nearest to them is taken when it lies within a factor of three, and flagged.
    """
    fixed = list(readings)
    for index, reading in enumerate(fixed):
        if reading is None or not reading.value:
            continue
        near = [r.value for r in _around(fixed, index) if r is not None and r.value]
        if len(near) < 2:
            continue
        middle = sorted(near)[len(near) // 2]
        if Fraction(1, 15) < reading.value / middle < 15:
            continue
        other = _other_readings(reading.printed)
        best = min(other, key=lambda v: abs(float(v / middle) - 1), default=None)
        if best is not None and Fraction(1, 3) < best / middle < 3:
            fixed[index] = reading._replace(value=best, flags=(*reading.flags, "odd-spelling"))
    return fixed


def _around(readings: Sequence[Reading | None], index: int) -> list[Reading | None]:
    return [*readings[max(0, index - 2) : index], *readings[index + 1 : index + 3]]


def _other_readings(printed: str) -> list[Fraction]:
    """Every number the digits may mean: as a whole, or with the point at any of the separators."""
    digits = re.sub(r"[.,]", "", printed)
    if not digits.isdigit():
        return []
    cuts = [len(re.sub(r"[.,]", "", printed[: m.start()])) for m in re.finditer(r"[.,]", printed)]
    # A group that is not of three digits has its point elsewhere: "2.1485" may be 2.148,5.
    cuts += [cut + 3 for cut in cuts if len(digits) > cut + 3]
    return [Fraction(int(digits)), *(Fraction(int(digits), 10 ** (len(digits) - cut)) for cut in cuts)]
