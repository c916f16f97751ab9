"""Views of collection, each narrowed to what the person may see: who has sent what, and what a unit must do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.forms import Form
from sct.collecting.duties import Duty, Unit, division_unit, duties
from sct.office.collection.folding import fold
from sct.office.collection.ground import today, unit_of
from sct.office.collection.models import Edit, Reminder, State, Step, Submission, Version
from sct.office.collection.states import EDITABLE, Subject, effective, may_file, may_see
from sct.office.people.models import Person, Right
from sct.office.people.queries import Someone, granted, narrowed
from sct.vietnamese.periods import Period


class Standing(Enum):
    """How a duty stands on a day, as the matrix tells it."""

    WAITING = "waiting"  # nobody began, not due yet
    DRAFT = "draft"  # begun, not due yet
    MISSING = "missing"  # past its day and not sent
    RETURNED = "returned"  # sent back, waiting for the unit
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Cell:
    """One duty with its submission, if there is one."""

    duty: Duty
    on: date  # the day of looking
    state: State | None = None  # None: nobody began
    first_sent: date | None = None
    last: datetime | None = None
    illustrative: bool = False
    clashes: int = 0
    reminded: int = 0

    @property
    def standing(self) -> Standing:
        if self.state is State.RETURNED:
            return Standing.RETURNED
        if self.first_sent is not None:
            return Standing.LATE if self.first_sent > self.duty.due else Standing.ON_TIME
        if self.on > self.duty.due:
            return Standing.MISSING
        return Standing.WAITING if self.state is None else Standing.DRAFT

    @property
    def days_late(self) -> int:
        """Days past the due day: until it was sent, or until today."""
        return max(0, ((self.first_sent or self.on) - self.duty.due).days)

    @property
    def owed(self) -> bool:
        """Whether the unit is to be reminded: past its day, or sent back."""
        return self.standing in (Standing.MISSING, Standing.RETURNED)


Column = tuple[Form, Period]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units × (form, period); `counts` by standing over what is shown."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Unit, tuple[Cell | None, ...]], ...]
    counts: Mapping[Standing, int]
    by_column: Mapping[tuple[str, str], Mapping[Standing, int]]

    @property
    def cells(self) -> list[Cell]:
        return [cell for _unit, cells in self.rows for cell in cells if cell is not None]


def visible(person: Someone, found: Iterable[Duty]) -> list[Duty]:
    told: dict[tuple[str, str], bool] = {}  # asked once a unit and form, however many periods there are
    kept = []
    for duty in found:
        key = (duty.unit.key, duty.form.code)
        if key not in told:
            told[key] = may_see(person, Subject(duty.unit.key, duty.unit.area, duty.form))
        if told[key]:
            kept.append(duty)
    return kept


def due_between(person: Someone, first: date, last: date, form: str = "") -> list[Duty]:
    """The duties due between two days that the person may see; none before the day collection begins here."""
    catalogue, begun = load(), settings.COLLECT_FROM
    first = max(first, begun) if begun is not None else first
    forms = [one for one in catalogue.forms.values() if form in ("", one.code)]
    return visible(person, duties(catalogue, forms, first, last, catalogue.home))


def cells(person: Someone, found: Iterable[Duty]) -> list[Cell]:
    """How the duties stand today, in their order. Five queries, however many they are."""
    wanted = list(found)
    now = today()
    named = {
        "form__in": {duty.form.code for duty in wanted},
        "period__in": {duty.period.code for duty in wanted},
    }
    rows = narrowed(person, Submission.objects.filter(**named))
    by_key = {(row.unit, row.form, row.period): row for row in rows}
    asked = {duty.key for duty in wanted}
    ids = [row.pk for key, row in by_key.items() if key in asked]
    steps = _steps(ids)
    clashes = _clashes(ids, steps)
    reminded = Counter(narrowed(person, Reminder.objects.filter(**named)).values_list("unit", "form", "period"))
    return [_cell(duty, by_key.get(duty.key), steps, clashes, now, reminded[duty.key]) for duty in wanted]


def moment() -> int:
    """The number of the last step of any report: what was told of sending stays right until it moves. One query."""
    return Step.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def first_sent(person: Someone, found: Iterable[Duty]) -> dict[tuple[str, str, str], date]:
    """Duty's key → the day it was first sent; nothing for one that never was. One query."""
    wanted = list(found)
    forms, periods = {duty.form.code for duty in wanted}, {duty.period.code for duty in wanted}
    sent = Step.objects.filter(state=State.SENT, submission__form__in=forms, submission__period__in=periods)
    fields = [f"submission__{name}" for name in ("unit", "form", "period")]
    rows = narrowed(person, sent, "submission__area").values_list(*fields).annotate(first=Min("at")).order_by()
    return {(unit, form, period): timezone.localtime(at).date() for unit, form, period, at in rows}


_Steps = Mapping[int, list[tuple[str, datetime, date | None]]]


def _steps(ids: list[int]) -> _Steps:
    found: dict[int, list[tuple[str, datetime, date | None]]] = defaultdict(list)
    rows = Step.objects.filter(submission__in=ids).order_by("submission", "number")
    for submission, state, at, until in rows.values_list("submission", "state", "at", "until"):
        found[submission].append((state, at, until))
    return found


def _clashes(ids: list[int], steps: _Steps) -> Mapping[int, int]:
    """Open clashes of the submissions that are being filled and ever had one."""
    filling = [pk for pk in ids if not steps.get(pk) or State(steps[pk][-1][0]) in EDITABLE]
    touched = set(Edit.objects.filter(submission__in=filling).exclude(clashes={}).values_list("submission", flat=True))
    if not touched:
        return {}
    edits: dict[int, list[Edit]] = defaultdict(list)
    for edit in Edit.objects.filter(submission__in=touched).order_by("submission", "number"):
        edits[edit.submission_id].append(edit)
    return {pk: len(fold(rows).clashes) for pk, rows in edits.items()}


def _cell(  # noqa: PLR0917 (the parts of one cell)
    duty: Duty, row: Submission | None, steps: _Steps, clashes: Mapping[int, int], now: date, reminded: int
) -> Cell:
    if row is None:
        return Cell(duty, now, reminded=reminded)
    told = steps.get(row.pk, [])
    sent = [at for state, at, _until in told if state == State.SENT]
    last = told[-1] if told else None
    return Cell(
        duty=duty,
        on=now,
        state=effective(State(last[0]), last[2], now) if last else State.DRAFT,
        first_sent=timezone.localtime(sent[0]).date() if sent else None,
        last=last[1] if last else row.at,
        illustrative=row.illustrative,
        clashes=clashes.get(row.pk, 0),
        reminded=reminded,
    )


@dataclass(frozen=True, slots=True)
class Filter:
    """What of a matrix is shown: units whose name holds a text, rows with a standing, columns of a form."""

    name: str = ""
    standing: Standing | None = None


def matrix(found: Iterable[Cell], shown: Filter | None = None) -> Matrix:
    """The cells as a table: columns by due day, units by level and name."""
    from sct.vietnamese.text import search_key

    wanted = shown or Filter()
    text = search_key(wanted.name)
    listed = [cell for cell in found if text in search_key(cell.duty.unit.name)]
    columns = tuple(dict.fromkeys((cell.duty.form, cell.duty.period) for cell in listed))
    places = {(form.code, period.code): n for n, (form, period) in enumerate(columns)}
    rows: dict[str, list[Cell | None]] = {}
    units: dict[str, Unit] = {}
    by_column: dict[tuple[str, str], Counter[Standing]] = defaultdict(Counter)
    for cell in listed:
        units[cell.duty.unit.key] = cell.duty.unit
        row = rows.setdefault(cell.duty.unit.key, [None] * len(columns))
        row[places[cell.duty.form.code, cell.duty.period.code]] = cell
        by_column[cell.duty.form.code, cell.duty.period.code][cell.standing] += 1
    counts = Counter(cell.standing for cell in listed)
    kept = [
        (units[key], tuple(row))
        for key, row in rows.items()
        if wanted.standing is None or any(cell and cell.standing is wanted.standing for cell in row)
    ]
    kept.sort(key=lambda item: (_LEVELS.index(item[0].level), _sort_key(item[0].name)))
    return Matrix(columns, tuple(kept), counts, by_column)


_LEVELS = ("province", "district", "commune", "division")


def _sort_key(name: str) -> object:
    from sct.vietnamese.text import sort_key

    return sort_key(name)


# -- whose duties ----------------------------------------------------------------------------------------------------


def own_units(person: Person) -> list[Unit]:
    """The units a person fills forms for, areas in force today first; [] for who only receives or reads."""
    catalogue = load()
    if person.is_superuser:
        return []
    areas = granted(person, Right.FILE)
    found: list[Unit] = []
    if areas is not None and len(areas) < _FEW:
        alive = (unit_of(key, catalogue.home) for key in sorted(areas) if catalogue.areas[key].valid_to is None)
        found = [unit for unit in alive if unit is not None and unit.level in ("commune", "district")]
    for given in person.grants.all():
        if Right.FILE_OWN in given.rights and given.unit in catalogue.divisions:
            found.append(division_unit(catalogue, given.unit, given.area or catalogue.home))
    return found


_FEW = 12  # who files for more units than this looks at the matrix, not at a calendar


def calendar(person: Someone, unit: Unit, year: int) -> list[Cell]:
    """What a unit must send in a year, by due day; [] for a unit the person may not see."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    mine = [duty for duty in due_between(person, first, last) if duty.unit.key == unit.key]
    return cells(person, mine)


def fillable(person: Someone, unit: Unit, form: Form) -> bool:
    return may_file(person, Subject(unit.key, unit.area, form))


def sent_values(person: Someone, form: str, period: str) -> dict[str, dict[str, str]]:
    """Unit → values of its newest version for a form and period, of those received (or locked) and not illustrative."""
    rows = narrowed(person, Submission.objects.filter(form=form, period=period, illustrative=False))
    ids = {row.pk: row.unit for row in rows}
    steps = _steps(list(ids))
    taken = [pk for pk in ids if steps.get(pk) and State(steps[pk][-1][0]) in _TAKEN]
    found: dict[str, dict[str, str]] = {}
    for version in Version.objects.filter(submission__in=taken).order_by("number"):
        found[ids[version.submission_id]] = dict(version.values)
    return found


_TAKEN = frozenset({State.RECEIVED, State.LOCKED, State.REOPENED})
