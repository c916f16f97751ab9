"""Indicators from their rows: defaults filled in, views of a parent made, ranges turned to base units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import PurePath
from typing import Any

from sct.catalogue.model import (
    Adds,
    Definition,
    Indicator,
    Kind,
    NearName,
    Partition,
    Plausible,
    Transformation,
)
from sct.declared import Row
from sct.errors import UserError
from sct.vietnamese.quantities import Unit
from sct.words import _

# Digits after the comma of a computed value where a row says nothing else (domain-rules §6.3).
DECIMALS: Mapping[str, int] = {
    "level": 1,
    "mom": 1,
    "yoy": 1,
    "since_december": 2,
    "average_yearly": 2,
    "contribution": 2,
    "share": 1,
    "growth_share": 1,
    "index": 1,
    "progress": 1,
}


# How an indicator of a kind adds over time and over areas where its row says nothing else.
ADDS: Mapping[Kind, tuple[Adds, Adds]] = {
    Kind.FLOW: (Adds.SUM, Adds.SUM),
    Kind.COUNT: (Adds.SUM, Adds.SUM),
    Kind.STOCK: (Adds.LAST, Adds.SUM),
    Kind.INDEX: (Adds.NEVER, Adds.NEVER),
    Kind.RATE: (Adds.PARTS, Adds.PARTS),
    Kind.SHARE: (Adds.PARTS, Adds.PARTS),
}


def indicator_of(row: Row, units: Mapping[str, Unit]) -> Indicator:
    """The indicator that a row declares, without its views."""
    unit = _unit(row, str(row["unit"]), units)
    kind = Kind(row["kind"])
    level = 0 if unit.counted or kind is Kind.COUNT else DECIMALS["level"]
    return Indicator(
        code=str(row["code"]),
        number=row.get("number", ""),
        group=row.get("group") or PurePath(row.place.file).stem,
        name=row["name"],
        name_en=row["name_en"],
        unit=unit,
        kind=kind,
        over_time=Adds(row["over_time"]) if "over_time" in row else ADDS[kind][0],
        over_areas=Adds(row["over_areas"]) if "over_areas" in row else ADDS[kind][1],
        price_basis=row.get("price_basis", ""),
        breakdowns=tuple(row.get("breakdowns", ())),
        agency=row.get("agency", ""),
        parent=row.get("parent", ""),
        near_names=_near_names(row),
        aliases=tuple(row.get("aliases", ())),
        formula=str(row.get("formula", "")),
        plausible=tuple(_plausible(item, unit, units, row) for item in row.get("plausible", ())),
        definitions=_definitions(row),
        decimals={**DECIMALS, "level": level, **row.get("decimals", {})},
        confirmed=bool(row.get("confirmed", True)),
        headline=Transformation(row.get("headline", "level")),
        partitions=tuple(_partition(str(row["code"]), item) for item in row.get("partitions", ())),
    )


def views_of(row: Row, parent: Indicator) -> Iterator[Indicator]:
    """The named looks at an indicator's series (`views` of its row): members of a breakdown, transformations."""
    for item in row.get("views", ()):
        yield replace(
            parent,
            code=item["code"],
            number=item.get("number", ""),
            name=item["name"],
            name_en=item["name_en"],
            parent=parent.code,
            breakdown=item.get("breakdown", ""),
            breakdowns=(),
            aliases=tuple(item.get("aliases", ())),
            near_names=_near_names(item),
            formula="",
            plausible=(),
            definitions=(),
            partitions=(),
            confirmed=bool(item.get("confirmed", True)),
            headline=Transformation(item.get("headline", parent.headline.value)),
            view=True,
        )


def _near_names(row: Mapping[str, Any]) -> tuple[NearName, ...]:
    return tuple(NearName(item["code"], item["why"]) for item in row.get("near_names", ()))


def _definitions(row: Row) -> tuple[Definition, ...]:
    versions = [
        Definition(
            date.fromisoformat(str(item["valid_from"])),
            item["text"],
            item.get("law", ""),
            date.fromisoformat(str(item["valid_to"])) if "valid_to" in item else None,
        )
        for item in row.get("definitions", ())
    ]
    return tuple(sorted(versions, key=lambda version: version.valid_from))


def _plausible(item: Mapping[str, Any], unit: Unit, units: Mapping[str, Unit], row: Row) -> Plausible:
    transformation = Transformation(item.get("transformation", "level"))
    factor = Fraction(1)
    if transformation is Transformation.LEVEL:
        factor = _unit(row, item["unit"], units).factor if "unit" in item else unit.factor
    return Plausible(
        low=Fraction(str(item["low"])) * factor,
        high=Fraction(str(item["high"])) * factor,
        transformation=transformation,
        per=item.get("per", "any"),
        area_level=item.get("area_level", "province"),
    )


def _partition(code: str, item: Mapping[str, Any]) -> Partition:
    return Partition(
        code=item["code"],
        whole=(code, ""),
        parts=tuple((code, part) if ":" in part else (part, "") for part in item["parts"]),
        additive=bool(item.get("additive", True)),
        note=item.get("note", ""),
    )


def _unit(row: Row, code: str, units: Mapping[str, Unit]) -> Unit:
    if code in units:
        return units[code]
    raise UserError("unknown-unit", _("Đơn vị chưa được khai báo"), value=code, place=row.field("unit"))
