"""Targets and results: rows of plan against what came out, with an honest judgement.

A target told as a range is reached when the result lies in it. A result that is only bounded ("hơn 100") is judged on
every value it may have; where these disagree the row says so. A part of the year never counts as a failed year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sct.catalogue.model import Adds, Comparator, Transformation
from sct.planning.aims import Aim, Nature, Verdict, may_be
from sct.reporting import labels
from sct.reporting.blocks import Cell, Number, Table
from sct.reporting.known import Cell as Key
from sct.reporting.known import Value
from sct.reporting.phrases import Teller
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.write import write_number

REACHED, EXCEEDED, MISSED, UNDECIDED = "Đạt", "Vượt", "Không đạt", "Chưa đủ căn cứ"
NO_FIGURE, PARTIAL = "Chưa có số liệu", "Chưa có số liệu cả năm"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A target with its result, if any; `at` is the period the result is of."""

    key: Key
    target: Value
    result: Value | None
    at: Period
    judgement: str

    @property
    def whole(self) -> bool:
        """The result is of the target's whole period."""
        return self.at.canonical == self.key[1].canonical


class Targets:
    """The targets of an area, with results."""

    def __init__(self, teller: Teller, lower_is_better: frozenset[str]) -> None:
        self._teller = teller
        self._lower = lower_is_better

    def outcomes(self) -> list[Outcome]:
        """Targets of the report's year with what came out."""
        return [self._outcome(key, target) for key, target in self._of(Period.of_year(self._teller.year))]

    def next_year(self) -> list[tuple[Key, Value]]:
        return list(self._of(Period.of_year(self._teller.year + 1)))

    def spans(self) -> list[tuple[Key, Value]]:
        """Targets of several years that hold in the next year."""
        coming = Period.of_year(self._teller.year + 1)
        found = [key for key in self._keys() if key[1].kind is PeriodKind.SPAN and coming in key[1]]
        return [(key, target) for key in found if (target := self._teller.known.target(key)) is not None]

    def _keys(self) -> list[Key]:
        order = {code: place for place, code in enumerate(self._teller.names.indicators)}
        mine = [key for key in self._teller.known.cells() if key[0].area == self._teller.area]
        return sorted(mine, key=lambda key: (order.get(key[0].indicator, 10**6), key[0].breakdown, key[2].value))

    def _of(self, period: Period) -> Iterator[tuple[Key, Value]]:
        for key in self._keys():
            target = self._teller.known.target(key) if key[1] == period else None
            if target is not None:
                yield key, target

    def _outcome(self, key: Key, target: Value) -> Outcome:
        series, period, transformation = key
        adds = self._teller.names.indicator(series.indicator).over_time
        piles_up = adds is Adds.SUM and transformation is Transformation.LEVEL  # reached in a part is reached for good
        for at in [period, *reversed([Period.through(period.year, m) for m in range(1, 12)])]:
            result = self._teller.known.actual((series, at, transformation))
            if result is not None:
                verdict = judge(target, result, lower_is_better=series.indicator in self._lower)
                part = at.canonical != period.canonical
                if part and not (piles_up and verdict in (REACHED, EXCEEDED)):
                    verdict = PARTIAL
                return Outcome(key, target, result, at, verdict)
        return Outcome(key, target, None, period, NO_FIGURE)


WORDS = {
    Verdict.REACHED: REACHED,
    Verdict.EXCEEDED: EXCEEDED,
    Verdict.MISSED: MISSED,
    Verdict.UNDECIDED: UNDECIDED,
}


def judge(target: Value, result: Value, *, lower_is_better: bool = False) -> str:
    """Đạt, Vượt or Không đạt; "Chưa đủ căn cứ" where the result is too loosely told or of another unit."""
    if target.figure.quantity.unit.dimension != result.figure.quantity.unit.dimension:
        return UNDECIDED
    return WORDS[aim_of(target, ceiling=lower_is_better).verdict_of(ends_of(result))]


def aim_of(target: Value, *, nature: Nature = Nature.LEVEL, ceiling: bool = False) -> Aim:
    """What a published target asks for, in base units."""
    values = [figure.quantity.value for figure in target.figures]
    comparator = target.figure.comparator
    if len(values) == 1 and comparator not in (Comparator.LE, Comparator.LT):
        comparator = Comparator.EQ
    return Aim.told(nature, comparator, values[0], values[1] if len(values) == 2 else None, ceiling=ceiling)


def ends_of(result: Value) -> tuple[Fraction | None, ...]:
    """All that a printed result may be."""
    if len(result.figures) == 2:
        return tuple(figure.quantity.value for figure in result.figures)
    quantity = result.figure.quantity
    return may_be(quantity.value, result.figure.comparator, quantity.half_step)


# -- tables ---------------------------------------------------------------------------------------------


def result_table(targets: Targets, teller: Teller, title: str) -> Table | None:
    """Kế hoạch, thực hiện, % kế hoạch, đánh giá for the year's targets; None where there are none."""
    rows: list[tuple[Cell, ...]] = []
    for place, outcome in enumerate(targets.outcomes(), 1):
        rows.append(
            (
                (str(place),),
                (_name(teller, outcome.key),),
                (labels.unit_column(outcome.target),),
                _target_cell(teller, outcome.target),
                _result_cell(teller, outcome),
                _progress_cell(teller, outcome),
                (outcome.judgement,),
            )
        )
    head = ("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện", "So với kế hoạch (%)", "Đánh giá")
    return Table(title, head, tuple(rows), (7, 29, 11, 12, 14, 12, 15), "clcrrrl") if rows else None


def target_table(teller: Teller, title: str, targets: list[tuple[Key, Value]]) -> Table | None:
    """Targets alone: of the next year or of several years; None where there are none."""
    rows: list[tuple[Cell, ...]] = []
    for place, (key, target) in enumerate(targets, 1):
        unit = labels.unit_column(target)
        when = labels.period_name(key[1])
        rows.append(((str(place),), (_name(teller, key),), (unit,), (when,), _target_cell(teller, target)))
    head = ("TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ kế hoạch", "Chỉ tiêu kế hoạch")
    return Table(title, head, tuple(rows), (7, 43, 15, 17, 18), "clccr") if rows else None


def _name(teller: Teller, key: Key) -> str:
    name = labels.series_name(teller.names, key[0])
    how = labels.TRANSFORMATIONS[key[2]]
    return f"{name} ({how})" if how else name


def _target_cell(teller: Teller, target: Value) -> Cell:
    words = "" if len(target.figures) == 2 else labels.bound(target)
    shown = labels.span(target)
    return (words, teller.references.bind(labels.span(target, unit=False), target, shown))


def _result_cell(teller: Teller, outcome: Outcome) -> Cell:
    if outcome.result is None:
        return ("–",)
    number = teller.references.bind(
        labels.span(outcome.result, unit=False), outcome.result, labels.span(outcome.result)
    )
    when = "" if outcome.whole else f"\n({labels.period_name(outcome.at)})"
    return (labels.bound(outcome.result), number, when)


def _progress_cell(teller: Teller, outcome: Outcome) -> Cell:
    """Result in % of the target, for levels with one target; a growth rate is never divided by a rate."""
    number = _progress(teller, outcome)
    return (number,) if number else ("–",)


def _progress(teller: Teller, outcome: Outcome) -> Number | None:
    result, target = outcome.result, outcome.target
    if result is None or len(target.figures) == 2 or outcome.key[2] is not Transformation.LEVEL:
        return None
    mine, planned = result.figure.quantity, target.figure.quantity
    if mine.unit.dimension != planned.unit.dimension or mine.unit.dimension == "percent" or planned.value <= 0:
        return None
    percent = mine.value / planned.value * 100
    text = write_number(percent, 1)
    formula = f"{labels.amount(mine)} / {labels.amount(planned)} × 100 = {text}%"
    name = f"Tiến độ: {labels.series_name(teller.names, outcome.key[0])}"
    when = labels.period_name(outcome.at)
    return teller.references.reckon(text, name, formula, (result.figure, target.figure), when, shown=f"{text}%")
