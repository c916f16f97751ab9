"""Charts of a report: declared series, points bound to figures, a title that says the finding."""

from __future__ import annotations

from sct.catalogue.model import Stage, Transformation
from sct.reporting import labels
from sct.reporting.blocks import Chart, Number, Run
from sct.reporting.chart import Point, Spec, bars
from sct.reporting.known import Value
from sct.reporting.patterns import Slot
from sct.reporting.phrases import Runs, Said, Teller
from sct.reporting.plan import ChartPlan, Line
from sct.vietnamese.periods import Period

_Bar = tuple[str, Value | None, bool]
_FEWEST = 3  # fewer bars are a sentence, not a chart


def chart(plan: ChartPlan, teller: Teller, numbering: str) -> Chart | None:
    """The declared chart; None where there are fewer than three values or no finding."""
    made = _years(plan, teller) if plan.kind == "years" else _members(plan, teller)
    title = next((runs for sentence in plan.title for runs in teller.sentences(sentence)), None)
    if sum(value is not None for _label, value, _strong in made) < _FEWEST or title is None:
        return None
    numbers = tuple(_bound(teller, value) for _label, value, _strong in made if value)
    points = [_point(label, value, strong) for label, value, strong in made]
    finding = "".join(run if isinstance(run, str) else run.text for run in title)
    spec: Spec = bars(points, title=finding, axis=plan.axis, across=plan.kind == "members")
    return Chart(finding, spec, _source(made, numbers), numbers, numbering + finding)


def _years(plan: ChartPlan, teller: Teller) -> list[_Bar]:
    """One bar a year from the first known one; a year without figure keeps its place."""
    found: list[_Bar] = []
    for year in range(teller.year - plan.years + 1, teller.year + 1):
        value = teller.value(Slot(plan.line.code, Transformation(plan.transformation)), Period.of_year(year))
        if value is not None or found:
            found.append((str(year), value, year == teller.year))
    return found


def _members(plan: ChartPlan, teller: Teller) -> list[_Bar]:
    """The lines of the group in the latest period that has most of them, largest first."""
    how = Transformation(plan.transformation)
    best: list[tuple[str, Value, bool]] = []
    for period in [p for choice in plan.over for p in teller.periods(choice)]:
        held: list[tuple[Line, Value | None]] = [
            (line, teller.value(Slot(line.code, how), period)) for line in plan.lines
        ]
        here = [(labels.sentence_case(line.name), value, line.code == plan.line.code) for line, value in held if value]
        if len(here) > len(best):
            best = here
    return [*sorted(best, key=lambda bar: -bar[1].figure.quantity.value)]


def _point(label: str, value: Value | None, strong: bool) -> Point:
    if value is None:
        return Point(label, None)
    quantity = value.figure.quantity
    stage = labels.STAGES[value.figure.stage]
    return Point(label, float(quantity.number), labels.number(quantity), "", stage, strong)


def _bound(teller: Teller, value: Value) -> Number:
    runs: Runs = teller.say(value, "bare", Said())
    return next(run for run in runs if isinstance(run, Number))


def _source(made: list[_Bar], numbers: tuple[Number, ...]) -> tuple[Run, ...]:
    """Who published the values, and the rows of the annex that give each."""
    rows = sorted({number.row for number in numbers})
    estimates = any(value and value.figure.stage is Stage.ESTIMATE for _label, value, _strong in made)
    stage = " Có số ước tính." if estimates else ""
    stage += "" if all(value for _label, value, _strong in made) else " Năm để trống: sổ chưa có số liệu."
    return (f"Nguồn: tổng hợp từ sổ số liệu; từng số ghi ở phụ lục nguồn, dòng {_ranges(rows)}.{stage}",)


def _ranges(rows: list[int]) -> str:
    """1, 2, 3, 7 → "1–3, 7"."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
