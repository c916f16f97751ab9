"""Figures of Hà Nội as a report meets them: real ones of 2024 (see src/sct/samples/README.md), each with its source."""

from decimal import Decimal
from fractions import Fraction

from sct.catalogue import load
from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.reporting.review import build
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity

CITY = load().area_named("Hà Nội").key
SOURCE = "https://congthuong.hanoi.gov.vn/tong-ket"
YOY = Transformation.YOY


def figure(code, period, printed, *, how=Transformation.LEVEL, stage=Stage.REPORTED, unit="", number=0, title=""):
    """A figure from its printed digits ("853,3") in a unit of the catalogue; a growth is in %."""
    catalogue = load()
    indicator, breakdown = catalogue.resolve(code)
    digits = printed.replace(",", ".")
    of = "pct" if how is YOY else unit or catalogue.indicator(indicator).unit.code
    published = PartialDate("2025-01-09")
    return Figure(
        series=SeriesKey(indicator, CITY, breakdown),
        period=Period.parse(period),
        transformation=how,
        quantity=Quantity(Fraction(Decimal(digits)), catalogue.unit(of), max(0, -Decimal(digits).as_tuple().exponent)),
        stage=stage,
        origin=Origin(kind="citation", title=title or "Hội nghị tổng kết", url=SOURCE, published=published),
        published=published,
        id=number,
    )


def year_2024():
    """What was said of 2024 in January 2025, and a target of it."""
    return [
        figure("grdp", "2024", "6,52", how=YOY, number=1),
        figure("grdp", "2023", "6,27", how=YOY, number=2),
        figure("retail_services_total", "2024", "853,3", unit="nghin_ty_dong", number=3),
        figure("retail_services_total", "2024", "10,8", how=YOY, number=4),
        figure("trade_total", "2024", "60,1", unit="ty_usd", number=5),
        figure("iip", "2024-Q1", "3,6", how=YOY, number=6),
        figure("iip", "2024-M01-M11", "5,7", how=YOY, number=7),
        figure("exports", "2024", "5", how=YOY, stage=Stage.PLAN, number=8),
        figure("exports", "2024-M01-M10", "12,3", how=YOY, number=9),
    ]


def review(figures=None, year=2024, **changes):
    return build(year, CITY, year_2024() if figures is None else figures, None, (), load(), **changes)
