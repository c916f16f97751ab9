"""From a statement to the figures that the ledger keeps of it, with the exact words as their origin."""

from __future__ import annotations

from fractions import Fraction

from sct.catalogue import load
from sct.catalogue.model import Comparator, Figure, Indicator, Origin, PartialDate, SeriesKey, Transformation
from sct.catalogue.statement import Statement
from sct.errors import Place, UserError
from sct.office.documents.models import Document
from sct.proofing.keys import scope_of, stage_of, transformations_of
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity, Unit
from sct.words import _

_BASIS = {"constant": "constant_prices", "current": "current_prices"}
DOCUMENT = "document"  # kind of an origin


def figures_of(
    document: Document, statement: Statement, words: str = "", *, share_of_growth: bool = False
) -> list[Figure]:
    """One figure, or two for a range (its ends); raises `UserError` that names what the statement lacks.

    `words` is the clause around the statement, which may tell its price basis.
    """
    _require_key(document, statement)
    indicator = load().indicator(statement.indicator)
    code, breakdown = indicator.series
    series = SeriesKey(code, statement.area_key, statement.breakdown or breakdown)
    assert statement.period is not None
    unit = _declared(statement.quantity.unit, indicator)
    published = PartialDate(document.published) if document.published else None

    def figure(number: Quantity, bound: str = "") -> Figure:
        assert statement.period is not None
        return Figure(
            series=series,
            period=Period.parse(statement.period),
            transformation=_transformation(document, statement, indicator, share_of_growth),
            quantity=number,
            stage=stage_of(statement),
            origin=_origin(document, statement, published),
            comparator=Comparator.EQ if bound else Comparator(statement.comparator),
            bound=bound,
            basis=_BASIS.get(scope_of(words), ""),
            published=published,
        )

    if statement.value is not None:
        return [figure(_in(unit, statement.value, statement.quantity))]
    assert statement.low is not None and statement.high is not None
    low, high = (_in(unit, end, statement.quantity) for end in (statement.low, statement.high))
    return [figure(low, "lower"), figure(high, "upper")]


def _in(unit: Unit, value: Fraction, like: Quantity) -> Quantity:
    """The value in a unit, with the digits printed; none where the unit is another and the number whole."""
    number = value / unit.factor
    same = unit.factor == like.unit.factor
    return Quantity(number, unit, like.decimals if same or number.denominator != 1 else 0)


def _require_key(document: Document, statement: Statement) -> None:
    """Without indicator, period and area a number has no cell in the ledger."""
    needed = (
        (statement.indicator, _("chỉ tiêu")),
        (statement.period, _("kỳ")),
        (statement.area_key, _("địa bàn")),
    )
    missing = [name for value, name in needed if not value]
    if missing:
        raise UserError(
            "statement-incomplete",
            _("Phát biểu này chưa rõ {missing} nên chưa vào sổ được").format(missing=", ".join(missing)),
            value=statement.quote,
            way_out=_("Sửa phát biểu cho đủ rồi nhận lại"),
            place=_place(document, statement),
        )


def _transformation(
    document: Document, statement: Statement, indicator: Indicator, share_of_growth: bool
) -> Transformation:
    if share_of_growth:
        return Transformation.GROWTH_SHARE
    known = transformations_of(statement, indicator)
    if known:
        return known[0]
    raise UserError(
        "no-transformation",
        _("Sổ không ghi loại số này (bội số, mức thay đổi, mức tăng không rõ kỳ gốc)"),
        value=statement.quote,
        way_out=_("Bỏ qua phát biểu, hoặc sửa kỳ gốc của nó"),
        place=_place(document, statement),
    )


def _declared(unit: Unit, indicator: Indicator) -> Unit:
    """The declared unit; a counted thing under a name of its own is counted in the indicator's noun."""
    known = load().units
    if unit.code in known and known[unit.code] == unit and not (unit.counted and indicator.unit.counted):
        return unit
    if unit.counted and indicator.unit.counted:
        return indicator.unit
    raise UserError("unknown-unit", _("Đơn vị chưa được khai báo"), value=unit)


def _origin(document: Document, statement: Statement, published: PartialDate | None) -> Origin:
    return Origin(
        kind=DOCUMENT,
        title=str(document),
        url=document.url,
        document=str(document.pk),
        file=document.name,
        place=f"{statement.start}-{statement.end}",
        published=published,
        published_basis=document.published_basis,
    )


def _place(document: Document, statement: Statement) -> Place:
    return Place(file=document.name, start=statement.start, end=statement.end)
