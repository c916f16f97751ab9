"""Why a value is not computed: a code for machines and a sentence for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sct.catalogue.model import SeriesKey, Transformation
from sct.engine.areas import AreaTree
from sct.engine.axis import Grain, grain_of
from sct.engine.families import Ties
from sct.engine.family import Family
from sct.engine.panel import Variable
from sct.engine.recipes import Recipe, Take, Which
from sct.engine.tracing import bases, label_of
from sct.vietnamese.periods import Period, PeriodKind
from sct.words import _


@dataclass(frozen=True, slots=True)
class Refusal:
    """`code` is no-figures, kind-refuses, area-changed, base-not-positive, bases-differ or missing-operand."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


_GROWTHS = (Transformation.MOM, Transformation.YOY, Transformation.CONTRIBUTION, Transformation.SINCE_DECEMBER)


def why(
    family: Family | None,
    ties: Ties,
    tree: AreaTree,
    *,
    series: SeriesKey,
    period: Period,
    transformation: Transformation,
) -> Refusal:
    """The reason of a cell that is not computed; the first that applies."""
    if family is None or family.panels.axis.row(series.area) is None:
        return Refusal("no-figures", _("Chưa có số liệu nào của chuỗi này"))
    base = _base(period, transformation)
    area = tree.areas.get(series.area)
    if base is not None and area is not None and base.days()[0] < area.valid_from:
        sentence = _("Địa bàn có từ {day}, kỳ gốc {base} là của địa giới khác nên không so sánh")
        return Refusal("area-changed", sentence.format(day=area.valid_from.strftime("%d/%m/%Y"), base=base))
    variable = (series.indicator, series.breakdown)
    grain, column = grain_of(period), family.panels.axis.column(period)
    if period.kind is PeriodKind.SPAN and transformation is Transformation.AVERAGE_YEARLY:
        return Refusal("missing-operand", _("Thiếu mức của năm gốc, năm cuối hoặc tốc độ tăng của từng năm"))
    made = () if grain is None else family.panels.recipes(transformation, grain, variable)
    if not made or grain is None:
        return _kind(ties, variable, transformation)
    if column is None:
        return Refusal("no-figures", _("Chưa có số liệu nào của kỳ này"))
    row = family.panels.axis.row(series.area)
    assert row is not None
    return _of_operands(family, list(_steps(family, made, grain, column)), variable, row)


def _kind(ties: Ties, variable: Variable, transformation: Transformation) -> Refusal:
    indicator = ties.meta(variable)
    sentence = _("Chỉ tiêu loại {kind} không tính được theo cách {way}; chỉ dùng số đã công bố")
    return Refusal("kind-refuses", sentence.format(kind=indicator.kind.value, way=transformation.value))


def _of_operands(family: Family, steps: list[tuple[tuple[Take, ...], int]], variable: Variable, row: int) -> Refusal:
    missing: list[str] = []
    for takes, number in steps:
        nodes = []
        missing = []
        for take in takes:
            place = take.offset + take.step * number
            node = family.tracer.trace(take, variable, row, place)
            if node is None:
                missing.append(_label(family, take, variable, place))
            else:
                nodes.append(node)
        if not missing:
            differ = len(set().union(*(bases(node) for node in nodes))) > 1
            if differ:
                return Refusal("bases-differ", _("Các số hạng theo giá khác nhau (hiện hành, so sánh)"))
            return Refusal("base-not-positive", _("Số gốc bằng không hoặc âm nên tỷ lệ không có nghĩa"))
    shown = ", ".join(missing[:3]) + (" …" if len(missing) > 3 else "")
    return Refusal("missing-operand", _("Thiếu số liệu: {cells}").format(cells=shown) if shown else _("Thiếu kỳ gốc"))


def _steps(
    family: Family, made: tuple[Recipe, ...], grain: Grain, column: int
) -> Iterator[tuple[tuple[Take, ...], int]]:
    """The steps that could make a cell, the first recipe last: its missing operands are the ones to name."""
    for recipe in reversed(made):
        yield from family.tracer.steps(recipe, grain, column)


def _label(family: Family, take: Take, variable: Variable, column: int) -> str:
    period = family.panels.axis.period(take.grain, column)
    name = label_of(take.variable or variable, period, take.transformation)
    return f"{name}.plan" if take.which is Which.PLAN else name


def _base(period: Period, transformation: Transformation) -> Period | None:
    """The period that a growth is measured against."""
    if transformation is Transformation.AVERAGE_YEARLY:
        return Period.of_year(period.year - 1)
    if transformation not in _GROWTHS or period.year <= 1900:
        return None
    if transformation is Transformation.SINCE_DECEMBER:
        return Period.of_month(period.year - 1, 12)
    if transformation is Transformation.MOM and period.kind is not PeriodKind.CUMULATIVE:
        return period.previous
    return period.year_before
