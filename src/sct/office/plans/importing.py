"""Plans from a YAML file (the packaged sample, a department's own), and from a table of a docx or xlsx file.

A table needs a head that names the target ("Chỉ tiêu") and its value ("Kế hoạch" or "Chỉ tiêu kế hoạch"); unit, owner
and giver are read where there are such columns. A row whose name is no indicator stays a target in words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import yaml
from django.db import transaction

from sct.catalogue import load
from sct.catalogue.model import Comparator, Transformation
from sct.errors import Place, UserError
from sct.following.rhythm import Rhythm
from sct.office.people.models import Person
from sct.office.plans.actions import NewTarget, NewVersion, amend, create
from sct.office.plans.models import Plan, PlanKind
from sct.planning.aims import Nature
from sct.vietnamese.numerals import parse_number
from sct.vietnamese.periods import Period
from sct.vietnamese.text import search_key
from sct.words import _


@transaction.atomic
def load_plans(person: Person, data: bytes, name: str) -> list[Plan]:
    """The plans of a YAML file; those that exist by name are left as they are. All or nothing."""
    try:
        listed = yaml.safe_load(data.decode("utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        wrong = str(error)[:80]
        raise UserError("bad-yaml", _("Tệp kế hoạch viết sai"), value=wrong, place=Place(file=name)) from error
    made: dict[str, Plan] = {}
    for entry in listed or ():
        try:
            plan = _load_one(person, entry, made)
        except KeyError as error:
            raise UserError("missing", _("Thiếu mục"), value=str(error), place=Place(file=name)) from error
        if plan is not None:
            made[plan.name] = plan
    return list(made.values())


def _load_one(person: Person, entry: Mapping[str, Any], made: Mapping[str, Plan]) -> Plan | None:
    area = load().area_named(entry["area"]).key
    if Plan.objects.filter(area=area, name=entry["name"]).exists():
        return None
    versions = [(_version(one), [target_of(row) for row in one["targets"]]) for one in entry["versions"]]
    parent = made.get(entry.get("parent", ""))
    plan = create(
        person,
        area=area,
        name=entry["name"],
        kind=PlanKind(entry["kind"]),
        period=Period.parse(str(entry["period"])),
        version=versions[0][0],
        targets=versions[0][1],
        parent=parent.pk if parent else None,
    )
    for version, targets in versions[1:]:
        amend(person, plan.pk, version, targets)
    return plan


def _version(entry: Mapping[str, Any]) -> NewVersion:
    return NewVersion(entry["giver"], entry.get("paper", ""), entry.get("url", ""), entry.get("decided", ""))


def target_of(row: Mapping[str, Any]) -> NewTarget:
    """A target as a file declares it."""
    value = None if row.get("value") is None else Decimal(str(row["value"]))
    high = None if row.get("high") is None else Decimal(str(row["high"]))
    decimals = max(_places(value), _places(high))
    return NewTarget(
        code=str(row["code"]),
        value=None if value is None else Fraction(value),
        high=None if high is None else Fraction(high),
        unit=row.get("unit", ""),
        comparator=Comparator(row.get("comparator", "eq")),
        decimals=decimals,
        name=row.get("name", ""),
        indicator=row.get("indicator", ""),
        period=str(row.get("period", "")),
        transformation=Transformation(row.get("how", "level")),
        nature=Nature(row["nature"]) if "nature" in row else None,
        ceiling=bool(row.get("ceiling", False)),
        giver=row.get("giver", ""),
        clause=row.get("clause", ""),
        owner=row.get("owner", ""),
        rhythm=Rhythm(row.get("rhythm", "")),
        whole=row.get("whole", ""),
        url=row.get("url", ""),
        published=str(row.get("published", "")),
    )


def _places(number: Decimal | None) -> int:
    exponent = 0 if number is None else number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


# -- tables -------------------------------------------------------------------------------------------------------

_HEADS = {
    "name": ("chi tieu", "noi dung"),
    "unit": ("don vi tinh", "dvt"),
    "value": ("ke hoach", "chi tieu ke hoach", "muc tieu", "phan dau"),
    "owner": ("don vi chu tri", "chu tri", "don vi thuc hien", "phong"),
    "giver": ("cap giao", "co quan giao"),
}
_COMPARED = (
    (re.compile(r"\b(?:it nhat|toi thieu|tro len|tren)\b|>=|≥"), Comparator.GE),
    (re.compile(r"\b(?:khong qua|toi da|duoi|khong vuot)\b|<=|≤"), Comparator.LE),
)
_NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as it was read: the target, the words of the row, and whether the name is an indicator."""

    target: NewTarget
    line: int
    matched: bool


def rows_of_table(table: Sequence[Sequence[str]], name: str) -> list[TableRow]:
    """The targets of a table of texts. Raises `UserError` naming what the head lacks."""
    for at, row in enumerate(table[:12]):
        columns = _columns(row)
        if {"name", "value"} <= columns.keys():
            found = [_table_row(table, line, columns) for line in range(at + 1, len(table))]
            return [one for one in found if one is not None]
    raise UserError(
        "no-plan-table",
        _("Không thấy bảng chỉ tiêu kế hoạch trong tệp"),
        expected=_("dòng đầu có cột “Chỉ tiêu” và “Kế hoạch”"),
        place=Place(file=name),
    )


def _columns(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        key = search_key(cell).strip()
        for column, words in _HEADS.items():
            if column not in found and any(key == word or key.startswith(word + " ") for word in words):
                found[column] = place
                break
    return found


def _table_row(table: Sequence[Sequence[str]], line: int, columns: Mapping[str, int]) -> TableRow | None:
    def cell(column: str) -> str:
        place = columns.get(column, -1)
        return table[line][place].strip() if 0 <= place < len(table[line]) else ""

    name, told = cell("name"), cell("value")
    numbers = _NUMBER.findall(told)
    if not name or not numbers:
        return None
    key = search_key(told)
    comparator = next((one for pattern, one in _COMPARED if pattern.search(key)), Comparator.EQ)
    unit, growth = cell("unit"), search_key(name + " " + told)
    indicator, grows = _indicator(name), "%" in (unit + told) and ("tang" in growth.split())
    target = NewTarget(
        code=f"dong-{line + 1}",
        value=_fraction(numbers[0]),
        high=_fraction(numbers[1]) if len(numbers) > 1 and re.search(r"-|–|đến", told) else None,
        comparator=comparator,
        decimals=len(numbers[0].partition(",")[2]),
        unit="" if indicator and not grows and not unit else _unit(unit or ("%" if "%" in told else "")),
        name=name,
        indicator=indicator,
        transformation=Transformation.YOY if grows else Transformation.LEVEL,
        owner=cell("owner"),
        giver=cell("giver"),
    )
    return TableRow(target, line + 1, bool(indicator))


def number_of(text: str) -> tuple[Fraction, int]:
    """A number as an official writes it, with its digits after the comma; raises `UserError("bad-number")`."""
    try:
        printed = parse_number(text.strip())
    except UserError as error:
        raise UserError("bad-number", _("Giá trị phải là một số"), value=text, expected="7,5") from error
    return printed.number, printed.decimals


def _fraction(text: str) -> Fraction:
    return parse_number(text.rstrip(".")).number


def _indicator(name: str) -> str:
    """The code of the indicator whose name or alias the words begin with; empty where none."""
    key = search_key(name)
    for alias in load().aliases:
        known = search_key(alias.text)
        if key == known or (len(known) > 6 and known in key):
            return f"{alias.code}[{alias.breakdown}]" if alias.breakdown else alias.code
    return ""


def _unit(text: str) -> str:
    wanted = text.strip().lower()
    for code, unit in load().units.items():
        if wanted in (unit.name.lower(), code):
            return code
    return "count"
