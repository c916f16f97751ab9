"""Counted beside reported: what a register gives for an indicator, and what somebody has published of it.

A difference is a finding with its arithmetic, never a correction: the report may know of things that the register does
not hold yet, or the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sct.catalogue import load
from sct.catalogue.model import Area, Figure, Indicator, Origin, SeriesKey, Stage, Transformation
from sct.catalogue.registers import Condition, Counting
from sct.office.ledger import queries
from sct.office.ledger.disagreement import interval
from sct.office.ledger.queries import NOW, AsOf
from sct.office.people.queries import Someone
from sct.office.registers.counting import Count, count_all
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity
from sct.words import _


@dataclass(frozen=True, slots=True)
class Counted:
    """One indicator from a register, with the reported value of the same or the nearest earlier period, if any.

    `agrees` is None where nothing is reported or nothing could be counted.
    """

    indicator: Indicator
    rule: Counting
    count: Count
    figure: Figure | None
    reported: Figure | None

    @property
    def agrees(self) -> bool | None:
        if self.figure is None or self.reported is None:
            return None
        return self.figure.quantity.value in interval(self.reported)

    @property
    def difference(self) -> Fraction | None:
        """Counted less reported, in the unit of the indicator."""
        if self.figure is None or self.reported is None or self.agrees:
            return None
        unit = self.figure.quantity.unit
        if unit.dimension != self.reported.quantity.unit.dimension:
            return None
        return self.figure.quantity.number - self.reported.quantity.value / self.figure.quantity.unit.factor


def counted(person: Someone, area: Area, period: Period, as_of: AsOf = NOW, indicator: str = "") -> list[Counted]:
    """Every indicator that some register counts, for an area and period."""
    counts = count_all(person, area.key, period, indicator)
    codes = {told.rule.indicator for told in counts}
    known = queries.current(person, indicators=codes, areas=[area.key], as_of=as_of) if codes else []
    found = []
    for told in counts:
        one = load().indicators[told.rule.indicator]
        figure = figure_of(told, period)
        found.append(Counted(one, told.rule, told, figure, _reported(known, one, told.rule, area, period)))
    return found


def figure_of(told: Count, period: Period) -> Figure | None:
    """The count as a computed figure whose origin is the question put to the register."""
    if told.value is None:
        return None
    rule, unit = told.rule, load().indicators[told.rule.indicator].unit
    decimals = 0 if told.value.denominator == 1 else 2
    return Figure(
        series=SeriesKey(rule.indicator, told.area, rule.breakdown),
        period=period,
        transformation=Transformation.LEVEL,
        quantity=Quantity(told.value, unit, decimals),
        stage=Stage.COMPUTED,
        origin=Origin(kind="register", title=told.register.told, place=question(told), note=rule.note),
    )


def question(told: Count) -> str:
    """The question as words: which states, which condition, on which day or between which days."""
    states = ", ".join(told.register.states[code].told for code in told.rule.states)
    fields = told.register.fields
    where = "".join("; " + _words(told, one) for one in told.rule.where)
    if told.rule.how in ("entered", "event_sum"):
        when = _("chuyển sang «{states}» từ {a} đến {b}").format(
            states=states, a=f"{told.first:%d-%m-%Y}", b=f"{told.last:%d-%m-%Y}"
        )
    else:
        when = _("đang «{states}» ngày {b}").format(states=states, b=f"{told.last:%d-%m-%Y}")
    what = (
        _("tổng «{field}» của hồ sơ").format(field=fields[told.rule.field].told) if told.rule.field else _("số hồ sơ")
    )
    base = "" if told.base is None else _("; mẫu số {n} hồ sơ").format(n=told.base)
    missing = "" if not told.unknown else _("; {n} hồ sơ chưa có dữ liệu").format(n=told.unknown)
    return f"{what} {when}{where}{base}{missing}"


def _words(told: Count, one: Condition) -> str:
    """One condition as words: Nước thải tập trung = Có trạm; Vướng mắc đã ghi."""
    field = told.register.fields.get(one.field)
    name = field.told if field else one.field
    if one.op == "known":
        return (
            _("{name} đã ghi").format(name=name) if one.values == ("yes",) else _("{name} chưa ghi").format(name=name)
        )
    return f"{name} {_SIGNS[one.op]} {_values(told, one.field, one.values)}"


_SIGNS = {"is": "=", "in": "∈", "over": ">", "from": "≥", "under": "<", "upto": "≤"}


def _values(told: Count, name: str, values: tuple[str, ...]) -> str:
    field = told.register.fields.get(name)
    if values in (("yes",), ("no",)) and (field is None or not field.choices):
        return _("có") if values == ("yes",) else _("không")
    words = []
    for value in values:
        choice = field.choice(value) if field else None
        words.append(choice.told if choice else value)
    return ", ".join(words)


def _reported(known: list[Figure], one: Indicator, rule: Counting, area: Area, period: Period) -> Figure | None:
    """The reported level of the period; for a stock the newest before its end."""
    mine = [
        f
        for f in known
        if f.series == SeriesKey(one.code, area.key, rule.breakdown)
        and f.transformation is Transformation.LEVEL
        and f.stage.is_actual
    ]
    same = [f for f in mine if f.period == period]
    if same or rule.how in ("entered", "event_sum"):
        return same[0] if same else None
    before = [f for f in mine if f.period.months[1] <= period.months[1]]
    return max(before, key=lambda f: (f.period.months[1], f.period.months[0]), default=None)
