"""Values of register fields: read from forms and sheets, kept as canonical text, shown as officials write.

The decimal comma is Vietnamese ("37,78"); a point followed by exactly three digits groups thousands ("1.250").
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sct.catalogue.registers import Choice, Field, Kind
from sct.errors import UserError
from sct.vietnamese.text import search_key
from sct.vietnamese.write import write_number
from sct.words import _

YES, NO = "yes", "no"
_YES_WORDS = {"co", "yes", "x", "1", "true", "dung", "da co"}
_NO_WORDS = {"khong", "no", "0", "false", "sai", "chua", "chua co"}
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_COMMA = re.compile(r"[-+]?\d+(?:,\d+)?")
_POINT = re.compile(r"[-+]?\d+\.\d+")
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
LONGEST = 500


def parse(field: Field, given: object) -> str:
    """The canonical text of a value; "" for nothing. Raises `UserError("bad-value")` saying what was expected."""
    text = _text(given)
    if not text:
        return ""
    reader = {
        Kind.TEXT: _free,
        Kind.NUMBER: _number,
        Kind.INTEGER: _integer,
        Kind.DATE: _date,
        Kind.CHOICE: _choice,
        Kind.YES_NO: _yes_no,
        Kind.ENTRY: _free,
        Kind.RATIO: _computed,
    }[field.kind]
    return reader(field, text)


def _text(given: object) -> str:
    """Cells as sheets give them: 12.0 is 12, a moment at midnight is a day."""
    if given is None:
        return ""
    if isinstance(given, bool):
        return YES if given else NO
    if isinstance(given, float):
        # With a comma: 1.125 of a sheet is one and an eighth, not the grouped 1.125.
        return str(int(given)) if given.is_integer() else format(Decimal(repr(given)), "f").replace(".", ",")
    if isinstance(given, datetime):
        return given.date().isoformat()
    if isinstance(given, date):
        return given.isoformat()
    return " ".join(str(given).split())


def bad(field: Field, text: str, expected: str) -> UserError:
    return UserError(
        "bad-value", _("Giá trị của «{name}» không đọc được").format(name=field.told), value=text, expected=expected
    )


def linked_number(value: str) -> int:
    """The number of the entry that a link leads to: "12 · Cụm công nghiệp Phú Thị" → 12; 0 for a name alone."""
    head = value.split(" ·", maxsplit=1)[0].strip()
    return int(head) if head.isascii() and head.isdigit() else 0


def _free(field: Field, text: str) -> str:
    if len(text) > LONGEST:
        raise bad(field, text, _("không quá {n} ký tự").format(n=LONGEST))
    return text


def number_of(text: str) -> Fraction | None:
    """1.250 → 1250; 37,78 → 37.78; 37.78 → 37.78; anything else None."""
    plain = text.replace("\u00a0", "").replace(" ", "")
    if _GROUPED.fullmatch(plain):
        return Fraction(plain.replace(".", "").replace(",", "."))
    if _COMMA.fullmatch(plain):
        return Fraction(plain.replace(",", "."))
    return Fraction(plain) if _POINT.fullmatch(plain) else None


def _number(field: Field, text: str) -> str:
    value = number_of(text)
    if value is None:
        raise bad(field, text, _("một số, ví dụ 37,78"))
    if value < 0:
        raise bad(field, text, _("số không âm"))
    return plain(value)


def plain(value: Fraction) -> str:
    """Decimal text of a number that has one: 37.78."""
    if value.denominator == 1:
        return str(value.numerator)
    digits = 1
    while (value * 10**digits).denominator != 1:
        digits += 1
    scaled = abs(value.numerator) * 10**digits // value.denominator
    body = str(scaled).rjust(digits + 1, "0")
    return ("-" if value < 0 else "") + body[:-digits] + "." + body[-digits:]


def _integer(field: Field, text: str) -> str:
    value = number_of(text)
    if value is None or value.denominator != 1 or value < 0:
        raise bad(field, text, _("số nguyên không âm, ví dụ 120"))
    return str(value.numerator)


def day_of(text: str) -> date | None:
    """2024-05-01, 1/5/2024, 01-05-2024; None for anything else."""
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        return None


def _date(field: Field, text: str) -> str:
    day = day_of(text)
    if day is None:
        raise bad(field, text, _("ngày như 01/05/2024"))
    return day.isoformat()


def find_choice(choices: tuple[Choice, ...], text: str) -> Choice | None:
    """A choice by code or name, with or without diacritics."""
    key = search_key(text)
    return next((c for c in choices if text == c.code or key in (search_key(c.name), search_key(c.name_en))), None)


def _choice(field: Field, text: str) -> str:
    found = find_choice(field.choices, text)
    if found is None:
        raise bad(field, text, _("một trong: {names}").format(names=", ".join(c.told for c in field.choices)))
    return found.code


def _yes_no(field: Field, text: str) -> str:
    key = search_key(text)
    if key in _YES_WORDS:
        return YES
    if key in _NO_WORDS:
        return NO
    raise bad(field, text, _("có hoặc không"))


def _computed(field: Field, text: str) -> str:
    raise bad(field, text, _("để trống: mục này tự tính"))


def show(field: Field, value: str) -> str:
    """A value as officials write it: 37,78; 01-05-2024; có; the choice's name. "" stays ""."""
    if not value:
        return ""
    if field.numeric:
        number = Fraction(value)
        digits = 1 if field.kind is Kind.RATIO else len(value.partition(".")[2])
        return write_number(number, digits)
    if field.kind is Kind.DATE:
        return "-".join(reversed(value.split("-")))
    if field.kind is Kind.YES_NO:
        return _("có") if value == YES else _("không")
    if field.kind is Kind.CHOICE:
        found = field.choice(value)
        return found.told if found else value
    return value.partition(" · ")[2] or value if field.kind is Kind.ENTRY else value


def with_unit(field: Field, value: str, unit_name: str) -> str:
    """A shown value with its unit."""
    text = show(field, value)
    return f"{text} {unit_name}".strip() if text and field.numeric else text
