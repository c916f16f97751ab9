"""Rows of a form that are entries of a register: what is known of an entry as the form says it, and what a row changes.

A column names with `entry` what of the entry it tells. Cells left empty and dashes tell nothing; a cell that says what
the register says already changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from sct.catalogue import register_values
from sct.catalogue.forms import STATE, YES_NO_WORDS, Field, Form, Table, entry_of
from sct.catalogue.histories import NAME
from sct.catalogue.registers import Kind, Register, register
from sct.collecting.filling import DASH, Values, number_of, row_name, rows_of, tidied
from sct.errors import UserError
from sct.vietnamese.write import write_number
from sct.words import _

Known = Mapping[str, str]  # of an entry: its name, `state`, and values of fields, as the register keeps them


def row_of(number: int) -> str:
    """The row of an entry."""
    return f"e{number}"


def text_of(kind: Register, column: Field, known: Known) -> str:
    """What the register knows of an entry, as it would be typed into a column; "" for nothing."""
    value = known.get(column.entry, "") if column.entry else ""
    if not value:
        return ""
    if column.entry == STATE:
        return kind.states[value].name if value in kind.states else ""
    field = kind.fields.get(column.entry)
    if field is None:
        return value
    choice = field.choice(value)
    if choice is not None:
        return choice.name
    return _WRITTEN.get(field.kind, str)(value)


def _number(value: str) -> str:
    return write_number(Fraction(value), len(value.partition(".")[2]))


def _day(value: str) -> str:
    return "-".join(reversed(value.split("-")))


def _yes_no(value: str) -> str:
    return YES_NO_WORDS[value != register_values.YES]


_WRITTEN = {Kind.NUMBER: _number, Kind.INTEGER: _number, Kind.DATE: _day, Kind.YES_NO: _yes_no}


def cells(form: Form, table: Table, number: int, known: Known, *, opening: bool = False) -> dict[str, str]:
    """The cells of an entry's row. `opening`: only those the form opens with, what lasts and can be kept as it is."""
    kind = register(table.register)
    found: dict[str, str] = {}
    for column in table.columns:
        text = text_of(kind, column, known)
        if text and not (opening and (column.asked or not _keeps(form, table.path(row_of(number), column), text))):
            found[table.path(row_of(number), column)] = text
    return found


def _keeps(form: Form, path: str, text: str) -> bool:
    try:
        return tidied(form, path, text) == text
    except UserError:
        return False


def changes(table: Table, row: str, values: Values, known: Known) -> dict[str, str]:
    """What a row says that the register does not: fields (`state` and `name` among them) → canonical values."""
    kind = register(table.register)
    found: dict[str, str] = {}
    for column in table.columns:
        text = values.get(table.path(row, column), "")
        if not column.entry or text in {"", DASH}:
            continue
        value = _canonical(kind, column, text)
        if not _same(kind, column, value, known.get(column.entry, "")):
            found[column.entry] = value
    return found


def _canonical(kind: Register, column: Field, text: str) -> str:
    if column.entry == STATE:
        return next(state.code for state in kind.states.values() if state.name == text)
    if column.entry == NAME:
        return text
    number = number_of(text) if column.kind == "number" else None
    given = text if number is None else register_values.plain(number).replace(".", ",")
    return register_values.parse(kind.fields[column.entry], given)


def _same(kind: Register, column: Field, mine: str, theirs: str) -> bool:
    field = kind.fields.get(column.entry)
    if field is not None and field.numeric and mine and theirs:
        return Fraction(mine) == Fraction(theirs)
    return mine == theirs


def illegal(form: Form, values: Values, known: Values) -> Iterator[tuple[str, str]]:
    """(cell, sentence) where a row leads an entry into a state that its life does not allow from where it is."""
    for table in form.tables:
        column = table.column_of(STATE) if table.register else None
        if column is None:
            continue
        for row in filter(entry_of, rows_of(table, values)):
            path = table.path(row, column)
            old, new = known.get(path, ""), values.get(path, "")
            if old and new not in {old, "", DASH}:
                sentence = _step(register(table.register), old, new, row_name(table, row, values))
                if sentence:
                    yield path, sentence


def _step(kind: Register, old: str, new: str, name: str) -> str:
    codes = {state.name: state.code for state in kind.states.values()}
    if old not in codes or new not in codes or kind.way(codes[old], codes[new]) is not None:
        return ""
    ways = ", ".join(f"«{kind.states[way.to].name}»" for way in kind.ways(codes[old]))
    return _("{name}: từ «{old}» không chuyển thẳng sang «{new}» được; có thể chuyển sang {ways}").format(
        name=name, old=old, new=new, ways=ways or _("không trạng thái nào")
    )
