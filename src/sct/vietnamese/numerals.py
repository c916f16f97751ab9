"""Numbers as Vietnamese print and say them: "3.060,7", "07", "hai mươi mốt", "quý IV".

The dot parts thousands, the comma decimals (Luật Kế toán 88/2015/QH13, Điều 11). A dot before one or two digits,
or before three after a leading zero, is a decimal point left over from a spreadsheet: read, and noted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from sct.errors import UserError
from sct.words import _

RUN = r"\d+(?:[.,]\d+)*"
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Printed:
    """An exact number with the digits after its comma, and what is odd about its writing.

    `note` is `dot-decimal` ("853.3"), `dot-ambiguous` (one group of three: thousands, but "16.324 tỷ USD" may mean
    16,324), or "".
    """

    number: Fraction
    decimals: int = 0
    note: str = ""


def read_digits(text: str) -> Printed | None:
    """A run of digits, dots and commas as a number; None when it is none ("15.01.2020", "3,060.7")."""
    if text.isdigit():
        return Printed(Fraction(int(text)))
    whole, comma, part = text.partition(",")
    if not part.isdigit() and comma:
        return None
    if whole.isdigit():
        return Printed(_fraction(whole, part), len(part))
    if _THOUSANDS.fullmatch(whole) and whole[0] != "0":
        ambiguous = not comma and whole.count(".") == 1
        return Printed(_fraction(whole.replace(".", ""), part), len(part), "dot-ambiguous" if ambiguous else "")
    return None if comma else _dot_decimal(whole)


def _dot_decimal(text: str) -> Printed | None:
    head, dot, tail = text.partition(".")
    if not dot or not tail.isdigit() or (len(tail) > 2 and head.strip("0")):
        return None
    return Printed(_fraction(head, tail), len(tail), "dot-decimal")


def _fraction(whole: str, part: str) -> Fraction:
    return Fraction(int(whole + part), 10 ** len(part)) if part else Fraction(int(whole))


def parse_number(text: str) -> Printed:
    """A number typed by a person, Vietnamese writing only; raises `UserError("bad-number")` (e.g. "3,060.7")."""
    bare = text.strip()
    minus = bare[:1] in {"-", "−"}
    printed = read_digits(bare[1:].strip() if minus else bare)
    if printed is None or printed.note == "dot-decimal":
        raise UserError(
            "bad-number",
            _("Không đọc được số"),
            value=text,
            expected=_("dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần thập phân, ví dụ 3.060,7"),
        )
    return Printed(-printed.number, printed.decimals, printed.note) if minus else printed


# -- words ----------------------------------------------------------------------------------------------

_DIGIT = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_POWER = {"nghìn": 1000, "ngàn": 1000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_D = r"(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_LAST = r"(?:mốt|một|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_B = r"(?!\w)"
_TEN = rf"(?:mười(?: {_LAST}{_B})?|{_D} (?:mươi|chục){_B}(?: {_LAST}{_B})?)"
_HUNDRED = rf"(?:{_D}|không) trăm{_B}(?: (?:linh|lẻ) (?:{_D}|tư){_B}| {_TEN}{_B})?"
_GROUP = rf"(?:{_HUNDRED}|{_TEN}|{_D})"
# The trailing scale of "ba nghìn tỷ đồng" is left to the unit, as with digits.
WORDS = rf"{_GROUP}{_B}(?: (?:tỷ|tỉ|triệu|nghìn|ngàn) (?:{_HUNDRED}|{_TEN}){_B})*"
# Vietnamese never says "mười năm" for fifteen (mười lăm), so "năm" after a ten is a year.
_WORDS = re.compile(WORDS + r"(?: (?:tỷ|tỉ|triệu|nghìn|ngàn))?")


def read_words(text: str) -> Fraction | None:
    """A whole number in words ("một trăm linh năm"), lower case, one space between; None when it is none."""
    if not _WORDS.fullmatch(text):
        return None
    total = group = digit = 0
    for word in text.split(" "):
        if word in _POWER:
            total, group, digit = total + (group + digit) * _POWER[word], 0, 0
        elif word == "trăm":
            group, digit = digit * 100, 0
        elif word in {"mươi", "chục"}:
            group, digit = group + digit * 10, 0
        elif word not in {"linh", "lẻ"}:
            group, digit = group + digit, _DIGIT[word]
    return Fraction(total + group + digit)


_SAID = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def number_words(number: int) -> str:
    """How a whole number from 0 to below 10^12 is said: 21 → "hai mươi mốt", 105 → "một trăm linh năm"."""
    if not 0 <= number < 10**12:
        raise UserError("number-too-big", _("Số quá lớn để viết bằng chữ"), value=number)
    if number == 0:
        return _SAID[0]
    said: list[str] = []
    for power, name in ((10**9, "tỷ"), (10**6, "triệu"), (1000, "nghìn"), (1, "")):
        group, number = divmod(number, power)
        if group:
            said += [_group_words(group, full=bool(said)), name]
    return " ".join(word for word in said if word)


def _group_words(group: int, *, full: bool) -> str:
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    said = [f"{_SAID[hundreds]} trăm"] if hundreds or full else []
    if tens == 0 and ones and said:
        said.append("linh")
    elif tens == 1:
        said.append("mười")
    elif tens:
        said.append(f"{_SAID[tens]} mươi")
    if ones:
        said.append(_ones_word(tens, ones))
    return " ".join(said)


def _ones_word(tens: int, ones: int) -> str:
    if ones == 5 and tens:
        return "lăm"
    return "mốt" if ones == 1 and tens > 1 else _SAID[ones]
