"""Arguments of commands as values: days, areas."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from sct.errors import UserError
from sct.words import _

if TYPE_CHECKING:
    from sct.catalogue.model import Area
    from sct.office.ledger.queries import AsOf


def as_of(given: Namespace) -> AsOf:
    """The `--as-of` and `--entered-by` days of a command."""
    from sct.office.ledger.queries import AsOf

    return AsOf(day(given.as_of), day(getattr(given, "entered_by", None)))


def day(text: str | None) -> date | None:
    """A full date, or None where none is given."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError("bad-date", _("Ngày không có thật"), value=text, expected="2020-12-18") from error


def area_of(text: str, on: date | None = None) -> Area:
    """An area by its code, its key or its name."""
    from sct.catalogue import load

    areas = load().areas
    if text in areas:
        return areas[text]
    same = [area for area in areas.values() if area.code == text]
    if on is not None:
        same = [a for a in same if a.valid_from <= on and (a.valid_to is None or on <= a.valid_to)]
    return max(same, key=lambda area: area.valid_from) if same else load().area_named(text, on)
