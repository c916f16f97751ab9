"""Counted beside reported: what a register gives for an indicator, and what somebody has published of it.

A difference is a finding with its arithmetic, never a correction: the report may know of things that the register does
not hold yet, or the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sct.catalogue import load
from sct.catalogue.completeness import complete_for
from sct.catalogue.model import Area, Figure, Indicator, Origin, SeriesKey, Stage, Transformation
from sct.catalogue.registers import Completeness, Condition, Counting, register
from sct.office.ledger import queries
from sct.office.ledger.disagreement import interval
from sct.office.ledger.queries import NOW, AsOf
from sct.office.people.queries import Someone
from sct.office.registers.columns import word
from sct.office.registers.counting import count_all
from sct.office.registers.tallying import Count
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
    def stated(self) -> Completeness | None:
        """Under which statement the register is complete for this; None where nobody says it is."""
        return stated(self.count)

    @property
    def enough(self) -> bool:
        """Whether the register is fit to be set against the report."""
        return self.figure is not None and self.reported is not None and proves(self.count, self.figure, self.reported)

    @property
    def differs(self) -> bool:
        """A finding: both are known, they cannot be one number, and the register is fit to say so."""
        return self.agrees is False and self.enough

    @property
    def difference(self) -> Fraction | None:
        """Counted less reported, in the unit of the indicator."""
        if self.figure is None or self.reported is None or self.agrees:
            return None
        return _difference(self.figure, self.reported)


def stated(told: Count) -> Completeness | None:
    """Under which statement the register is complete for a count."""
    kind = register(told.register.code)  # as declared now: counts are kept longer than declarations may be
    return complete_for(kind, told.rule, told.area, (told.first, told.last), load().areas)


def proves(told: Count, figure: Figure, reported: Figure) -> bool:
    """Whether a count may be set against a report: the register is complete, or it holds more than was reported.

    What an incomplete register lacks can only add to a number, so more is a difference whatever is missing; of a rate
    nothing of the kind can be said.
    """
    if stated(told) is not None:
        return True
    apart = _difference(figure, reported)
    return apart is not None and apart > 0 and told.rule.how not in ("rate", "ratio", "growth")


def _difference(figure: Figure, reported: Figure) -> Fraction | None:
    unit = figure.quantity.unit
    if unit.dimension != reported.quantity.unit.dimension:
        return None
    return figure.quantity.number - reported.quantity.value / unit.factor


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
    """The question as words: what, in which states, on which day or between which days; a rate tells its base."""
    where = [_words(told, one) for one in told.rule.where]
    missing = [_("{n} hồ sơ chưa có dữ liệu").format(n=told.unknown)] if told.unknown else []
    if told.base is not None:
        share = _("tỷ lệ hồ sơ có {where}").format(where="; ".join(where))
        base = _("mẫu số: {n} hồ sơ {when}").format(n=told.base, when=_when(told))
        return "; ".join([share, base, *missing])
    return "; ".join([f"{_what(told)} {_when(told)}", *where, *missing])


def _what(told: Count) -> str:
    """số hồ sơ; tổng «Tiền phạt» + «Truy thu» của hồ sơ; «Đất đã cho thuê» chia «Đất công nghiệp» của 12 hồ sơ."""
    rule, fields = told.rule, told.register.fields
    if rule.how in ("ratio", "growth"):
        part, whole = (fields[code].told for code in fields[rule.fields[0]].of)
        text = _("tổng «{part}» chia tổng «{whole}»").format(part=part, whole=whole)
        if rule.how == "growth":
            text = _("mức tăng của tổng «{part}» so với tổng «{whole}»").format(part=part, whole=whole)
        return text + " " + _("của {n} hồ sơ có cả hai số,").format(n=told.entries)
    if rule.distinct:
        name = fields[rule.distinct].told if rule.distinct in fields else word(rule.distinct)
        return _("số «{field}» khác nhau của hồ sơ").format(field=name)
    if rule.fields:
        return _("tổng «{field}» của hồ sơ").format(field="» + «".join(fields[code].told for code in rule.fields))
    return _("số hồ sơ")


def _when(told: Count) -> str:
    """đang «Hoạt động» ngày 31-12-2024; chuyển sang «Đã cấp» từ 01-01-2024 đến 31-12-2024."""
    states = ", ".join(told.register.states[code].told for code in told.rule.states)
    a, b = f"{told.first:%d-%m-%Y}", f"{told.last:%d-%m-%Y}"
    if told.flow:
        return _("chuyển sang «{states}» từ {a} đến {b}").format(states=states, a=a, b=b)
    if told.rule.how == "expired":
        return _("đang «{states}», hết hạn từ {a} đến {b}").format(states=states, a=a, b=b)
    return _("đang «{states}» ngày {b}").format(states=states, b=b)


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
    if same or rule.per or rule.how in ("entered", "event_sum", "expired"):
        return same[0] if same else None
    before = [f for f in mine if f.period.months[1] <= period.months[1]]
    return max(before, key=lambda f: (f.period.months[1], f.period.months[0]), default=None)
