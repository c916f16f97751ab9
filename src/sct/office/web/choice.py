"""What the person is looking at: area, period and as-of day. They live in the address and go with every link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from sct.catalogue.load import load
from sct.catalogue.model import Area, bad_date
from sct.errors import UserError
from sct.office.coordination.coverage import Coverage, coverage
from sct.office.ledger.queries import AsOf
from sct.office.people.models import Person
from sct.office.web import wording
from sct.vietnamese.periods import Period
from sct.words import _

AREA, PERIOD, AS_OF = "diaban", "ky", "ngay"
NAMES = (AREA, PERIOD, AS_OF)


@dataclass(frozen=True, slots=True)
class Choice:
    """The choice in force; `params` are those that the address itself gave, in a fixed order."""

    area: Area
    period: Period
    as_of: date | None
    params: tuple[tuple[str, str], ...] = ()

    @property
    def year(self) -> int:
        return self.period.year

    @property
    def known(self) -> AsOf:
        """The as-of of ledger queries."""
        return AsOf(published=self.as_of)

    def query(self, **changes: object) -> str:
        """The part of an address that keeps this choice, with changes; an empty value leaves its name out."""
        values = {**dict(self.params), **{name: "" if v is None else str(v) for name, v in changes.items()}}
        kept = {name: value for name, value in values.items() if value}
        return "?" + urlencode(kept) if kept else ""


class SiteRequest(HttpRequest):
    """A request of a person who is logged in, after the middlewares."""

    choice: Choice
    coverage: Coverage
    htmx: HtmxDetails
    user: Person


def read(given: Mapping[str, str], coverage: Coverage) -> Choice:
    """The choice of an address; raises `UserError` for an area, a period or a day that does not exist."""
    params = tuple((name, given[name].strip()) for name in NAMES if given.get(name, "").strip())
    values = dict(params)
    as_of = _day(values[AS_OF]) if AS_OF in values else None
    area = _area(values[AREA], coverage) if AREA in values else coverage.home_area
    period = Period.parse(values[PERIOD]).canonical if PERIOD in values else Period.of_year(coverage.best_year(area))
    return Choice(area, period, as_of, params)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise bad_date(text) from None


def _area(text: str, coverage: Coverage) -> Area:
    """An area by key (`01@1900-01-01`) or by code; of several with one code, the one with figures, then the latest."""
    found = [area for area in load().areas.values() if text in (area.key, area.code)]
    if not found:
        raise UserError(
            "unknown-area", _("Không có địa bàn này"), value=text, way_out=_("Chọn lại địa bàn ở đầu trang")
        )
    return max(found, key=lambda area: (coverage.has(area), area.valid_from))


def attach(request: Any) -> None:
    """Give the request of a logged-in person its coverage and the choice of its address.

    With an address that cannot be used the choice is the default one, and the error is raised.
    """
    request.coverage = coverage(request.user, date.today())  # noqa: DTZ011 (the office's own calendar day)
    request.choice = read({}, request.coverage)
    request.choice = read(request.GET, request.coverage)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the pickers at the head of the page offer."""

    areas: list[Area]
    periods: list[tuple[str, list[tuple[str, str]]]]


def choices(choice: Choice, coverage: Coverage) -> Choices:
    """Areas with figures; all their years, and the quarters, months and cumulative periods of the chosen year."""
    areas = list(coverage.areas)
    if choice.area not in areas:
        areas.append(choice.area)
    years = [Period.of_year(year) for year in coverage.years(choice.area)]
    year = choice.year
    groups = [
        (_("Năm"), years),
        (_("Quý của năm {year}").format(year=year), [Period.of_quarter(year, n) for n in range(1, 5)]),
        (_("Lũy kế năm {year}").format(year=year), [Period.through(year, n).canonical for n in range(2, 12) if n != 3]),
        (_("Tháng của năm {year}").format(year=year), [Period.of_month(year, n) for n in range(1, 13)]),
    ]
    if choice.period not in [period for _name, periods in groups for period in periods]:
        groups.insert(0, (_("Đang chọn"), [choice.period]))
    return Choices(areas, [(name, [(p.code, label(p)) for p in periods]) for name, periods in groups])


def label(period: Period) -> str:
    """A period as a heading says it: Năm 2024, Tháng 9/2024, 9 tháng đầu năm 2024."""
    text = wording.period(period)
    return text[:1].upper() + text[1:]
