"""The home page: is the year on track, what disagrees, what came in. Every number is bound to its figure."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from sct.catalogue import load
from sct.catalogue.model import Area, Figure, SeriesKey, Transformation
from sct.office.coordination import columns
from sct.office.coordination.derived import derived
from sct.office.ledger import queries
from sct.office.ledger.disagreement import Conflict
from sct.office.ledger.queries import AsOf
from sct.office.people.queries import Someone
from sct.reporting.blocks import Run
from sct.reporting.known import Known, Value
from sct.reporting.patterns import parse
from sct.reporting.phrases import Teller, joined
from sct.reporting.sources import References
from sct.reporting.targets import Outcome, Targets
from sct.vietnamese.periods import Period

# The line of words: for each part the first pattern whose figures are there (pattern language of sct.reporting).
LEAD: tuple[tuple[str, ...], ...] = (
    (
        "Giá trị tăng thêm công nghiệp {va_industry yoy}[, {va_industry contribution} vào tăng trưởng của {area}]",
        "GRDP công nghiệp và xây dựng {grdp_industry_construction yoy}"
        "[, {grdp_industry_construction contribution} vào tăng trưởng của {area}]",
        "Chỉ số sản xuất công nghiệp {iip yoy}",
    ),
    (
        "tổng mức bán lẻ và doanh thu dịch vụ {retail_services_total}[, {retail_services_total yoy}]",
        "tổng mức bán lẻ và doanh thu dịch vụ {retail_services_total yoy}",
    ),
    (
        "xuất nhập khẩu {trade_total}[, {trade_total yoy}]",
        "xuất khẩu {exports}[, {exports yoy}]",
        "xuất khẩu {exports yoy}",
    ),
)
# The headline: word, and the series of which the first with a growth is taken.
HEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("công nghiệp", ("va_industry", "grdp_industry_construction", "iip")),
    ("bán lẻ", ("retail_services_total",)),
    ("xuất nhập khẩu", ("trade_total",)),
    ("xuất khẩu", ("exports",)),
)
TILES = ("grdp", "va_industry", "iip", "retail_services_total", "trade_total", "exports", "imports", "cpi_average")


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline number: the value it is usually told by, and beside it the other one."""

    code: str
    main: Figure
    beside: Figure | None


@dataclass(frozen=True, slots=True)
class Home:
    year: int
    headline: str
    lead: tuple[Run, ...]
    tiles: tuple[Tile, ...]
    outcomes: tuple[Outcome, ...]
    conflicts: tuple[Conflict, ...]
    conflict_count: int
    year_conflicts: int


def home(person: Someone, area: Area, year: int, as_of: AsOf) -> Home:
    """What the home page says of an area in a year, as known on a day."""
    mine = [*_of_year(person, area, year, as_of), *queries.plans(person, areas=[area.key], as_of=as_of)]
    known = Known(mine, derived(person, area, as_of))
    teller = Teller(known, load(), References(known, load()), area=area.key, year=year, groups={})
    found = queries.conflicts(person, areas=[area.key], as_of=as_of)
    of_year = [
        conflict for conflict in found if Period.of_year(year) in conflict.cell[1] or conflict.cell[1].year == year
    ]
    ordered = sorted(of_year, key=lambda conflict: (not conflict.cannot_both_be_right, conflict.cell[1].sort_key))
    return Home(
        year=year,
        headline=_headline(known, area, year),
        lead=_lead(teller, year),
        tiles=tuple(_tiles(known, area, year)),
        outcomes=tuple(Targets(teller, frozenset()).outcomes()),
        conflicts=tuple(ordered[:5]),
        conflict_count=len(found),
        year_conflicts=len(of_year),
    )


def _of_year(person: Someone, area: Area, year: int, as_of: AsOf) -> list[Figure]:
    """The current figures of a year and of its running sums: what this page tells and measures targets by."""
    kept = columns.of(person)
    rows = kept.rows(columns.scope(person, area, as_of))
    rows = rows[(kept["first"][rows] == year * 12) & (kept["last"][rows] > year * 12)]
    return queries.figures(person, kept.ids(kept.actual(rows)))


def _lead(teller: Teller, year: int) -> tuple[Run, ...]:
    period = Period.of_year(year)
    runs: list[Run] = []
    for alternatives in LEAD:
        said = teller.first([parse(text) for text in alternatives], period)
        if said:
            runs += ["; ", *said] if runs else said
    if not runs:
        return ()
    if isinstance(runs[0], str):
        runs[0] = runs[0][:1].upper() + runs[0][1:]
    return tuple(joined([*runs, "."]))


def _headline(known: Known, area: Area, year: int) -> str:
    """công nghiệp tăng 6,2%, bán lẻ và xuất nhập khẩu tăng hai con số; empty without any growth."""
    from sct.vietnamese.write import write_growth

    said: list[tuple[str, str]] = []
    for word, codes in HEADS:
        value = next((v for code in codes if (v := _year_value(known, area, code, Transformation.YOY, year))), None)
        if value is None or any(word.endswith(earlier) or earlier.startswith("xuất") for earlier, _how in said):
            continue
        quantity = value.figure.quantity
        said.append((word, "tăng hai con số" if quantity.number >= 10 else write_growth(quantity)))
    parts = []
    for how, group in groupby(said, key=lambda item: item[1]):
        words = [word for word, _how in group]
        parts.append(f"{' và '.join(words)} {how}")
    return ", ".join(parts)


def _tiles(known: Known, area: Area, year: int) -> list[Tile]:
    tiles = []
    for code in TILES:
        indicator = load().indicators.get(code)
        if indicator is None:
            continue
        level = _year_value(known, area, code, Transformation.LEVEL, year)
        growth = _year_value(known, area, code, Transformation.YOY, year)
        first, second = (level, growth) if indicator.headline is Transformation.LEVEL else (growth, level)
        main = first or second
        if main is not None:
            other = second if first is not None else None
            tiles.append(Tile(code, main.figure, other.figure if other else None))
    return tiles[:6]


def _year_value(known: Known, area: Area, code: str, how: Transformation, year: int) -> Value | None:
    series = SeriesKey(code, area.key)
    return known.actual((series, Period.of_year(year), how))
