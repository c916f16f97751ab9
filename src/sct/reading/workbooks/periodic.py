"""Tables whose rows are periods and whose columns are years or indicators: the department's own indicator workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from sct.catalogue.workbook import Question, SheetTable, TableColumn, letter_of, period_text
from sct.reading.workbooks.building import Book, Spot
from sct.reading.workbooks.folding import fold, squeezed
from sct.reading.workbooks.grid import is_number
from sct.reading.workbooks.headers import Header
from sct.reading.workbooks.layout import Region
from sct.reading.workbooks.meaning import kept_as, title_period
from sct.reading.workbooks.periods import PeriodLabel, period_label
from sct.reading.workbooks.ratios import completion_scale, writing
from sct.reading.workbooks.sentences import plan_sentence
from sct.reading.workbooks.units import table_unit
from sct.reading.workbooks.values import Reading, is_amount_text, likely, read_amounts, read_cell
from sct.reading.workbooks.words import Words
from sct.vietnamese.periods import Period


@dataclass(slots=True)
class _Column:
    index: int
    header: Header
    subject: str
    measure: str = ""  # level_base_year, index_yoy, plan_completion …; "text" for amounts in words
    year: int = 0
    scale: str = ""
    cumulative: bool | None = None  # what a plain month number means here; None: the sheet does not say
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class PeriodTable:
    """Reads one region; `read` adds its cells to the book."""

    book: Book
    region: Region
    area: str
    columns: list[_Column] = field(default_factory=list)
    year: int = 0
    base_year: int = 0

    def read(self) -> None:
        self._understand()
        before = len(self.book.cells)
        spot = Spot(self.book, self.region, self.area)
        texts = {c.index: self._texts(c) for c in self.columns if c.measure == "text"}
        for row in range(self.region.header[1] + 1, self.region.last + 1):
            self._row(row, spot, texts)
        self._tell(len(self.book.cells) - before)

    # -- columns ------------------------------------------------------------------------------------------

    def _rows(self) -> list[tuple[int, PeriodLabel]]:
        region = self.region
        found = []
        for row in range(region.data, region.last + 1):
            label = period_label(region.grid.rows[row][region.label], self.book.words)
            if label is not None:
                found.append((row, label))
        return found

    def _understand(self) -> None:
        region, words = self.region, self.book.words
        headers = region.values
        years = sorted({h.year.year for _c, h in headers if h.year and "plan" not in h.said})
        title = title_period(f"{region.title} {region.above} {region.grid.name}", words)
        self.year = years[-1] if years else title.year
        self.base_year = years[-2] if len(years) > 1 else self.year - 1
        whole = region.kind.subject if region.kind else ""
        subject = ""
        for index, header in headers:
            subject = header.subject or (subject if not whole else "") or whole
            self.columns.append(self._column(index, header, subject))
        rows = self._rows()
        for column in self.columns:
            column.cumulative = self._is_cumulative(column, rows)

    def _column(self, index: int, header: Header, subject: str) -> _Column:
        made = _Column(index, header, subject, year=self.year)
        cells = [self.region.grid.rows[row][index] for row, _label in self._rows()]
        values = [v for c in cells if (v := read_cell(c, self.book.words).value) is not None]
        if any(is_amount_text(c, self.book.words) for c in cells):
            made.measure = "text"
        elif (header.base is not None and header.base.code == "plan") or "completion" in header.said:
            made.measure, made.scale = "plan_completion", completion_scale(values)
        elif header.is_ratio:
            made.measure, made.scale, made.flags = self._ratio(index, header, values)
        elif header.year is not None:
            made.year = header.year.year
            made.measure = "level_reporting_year" if made.year == self.year else "level_base_year"
            if made.year < self.base_year:
                made.measure = "level_year"
        elif "plan" in header.said:
            made.measure = "plan"
        elif header.subject or header.understood or values:
            made.measure = "level" if not self._index_subject(subject) else self._ratio(index, header, values)[0]
            made.scale = "" if made.measure == "level" else "index"
        return made

    def _index_subject(self, subject: str) -> bool:
        declared = self.book.words.subjects.get(subject)
        return declared is not None and declared.unit == "pct"

    @staticmethod
    def _ratio(index: int, header: Header, values: list[Fraction]) -> tuple[str, str, tuple[str, ...]]:
        from sct.reading.workbooks.meaning import Column

        kind, scale, flags = writing(Column(index, header), values)
        against = "mom" if header.base is not None and header.base.code == "previous" else "yoy"
        return f"{kind}_{against}", scale, flags

    def _is_cumulative(self, column: _Column, rows: list[tuple[int, PeriodLabel]]) -> bool | None:
        """Whether plain numbers of months mean the months up to them: levels that grow from row to row tell."""
        said = self.book.words.settings.get(f"months:{column.subject}", "")
        if said in ("month", "cumulative"):
            return bool(said == "cumulative")
        bare = [(row, label) for row, label in rows if label.bare]
        if not bare:
            return False
        if any(label.quarter or label.count for _row, label in rows) and column.measure != "text":
            return False  # quarters and sums stand in rows of their own, so the months are single
        levels = self._levels(column, [row for row, _label in bare])
        if len(levels) < 3:
            return self._like_its_neighbours(column) if column.measure.startswith(("index", "growth")) else None
        rising = sum(a < b for a, b in pairwise(levels))
        growth = levels[-1] / levels[0] if levels[0] else Fraction(0)
        steps = len(levels) - 1
        if rising >= 0.7 * steps and growth >= 1 + Fraction(steps, 3):
            return True
        return False if growth < 1 + Fraction(steps, 5) else None

    def _like_its_neighbours(self, column: _Column) -> bool | None:
        """A ratio column beside levels of the same subject is of the same periods."""
        for other in self.columns:
            if other.subject == column.subject and other.measure.startswith("level") and other.index < column.index:
                return other.cumulative
        return None

    def _levels(self, column: _Column, rows: list[int]) -> list[Fraction]:
        if column.measure == "text":
            read = [self._amounts(self.region.grid.rows[row][column.index], column) for row in rows]
            found = [next((r.value for r in one if r.measure == "level"), None) for one in read]
            return [v for v in found if v is not None]
        if column.measure.startswith("level"):
            read_values = [read_cell(self.region.grid.rows[row][column.index], self.book.words).value for row in rows]
            return [v for v in read_values if v]
        return []

    def _amounts(self, cell: object, column: _Column) -> list[Reading]:
        """The figures of a cell; a bare number in a column of growths is one whose sign and unit were left out."""
        words = self.book.words
        found = read_amounts(cell, words) if isinstance(cell, str) and cell.strip() else []
        if is_number(cell):
            found = [read_cell(cell, words)._replace(measure="level", flags=("odd-spelling",))]
        usual = words.subjects.get(column.subject)
        bare = "count" if isinstance(cell, str) else ""
        for index, reading in enumerate(found):
            if reading.unit_code != bare or usual is None:
                continue
            if usual.unit == "pct":
                flags = tuple(dict.fromkeys((*reading.flags, "odd-spelling", "sign-unsaid")))
                found[index] = reading._replace(measure="growth_yoy", unit="%", unit_code="pct", flags=flags)
            else:
                found[index] = reading._replace(unit_code=usual.unit)
        return found

    def _texts(self, column: _Column) -> dict[int, list[Reading]]:
        """The figures of a column of texts, its odd levels put right among their neighbours."""
        rows = [row for row, _label in self._rows()]
        read = {row: self._amounts(self.region.grid.rows[row][column.index], column) for row in rows}
        levels = likely([next((r for r in read[row] if r.measure == "level"), None) for row in rows])
        for row, level in zip(rows, levels, strict=True):
            if level is not None:
                read[row] = [level if r.measure == "level" else r for r in read[row]]
        return read

    # -- rows ---------------------------------------------------------------------------------------------

    def _row(self, row: int, spot: Spot, texts: dict[int, dict[int, list[Reading]]]) -> None:
        region, words = self.region, self.book.words
        cell = region.grid.rows[row][region.label]
        label = period_label(cell, words)
        if label is not None:
            for column in self.columns:
                self._cell(row, column, label, spot, texts)
            return
        said = [squeezed(region.grid.text(row, c)) for c in range(region.grid.width)]
        text = next((t for t in said if t), "")
        if not text:
            return
        if self._plan_row(row, said, spot):
            return
        if len(text) > 40 and plan_sentence(text, row, words, spot):
            return
        has_numbers = any(read_cell(v, words).value is not None for v in region.grid.rows[row])
        reason = "note" if words.says("note", text) or not has_numbers else "unknown-row"
        if has_numbers:
            for column in self.columns:
                reading = read_cell(region.grid.rows[row][column.index], words)
                if reading.value is not None:
                    self._emit((row, column), text, reading, (), spot, aside="no-label" if not label else reason)
        self.book.put_aside(region.grid.name, row + 1, text, reason)

    def _cell(
        self, row: int, column: _Column, label: PeriodLabel, spot: Spot, texts: dict[int, dict[int, list[Reading]]]
    ) -> None:
        cell = self.region.grid.rows[row][column.index]
        periods = self._periods(label, column)
        name = squeezed(self.region.grid.text(row, self.region.label))
        if column.measure == "text":
            self._text((row, column), name, periods, found=texts[column.index].get(row, []), spot=spot)
            return
        self._emit((row, column), name, read_cell(cell, self.book.words), periods, spot)

    def _periods(self, label: PeriodLabel, column: _Column) -> tuple[Period, ...]:
        if not column.year and not label.year:
            return ()
        period = label.of(column.year)
        if not label.bare or column.cumulative is False:
            return (period,)
        through = Period.through(period.year, label.month)
        return (through,) if column.cumulative else (period, through)

    def _text(
        self, place: tuple[int, _Column], name: str, periods: tuple[Period, ...], *, found: list[Reading], spot: Spot
    ) -> None:
        row, column = place
        written = self.region.grid.text(row, column.index).strip()
        whole = Reading(None, written)
        self._emit((row, column), name, whole, periods, spot, meaning="text", scale="text", unit=("", ""))
        for reading in found:
            measure = reading.measure + ("_flag" if "odd-spelling" in reading.flags else "")
            percent = reading.measure != "level"
            scale, unit = ("growth" if percent else ""), (reading.unit, reading.unit_code)
            self._emit((row, column), name, reading, periods, spot, meaning=measure, scale=scale, unit=unit)

    def _emit(
        self,
        place: tuple[int, _Column],
        name: str,
        reading: Reading,
        periods: tuple[Period, ...],
        spot: Spot,
        *,
        meaning: str = "",
        scale: str | None = None,
        unit: tuple[str, str] | None = None,
        aside: str = "",
    ) -> None:
        row, column = place
        measure = meaning or column.measure
        declared = self.book.words.subjects.get(column.subject)
        scale = column.scale if scale is None else scale
        flags = column.flags + (("period-unsaid",) if len(periods) > 1 else ())
        if not measure or (declared is None and scale != "text"):
            aside = aside or "unknown-column"
        spot.cell(
            (row, column.index),
            name,
            f"{column.subject}.{measure}" if column.subject and measure else measure,
            periods,
            reading,
            period=" or ".join(period_text(p) for p in periods),
            unit=unit or self._unit(measure, scale, declared.unit if declared else ""),
            series=(declared.indicator, "") if declared else ("", ""),
            kept=kept_as(measure.removesuffix("_flag")) if scale != "text" else (None, None),
            scale=scale,
            flags=flags,
            set_aside=aside if reading.printed or not periods else "",
        )

    def _unit(self, measure: str, scale: str, usual: str) -> tuple[str, str]:
        if scale == "fraction":
            return "fraction", "pct"
        if scale in ("index", "growth"):
            return "%", "pct"
        region = self.region
        if region.unit:
            return table_unit(region.unit, region.unit_code), region.unit_code
        return table_unit("", usual) if usual else "", usual

    # -- the plan's row -----------------------------------------------------------------------------------

    def _plan_row(self, row: int, said: list[str], spot: Spot) -> bool:
        """ "KH 2026" with the plan under the reporting year and its growth under a ratio."""
        name, year = _plan_label(said, self.book.words)
        if not name:
            return False
        year = year or self.year
        grid = self.region.grid
        for column in self.columns:
            reading = read_cell(grid.rows[row][column.index], self.book.words)
            if reading.value is None:
                continue
            level = column.measure.startswith("level") or column.measure == "plan"
            measure = "plan" if level else "plan_growth"
            if level and grid.text(row, column.index).strip() == name:
                continue
            scale = "" if level else _growth_scale(reading.value)
            unit = None if level else self._unit(measure, scale, "")
            at = (Period.of_year(year),)
            self._emit((row, column), name, reading, at, spot, meaning=measure, scale=scale, unit=unit)
        return True

    def _undecided(self, column: _Column) -> int:
        """How many cells of a column wait for somebody to say: the month, or the months up to it?"""
        sheet, index = self.region.grid.name, column.index + 1
        cells = self.book.cells if column.cumulative is None else []
        return sum(c.sheet == sheet and c.column == index and len(c.periods) > 1 and c.value is not None for c in cells)

    def _tell(self, cells: int) -> None:
        region, book = self.region, self.book
        grid = region.grid
        for column in self.columns:
            place = f"{letter_of(column.index + 1)}{region.header[1] + 1}"
            open_cells = self._undecided(column)
            if open_cells:
                words, about = region.title or grid.name, f"months:{column.subject}"
                book.ask(Question("period", words, grid.name, place, about, cells=open_cells))
            if not column.measure:
                book.ask(Question("column", squeezed(column.header.words), grid.name, place, cells=1))
        book.tables.append(
            SheetTable(
                sheet=grid.name,
                code=region.kind.code if region.kind else "",
                title=region.title,
                first_row=region.first + 1,
                last_row=region.last + 1,
                header=(region.header[0] + 1, region.header[1] + 1),
                unit=table_unit(region.unit, region.unit_code) if region.unit else "",
                area=self.area,
                reporting=Period.of_year(self.year) if self.year else None,
                columns=tuple(
                    TableColumn(letter_of(c.index + 1), squeezed(c.header.words), f"{c.subject}.{c.measure}".strip("."))
                    for c in self.columns
                ),
                cells=cells,
            )
        )


def _growth_scale(value: Fraction) -> str:
    """How the growth of a plan is written: 0,14 or 14 or 114."""
    size = abs(value)
    return "fraction" if size < 3 else "growth" if size < 60 else "index"


def _plan_label(said: list[str], words: Words) -> tuple[str, int]:
    """The words of a plan row with its year: "KH 2026", "Kế hoạch năm 2026"."""
    for text in said:
        tokens = words.header.tokens(fold(text))
        if tokens and tokens[0].code == "plan" and tokens[0].start == 0 and len(text) <= 30:
            return text, max(t.year for t in tokens)
    return "", 0
