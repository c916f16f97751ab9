"""Who must send which form by which day. Units are those in force on the closing day of the period.

NQ 1656/NQ-UBTVQH15 dissolved the districts on 1 July 2025, so a form whose period closes before that day is the duty of
districts and after it of communes, without a rule of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sct.catalogue.forms import Form, Holiday, Senders
from sct.catalogue.load import Catalogue
from sct.catalogue.model import Area
from sct.catalogue.workdays import is_working
from sct.vietnamese.periods import Period
from sct.words import language

DIVISION = "division:"  # a division's key among the units: `division:trade`


@dataclass(frozen=True, slots=True)
class Unit:
    """Đơn vị báo cáo: an area (its key) or a division of the department in an area (`division:trade`)."""

    key: str
    name: str
    area: str  # key of the area whose figures it reports
    level: str  # commune | district | province | division

    @property
    def division(self) -> str:
        return self.key.removeprefix(DIVISION) if self.level == "division" else ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Nghĩa vụ: a unit sends a form for a period by a day. `asked` is the declared day before days of rest moved it."""

    unit: Unit
    form: Form
    period: Period
    due: date
    asked: date

    @property
    def key(self) -> tuple[str, str, str]:
        return self.unit.key, self.form.code, self.period.code


def due_day(form: Form, period: Period, holidays: Mapping[date, Holiday]) -> tuple[date, date]:
    """(day it is due, day as declared). A declared day past the month's end is the month's last day."""
    last = period.months[1] + form.due.month
    first = date(last // 12, last % 12 + 1, 1)
    ends = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    asked = min(first + timedelta(days=form.due.day - 1), ends)
    step = {"next": 1, "previous": -1, "none": 0}[form.due.shift]
    day = asked
    while step and not is_working(day, holidays):
        day += timedelta(days=step)
    return day, asked


def units(catalogue: Catalogue, form: Form, period: Period, within: str) -> list[Unit]:
    """The units under the area `within` that must send a form for a period, by name; none where it is not asked."""
    if not form.asks_for(period):
        return []
    day = form.closes(period)
    found: dict[str, Unit] = {}
    for senders in form.senders:
        for unit in _units(catalogue, senders, day, within):
            found[unit.key] = unit
    return sorted(found.values(), key=lambda unit: (unit.level, unit.name))


def _units(catalogue: Catalogue, senders: Senders, day: date, within: str) -> Iterable[Unit]:
    for code in senders.divisions:
        yield division_unit(catalogue, code, within)
    if not senders.level:
        return
    having = catalogue.traits.get(senders.trait, frozenset()) if senders.trait else None
    for area in _under(catalogue, within, senders.level, day):
        if having is None or area.key in having:
            yield area_unit(area)


def _under(catalogue: Catalogue, within: str, level: str, day: date) -> list[Area]:
    """The areas of a level in force on a day that lie right under an area, or the area itself."""
    own = catalogue.areas[within]
    if own.level == level:
        return [own] if own.valid_on(day) else []
    return [area for area in catalogue.areas.children(within, day) if area.level == level]


def area_unit(area: Area) -> Unit:
    return Unit(area.key, area.name, area.key, area.level)


def division_unit(catalogue: Catalogue, code: str, within: str) -> Unit:
    found = catalogue.divisions[code]
    return Unit(DIVISION + code, found.name_en if language() == "en" else found.name, within, "division")


def duties(catalogue: Catalogue, forms: Iterable[Form], first: date, last: date, within: str) -> list[Duty]:
    """Every duty due between two days (inclusive) under an area, by day, form and unit."""
    found: list[Duty] = []
    for form in forms:
        reach = abs(form.due.month) // 12 + 1
        for year in range(first.year - reach, last.year + reach + 1):
            for period in form.periods(year):
                due, asked = due_day(form, period, catalogue.holidays)
                if first <= due <= last:
                    found += [Duty(unit, form, period, due, asked) for unit in units(catalogue, form, period, within)]
    return sorted(found, key=lambda duty: (duty.due, duty.form.number, duty.unit.level, duty.unit.name))
