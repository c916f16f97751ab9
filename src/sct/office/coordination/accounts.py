"""Growth accounting of an area: the latest period of a year whose parts of GRDP are told with growth and points."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sct.catalogue import load
from sct.catalogue.model import Area, Figure, SeriesKey, Transformation
from sct.office.coordination.current import Current
from sct.office.ledger.queries import AsOf
from sct.office.people.queries import Someone
from sct.planning.accounting import Account, Part, accounts
from sct.reporting.known import Known
from sct.vietnamese.periods import Period

WHOLE = "grdp"


@dataclass(frozen=True, slots=True)
class Accounted:
    """An account with the figures it stands on: growth of the whole, growth and points of each part by code."""

    period: Period
    account: Account
    whole: Figure
    growths: dict[str, Figure]
    points: dict[str, Figure]


def accounted(person: Someone, area: Area, year: int, as_of: AsOf, target: Fraction | None = None) -> Accounted | None:
    """The account of the year, else of its longest part that is told; None where no two parts are."""
    known = Current(person, area, as_of)
    for period in (Period.of_year(year), *(Period.through(year, month) for month in range(11, 0, -1))):
        whole = known.actual((SeriesKey(WHOLE, area.key), period, Transformation.YOY))
        if whole is None:
            continue
        growths, points = _told(known, area, period)
        codes = [code for code in growths if code in points]
        if len(codes) >= 2:
            parts = [_part(code, growths[code], points[code]) for code in codes]
            told = accounts(whole.figure.quantity.value, [part for part in parts if part is not None], target)
            return Accounted(period, told, whole.figure, growths, points)
    return None


def _told(known: Known, area: Area, period: Period) -> tuple[dict[str, Figure], dict[str, Figure]]:
    growths: dict[str, Figure] = {}
    points: dict[str, Figure] = {}
    for code in parts_of(WHOLE):
        for how, kept in ((Transformation.YOY, growths), (Transformation.CONTRIBUTION, points)):
            value = known.actual((SeriesKey(code, area.key), period, how))
            if value is not None:
                kept[code] = value.figure
    return growths, points


def parts_of(code: str) -> list[str]:
    """The parts of the declared division of a whole, in its order."""
    return [part for one in load().partitions if one.whole == (code, "") for part, _member in one.parts]


def _short(name: str) -> str:
    """Khu vực dịch vụ rather than Giá trị tăng thêm khu vực dịch vụ."""
    text = name.removeprefix("Giá trị tăng thêm ")
    return text[:1].upper() + text[1:]


def _part(code: str, growth: Figure, points: Figure) -> Part | None:
    return Part.of_points(code, _short(load().name_of(code)), growth.quantity.value, points.quantity.value)
