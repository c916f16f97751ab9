"""The likely cause of a figure that differs from the ledger: what a colleague would ask first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from sct.catalogue.model import Figure
from sct.catalogue.statement import Statement
from sct.errors import UserError
from sct.proofing.finding import Verdict
from sct.proofing.judging import direct
from sct.proofing.slips import digits, near_miss, other_scale
from sct.proofing.texts import Desk, Text
from sct.vietnamese.periods import Period

Cause = Callable[[Text, Statement, Figure, Desk], bool]


def likely_cause(text: Text, claim: Statement, figure: Figure, desk: Desk) -> str:
    """A code of `Finding.cause`: opposite-sign, scale, digits-swapped, previous-period, near-name; "" for none."""
    if claim.value is None:
        return ""
    return next((code for code, fits in _CAUSES if fits(text, claim, figure, desk)), "")


def _opposite_sign(text: Text, claim: Statement, figure: Figure, desk: Desk) -> bool:
    return claim.value is not None and claim.value != 0 and claim.value == -figure.quantity.value


def _scale(text: Text, claim: Statement, figure: Figure, desk: Desk) -> bool:
    """A thousand or a million times too much or too little: "tỷ" for "nghìn tỷ"."""
    return claim.value is not None and other_scale(claim.value, figure.quantity.value) is not None


def _digits_swapped(text: Text, claim: Statement, figure: Figure, desk: Desk) -> bool:
    return near_miss(digits(claim.quantity.number), digits(figure.quantity.to(claim.quantity.unit)))


def _previous_period(text: Text, claim: Statement, figure: Figure, desk: Desk) -> bool:
    """The value of the same period a year before, or of the period before."""
    assert claim.period is not None
    period = Period.parse(claim.period)
    codes = {period.year_before.code}
    with suppress(UserError):  # January's cumulative period has none before it
        codes.add(period.previous.code)
    return any(_told(text, claim, text.matched(claim), code, desk) for code in codes)


def _near_name(text: Text, claim: Statement, figure: Figure, desk: Desk) -> bool:
    """The value of an indicator that is easily taken for this one: total sales for retail sales."""
    about = text.matched(claim)
    indicator = desk.indicator(about)
    near = indicator.near_names if indicator else ()
    others = [replace(about, indicator=name.code, breakdown="") for name in near]
    return any(_told(text, claim, other, claim.period, desk) for other in others)


def _told(text: Text, claim: Statement, about: Statement, period: str | None, desk: Desk) -> bool:
    figures = desk.figures(about, period)
    mine = text.readings(claim)
    return any(direct(mine, desk.readings(f)).verdict is Verdict.HOLDS for f in figures if f.stage.is_actual)


_CAUSES: tuple[tuple[str, Cause], ...] = (
    ("opposite-sign", _opposite_sign),
    ("scale", _scale),
    ("previous-period", _previous_period),
    ("near-name", _near_name),
    ("digits-swapped", _digits_swapped),
)
