"""The declared plan of a report: sections, sentence patterns, tables, charts, letterheads (declarations/reports)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

import jsonschema

from sct.declared import Row, files, folders, merged, rows, schema
from sct.errors import Place, UserError
from sct.reporting.blocks import Letterhead
from sct.reporting.patterns import Pattern, Slot, parse
from sct.words import _

ROOM = "reports"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Patterns in order of preference, and the periods it is said for.

    `over` names period choices (`year`, `quarters`, `last_cumulative` …), tried in order until one gives a sentence.
    """

    patterns: tuple[Pattern, ...]
    over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParagraphPlan:
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a grid or a member of a group: the code of a series (`iip_mining`) and the words to print."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class GridPlan:
    """Table of lines by periods of one transformation."""

    title: Pattern
    lines: tuple[Line, ...]
    transformation: str
    periods: tuple[str, ...]
    shift: int = 0


@dataclass(frozen=True, slots=True)
class SummaryPlan:
    """Table of lines: latest level in the year with its growth."""

    title: Pattern
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PlanTable:
    """Table of targets. `which`: `result` (of this year, with results), `next` (next year), `span` (several years)."""

    title: Pattern
    which: str


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """Chart of one series over years, or of a group in the latest period; its title is a finding."""

    title: tuple[Sentence, ...]
    kind: str  # years | members
    line: Line
    lines: tuple[Line, ...]
    transformation: str
    over: tuple[str, ...]
    axis: str
    years: int = 9


@dataclass(frozen=True, slots=True)
class AssessmentPlan:
    """How many of the year's targets were reached, missed, or cannot be judged yet."""


Content = AssessmentPlan | ParagraphPlan | GridPlan | SummaryPlan | PlanTable | ChartPlan


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its contents; `empty` is said when the ledger has nothing, otherwise it is left out."""

    title: Pattern
    level: int
    contents: tuple[Content, ...]
    empty: Pattern = ()


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """A declared report."""

    code: str
    title: str
    summary: Pattern
    groups: dict[str, tuple[Line, ...]]
    lower_is_better: frozenset[str]
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...]


def check() -> list[UserError]:
    """What is wrong in the declared reports, each with file, line and field."""
    found: list[UserError] = []
    for path in files(ROOM):
        for row in rows(path):
            try:
                _read(row)
            except UserError as error:
                found.append(error)
    return found


def report_plan(code: str) -> ReportPlan:
    """The declared report; raises `UserError("unknown-report")`."""
    plans = {key: item for key, item in _loaded(folders()).items() if isinstance(item, ReportPlan)}
    if code not in plans:
        raise UserError("unknown-report", _("Không có mẫu báo cáo này"), value=code, expected=", ".join(plans))
    return plans[code]


def letterhead(area_code: str) -> Letterhead:
    """The letterhead of a department by the code of its area; the general one (`area: ""`) where none is declared."""
    heads = {item.area: item for item in _loaded(folders()).values() if isinstance(item, Letterhead)}
    return heads.get(area_code) or heads[""]


@cache
def _loaded(_folders: tuple[object, ...]) -> dict[str, ReportPlan | Letterhead]:
    return {code: _read(row) for code, row in merged(ROOM, lambda row: str(row["code"])).items()}


def _read(row: Row) -> ReportPlan | Letterhead:
    errors = sorted(jsonschema.Draft202012Validator(schema(ROOM)).iter_errors(dict(row)), key=lambda e: list(e.path))
    if errors:
        at = ".".join(str(part) for part in errors[0].absolute_path)
        place = Place(file=row.place.file, line=row.place.line, field=at)
        raise UserError("bad-declaration", _("Khai báo báo cáo sai"), value=errors[0].message, place=place)
    return _letterhead(row) if row["kind"] == "letterhead" else _report(row)


def _letterhead(row: Row) -> Letterhead:
    return Letterhead(
        code=row["code"],
        area=row.get("area", ""),
        superior=row["superior"],
        agency=row["agency"],
        symbol=row["symbol"],
        place=row["place"],
        signature=tuple(row["signature"]),
        signer=row.get("signer", ""),
        recipients=tuple(row["recipients"]),
        to=tuple(row.get("to", ())),
    )


def _report(row: Row) -> ReportPlan:
    place = row.place
    groups = {name: tuple(_line(item) for item in items) for name, items in row["groups"].items()}
    return ReportPlan(
        code=row["code"],
        title=row["title"],
        summary=parse(row["summary"], place),
        groups=groups,
        lower_is_better=frozenset(row.get("lower_is_better", ())),
        sections=tuple(_section(item, groups, place) for item in row["sections"]),
        annexes=tuple(_section({"level": 1, **item}, groups, place) for item in row["annexes"]),
    )


def _line(item: dict[str, str]) -> Line:
    return Line(item["series"], item["name"])


def _section(item: dict[str, Any], groups: dict[str, tuple[Line, ...]], place: Place) -> Section:
    return Section(
        title=parse(item["title"], place),
        level=item["level"],
        contents=tuple(_content(part, groups, place) for part in item.get("contents", ())),
        empty=parse(item.get("empty", ""), place),
    )


def _content(item: dict[str, Any], groups: dict[str, tuple[Line, ...]], place: Place) -> Content:
    kind, body = next(iter(item.items()))
    if kind == "paragraph":
        return ParagraphPlan(tuple(_sentence(part, place) for part in body))
    if kind == "assessment":
        return AssessmentPlan()
    title = parse(body["title"], place) if isinstance(body["title"], str) else ()
    if kind == "plan":
        return PlanTable(title, body["which"])
    lines = _lines(body, groups, place)
    if kind == "summary":
        return SummaryPlan(title, lines)
    if kind == "grid":
        return GridPlan(title, lines, body["transformation"], tuple(body["periods"]), body.get("shift", 0))
    return ChartPlan(
        title=tuple(_sentence(part, place) for part in body["title"]),
        kind=body["kind"],
        line=_line(body["line"]) if "line" in body else lines[0],
        lines=lines,
        transformation=body["transformation"],
        over=_overs(body),
        axis=body["axis"],
        years=body.get("years", 9),
    )


def _lines(body: dict[str, Any], groups: dict[str, tuple[Line, ...]], place: Place) -> tuple[Line, ...]:
    name = body.get("group")
    if name is None:
        return tuple(_line(item) for item in body.get("lines", ()))
    if name not in groups:
        raise UserError("unknown-group", _("Không có nhóm này trong báo cáo"), value=name, place=place)
    return groups[name]


def _sentence(item: dict[str, Any] | str, place: Place) -> Sentence:
    if isinstance(item, str):
        item = {"say": item}
    said = item["say"] if isinstance(item["say"], list) else [item["say"]]
    return Sentence(tuple(parse(text, place) for text in said), _overs(item))


def _overs(item: dict[str, Any]) -> tuple[str, ...]:
    over = item.get("over", "year")
    return tuple(over) if isinstance(over, list) else (over,)


@cache
def listed_by_area(code: str = "annual_review") -> frozenset[str]:
    """The indicators that a report lists by the areas within its own (slots of the form `areas`)."""
    return frozenset(slot.head.partition("[")[0] for slot in _slots(report_plan(code)) if slot.form == "areas")


def _slots(part: object) -> Iterator[Slot]:
    """Every slot anywhere in a declared plan."""
    if isinstance(part, Slot):
        yield part
    elif isinstance(part, tuple):
        for piece in part:
            yield from _slots(piece)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _slots(getattr(part, field.name))
