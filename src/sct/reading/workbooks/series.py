"""Tables whose rows are series and whose columns are measures: the monthly forms of the statistics office."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from sct.catalogue.model import Stage, Transformation
from sct.catalogue.workbook import DataCell, Question, SheetTable, TableColumn, letter_of, period_text
from sct.reading.workbooks.building import Book
from sct.reading.workbooks.folding import squeezed
from sct.reading.workbooks.labels import Labels, Match
from sct.reading.workbooks.layout import Region, is_product_code
from sct.reading.workbooks.meaning import Column, Reporting, kept_as, reporting_of, resolve, title_period
from sct.reading.workbooks.ratios import completion_scale, proved_against_month_before, writing
from sct.reading.workbooks.units import table_unit, unit_code
from sct.reading.workbooks.values import BLANK, Reading, read_cell

_TOLD = 2_000  # rows after which progress is told
_SAMPLE = 2_000  # rows that decide how the ratios of a column are written


class _Row(NamedTuple):
    """What the cells of one row share."""

    number: int
    label: str
    unit: tuple[str, str]
    series: tuple[str, str]
    flags: tuple[str, ...]
    reason: str
    under_ratios: bool


_Kept = tuple[Transformation | None, Stage | None]


@dataclass(slots=True)
class _Column:
    """A resolved column with everything its cells share."""

    column: Column
    meaning: str
    period: str
    scale: str
    unit: tuple[str, str] | None  # None: that of the row
    flags: tuple[str, ...] = ()
    section: str = ""  # its meaning below a row "so với cùng kỳ"
    letter: str = ""
    aside: str = ""
    kept: _Kept = (None, None)
    kept_under_ratios: _Kept = (None, None)

    def __post_init__(self) -> None:
        self.letter = letter_of(self.column.index + 1)
        self.kept, self.kept_under_ratios = kept_as(self.meaning), kept_as(self.section)
        self.aside = ("" if self.meaning else "unknown-column") or ("" if self.column.periods else "unknown-period")


@dataclass(slots=True)
class SeriesTable:
    """Reads one region; `read` adds its cells to the book."""

    book: Book
    region: Region
    labels: Labels
    area: str
    columns: list[_Column] = field(default_factory=list)
    reporting: Reporting = field(default_factory=Reporting)
    product_codes: int = 0

    def read(self) -> None:
        self._understand()
        before, first = len(self.book.cells), self.region.data if self._first_group is None else self._first_group
        for row in range(first, self.region.last + 1):
            self._row(row)
            if row % _TOLD == 0:
                self.book.within(row, len(self.region.grid.rows))
        self._tell(len(self.book.cells) - before)

    # -- columns ------------------------------------------------------------------------------------------

    _first_group: int | None = None
    _matcher: object = None
    _section: str = ""
    _gap: int = 0
    _code: str = ""
    _uncomputed: frozenset[str] = frozenset()
    _codes: int = -1  # column of classification codes
    _places: list[int] = field(default_factory=list)  # of the columns

    def _understand(self) -> None:
        region, book = self.region, self.book
        self._code, self._uncomputed = (region.kind.code if region.kind else ""), region.grid.uncomputed
        headers = region.values
        title = title_period(f"{region.title} {region.above}", book.words)
        self.reporting = reporting_of([h for _c, h in headers], title, book.fallback)
        ratios = bool(region.kind and region.kind.ratios)
        resolved = resolve(headers, self.reporting, ratios=ratios)
        resolved = [column for column in resolved if column.header.role == "value"]
        if self.reporting.year and self.reporting.month:
            book.months[self.reporting.year, self.reporting.month] += 1
        values = {c.index: self._sample(c.index) for c in resolved}
        self._month_before(resolved, values)
        self.columns = [self._made(column, values[column.index]) for column in resolved]
        self.columns = [c for c in self.columns if c.meaning or any(v is not None for v in values[c.column.index])]
        self._matcher, self._places = self.labels.matcher(), [c.column.index for c in self.columns]
        self._codes = next((c for c, header in region.headers.items() if header.role == "code"), -1)
        first = region.header[1] + 1
        self._first_group = first if 0 <= first < region.data else None

    def _sample(self, column: int) -> list[Fraction | None]:
        region = self.region
        rows = range(region.data, min(region.last + 1, region.data + _SAMPLE))
        return [read_cell(region.grid.rows[row][column], self.book.words).value for row in rows]

    def _month_before(self, columns: list[Column], values: dict[int, list[Fraction | None]]) -> None:
        """January's form says "so với cùng kỳ" over a column that is against the month before: the rows prove it."""
        named = {c.meaning: c for c in columns if c.meaning}
        before, now = named.get("level_prev_month"), named.get("level_month_estimate")
        if before is None or now is None or any(c.ratio == "mom" for c in columns):
            return
        for column in columns:
            if column.ratio != "yoy" or column.header.meaning:
                continue
            rows = list(zip(values[before.index], values[now.index], values[column.index], strict=True))
            if proved_against_month_before(rows):
                column.ratio = "mom"
                column.flags = (*column.flags, "column-meaning-changed")

    def _made(self, column: Column, values: list[Fraction | None]) -> _Column:
        header = column.header
        present = [v for v in values if v is not None]
        period = " or ".join(period_text(p) for p in column.periods)
        flags = column.flags + self.reporting.flags
        if column.ratio:
            kind, scale, guessed = writing(column, present)
            unit = ("fraction", "pct") if scale == "fraction" else ("%", "pct")
            return _Column(column, f"{kind}_{column.ratio}", period, scale, unit, flags + guessed)
        if column.meaning == "plan_completion":
            scale = completion_scale(present)
            return _Column(
                column, column.meaning, period, scale, ("fraction" if scale == "fraction" else "%", "pct"), flags
            )
        if column.meaning.startswith(("index_", "growth_")):
            return _Column(column, column.meaning, period, "index", ("%", "pct"), flags)
        own = (header.unit, header.unit_code) if header.unit else None
        if own is None and self._unit_unsaid:
            flags += ("unit-unsaid",)
        return _Column(column, column.meaning, period, "", own or self._table_unit(), flags, self._under_ratios(column))

    def _table_unit(self) -> tuple[str, str] | None:
        region = self.region
        if region.unit_column >= 0:
            return None
        if region.unit:
            return table_unit(region.unit, region.unit_code), region.unit_code
        declared = region.kind.unit if region.kind else ""
        return ("", declared) if declared else ("", "")

    @property
    def _unit_unsaid(self) -> bool:
        """Whether levels are in the unit that is usual for the kind of table, because the sheet says none."""
        region = self.region
        return region.unit_column < 0 and not region.unit and bool(region.kind and region.kind.unit)

    @staticmethod
    def _under_ratios(column: Column) -> str:
        """What a level column tells below a row "so với cùng kỳ năm trước"."""
        if column.meaning == "level_ytd":
            return "index_ytd_yoy"
        if column.meaning == "level_prev_month":
            return "index_prev_month_yoy"
        return "index_yoy" if column.meaning.startswith("level") else ""

    # -- rows ---------------------------------------------------------------------------------------------

    def _row(self, row: int) -> None:
        region, words = self.region, self.book.words
        grid = region.grid
        cells = grid.rows[row]
        label = self._label(row)
        readings = [read_cell(cells[place], words) for place in self._places]
        told = any(r.value is not None for r in readings)
        if not told and not any(r.problem for r in readings):
            self._no_values(row, label, readings)
            return
        if not told and self._is_words(label, readings):
            self.book.put_aside(grid.name, row + 1, label or readings[0].printed, "note")
            return
        match = self._matched(label, row)
        reason = self._why_aside(label, match)
        self._gap = 0
        self._emit((row, label), readings, match, reason)

    def _label(self, row: int) -> str:
        """The label of a row; where totals and parts stand in columns of their own, the one that is filled."""
        region = self.region
        if region.label < 0:
            return ""
        label = region.grid.filled(row, region.label)
        if label.strip() or not self.columns:
            return label
        for column in range(min(c.column.index for c in self.columns)):
            text = region.grid.rows[row][column]
            if isinstance(text, str) and column != region.unit_column and sum(ch.isalpha() for ch in text) > 2:
                return text
        return label

    def _is_words(self, label: str, readings: list[Reading]) -> bool:
        words = self.book.words
        return words.says("note", label) or words.says("late", label) or all(r.problem for r in readings if r.printed)

    def _no_values(self, row: int, label: str, readings: list[Reading]) -> None:
        """A group, a section, a note, a blank row; or a known row of which no figure is given yet."""
        grid, words = self.region.grid, self.book.words
        text = label.strip() or " ".join(t for c in range(grid.width) if (t := grid.text(row, c).strip()))
        if not text:
            self._gap += 1
            return
        if words.says("note", text) or words.says("late", text):
            self.book.put_aside(grid.name, row + 1, text, "note")
            return
        if words.says("ratio_section", text):
            self._section = "ratio"
            self._matcher = self.labels.matcher()
        elif words.says("level_section", text) and self._section:
            self._section = ""
            self._matcher = self.labels.matcher()
        elif label.strip() and self._given_later(row, label):
            self._emit((row, label), readings, self._matched(label, row), "")
            return
        self.book.put_aside(grid.name, row + 1, text, "note" if len(text) > 120 and self._gap else "group")

    def _given_later(self, row: int, label: str) -> bool:
        """A declared row without figures is blank data; in an open table only when it has a unit."""
        if self.region.unit_column >= 0:
            return (
                bool(unit_code(self.region.grid.text(row, self.region.unit_column), self.book.words))
                and label in self.labels
            )
        return label in self.labels and not (self.region.kind and self.region.kind.open)

    def _matched(self, label: str, row: int) -> Match | None:
        from sct.reading.workbooks.labels import Matcher

        assert isinstance(self._matcher, Matcher)
        found = self._matcher.match(label) if label.strip() else None
        if found is not None or self._codes < 0:
            return found
        return self.labels.of_code(self.region.grid.text(row, self._codes))

    def _why_aside(self, label: str, match: Match | None) -> str:
        kind = self.region.kind
        if not label.strip() or not any(ch.isalnum() for ch in label):
            return "no-label"
        if match is not None:
            return "" if match.indicator else "ignored"
        if kind is None:
            return "unknown-table"
        if not kind.indicator and not self.labels.exact:
            return "no-indicator"
        return "unknown-row"

    def _row_unit(self, row: int, match: Match | None) -> tuple[tuple[str, str], tuple[str, ...]]:
        """The unit of a row as written with its code; a product code in its place is no unit."""
        region = self.region
        if region.unit_column < 0:
            return ("", self._usual_unit(match)), ()
        value = region.grid.rows[row][region.unit_column]
        if isinstance(value, str) and (known := self.book.words.unit_cache.get(value)):
            return (squeezed(value), known), ()
        written = squeezed(region.grid.text(row, region.unit_column))
        if written and is_product_code(region.grid.rows[row][region.unit_column]):
            self.product_codes += 1
            return ("", self._usual_unit(match)), ("product-code",)
        return (written, unit_code(written, self.book.words) or ("" if written else self._usual_unit(match))), ()

    def _usual_unit(self, match: Match | None) -> str:
        """The declared unit of a product, where the sheet gives none."""
        member = self.book.catalogue.breakdowns.get(match.breakdown) if match and match.breakdown else None
        return member.unit if member is not None else ""

    def _emit(self, place: tuple[int, str], readings: list[Reading], match: Match | None, reason: str) -> None:
        row, label = place
        series = (match.indicator, match.breakdown) if match else ("", "")
        unit, row_flags = self._row_unit(row, match)
        if match is not None and match.flags:
            row_flags += match.flags
        line = _Row(row + 1, label.strip(), unit, series, row_flags, reason, self._section == "ratio")
        self._add_cells(line, readings)
        self._ask_row(label, row, match, reason)

    def _add_cells(self, row: _Row, readings: list[Reading]) -> None:
        """The data cells of a row, written out in the order of their fields: a large workbook has half a million."""
        file, sheet, kind, area = self.book.file, self.region.grid.name, self._code, self.area
        add, number, label, unit, (indicator, breakdown), row_flags, reason, under = self.book.cells.append, *row
        for made, reading in zip(self.columns, readings, strict=True):
            ratio = under and made.section
            address = f"{made.letter}{number}"
            flags = made.flags + row_flags + reading.flags
            if self._uncomputed and address in self._uncomputed:
                flags += ("formula-without-value",)
            written, code = ("%", "pct") if ratio else made.unit or unit
            transformation, stage = made.kept_under_ratios if ratio else made.kept
            aside = "" if reading is BLANK and not reason else reason or made.aside
            add(DataCell(
                file, sheet, address, number, made.column.index + 1, label, made.section if ratio else made.meaning,
                made.period, made.column.periods, reading.value, reading.printed, reading.decimals, written, code,
                "index" if ratio else made.scale, indicator, breakdown, transformation, stage, kind, area,
                flags, aside or reading.problem,
            ))  # fmt: skip

    # -- what is asked --------------------------------------------------------------------------------------

    def _ask_row(self, label: str, row: int, match: Match | None, reason: str) -> None:
        kind = self.region.kind
        if reason == "unknown-row":
            place = f"{letter_of(self.region.label + 1)}{row + 1}"
            code = kind.code if kind else ""
            self.book.ask(Question("row", label.strip(), self.region.grid.name, place, code, cells=len(self.columns)))

    def _tell(self, cells: int) -> None:
        region, book = self.region, self.book
        grid = region.grid
        unit = self._table_unit()
        if region.kind is None:
            book.ask(
                Question("table", region.title or region.above[:120], grid.name, f"A{region.first + 1}", cells=cells)
            )
        if not self.reporting.period:
            book.ask(
                Question(
                    "period",
                    region.title or grid.name,
                    grid.name,
                    f"A{region.first + 1}",
                    region.kind.code if region.kind else "",
                    cells=cells,
                )
            )
        for made in self.columns:
            if not made.meaning:
                words = squeezed(made.column.header.words)
                place = f"{letter_of(made.column.index + 1)}{region.header[1] + 1}"
                book.ask(Question("column", words, grid.name, place, region.kind.code if region.kind else "", cells=1))
        book.tables.append(
            SheetTable(
                sheet=grid.name,
                code=region.kind.code if region.kind else "",
                title=region.title,
                first_row=region.first + 1,
                last_row=region.last + 1,
                header=(region.header[0] + 1, region.header[1] + 1),
                unit=unit[0] if unit else "",
                area=self.area,
                reporting=self.reporting.period,
                columns=tuple(
                    TableColumn(letter_of(c.column.index + 1), squeezed(c.column.header.words), c.meaning, c.period)
                    for c in self.columns
                ),
                cells=cells,
            )
        )
