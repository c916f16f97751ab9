"""A workbook (bảng tính) as it was read: data cells with what they mean, rows set aside, questions.

Reading makes these values, proofing checks them, the office previews and keeps them. A cell says what it stands for in
the words of its sheet (`row_label`, `column_meaning`, `unit`) and, where the catalogue knows it, as a series
(`indicator`, `breakdown`, `transformation`). Nothing is lost: what is not imported carries `set_aside`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from sct.catalogue.model import Stage, Transformation
from sct.catalogue.statement import plain
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Quantity, Unit


class DataCell(NamedTuple):
    """One reading of one cell. A text such as "8.290 tỷ đồng (↓3,32%)" gives three: text, level, growth_yoy.

    `cell` is `C7`, `row` and `column` count from 1. `column_meaning` is one of the words of docs/why/workbooks.md
    (level_month_estimate, index_yoy, export.plan_completion …). `period` is written as `2026-04`, `2026-01/2026-04`
    (cumulative), `2026-Q1`, `2026`; two joined by " or " where the sheet does not say, and then `periods` has both.
    `value` is the exact number as it stands in the cell, None for a blank (no data, which is not 0) and for texts;
    `printed` is the cell as written, `decimals` the digits after its point. `unit` is as the sheet writes it,
    `unit_code` the declared unit. `scale` says how a ratio is written: `index` (118,23), `growth` (18,23) or
    `fraction` (0,0794 of 1; for an index 1,1823). `flags` name what is doubtful (flag codes of
    declarations/workbooks/reasons.yaml); `set_aside` says why the cell is not to be kept ("" when it is).
    """

    file: str
    sheet: str
    cell: str
    row: int
    column: int
    row_label: str
    column_meaning: str
    period: str = ""
    periods: tuple[Period, ...] = ()
    value: Fraction | None = None
    printed: str = ""
    decimals: int = 0
    unit: str = ""
    unit_code: str = ""
    scale: str = ""
    indicator: str = ""
    breakdown: str = ""
    transformation: Transformation | None = None
    stage: Stage | None = None
    table: str = ""  # code of the kind of table (declarations/workbooks), "" when unknown
    area: str = ""  # Area.key, "" when neither sheet nor department says
    flags: tuple[str, ...] = ()
    set_aside: str = ""

    @property
    def blank(self) -> bool:
        """No data: an empty cell or a dash."""
        return self.value is None and self.scale != "text"

    @property
    def measure(self) -> str:
        """`column_meaning` without its prefix and flag: `retail.level_flag` → `level`."""
        return self.column_meaning.rpartition(".")[2].removesuffix("_flag")

    @property
    def certain(self) -> bool:
        """Whether it can be kept as it is: matched, one period, a value, nothing set aside."""
        return bool(
            not self.set_aside
            and self.value is not None
            and self.indicator
            and self.transformation is not None
            and len(self.periods) == 1
        )

    def quantity(self, percent: Unit, unit: Unit) -> Quantity | None:
        """As the ledger keeps it: an index or a fraction becomes per cent, exactly; a level stays in its unit.

        `percent` is the unit `pct`, `unit` that of `unit_code`. 118,23 as a transformation of growth is 18,23%.
        """
        if self.value is None:
            return None
        kept = self.transformation
        if kept is None or kept is Transformation.LEVEL or kept is Transformation.INDEX:
            return Quantity(self.value, unit, self.decimals)
        number, decimals = self.value, self.decimals
        if self.scale == "fraction":
            number, decimals = number * 100, max(decimals - 2, 0)
        if self.is_index and kept is not Transformation.PROGRESS:
            above, below = number.as_integer_ratio()
            number = Fraction(above - 100 * below, below)  # quicker than number - 100
        return Quantity(number, percent, decimals)

    @property
    def is_index(self) -> bool:
        """A ratio with base 100 (or 1, as a fraction), not a signed change."""
        return self.measure.startswith("index_")

    def as_json(self) -> dict[str, Any]:
        """One row of `sct import --dry-run --json`; the first eight fields are those of an expected list."""
        value: Any = plain(self.value)
        if self.scale == "text":
            value = self.printed or None
        return {
            "file": self.file,
            "sheet": self.sheet,
            "cell": self.cell,
            "row_label": self.row_label,
            "column_meaning": self.column_meaning or None,
            "period": self.period or None,
            "value": value,
            "unit": self.unit,
            "unit_code": self.unit_code or None,
            "printed": self.printed,
            "indicator": self.indicator or None,
            "breakdown": self.breakdown or None,
            "transformation": self.transformation.value if self.transformation else None,
            "table": self.table or None,
            "area": self.area or None,
            "flags": list(self.flags),
            "set_aside": self.set_aside or None,
        }


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column that was understood: its letter, the words of its header from top to bottom, what they mean."""

    letter: str
    words: str
    meaning: str
    period: str = ""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table found in a sheet; rows count from 1. `reporting` is its reporting month (or quarter, year)."""

    sheet: str
    code: str
    title: str
    first_row: int
    last_row: int
    header: tuple[int, int]
    unit: str = ""
    area: str = ""
    reporting: Period | None = None
    columns: tuple[TableColumn, ...] = ()
    cells: int = 0


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A row, or a whole sheet (`row` 0), that holds nothing to import, and why (code of reasons.yaml)."""

    sheet: str
    row: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was not understood, asked once; the answer is a declaration used from then on.

    `kind` is `row` (which series is this row), `table` (what is this table about), `column` (what does this column
    mean), `period` (month or cumulative), `unit` or `area`. `words` is what the sheet says, `guess` what the reader
    would answer, `cells` how many cells wait for it.
    """

    kind: str
    words: str
    sheet: str = ""
    cell: str = ""
    table: str = ""
    guess: str = ""
    cells: int = 0

    @property
    def key(self) -> str:
        return f"{self.kind}|{self.table}|{self.words}"


@dataclass(frozen=True, slots=True)
class Task:
    """A row of a task sheet (tiến độ nhiệm vụ). `deadlines` are codes: 2026-02, 2026-Q1, 2026-01-15, recurring."""

    sheet: str
    row: int
    unit: str
    number: str
    text: str
    deadlines: tuple[str, ...] = ()
    progress: str = ""
    by_province: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """Everything that was read of one file, in the order of its sheets and rows."""

    file: str
    sha256: str = ""
    tables: tuple[SheetTable, ...] = ()
    cells: tuple[DataCell, ...] = ()
    aside: tuple[AsideRow, ...] = ()
    questions: tuple[Question, ...] = ()
    tasks: tuple[Task, ...] = ()


def period_text(period: Period) -> str:
    """A period as workbooks' lists write it: a cumulative one as first/last month."""
    if period.kind is PeriodKind.CUMULATIVE:
        return f"{period.year:04d}-01/{period.year:04d}-{period.number:02d}"
    return period.code


def letter_of(column: int) -> str:
    """The letters of a column that counts from 1: 1 → A, 27 → AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
