"""Rows of a file as entries: read and judged first, shown, then recorded in one transaction that one click undoes.

Every bad cell is named with its row, column, value and reason; bad rows stay out, good ones go in. A row with the
number of an entry changes that entry, so an exported file can be mended and taken in again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from sct.catalogue.histories import AREA, LATITUDE, LONGITUDE, NAME
from sct.catalogue.register_values import day_of, find_choice, number_of, parse, plain
from sct.catalogue.registers import Choice, Field, Kind, Register
from sct.errors import Place, UserError
from sct.office.people.models import Person
from sct.office.people.progress import Progress, quiet
from sct.office.registers import actions, queries
from sct.office.registers.actions import Draft, NewBatch
from sct.office.registers.columns import is_computed, known_columns, plain_title, word
from sct.office.registers.duplicates import Likely, likely
from sct.office.registers.links import resolve
from sct.office.registers.models import BatchKind
from sct.office.registers.places import area_named
from sct.office.registers.queries import Line
from sct.office.registers.sheets import Sheet, read_sheet
from sct.words import _

Tell = Callable[[str, UserError], None]
_HEAD_WITHIN = 12  # rows in which the header is looked for: titles and dates stand above it


@dataclass(frozen=True, slots=True)
class Fault:
    """One cell that cannot be used."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One good row: a new entry (`entry` 0) or the change of one that is there."""

    number: int
    draft: Draft
    entry: int = 0


@dataclass(slots=True)
class Reading:
    """What a file holds for a register."""

    register: Register
    name: str
    sha256: str
    total: int = 0
    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    duplicates: dict[int, Likely] = field(default_factory=dict)  # row → what it looks like

    @property
    def bad_rows(self) -> int:
        return len({fault.row for fault in self.faults})


def read(person: Person, kind: Register, data: bytes, name: str) -> Reading:
    """Read and judge every row; touches nothing. Raises `UserError` only where the file as a whole cannot be used."""
    sheet = read_sheet(data, name)
    head, titles = _header(kind, sheet)
    reading = Reading(kind, name, hashlib.sha256(data).hexdigest())
    columns = _columns(kind, titles, reading)
    mine = _existing(person, kind, sheet, head, columns)
    reader = _Reader(person, kind, columns, titles, mine)
    for offset, cells in enumerate(sheet.rows[head + 1 :], head + 1):
        if any(str(cell).strip() for cell in cells if cell is not None):
            reading.total += 1
            _judge(reader, reading, sheet.first + offset, cells)
    if not reading.total:
        raise UserError("empty-file", _("Tệp không có dòng nào dưới dòng tiêu đề"), place=Place(file=name))
    reading.duplicates = likely(person, kind, [(row.number, row.draft) for row in reading.new])
    return reading


def commit(
    person: Person, reading: Reading, *, with_duplicates: bool = False, progress: Progress = quiet
) -> actions.Recorded:
    """Record the good rows; likely duplicates only when wanted. One transaction, one batch."""
    new = [[row.draft] for row in reading.new if with_duplicates or row.number not in reading.duplicates]
    changed = [(row.entry, row.draft) for row in reading.changed]
    batch = NewBatch(BatchKind.IMPORT, reading.name, reading.sha256)
    return actions.record(person, reading.register, new, batch, additions=changed, progress=progress)


# -- the header -----------------------------------------------------------------------------------------------


def _header(kind: Register, sheet: Sheet) -> tuple[int, list[str]]:
    """The row that names columns: the first with a column for the name, and at least one more."""
    known = known_columns(kind)
    for index, cells in enumerate(sheet.rows[:_HEAD_WITHIN]):
        titles = [" ".join(str(cell).split()) if cell is not None else "" for cell in cells]
        codes = {known.get(plain_title(title)) for title in titles if title} - {None}
        if NAME in codes and (len(codes) > 1 or len([t for t in titles if t]) == 1):
            return index, titles
    raise UserError(
        "no-header",
        _("Không thấy dòng tiêu đề có cột «Tên»"),
        expected=", ".join([word("name"), word("area"), word("state"), word("valid")]),
        way_out=_("Tải tệp mẫu của sổ này rồi chép dữ liệu vào"),
        place=Place(file=sheet.name),
    )


def _columns(kind: Register, titles: list[str], reading: Reading) -> dict[str, int]:
    """Code → place of its column; columns nobody knows are told, computed ones are passed over."""
    known, found = known_columns(kind), dict[str, int]()
    for place, title in enumerate(titles):
        code = known.get(plain_title(title)) if title else None
        if code is None:
            if title:
                reading.ignored.append(title)
        elif not is_computed(kind, code):
            found.setdefault(code, place)
    return found


def _existing(person: Person, kind: Register, sheet: Sheet, head: int, columns: Mapping[str, int]) -> dict[int, Line]:
    """The entries that the rows name by number, those the person may see."""
    if "entry" not in columns:
        return {}
    place = columns["entry"]
    numbers = {_entry_number(row[place]) for row in sheet.rows[head + 1 :] if place < len(row)} - {0, None}
    found: dict[int, Line] = {}
    wanted = sorted(n for n in numbers if n)
    for start in range(0, len(wanted), 500):
        rows = queries.visible(person, kind.code).filter(open=True, entry__in=wanted[start : start + 500])
        found |= {line.entry: line for line in queries.lines_of(person, kind, rows)}
    return found


def _entry_number(cell: object) -> int | None:
    """0 for an empty cell, None for what is no number."""
    text = "" if cell is None else str(cell).strip()
    if not text:
        return 0
    value = number_of(text.removesuffix(".0"))
    return int(value) if value is not None and value.denominator == 1 else None


# -- rows -----------------------------------------------------------------------------------------------------


class _Reader:
    """Reads the cells of one row after another; areas by name are looked up once each."""

    def __init__(
        self, person: Person, kind: Register, columns: dict[str, int], titles: list[str], mine: dict[int, Line]
    ) -> None:
        self.person, self.kind, self.columns, self.titles, self.mine = person, kind, columns, titles, mine
        self.areas: dict[tuple[str, date], str | UserError] = {}
        self.linked: dict[tuple[str, str], str | UserError] = {}
        self.states = tuple(Choice(s.code, s.name, s.name_en) for s in kind.states.values())

    def cell(self, cells: list[object], code: str) -> object:
        place = self.columns.get(code, len(cells))
        return cells[place] if place < len(cells) else None

    def text(self, cells: list[object], code: str) -> str:
        value = self.cell(cells, code)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else " ".join(str(value).split())

    def title(self, code: str) -> str:
        return self.titles[self.columns[code]] if code in self.columns else word(code)

    def area(self, text: str, day: date) -> str:
        key = (text, day)
        if key not in self.areas:
            try:
                self.areas[key] = area_named(text, day)
            except UserError as error:
                self.areas[key] = error
        found = self.areas[key]
        if isinstance(found, UserError):
            raise found
        return found

    def link(self, one: Field, text: str) -> str:
        key = (one.code, text)
        if key not in self.linked:
            try:
                self.linked[key] = resolve(self.person, one, text)
            except UserError as error:
                self.linked[key] = error
        found = self.linked[key]
        if isinstance(found, UserError):
            raise found
        return found


def _judge(reader: _Reader, reading: Reading, number: int, cells: list[object]) -> None:
    """One row into `new`, `changed`, `unchanged` or `faults`."""
    faults: list[Fault] = []
    row = _row(reader, number, cells, faults)
    if not faults and row is not None:
        try:
            _settle(reader, reading, row)
        except UserError as error:
            code = _column_of(error)
            value = "" if error.value is None else str(error.value)
            faults.append(Fault(number, reader.title(code), value, _reason(error)))
    reading.faults += faults


def _column_of(error: UserError) -> str:
    return {"no-name": NAME, "no-state": "state", "future-event": "valid", "evidence-missing": "decision"}.get(
        error.code, "state" if error.code == "illegal-transition" else NAME
    )


def _reason(error: UserError) -> str:
    """The error without its value, which stands in a column of its own."""
    return UserError(error.code, error.what, expected=error.expected, way_out=error.way_out).sentence()


def _row(reader: _Reader, number: int, cells: list[object], faults: list[Fault]) -> Row | None:
    def told(code: str, error: UserError) -> None:
        faults.append(Fault(number, reader.title(code), reader.text(cells, code), _reason(error)))

    entry = _entry_number(reader.cell(cells, "entry"))
    if entry is None or (entry and entry not in reader.mine):
        told(
            "entry",
            UserError("not-found", _("Không có hồ sơ mang mã này trong sổ"), way_out=_("Để trống nếu là hồ sơ mới")),
        )
        return None
    day = _day(reader, cells, told)
    values: dict[str, str] = {}
    name = reader.text(cells, NAME)
    if name:
        values[NAME] = name[:300]
    _place(reader, cells, day, values, told)
    for code, one in reader.kind.fields.items():
        if code in reader.columns:
            try:
                text = parse(one, reader.cell(cells, code))
                values[code] = reader.link(one, text) if one.kind is Kind.ENTRY else text
            except UserError as error:
                told(code, error)
    state = _state(reader, cells, told)
    draft = Draft(
        valid=day or date.min,
        state=state,
        values=values,
        decision=reader.text(cells, "decision"),
        decided=_decided(reader, cells, told),
        signer=reader.text(cells, "signer"),
        document=reader.text(cells, "document"),
        source=reader.text(cells, "source"),
        note=reader.text(cells, "note"),
    )
    return None if faults else Row(number, draft, entry or 0)


def _day(reader: _Reader, cells: list[object], told: Tell) -> date | None:
    text = _date_text(reader.cell(cells, "valid"))
    if not text:
        return timezone.localdate()
    day = day_of(text)
    if day is None:
        told("valid", _no_date())
    return day


def _date_text(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    text = "" if cell is None else str(cell).strip()
    return text.split(" ")[0].split("T")[0]


def _place(reader: _Reader, cells: list[object], day: date | None, values: dict[str, str], told: Tell) -> None:
    area = reader.text(cells, AREA)
    if area:
        try:
            values[AREA] = reader.area(area, day or timezone.localdate())
        except UserError as error:
            told(AREA, error)
    for code, limit in ((LATITUDE, 90), (LONGITUDE, 180)):
        given = reader.cell(cells, code)
        if given in (None, ""):
            continue
        value = number_of(str(given).replace(".", ",") if isinstance(given, float) else str(given))
        if value is None or abs(value) > limit:
            told(code, UserError("bad-value", _("Tọa độ không đọc được"), expected=_("độ thập phân, ví dụ 21,0285")))
        else:
            values[code] = plain(value)


def _state(reader: _Reader, cells: list[object], told: Tell) -> str:
    text = reader.text(cells, "state")
    if not text:
        return ""
    found = find_choice(reader.states, text)
    if found is None:
        names = ", ".join(choice.told for choice in reader.states)
        told(
            "state",
            UserError(
                "unknown-state", _("Không có trạng thái này"), expected=_("một trong: {names}").format(names=names)
            ),
        )
        return ""
    return found.code


def _decided(reader: _Reader, cells: list[object], told: Tell) -> date | None:
    text = _date_text(reader.cell(cells, "decided"))
    day = day_of(text) if text else None
    if text and day is None:
        told("decided", _no_date())
    return day


def _no_date() -> UserError:
    return UserError("bad-date", _("Ngày không có thật"), expected=_("ngày như 01/05/2024"))


def _settle(reader: _Reader, reading: Reading, row: Row) -> None:
    """Whether the row is new or changes something, and whether it may be recorded."""
    if not row.entry:
        draft = replace(row.draft, values={code: value for code, value in row.draft.values.items() if value})
        actions.check_new(reader.person, reader.kind, [draft])
        reading.new.append(replace(row, draft=draft))
        return
    line = reader.mine[row.entry]
    values = {code: value for code, value in row.draft.values.items() if value != line.values.get(code, "")}
    state = row.draft.state if row.draft.state != line.state else ""
    if not values and not state:
        reading.unchanged += 1
        return
    # The day that export wrote says since when the old state holds; a change without a day of its own is of today.
    day = timezone.localdate() if row.draft.valid == line.since else row.draft.valid
    draft = replace(row.draft, values=values, state=state, valid=day)
    actions.check_addition(reader.person, reader.kind, actions.standing([row.entry])[row.entry], draft)
    reading.changed.append(replace(row, draft=draft))
