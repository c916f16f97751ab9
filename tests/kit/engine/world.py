"""A tiny catalogue by hand: a country of two provinces, some goods, and figures of them."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from sct.catalogue.model import (
    Adds,
    Area,
    Figure,
    Indicator,
    Kind,
    Origin,
    PartialDate,
    Partition,
    SeriesKey,
    Stage,
    Transformation,
)
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity, Unit

DONG = Unit("ty_dong", "VND", Fraction(10**9), "tỷ đồng", "billion dong")
PERCENT = Unit("pct", "percent", Fraction(1), "%", "%")
PIECES = Unit("cho", "chợ", Fraction(1), "chợ", "markets", counted=True)
LEVEL, MOM, YOY = Transformation.LEVEL, Transformation.MOM, Transformation.YOY
SHARE, CONTRIBUTION = Transformation.SHARE, Transformation.CONTRIBUTION


@dataclass
class Tiny:
    """Indicators and areas are all that the engine asks of a catalogue."""

    indicators: dict[str, Indicator]
    areas: dict[str, Area] = field(default_factory=dict)


def indicator(code, kind=Kind.FLOW, over_time=Adds.SUM, over_areas=Adds.SUM, unit=DONG, **more):
    return Indicator(code, "", "", code, code, unit, kind, over_time, over_areas, **more)


def area(code, parent="", start="2000-01-01", end=None, level="province"):
    until = date.fromisoformat(end) if end else None
    return Area(code, date.fromisoformat(start), code, code, "", level, parent=parent, valid_to=until)


COUNTRY = area("VN", level="country")
EAST = area("01", COUNTRY.key)
WEST = area("02", COUNTRY.key)
PARTS = (("goods", ""), ("meals", ""), ("travel", ""))


def catalogue():
    return Tiny(
        {
            entry.code: entry
            for entry in (
                indicator("sales", partitions=(Partition("sales_by_kind", ("sales", ""), PARTS),)),
                indicator("goods", parent="sales"),
                indicator("meals", parent="sales"),
                indicator("travel", parent="sales"),
                indicator("exports"),
                indicator("imports"),
                indicator("trade", formula="exports + imports"),
                indicator("openness", Kind.RATE, Adds.PARTS, Adds.PARTS, PERCENT, formula="100 * exports / trade"),
                indicator("markets", Kind.STOCK, Adds.LAST, unit=PIECES),
                indicator("prices", Kind.INDEX, Adds.NEVER, Adds.NEVER, PERCENT),
                indicator("output_index", Kind.INDEX, unit=PERCENT),  # declared as if it could be added
                indicator("peak", over_time=Adds.MAXIMUM, over_areas=Adds.NEVER),
                indicator("growth", over_time=Adds.NEVER, over_areas=Adds.NEVER, unit=PERCENT),
                indicator("alone"),
            )
        },
        {entry.key: entry for entry in (COUNTRY, EAST, WEST)},
    )


def series(code, place=EAST, breakdown=""):
    return SeriesKey(code, place.key, breakdown)


def figure(code, period, value, place=EAST, transformation=LEVEL, stage=Stage.REPORTED, number=0, **more):
    indicator_unit = catalogue().indicators[code].unit if transformation is LEVEL else PERCENT
    text = str(value)
    quantity = Quantity(Fraction(text), more.pop("unit", indicator_unit), len(text.partition(".")[2]))
    breakdown = more.pop("breakdown", "")
    published = more.pop("published", None)
    return Figure(
        series(code, place, breakdown),
        Period.parse(period),
        transformation,
        quantity,
        stage,
        Origin("citation", url=f"https://example.vn/{code}/{period}/{value}/{number}"),
        published=PartialDate(published) if published else None,
        id=number,
        **more,
    )


def months(code, year, values, place=EAST):
    return [figure(code, f"{year}-{month:02d}", value, place) for month, value in enumerate(values, 1)]


def get(derived, code, period, transformation=LEVEL, place=EAST, breakdown=""):
    return derived.get(series(code, place, breakdown), Period.parse(period), transformation)
