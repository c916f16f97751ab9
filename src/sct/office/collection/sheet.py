"""A form as its page shows it: cells with what stands in them, the period before, remarks, reasons, clashes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sct.catalogue.forms import Field, Form, Section, Table, entry_of
from sct.collecting.checking import Remark, missing, remarks
from sct.collecting.filling import added, row_name, rows_of, with_sums
from sct.office.collection.folding import Clash
from sct.office.collection.ground import Ref, Whole, before, whole
from sct.office.collection.models import State, Step, Version
from sct.office.collection.rows import Offered, known, offered
from sct.office.collection.states import may_edit, possible
from sct.office.people.models import Person
from sct.office.people.queries import Someone
from sct.vietnamese.text import sort_key

SPARE_ROWS = 3  # empty rows offered under those that are filled


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the form."""

    path: str
    field: Field
    text: str
    before: str = ""
    reason: str = ""  # why it was sent back
    clash: Clash | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def stops(self) -> bool:
        return any(remark.stops for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: the entry it stands for (0: one the unit added), and its cells."""

    key: str
    label: str
    entry: int
    cells: tuple[Cell, ...]

    @property
    def same(self) -> bool:
        """Whether there is something of the period before that an empty cell could take over."""
        return any(cell.before and not cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its single cells, or the rows of its table."""

    section: Section
    cells: tuple[Cell, ...] = ()
    rows: tuple[Line, ...] = ()
    offered: tuple[Offered, ...] = ()  # entries that may belong here and are no rows yet


@dataclass(frozen=True, slots=True)
class Correction:
    """What a version changed against the one before it."""

    version: Version
    changes: tuple[tuple[str, str, str], ...]  # label, old text, new text


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of one submission for one person. `version` is the number shown, None for what is being typed."""

    held: Whole
    parts: tuple[Part, ...]
    values: Mapping[str, str]
    remarks: tuple[Remark, ...]
    editable: bool
    acts: frozenset[str]
    version: int | None = None
    corrections: tuple[Correction, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def ref(self) -> Ref:
        return Ref(self.held.duty.unit.key, self.held.form.code, self.held.duty.period.code)

    @property
    def returned(self) -> Step | None:
        """The step that sent it back, while it waits for the unit."""
        last = self.held.steps[-1] if self.held.steps else None
        return last if last is not None and self.held.state is State.RETURNED else None

    @property
    def cells(self) -> Iterator[Cell]:
        for part in self.parts:
            yield from part.cells
            for line in part.rows:
                yield from line.cells


def sheet(person: Someone, ref: Ref, *, version: int | None = None, strict: bool = False) -> Sheet:
    """The page for a person; 404 for what they may not see. `strict` also tells what is still empty.

    A draft is shown to who fills it; everybody else sees what was last sent.
    """
    held = whole(person, ref)
    editable = may_edit(person, held.subject, held.state)
    shown = _shown(held, editable, version)
    values = held.fold.values if shown is None else dict(_version(held, shown))
    told = before(held.duty)
    entries = known(held.duty, values)
    filled = with_sums(held.form, values)
    said = [*remarks(held.form, values, told, entries), *(missing(held.form, values) if strict else ())]
    earlier = _earlier(held.form, with_sums(held.form, told), entries)
    return Sheet(
        held=held,
        parts=tuple(_parts(held, filled, earlier, said, editable)),
        values=filled,
        remarks=tuple(said),
        editable=editable and shown is None,
        acts=possible(person, held.subject, held.state) if held.row is not None else frozenset(),
        version=shown,
        corrections=tuple(_corrections(held)),
        names=_names(held),
    )


def _earlier(form: Form, told: Mapping[str, str], entries: Mapping[str, str]) -> dict[str, str]:
    """What is shown as the period before: fields as last sent, rows of entries as last sent or as the register says.

    Rows that the unit had added are other things by now, or entries.
    """
    kept = {path: text for path, text in told.items() if "." not in path or entry_of(path.split(".")[1])}
    return {**kept, **entries}


def _shown(held: Whole, editable: bool, asked: int | None) -> int | None:
    """Which version: the one asked for; what is being typed for who may type; else the last one (0: none was sent)."""
    if asked is not None and 1 <= asked <= len(held.versions):
        return asked
    if editable:
        return None
    return len(held.versions)


def _version(held: Whole, number: int) -> Mapping[str, str]:
    return held.versions[number - 1].values if number else {}


def _parts(
    held: Whole, values: Mapping[str, str], earlier: Mapping[str, str], said: list[Remark], editable: bool
) -> Iterator[Part]:
    offers = offered(held.duty, values) if editable else []
    reasons: Mapping[str, str] = held.steps[-1].cells if held.steps else {}
    at: dict[str, list[Remark]] = {}
    for remark in said:
        at.setdefault(remark.path, []).append(remark)

    def cell(path: str, given: Field, then: str) -> Cell:
        clash = held.fold.clashes.get(path) if editable else None
        text, own = values.get(path, ""), tuple(at.get(path, ()))
        return Cell(path, given, text, then, reasons.get(path, ""), clash, own)

    for section in held.form.sections:
        if section.table is None:
            singles = (cell(one.code, one, earlier.get(one.code, "")) for one in section.fields)
            yield Part(section, tuple(singles))
        else:
            table = section.table
            lines = []
            for row in _rows(table, values, editable):
                paths = [table.path(row, column) for column in table.columns]
                row_cells = (cell(path, c, earlier.get(path, "")) for path, c in zip(paths, table.columns, strict=True))
                lines.append(Line(row, row_name(table, row, values), entry_of(row), tuple(row_cells)))
            more = tuple(one for one in offers if one.table is table) if editable else ()
            yield Part(section, rows=tuple(lines), offered=more)


def _rows(table: Table, values: Mapping[str, str], editable: bool) -> list[str]:
    """The rows of the register's entries by name, then those the unit added, with some empty ones to type into."""
    used = rows_of(table, values)
    entries = sorted((row for row in used if entry_of(row)), key=lambda row: sort_key(row_name(table, row, values)))
    own = added(used)
    if editable:
        own = list(range(min(table.rows, (own[-1] + 1 if own else 0) + SPARE_ROWS)))
    return [*entries, *map(str, own)]


def _corrections(held: Whole) -> Iterator[Correction]:
    """What each later version changed, sums included, newest first."""
    for earlier, later in reversed(list(zip(held.versions, held.versions[1:], strict=False))):
        old, new = with_sums(held.form, earlier.values), with_sums(held.form, later.values)
        paths = [path for path in {**old, **new} if old.get(path, "") != new.get(path, "")]
        yield Correction(later, tuple((label_of(held, path), old.get(path, ""), new.get(path, "")) for path in paths))


def label_of(held: Whole, path: str) -> str:
    """What a cell is called in a sentence: its name, with the row of a table."""
    found = held.form.at(path)
    name = found.label if found is not None else path
    table, _dot, rest = path.partition(".")
    of = held.form.table(table) if rest else None
    return name if of is None else f"{name} ({row_name(of, rest.partition('.')[0], held.fold.values)})"


def _names(held: Whole) -> dict[int, str]:
    """Who stands behind the clashes."""
    ids = {clash.who for clash in held.fold.clashes.values()}
    return {one.pk: str(one) for one in Person.objects.filter(pk__in=ids)} if ids else {}
