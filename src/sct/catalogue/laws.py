"""Laws and the values they fix, each with the days on which it is in force; a law may be suspended and come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sct import declared
from sct.declared import Row
from sct.errors import UserError
from sct.words import _


@dataclass(frozen=True, slots=True)
class Validity:
    """Days in force, both inclusive; `end` None is open. `note` says by what it begins or ends."""

    start: date
    end: date | None = None
    note: str = ""

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Law:
    """A legal document (văn bản): its number, name, and the intervals in which it applied, with gaps."""

    code: str
    number: str  # 32/2024/NĐ-CP
    name: str
    name_en: str
    validity: tuple[Validity, ...]
    issued: date | None = None
    issuer: str = ""
    replaces: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    confidence: str = "sure"  # sure | likely | unsure: unsure must be confirmed by a person before print
    note: str = ""

    def in_force(self, on: date) -> bool:
        return any(on in span for span in self.validity)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """What a parameter was from a day on: a number, a word or a table of bounds, and the law that fixed it."""

    value: Fraction | str
    validity: Validity
    law: str = ""
    article: str = ""
    confidence: str = "sure"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a law fixes (diện tích tối đa của cụm công nghiệp), through its editions."""

    code: str
    name: str
    name_en: str
    unit: str
    values: tuple[ParameterValue, ...]

    def on(self, day: date) -> ParameterValue:
        """The value in force on a day; raises `UserError("no-parameter-then")` in a gap."""
        for value in self.values:
            if day in value.validity:
                return value
        spans = "; ".join(f"{value.validity.start} – {value.validity.end or '…'}" for value in self.values)
        raise UserError(
            "no-parameter-then",
            _("{name}: không có quy định đã biết nào có hiệu lực vào ngày {day}").format(name=self.name, day=day),
            value=self.code,
            expected=_("ngày trong khoảng {spans}").format(spans=spans),
            way_out=_("Kiểm tra văn bản đang có hiệu lực rồi khai báo vào thư mục parameters"),
        )


def load_laws() -> dict[str, Law]:
    return {code: _law(row) for code, row in declared.merged("laws", lambda row: str(row["code"])).items()}


def load_parameters() -> dict[str, Parameter]:
    return {code: _parameter(row) for code, row in declared.merged("parameters", lambda row: str(row["code"])).items()}


def _law(row: Row) -> Law:
    return Law(
        code=row["code"],
        number=row["number"],
        name=row["name"],
        name_en=row["name_en"],
        validity=tuple(_validity(item) for item in row["validity"]),
        issued=day(row.get("issued")),
        issuer=row.get("issuer", ""),
        replaces=tuple(row.get("replaces", ())),
        amends=tuple(row.get("amends", ())),
        topics=tuple(row.get("topics", ())),
        confidence=row.get("confidence", "sure"),
        note=row.get("note", ""),
    )


def _parameter(row: Row) -> Parameter:
    values = tuple(
        ParameterValue(
            value=item["value"] if isinstance(item["value"], str) else Fraction(str(item["value"])),
            validity=_validity(item),
            law=item.get("law", ""),
            article=item.get("article", ""),
            confidence=item.get("confidence", "sure"),
            note=item.get("note", ""),
        )
        for item in row["values"]
    )
    return Parameter(row["code"], row["name"], row["name_en"], row["unit"], values)


def _validity(item: dict[str, object]) -> Validity:
    start = day(item["from"])
    assert start is not None
    return Validity(start, day(item.get("to")), str(item.get("note", "")))


def day(value: object) -> date | None:
    """A date as YAML gives it: a date, its text, or nothing."""
    return None if value is None else date.fromisoformat(str(value))
