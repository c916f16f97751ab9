"""Reads of marks, already narrowed: all of an area for who oversees it, else those of the own units."""

from __future__ import annotations

from fractions import Fraction

from django.db.models import QuerySet

from sct.office.emulation.models import Mark, Stage
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Right
from sct.office.people.queries import Someone, may, reached, units_of
from sct.words import _

Told = dict[tuple[str, Stage], Mark]  # a unit's marks that hold, by criterion and stage
Marks = dict[str, Told]


def concerns(person: Someone, area: str, unit: str) -> bool:
    """Whether a unit's card is the person's to see."""
    return may(person, Right.OVERSEE, area) or is_own(person, area, unit)


def is_own(person: Someone, area: str, unit: str) -> bool:
    areas = reached(person, Right.ANSWER)
    return unit in units_of(person) and (areas is None or area in areas)


def require_visible(person: Someone, area: str, unit: str) -> None:
    """Raises `NotVisibleError` (404)."""
    if not concerns(person, area, unit):
        raise NotVisibleError("not-found", _("Không có phiếu chấm này"), value=unit)


def require_mark(person: Someone, number: int) -> None:
    """Raises `NotVisibleError` (404) for a mark on a card that is not the person's to see."""
    row = Mark.objects.filter(pk=number).first()
    require_visible(person, row.area if row else "", row.unit if row else "")


def may_verify(person: Someone, area: str, unit: str) -> bool:
    """Who plans or assigns verifies, but never the own unit."""
    right = may(person, Right.PLAN, area) or may(person, Right.ASSIGN, area)
    return right and unit not in units_of(person)


def _rows(person: Someone, area: str, year: int) -> QuerySet[Mark]:
    rows = Mark.objects.filter(area=area, year=year).order_by("pk")
    if may(person, Right.OVERSEE, area):
        return rows
    areas = reached(person, Right.ANSWER)
    return rows.filter(unit__in=units_of(person)) if areas is None or area in areas else rows.none()


def marks(person: Someone, area: str, year: int) -> Marks:
    """Unit → (criterion, stage) → the mark that holds. One query."""
    found: Marks = {}
    for row in _rows(person, area, year):
        found.setdefault(row.unit, {})[row.criterion, Stage(row.stage)] = row
    return found


def own_marks(person: Someone, area: str, year: int, unit: str) -> list[Mark]:
    """All marks that a unit gave itself in a year, those that hold no more too: papers came with each. 404."""
    require_visible(person, area, unit)
    return list(Mark.objects.filter(area=area, year=year, unit=unit, stage=Stage.OWN).order_by("pk"))


def moment() -> int:
    """The number of the last mark: what was worked out for it stays right until it moves. One query."""
    return Mark.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


Points = dict[tuple[str, Stage], Fraction]  # by criterion and stage


def points(person: Someone, area: str, year: int) -> dict[str, Points]:
    """Unit → its points that hold, without what goes with them. One query, of four columns."""
    found: dict[str, Points] = {}
    stages = {stage.value: stage for stage in Stage}
    for unit, code, stage, given in _rows(person, area, year).values_list("unit", "criterion", "stage", "points"):
        found.setdefault(unit, {})[code, stages[stage]] = Fraction(given)
    return found


def points_of(told: Points, stage: Stage) -> dict[str, Fraction]:
    """Criterion → points of one stage."""
    return {code: value for (code, of), value in told.items() if of is stage}
