"""Sentences from patterns and figures.

The language kit writes numbers, quantities, growth and periods; here they are put into the frame of a declared
pattern, and each stays bound to its figure.
"""

from __future__ import annotations

from collections.abc import Sequence

from sct.catalogue.model import Comparator, Figure, SeriesKey, Transformation
from sct.reporting import labels
from sct.reporting.blocks import Run
from sct.reporting.known import Known, Names, Value
from sct.reporting.patterns import Maybe, Pattern, Piece, Slot, Word
from sct.reporting.plan import Line, Sentence
from sct.reporting.sources import References
from sct.vietnamese.periods import Period
from sct.vietnamese.write import write_growth, write_number, write_period

Runs = list[Run]
_VERBS = {
    Transformation.SHARE: "chiếm ",
    Transformation.GROWTH_SHARE: "chiếm ",
    Transformation.CONTRIBUTION: "đóng góp ",
    Transformation.INDEX: "bằng ",
}


class Teller:
    """Tells what is known of an area in a year, in sentences of bound numbers."""

    def __init__(
        self,
        known: Known,
        names: Names,
        references: References,
        *,
        area: str,
        year: int,
        groups: dict[str, tuple[Line, ...]],
    ) -> None:
        self.known = known
        self.names = names
        self.references = references
        self.area = area
        self.year = year
        self.groups = groups

    # -- sentences --------------------------------------------------------------------------------------

    def sentences(self, sentence: Sentence) -> list[Runs]:
        """The sentence for each period it is declared for and has figures for."""
        for choice in sentence.over:
            each = not choice.startswith("last_")
            said = []
            for period in self.periods(choice):
                runs = self.first(sentence.patterns, period)
                if runs is not None:
                    said.append(runs)
                    if not each:
                        break
            if said:
                return said
        return []

    def first(self, patterns: Sequence[Pattern], period: Period) -> Runs | None:
        """The first pattern whose figures are all there."""
        for pattern in patterns:
            runs = self.tell(pattern, period)
            if runs is not None:
                return runs
        return None

    def tell(self, pattern: Pattern, period: Period) -> Runs | None:
        """The pattern filled for a period; None where a slot outside brackets has no figure."""
        if not self._fills(pattern, period):
            return None
        said = Said()
        runs = self._pieces(pattern, period, said)
        return joined(runs)

    def plain(self, pattern: Pattern) -> str:
        """A pattern without numbers (a heading)."""
        runs = self.tell(pattern, Period.of_year(self.year)) or []
        return "".join(run if isinstance(run, str) else run.text for run in runs)

    def periods(self, choice: str) -> list[Period]:
        """The periods a choice means, in the order to try or to tell them."""
        year = self.year
        months = [Period.of_month(year, m) for m in range(1, 13)]
        through = [Period.through(year, m) for m in range(2, 12)]
        table = {
            "year": [Period.of_year(year)],
            "previous_year": [Period.of_year(year - 1)],
            "next_year": [Period.of_year(year + 1)],
            "quarters": [Period.of_quarter(year, q) for q in range(1, 5)],
            "half": [Period.through(year, 6)],
            "months": months,
            "last_month": months[::-1],
            "cumulatives": through,
            "last_cumulative": through[::-1],
        }
        return table[choice]

    # -- values -----------------------------------------------------------------------------------------

    def value(self, slot: Slot, period: Period) -> Value | None:
        """The current value (or target) that a slot means."""
        series = self.series(slot.head)
        cell = (series, shifted(period, slot.shift), slot.transformation)
        return self.known.target(cell) if slot.form == "target" else self.known.actual(cell)

    def series(self, code: str) -> SeriesKey:
        """The series of this area that a code means."""
        indicator, breakdown = self.names.resolve(code)
        return SeriesKey(indicator, self.area, breakdown)

    def members(self, slot: Slot, period: Period) -> list[tuple[str, Value]]:
        """Name and value of what a group slot or an `areas` slot lists."""
        if slot.form == "areas":
            return self._parts(slot, period)
        found = []
        for line in self.groups[slot.group]:
            value = self.value(Slot(line.code, slot.transformation, shift=slot.shift), period)
            if value is not None and _of_sign(value, slot.form):
                found.append((line.name, value))
        return found

    def _parts(self, slot: Slot, period: Period) -> list[tuple[str, Value]]:
        found = []
        whole = self.series(slot.head)
        told = (whole.indicator, whole.breakdown, period.canonical, slot.transformation)
        for series, at, transformation in self.known.cells():
            wanted = (series.indicator, series.breakdown, at, transformation) == told
            if wanted and series.area != self.area:
                area = self.names.area(series.area)
                value = self.known.actual((series, at, transformation))
                if value is not None and area.parent == self.area:
                    found.append((f"{area.type.lower()} {area.short_name}", value))
        return sorted(found, key=lambda item: (-item[1].figure.quantity.value, item[0]))

    def _fills(self, pieces: Pattern, period: Period) -> bool:
        return all(self._filled(piece, period) for piece in pieces if isinstance(piece, Slot))

    def _filled(self, slot: Slot, period: Period) -> bool:
        if slot.group or slot.form == "areas":
            return bool(self.members(slot, period))
        if slot.form == "gap":
            now, before = self._gap(slot, period)
            return now is not None and before is not None
        return self.value(slot, period) is not None

    def _gap(self, slot: Slot, period: Period) -> tuple[Value | None, Value | None]:
        level = Slot(slot.head, slot.transformation)
        return self.value(level, period), self.value(level, period.year_before)

    # -- words ------------------------------------------------------------------------------------------

    def _pieces(self, pieces: Sequence[Piece], period: Period, said: Said) -> Runs:
        runs: Runs = []
        for piece in pieces:
            if isinstance(piece, str):
                runs.append(piece)
            elif isinstance(piece, Word):
                runs.append(self._word(piece, period))
            elif isinstance(piece, Maybe):
                if self._fills(piece.pieces, period):
                    runs += self._pieces(piece.pieces, period, said)
            else:
                runs += self._slot(piece, period, said)
        return runs

    def _word(self, word: Word, period: Period) -> str:
        match word.name:
            case "year":
                return str(self.year)
            case "next_year":
                return str(self.year + 1)
            case "previous_year":
                return str(self.year - 1)
            case "area":
                return self.names.area(self.area).short_name
        text = write_period(period.year_before if word.name == "Period_before" else period)
        return text if word.name == "period" else labels.sentence_case(text)

    def _slot(self, slot: Slot, period: Period, said: Said) -> Runs:
        if slot.group or slot.form == "areas":
            return self._list(slot, period, said)
        if slot.form == "gap":
            return self._difference(slot, period)
        value = self.value(slot, period)
        assert value is not None, slot
        return self.say(value, slot.form, said)

    def _list(self, slot: Slot, period: Period, said: Said) -> Runs:
        runs: Runs = []
        for name, value in self.members(slot, period):
            runs.append(f"; {name} " if runs else f"{name} ")
            runs += self.say(value, "bare" if slot.form == "areas" else "said", said)
            unit = value.figure.quantity.unit
            if slot.form == "areas" and unit.counted and unit.name:
                runs.append(f" {unit.name}")
        return runs

    def _difference(self, slot: Slot, period: Period) -> Runs:
        """Points between this year's rate and last year's, computed from the two printed rates."""
        now, before = self._gap(slot, period)
        assert now is not None and before is not None
        mine, theirs = now.figure.quantity, before.figure.quantity
        points = mine.number - theirs.number
        if points == 0:
            return ["bằng"]
        decimals = max(mine.decimals, theirs.decimals)
        text = f"{write_number(abs(points), decimals)} điểm phần trăm"
        for value in (now, before):
            self.bind(value)
        formula = f"{labels.number(mine)} − {labels.number(theirs)} = {write_number(points, decimals)}"
        name = labels.series_name(self.names, now.figure.series)
        bound = self.references.reckon(
            text, f"Chênh lệch: {name}", formula, (now.figure, before.figure), labels.period_name(period)
        )
        return ["cao hơn " if points > 0 else "thấp hơn ", bound]

    def say(self, value: Value, form: str, said: Said) -> Runs:
        """The words of a value: "ước đạt 853,3 nghìn tỷ đồng", "giảm 4,3%", "chiếm 65,6%"."""
        figure = value.figure
        estimate = "ước " if value.estimate and form == "said" and not said.estimate else ""
        said.estimate = said.estimate or bool(estimate)
        if figure.transformation in labels.GROWTHS:
            return self._growth(value, estimate)
        verb = _VERBS.get(figure.transformation, "đạt ") if form == "said" else ""
        text = labels.span(value)
        return [estimate + verb + labels.bound(value), self.references.bind(text, value)]

    def _growth(self, value: Value, estimate: str) -> Runs:
        quantity = value.figure.quantity
        if len(value.figures) == 2:
            return [f"{estimate}tăng từ ", self.references.bind(labels.span(value), value)]
        word, _space, amount = write_growth(quantity).partition(" ")
        if quantity.number == 0:
            return [estimate, self.references.bind(write_growth(quantity), value)]
        bound = labels.COMPARATORS[_of_size(value.figure)]
        return [f"{estimate}{word} {bound}", self.references.bind(amount, value, f"{word} {amount}")]

    def bind(self, value: Value) -> None:
        """Give a value its row of the annex without printing it here."""
        if value.figure.transformation in labels.GROWTHS:
            self._growth(value, "")
        else:
            self.references.bind(labels.span(value), value)


class Said:
    """What a sentence has said already: "ước" stands once for all that it governs."""

    def __init__(self) -> None:
        self.estimate = False


def _of_size(figure: Figure) -> Comparator:
    """The comparator of a growth's size: a fall of less than -5 is a fall by more than 5."""
    flip = {Comparator.GT: Comparator.LT, Comparator.LT: Comparator.GT, Comparator.GE: Comparator.LE}
    flip[Comparator.LE] = Comparator.GE
    return flip.get(figure.comparator, figure.comparator) if figure.quantity.number < 0 else figure.comparator


def _of_sign(value: Value, form: str) -> bool:
    number = value.figure.quantity.number
    return number > 0 if form == "rising" else number < 0 if form == "falling" else True


def shifted(period: Period, years: int) -> Period:
    """The same period some years later or earlier."""
    return period if not years else Period(period.kind, period.year + years, period.number)


def joined(runs: Runs) -> Runs:
    """Neighbouring texts as one."""
    result: Runs = []
    for run in runs:
        if isinstance(run, str) and result and isinstance(result[-1], str):
            result[-1] += run
        elif run != "":
            result.append(run)
    return result
