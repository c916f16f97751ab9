"""Link fields: whose an entry is. A value is the other entry's number and name: "12 · Cụm công nghiệp Phú Thị"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sct.catalogue.register_values import bad, linked_number
from sct.catalogue.registers import Field, Register, register
from sct.office.people.queries import Someone
from sct.office.registers.duplicates import bare
from sct.office.registers.queries import Line, lines_of, on_day, visible
from sct.office.registers.reading import facet_columns
from sct.words import _

MOST = 500  # entries offered in a form


def choices(person: Someone, link: Field) -> list[tuple[str, str]]:
    """The entries a form offers: what is kept, and the name."""
    rows = visible(person, link.register).filter(open=True).order_by("name_key", "entry_id")
    return [(written(entry, name), name) for entry, name in rows.values_list("entry_id", "name")[:MOST]]


def written(entry: int, name: str) -> str:
    return f"{entry} · {name}"


def resolve(person: Someone, link: Field, text: str) -> str:
    """A number, or a name that one entry alone has, as it is kept. Raises `UserError("bad-value")`; "" stays ""."""
    if not text:
        return ""
    other, number = register(link.register), linked_number(text)
    rows = visible(person, other.code).filter(open=True)
    if number:
        found = list(rows.filter(entry=number).values_list("entry_id", "name"))
    else:
        key = bare(other, text)
        found = [one for one in rows.values_list("entry_id", "name") if bare(other, one[1]) == key]
    if len(found) != 1:
        expected = _("tên hoặc mã của đúng một {one} trong sổ «{name}»")
        raise bad(link, text, expected.format(one=other.one_told, name=other.told))
    return written(*found[0])


def resolved(person: Someone, kind: Register, values: Mapping[str, str]) -> dict[str, str]:
    """Values with their links as they are kept."""
    links = {link.code: link for link in kind.links}
    return {code: resolve(person, links[code], text) if code in links else text for code, text in values.items()}


def name_of(person: Someone, link: Field, number: str) -> str:
    """The name of the entry a link leads to; its number where the person may not see it."""
    rows = visible(person, link.register).filter(open=True, entry=int(number) if number.isdigit() else 0)
    return rows.values_list("name", flat=True).first() or number


def members(person: Someone, child: Register, link: Field, day: date, number: int) -> tuple[list[Line], int]:
    """The first living entries that belong to one on a day, by name, and how many there are."""
    column = facet_columns(child)[link.code]
    rows = on_day(visible(person, child.code), day).filter(**{column: str(number)}, state__in=child.living)
    return lines_of(person, child, rows.order_by("name_key", "entry_id")[:20]), rows.count()
