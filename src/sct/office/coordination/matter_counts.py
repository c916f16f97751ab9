"""Counts of matters, kept until any matter changes: whole areas are counted once, not once a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db import connection

from sct.following.states import Counts
from sct.office.coordination.state import Kept
from sct.office.matters import queries
from sct.office.matters.queries import Asked, UnitTally
from sct.office.people.models import Right
from sct.office.people.queries import Someone, granted, reached, units_of

_tallies, _units, _months = Kept(64), Kept(32), Kept(32)


def _key(person: Someone, asked: Asked) -> tuple[object, ...]:
    """The state of the matters, what the person may see, what is asked: nothing else moves a count."""
    seen = (granted(person, Right.OVERSEE), reached(person), units_of(person))
    return queries.moment(), seen, replace(asked, page=1), str(connection.settings_dict["NAME"])


def tally(person: Someone, asked: Asked) -> Counts:
    return _tallies.get(_key(person, asked), lambda: queries.tally(person, asked))


def by_unit(person: Someone, asked: Asked) -> list[UnitTally]:
    return _units.get(_key(person, asked), lambda: queries.by_unit(person, asked))


def by_month(person: Someone, asked: Asked) -> list[tuple[date, int, int]]:
    return _months.get(_key(person, asked), lambda: queries.by_month(person, asked))
