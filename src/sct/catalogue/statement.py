"""A statement (phát biểu): a figure as a document says it, an exact span plus normalised fields.

The fields are those of the annotation guide the reader is measured by; `indicator` and `breakdown` tie it to
the catalogue, `unmatched` says why none fits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sct.catalogue.table import Table
from sct.vietnamese.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Segment:
    """A block of a document's text and its place in the original.

    `start`/`end` are offsets in `Document.text`; `place` is `p12`, `table2/r3/c1`, `line 7`, `html/body/p[3]`.
    `role` is `body`, `heading`, `item` (of a list), `cell`, `note` (foot or end of the page) or `furniture` (menus,
    clocks, view counts: read by nobody). `level` is that of a heading or list item (0 where unknown), `mark` what is
    printed before an item or a note without being part of its text ("a)", "•", "1").
    """

    start: int
    end: int
    place: str
    role: str = "body"
    level: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of a document's text and the same characters in the original file.

    `place` names what holds them: `word/document.xml#r12` (the 12th run of that part), `html/body/p[3]#0` (the text
    before the first child of that element, `#2` that after its second), `page 4`, `line 7`. `at`/`until` are offsets
    in the raw characters there; as many as `end - start` unless accents were joined or an old encoding (`charset`)
    converted. `box` is left, top, right, bottom in points on a page.
    """

    start: int
    end: int
    place: str
    at: int = 0
    until: int = 0
    charset: str = ""  # tcvn3 | vni | ""
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader could not read of a file that it read for the rest: `text` says it to a person, with the places."""

    code: str  # scanned-pages | broken-pages | pages-left
    text: str
    pages: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        """For machines."""
        return {"code": self.code, "text": self.text, "pages": list(self.pages)}


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its segments. `text[segment.start:segment.end]` is that block, NFC, exactly.

    `anchors` stand in the order of the text and do not overlap; `tables` are its tables as grids; `notes` tell what of
    the file was not read.
    """

    name: str
    kind: str  # txt | docx | html | pdf | doc | odt | rtf
    text: str
    segments: tuple[Segment, ...]
    published: str | None = None  # 2020, 2020-09 or 2020-09-21, told from outside
    sha256: str = ""
    tables: tuple[Table, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    notes: tuple[Note, ...] = ()


# The fields whose rules `Statement.rules` names, in its order.
TRACED = ("measure", "status", "period", "baseline", "area", "subject", "indicator")


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure about the world, per mention.

    `measure` is level, growth_pct, change_abs, contribution_pp, share_pct, multiple, index or plan_pct. `value` is
    signed and in base units (đồng, USD, %, kWh …); a range has `low` and `high` instead. `quantity` keeps the printed
    digits and scale of the value (of the lower end for a range) for rounding arithmetic. `period` and `baseline` are
    period codes. `rules` are the names of the rules that made it, one for each field of `TRACED`.
    """

    quote: str
    start: int
    end: int
    subject: str
    measure: str
    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    unit: str
    comparator: str
    period: str | None
    baseline: str | None
    status: str
    area: str | None
    quantity: Quantity
    sentence: tuple[int, int] = (0, 0)
    place: str = ""
    indicator: str = ""
    breakdown: str = ""
    area_key: str = ""
    unmatched: str = ""  # no-indicator | no-period | no-area | foreign-area …, "" when matched
    rules: tuple[str, ...] = field(default=(), compare=False)

    @property
    def trace(self) -> list[tuple[str, str, str]]:
        """(field, value, rule) for each field a rule made, in the order in which they were made."""
        tied = f"{self.indicator}{' ' + self.breakdown if self.breakdown else ''}"
        told = (self.measure, self.status, self.period, self.baseline, self.area, self.subject, tied)
        return [(name, value or "–", rule) for name, value, rule in zip(TRACED, told, self.rules, strict=True)]

    def as_json(self) -> dict[str, Any]:
        """The shape of the evaluation set, plus indicator and breakdown."""
        numbers: dict[str, Any] = (
            {"value": plain(self.value)}
            if self.value is not None
            else {"value": None, "low": plain(self.low), "high": plain(self.high)}
        )
        return {
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "subject": self.subject,
            "measure": self.measure,
            **numbers,
            "unit": self.unit,
            "comparator": self.comparator,
            "period": self.period,
            "baseline": self.baseline,
            "status": self.status,
            "area": self.area,
            "indicator": self.indicator or None,
            "breakdown": self.breakdown or None,
            "unmatched": self.unmatched or None,
        }


def plain(value: Fraction | None) -> int | float | None:
    """A number as JSON writes it: whole numbers without a point."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
