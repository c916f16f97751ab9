"""What units reported, added up and laid beside the statistics office's figure for the city; and over July 2025."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sct.catalogue import load
from sct.catalogue.forms import Field, Form, Weight
from sct.catalogue.model import Adds, Area, Figure, SeriesKey, Transformation
from sct.collecting.boundaries import Carried, Gap, Sides, carried, sides
from sct.collecting.duties import Unit, units
from sct.collecting.filling import number_of, with_sums
from sct.office.collection.queries import sent_values
from sct.office.collection.weights import in_force
from sct.office.coordination.derived import derived
from sct.office.ledger import queries
from sct.office.ledger.disagreement import interval
from sct.office.people.models import Right
from sct.office.people.queries import Someone, require
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Total:
    """One field over all units. `told` are units with a value or a dash, `value` their sum in the field's unit.

    `whole` is the engine's sum over all areas, which there is only when every one is known; `city` what the ledger says
    of the city itself (the statistics office's figure). `gap` is whole minus city, in the field's unit.
    """

    field: Field
    told: int
    of: int
    value: Fraction
    decimals: int
    whole: Figure | None = None
    city: Figure | None = None

    @property
    def complete(self) -> bool:
        return self.told == self.of

    @property
    def quantity(self) -> Quantity:
        assert self.field.unit is not None
        return Quantity(self.value, self.field.unit, self.decimals)

    @property
    def gap(self) -> Quantity | None:
        """Our sum minus the city's figure, in the field's unit; None until all units have told."""
        if self.city is None or not self.complete or self.field.unit is None:
            return None
        return Quantity(self.value - self.city.quantity.to(self.field.unit), self.field.unit, self.decimals)

    @property
    def percent(self) -> Fraction | None:
        gap = self.gap
        if gap is None or self.city is None or not self.city.quantity.value:
            return None
        return gap.value / abs(self.city.quantity.value) * 100

    @property
    def agrees(self) -> bool | None:
        """Whether the sum lies within the rounding of the city's figure; None without both."""
        if self.gap is None or self.city is None:
            return None
        return self.quantity.value in interval(self.city)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a form and period; `silent` are the units that have not been received yet."""

    form: Form
    period: Period
    area: Area
    units: tuple[Unit, ...]
    silent: tuple[Unit, ...]
    rows: tuple[Total, ...]

    @property
    def got(self) -> int:
        """How many units have been received."""
        return len(self.units) - len(self.silent)


def totals(person: Someone, form: str, period: str) -> Totals:
    """What has been received of a form, summed by field. 404 without the right to see the whole city."""
    catalogue = load()
    require(person, Right.SEE, catalogue.home)
    declared, asked = catalogue.form(form), Period.parse(period)
    senders = tuple(unit for unit in units(catalogue, declared, asked, catalogue.home) if unit.level != "division")
    got = sent_values(person, form, period)
    values = {unit.key: with_sums(declared, got[unit.key]) for unit in senders if unit.key in got}
    area = catalogue.areas[catalogue.home]
    rows = tuple(
        _total(person, area, asked, field, senders, values)
        for field in declared.fields.values()
        if field.kind == "number" and field.unit is not None
    )
    silent = tuple(unit for unit in senders if unit.key not in values)
    return Totals(declared, asked, area, senders, silent, rows)


def _total(  # noqa: PLR0917 (one field of one period over its units)
    person: Someone,
    area: Area,
    period: Period,
    field: Field,
    senders: tuple[Unit, ...],
    values: Mapping[str, Mapping[str, str]],
) -> Total:
    texts = [values[unit.key][field.code] for unit in senders if values.get(unit.key, {}).get(field.code)]
    value = sum((number_of(text) or Fraction(0) for text in texts), Fraction(0))
    decimals = max((len(text.partition(",")[2]) for text in texts), default=0)
    total = Total(field, len(texts), len(senders), value, decimals)
    if not field.indicator:
        return total
    key = SeriesKey(field.indicator, area.key, field.breakdown)
    when = _period(period, field)
    known = derived(person, area)
    worked = known.get(key, when, Transformation.LEVEL)
    city = known.reported(key, when, Transformation.LEVEL)
    return Total(field, len(texts), len(senders), value, decimals, worked.figure if worked else None, city)


def _period(period: Period, field: Field) -> Period:
    if not field.cumulative or period.kind is PeriodKind.YEAR:
        return period
    return Period.through(period.year, period.months[1] % 12 + 1)


# -- over the change of boundaries -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """One area and period of a series on chosen boundaries: reported, carried over (quy đổi), or why neither."""

    figure: Figure | None = None
    carried: Carried | None = None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Bridge:
    """A series of areas over the change: periods oldest first, and a line of cells for each area."""

    periods: tuple[Period, ...]
    lines: tuple[tuple[Area, tuple[Told, ...]], ...]
    unit: Figure | None  # a figure whose unit all share


def bridge(person: Someone, indicator: str, breakdown: str, *, new: bool, kind: PeriodKind) -> Bridge:
    """A series on the new or on the old boundaries, from what districts and communes reported. 404 without the city."""
    catalogue = load()
    require(person, Right.SEE, catalogue.home)
    catalogue.indicator(indicator)
    both = sides(catalogue, catalogue.home)
    found = [
        f
        for f in queries.current(person, indicators=[indicator], areas=both.touching.keys())
        if (f.series.indicator, f.series.breakdown) == (indicator, breakdown)
        and f.transformation is Transformation.LEVEL
        and f.period.kind is kind
        and f.series.area in both.touching
    ]
    by_cell = {(f.series.area, f.period): f for f in found}
    periods = tuple(sorted({f.period for f in found}, key=lambda period: period.months))
    held = in_force()
    lines = tuple(
        (area, tuple(_told(both, area.key, period, indicator, (by_cell, held)) for period in periods))
        for area in (both.new if new else both.old)
    )
    return Bridge(periods, lines, found[0] if found else None)


_Ground = tuple[Mapping[tuple[str, Period], Figure], tuple[Weight, ...]]  # the figures there are, the weights in force


def _told(both: Sides, area: str, period: Period, indicator: str, ground: _Ground) -> Told:
    by_cell, held = ground
    own = by_cell.get((area, period))
    if own is not None:
        return Told(figure=own)
    others = both.touching.get(area, frozenset())
    values = {key: by_cell[key, period].quantity.value for key in others if (key, period) in by_cell}
    if not values:
        return Told()
    made = carried(load(), both, area, indicator, values, held)
    return Told(carried=made) if isinstance(made, Carried) else Told(gap=made)


def additive(indicator: str) -> bool:
    """Whether an indicator adds over areas, so that it can be carried over at all."""
    return load().indicator(indicator).over_areas is Adds.SUM
