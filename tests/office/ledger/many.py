"""A big ledger of made-up figures: every area under Hà Nội, many indicators, months and growths, some revised twice."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import count, islice

from sct.catalogue import load
from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity


def figures(how_many: int) -> list[Figure]:
    """So many figures, the same every time."""
    return list(islice(_endless(), how_many))


def _endless() -> Iterator[Figure]:
    catalogue = load()
    indicators = [code for code, one in catalogue.indicators.items() if not one.unit.counted][:60]
    city = catalogue.area_named("Hà Nội").key
    areas = [city, *(area.key for area in catalogue.areas.children(city))]
    percent = catalogue.unit("pct")
    for n in count():
        month = n % 120
        period = Period.of_month(2015 + month // 12, month % 12 + 1)
        area = areas[n // 120 % len(areas)]
        indicator = indicators[n // 120 // len(areas) % len(indicators)]
        published = PartialDate(f"{period.days()[1]:%Y-%m}-{10 + n % 15:02d}")
        origin = Origin(kind="citation", title="thử", url=f"https://vi-du.vn/{n % 997}", published=published)
        figure = Figure(
            series=SeriesKey(indicator, area),
            period=period,
            transformation=Transformation.YOY,
            quantity=Quantity(Fraction(n * 7919 % 400 - 100, 10), percent, 1),
            stage=Stage.ESTIMATE,
            origin=origin,
            published=published,
        )
        yield figure
        if n % 20 == 0:  # one cell in twenty is revised
            yield Figure(
                series=figure.series,
                period=period,
                transformation=figure.transformation,
                quantity=Quantity(figure.quantity.number + 1, percent, 1),
                stage=Stage.OFFICIAL,
                origin=Origin(kind="citation", title="thử", url="https://vi-du.vn/sau", published=PartialDate("2026")),
                published=PartialDate("2026"),
            )
