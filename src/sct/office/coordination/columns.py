"""The ledger as columns: every observation as numbers in arrays, in memory, caught up whenever the ledger has moved.

Pages ask about whole areas and families at a time. Rows turned into `Figure`s one by one are too slow for that at a
million observations, so the questions are answered here, on arrays, and only what is shown is then read from the
ledger. Nothing is ever changed in the ledger, so catching up is reading the rows after the last one known, and the
withdrawals after the last one known: a figure is there at once.

A row's place in the arrays is its position; positions are in the order of entry.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from itertools import count, islice
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from django.conf import settings
from django.db import connection
from numpy.typing import NDArray

from sct.catalogue import load
from sct.catalogue.model import Area, Comparator, Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.office.coordination.state import Stamp, on_forget, stamp
from sct.office.ledger.models import Observation, Withdrawal
from sct.office.ledger.queries import NOW, AsOf
from sct.office.people.queries import Someone
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity

Positions = NDArray[np.intp]
HOWS, STAGES, COMPARATORS = tuple(Transformation), tuple(Stage), tuple(Comparator)
ACTUAL = np.array([stage.is_actual for stage in STAGES])
PLAN = STAGES.index(Stage.PLAN)
BOUNDS = ("", "lower", "upper")
_STANDS = np.iinfo(np.int64).max
_CHUNK = 50_000
_READ = (
    "id",
    "indicator",
    "area",
    "breakdown",
    "transformation",
    "stage",
    "comparator",
    "bound",
    "basis",
    "unit",
    "first_month",
    "last_month",
    "number",
    "decimals",
    "doubtful",
    "published",
    "published_basis",
    "published_last",
    "entered",
)
_TYPES: dict[str, type[np.generic]] = {
    "id": np.int64,
    "series": np.int32,
    "indicator": np.int16,
    "area": np.int32,
    "how": np.int8,
    "stage": np.int8,
    "comparator": np.int8,
    "bound": np.int8,
    "basis": np.int16,
    "dated": np.int16,  # how the day of publication is known
    "unit": np.int16,
    "first": np.int32,
    "last": np.int32,
    "mantissa": np.int64,
    "decimals": np.int8,
    "value": np.float64,  # in the base unit
    "age": np.int64,  # what makes one value of a cell newer than another: see `_ages`
    "published": np.int32,  # ordinal of the last day by which it was surely known, 0 for an unknown one
    "entered": np.int64,  # µs since 1970
    "withdrawn": np.int64,
}


class Codes(dict[Any, int]):
    """Numbers for words, given out as they come; `words` turns them back."""

    def __init__(self, words: Iterable[Any] = ()) -> None:
        super().__init__()
        self.words: list[Any] = []
        for word in words:
            self[word]

    def __missing__(self, word: Any) -> int:
        self[word] = number = len(self.words)
        self.words.append(word)
        return number


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows: of these areas and indicators (None: all), seen by someone with these areas, as known then."""

    seen: frozenset[str] | None = None
    areas: frozenset[str] | None = None
    indicators: frozenset[str] | None = None
    as_of: AsOf = NOW


class Columns:
    """The observations up to `stamp`. Arrays only grow; a withdrawal marks its row."""

    def __init__(self) -> None:
        self.serial = next(_serial)  # of this reading of the ledger
        self.size = self.saved = 0
        self.stamp: tuple[int, int, datetime | None] = (0, 0, None)
        self.indicators, self.areas, self.bases, self.units, self.datings, self.series = (Codes() for _n in range(6))
        self._arrays: dict[str, NDArray[Any]] = {name: np.empty(1024, kind) for name, kind in _TYPES.items()}
        self._odd: dict[int, Fraction] = {}  # numbers without a finite decimal form
        self._moves, self._base = 0, 0  # how often rows have moved, and when everything last did
        self._touched: dict[int, dict[int, int]] = {}  # indicator → area → the last move of its rows
        self._years: dict[tuple[int, int], dict[int, int]] = {}
        self._light: dict[int, Figure] = {}
        self._index: dict[str, tuple[int, dict[int, Positions]]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._arrays[name][: self.size]

    # -- catching up ----------------------------------------------------------------------------------------------

    def holds(self) -> bool:
        """Whether the last row known is still that row: false after a restore, or when a test took it back."""
        last, _taken, entered = self.stamp
        return last == 0 or Observation.objects.filter(pk=last).values_list("entered", flat=True).first() == entered

    def catch_up(self, stamp: Stamp) -> None:
        last, taken, _entered = self.stamp
        if stamp.observation > last:
            self._read(last, stamp.observation)
        if stamp.withdrawal > taken:
            self._withdraw(Withdrawal.objects.filter(pk__gt=taken, pk__lte=stamp.withdrawal))
        self.stamp = (max(last, stamp.observation), max(taken, stamp.withdrawal), stamp.entered)

    def _read(self, after: int, until: int) -> None:
        names = ", ".join(_READ)
        query = f"SELECT {names} FROM ledger_observation WHERE id > %s AND id <= %s ORDER BY id"  # noqa: S608
        with connection.chunked_cursor() as cursor:
            cursor.execute(query, [after, until])
            while part := cursor.fetchmany(_CHUNK):
                self._append(dict(zip(_READ, zip(*part, strict=True), strict=True)))

    def _append(self, told: dict[str, Sequence[Any]]) -> None:
        start, end = self.size, self.size + len(told["id"])
        self._reserve(end)
        into = {name: array[start:end] for name, array in self._arrays.items()}
        for name, column, codes in (
            ("indicator", "indicator", self.indicators),
            ("area", "area", self.areas),
            ("basis", "basis", self.bases),
            ("unit", "unit", self.units),
            ("dated", "published_basis", self.datings),
        ):
            into[name][:] = [codes[word] for word in told[column]]
        keys = zip(told["indicator"], told["breakdown"], told["area"], told["transformation"], strict=True)
        into["series"][:] = [self.series[key] for key in keys]
        for name, column, known in (
            ("how", "transformation", [how.value for how in HOWS]),
            ("stage", "stage", [stage.value for stage in STAGES]),
            ("comparator", "comparator", [one.value for one in COMPARATORS]),
            ("bound", "bound", BOUNDS),
        ):
            numbers = {word: number for number, word in enumerate(known)}
            into[name][:] = [numbers[word] for word in told[column]]
        for name, column in (("id", "id"), ("first", "first_month"), ("last", "last_month"), ("decimals", "decimals")):
            into[name][:] = told[column]
        into["published"][:] = _mapped(told["published_last"], _ordinal)
        into["entered"][:] = _mapped(told["entered"], _microseconds)
        into["withdrawn"][:] = _STANDS
        into["age"][:] = _ages(told, into["published"])
        self._numbers(told, into, start)
        self.size = end
        self._count(into, 1)

    def _reserve(self, size: int) -> None:
        for name, array in self._arrays.items():
            if len(array) < size:
                larger = np.empty(max(size, 2 * len(array)), array.dtype)
                larger[: self.size] = array[: self.size]
                self._arrays[name] = larger

    def _numbers(self, told: dict[str, Sequence[Any]], into: dict[str, NDArray[Any]], start: int) -> None:
        """The numbers as printed (mantissa and decimals), and as floats in the base unit."""
        mantissas: list[int] = []
        for place, (number, decimals) in enumerate(zip(told["number"], told["decimals"], strict=True)):
            whole = number.replace(".", "", 1)
            if "/" in number or len(whole) > 18 or len(number) - number.find(".") - 1 != (decimals or len(number)):
                self._odd[start + place] = Fraction(number)
                whole = "0"
            mantissas.append(int(whole))
        into["mantissa"][:] = mantissas
        factors = np.array([float(load().unit(code).factor) for code in self.units.words])
        into["value"][:] = into["mantissa"] / 10.0 ** into["decimals"] * factors[into["unit"]]
        for position, exact in self._odd.items():
            if position >= start:
                unit = load().unit(self.units.words[into["unit"][position - start]])
                into["value"][position - start] = float(exact * unit.factor)

    def _withdraw(self, rows: Any) -> None:
        for observation, at in rows.values_list("observation", "at"):
            position = int(np.searchsorted(self["id"], observation))
            self["withdrawn"][position] = _microseconds(at)
            self._count({name: self[name][position : position + 1] for name in _TYPES}, -1)

    def _count(self, rows: dict[str, NDArray[Any]], sign: int) -> None:
        """Keep what the pickers ask: figures by area and year, and yearly actual ones by indicator (under -1: all)."""
        yearly = ACTUAL[rows["stage"]] & (rows["last"] == rows["first"] + 11)
        key = (rows["area"].astype(np.int64) << 32) + (rows["first"].astype(np.int64) // 12 << 16)
        kept = np.concatenate([key, key[yearly] + 1 + rows["indicator"][yearly]])
        for number, times in zip(*np.unique(kept, return_counts=True), strict=True):
            of_year = self._years.setdefault((int(number) >> 32, int(number) >> 16 & 0xFFFF), {})
            word = (int(number) & 0xFFFF) - 1
            of_year[word] = of_year.get(word, 0) + sign * int(times)
        self._moves += 1
        if not self.stamp[0]:  # read from nothing: all of it moved
            self._base = self._moves
            return
        for pair in np.unique((rows["indicator"].astype(np.int64) << 32) + rows["area"]).tolist():
            self._touched.setdefault(pair >> 32, {})[pair & 0xFFFFFFFF] = self._moves

    # -- on disk --------------------------------------------------------------------------------------------------

    def save(self, path: Path) -> None:
        """Keep the columns in a Parquet file, so that the next process need not read the ledger row by row."""
        import pyarrow as pa
        from pyarrow import parquet

        last, taken, entered = self.stamp
        header = {
            "version": _VERSION,
            "stamp": [last, taken, entered.isoformat() if entered else None],
            "words": {name: getattr(self, name).words for name in _WORDS},
            "odd": {str(position): str(number) for position, number in self._odd.items()},
        }
        table = pa.table({name: self[name] for name in _TYPES})
        table = table.replace_schema_metadata({"ledger": json.dumps(header, ensure_ascii=False)})
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        parquet.write_table(table, fresh, compression="zstd")
        fresh.replace(path)
        self.saved = self.size

    @classmethod
    def stored(cls, path: Path) -> Columns | None:
        """The columns of a file; None if there is none, or it is of another version or broken (then the ledger is
        read again)."""
        import pyarrow as pa
        from pyarrow import parquet

        try:
            table = parquet.read_table(path)
            header = json.loads((table.schema.metadata or {})[b"ledger"])
        except (OSError, pa.ArrowInvalid, KeyError, ValueError):
            return None
        if header["version"] != _VERSION or table.column_names != list(_TYPES):
            return None
        made = cls()
        made.size = made.saved = table.num_rows
        made._arrays = {name: table[name].to_numpy().astype(kind) for name, kind in _TYPES.items()}
        last, taken, entered = header["stamp"]
        made.stamp = (last, taken, datetime.fromisoformat(entered) if entered else None)
        for name in _WORDS:
            words = header["words"][name]
            setattr(made, name, Codes(tuple(word) if isinstance(word, list) else word for word in words))
        made._odd = {int(position): Fraction(number) for position, number in header["odd"].items()}
        stands = made["withdrawn"] == _STANDS
        made._count({name: made[name][stands] for name in _TYPES}, 1)
        return made

    # -- asking ---------------------------------------------------------------------------------------------------

    def version(self, indicators: Iterable[str], areas: frozenset[str] | None = None) -> int:
        """Greater whenever a row of one of the indicators came or went, in one of the areas (None: anywhere)."""
        latest, words = self._base, self.areas.words
        for code in indicators:
            for area, move in self._touched.get(self.indicators.get(code, -1), {}).items():
                if move > latest and (areas is None or words[area] in areas):
                    latest = move
        return latest

    def years(self, seen: frozenset[str] | None) -> dict[str, dict[int, tuple[int, int]]]:
        """Area → year → (figures, indicators with a yearly actual figure)."""
        found: dict[str, dict[int, tuple[int, int]]] = {}
        for (area, year), counts in self._years.items():
            key = self.areas.words[area]
            if counts.get(-1) and (seen is None or key in seen):
                indicators = sum(1 for word, count in counts.items() if word >= 0 and count > 0)
                found.setdefault(key, {})[year] = (counts[-1], indicators)
        return found

    def rows(self, scope: Scope) -> Positions:
        """Positions of the rows of a scope that stood then."""
        wanted = scope.areas if scope.seen is None or scope.areas is None else scope.areas & scope.seen
        found = self._chosen(("area", wanted if wanted is not None else scope.seen), ("indicator", scope.indicators))
        moment = scope.as_of.moment
        now = _STANDS - 1 if moment is None else _microseconds(moment)
        found = found[self["withdrawn"][found] > now]
        if moment is not None:
            found = found[self["entered"][found] <= now]
        if scope.as_of.published is not None:
            day = scope.as_of.published.toordinal()
            found = found[(self["published"][found] <= day) & (self["published"][found] > 0)]
        return found

    def _chosen(self, *wanted: tuple[str, Collection[str] | None]) -> Positions:
        """Rows with one of the wanted words in each column: looked up by the rarer words, then sifted by the others.
        Rows of one series stand in the order of entry."""
        sides = []
        for name, words in wanted:
            if words is not None:
                codes: Codes = self.areas if name == "area" else self.indicators
                numbers = [codes[word] for word in words if word in codes]
                pieces = [self._places(name, number) for number in numbers]
                sides.append((sum(map(len, pieces)), name, numbers, pieces))
        if not sides:
            return np.arange(self.size)
        sides.sort(key=lambda side: side[0])
        found: Positions = np.concatenate([*sides[0][3], np.empty(0, np.intp)])
        for _size, name, numbers, _pieces in sides[1:]:
            table = np.zeros(1 + int(self[name].max(initial=0)), bool)
            table[numbers] = True
            found = found[table[self[name][found]]]
        return found

    def _places(self, name: str, number: int) -> Positions:
        """The rows with a word, in the order of entry; sorted once, and continued with the rows that came since."""
        known, pieces = self._index.get(name, (0, {}))
        if known < self.size:
            fresh = self[name][known:]
            order = np.argsort(fresh, kind="stable")
            ends = np.flatnonzero(np.diff(fresh[order])) + 1
            for part in np.split(order + known, ends):
                code = int(self[name][part[0]])
                pieces[code] = np.concatenate([pieces[code], part]) if code in pieces else part
            self._index[name] = (self.size, pieces)
        return pieces.get(number, np.empty(0, np.intp))

    def actual(self, rows: Positions) -> Positions:
        """The current value of each cell among rows: actual ones only, no end of a range."""
        return self.newest(rows[ACTUAL[self["stage"][rows]] & (self["bound"][rows] == 0)])

    def newest(self, rows: Positions) -> Positions:
        """Of each cell the row that stands first, in the order of series and period (`queries.current`)."""
        first, last = self["first"][rows].astype(np.int64), self["last"][rows].astype(np.int64)
        cell = (self["series"][rows].astype(np.int64) << 32) + (first << 16) + (last - first)
        order = np.lexsort((self["age"][rows], cell))
        cell = cell[order]
        ends = np.append(cell[1:] != cell[:-1], True) if len(cell) else np.zeros(0, bool)
        found: Positions = rows[order[ends]]
        return found

    def ids(self, rows: Positions) -> list[int]:
        return [int(number) for number in self["id"][rows]]

    # -- one row --------------------------------------------------------------------------------------------------

    def exact(self, position: int) -> Fraction:
        """The number as printed."""
        odd = self._odd.get(position)
        if odd is not None:
            return odd
        return Fraction(int(self["mantissa"][position]), 10 ** max(0, int(self["decimals"][position])))

    def figure(self, position: int) -> Figure:
        """The figure without the words of its source and notes; `queries.figures` has those."""
        known = self._light.get(position)
        if known is None:
            if len(self._light) > 200_000:
                for old in list(islice(self._light, 50_000)):
                    del self._light[old]
            known = self._light[position] = self._figure(position)
        return known

    def _figure(self, position: int) -> Figure:
        row = {name: array[position].item() for name, array in self._arrays.items()}
        indicator, breakdown, area, _how = self.series.words[row["series"]]
        unit = load().unit(self.units.words[row["unit"]])
        return Figure(
            series=SeriesKey(indicator, area, breakdown),
            period=Period.of_months(row["first"], row["last"]),
            transformation=HOWS[row["how"]],
            quantity=Quantity(self.exact(position), unit, row["decimals"]),
            stage=STAGES[row["stage"]],
            origin=_origin(self.datings.words[row["dated"]]),
            comparator=COMPARATORS[row["comparator"]],
            bound=BOUNDS[row["bound"]],
            basis=self.bases.words[row["basis"]],
            published=_published(row["published"], row["age"]),
            id=row["id"],
        )


@cache
def _origin(dated: str) -> Origin:
    return Origin("ledger", published_basis=dated)


_DOUBTFUL, _LENGTHS = 1 << 40, {0: 0, 4: 1, 7: 2, 10: 3}


def _ages(told: dict[str, Sequence[Any]], published: NDArray[Any]) -> NDArray[np.int64]:
    """One number a row, greater for the one that stands before the others of its cell: not a misprint, published
    later, its day known more precisely. Of equal ones the row entered later comes later in the arrays."""
    sure = ~np.array(told["doubtful"], bool)
    precise = np.array([_LENGTHS[len(text)] for text in told["published"]], np.int64)
    ages: NDArray[np.int64] = sure * np.int64(_DOUBTFUL) + published.astype(np.int64) * 4 + precise
    return ages


def _published(ordinal: int, age: int) -> PartialDate | None:
    if not ordinal:
        return None
    day = date.fromordinal(ordinal).isoformat()
    return PartialDate(day[: (0, 4, 7, 10)[age & 3]])


def _mapped(values: Sequence[Any], make: Any) -> list[int]:
    """`make` for each different value once: days and moments repeat."""
    known = {value: make(value) for value in set(values)}
    return [known[value] for value in values]


def _ordinal(day: date | str | None) -> int:
    if not day:
        return 0
    return (date.fromisoformat(day[:10]) if isinstance(day, str) else day).toordinal()


def _microseconds(moment: datetime | str) -> int:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    passed = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (passed.days * 86_400 + passed.seconds) * 1_000_000 + passed.microseconds


_serial = count()
_WORTH_SAVING = 20_000  # rows read since the file was written
_VERSION = 2
_WORDS = ("indicators", "areas", "bases", "units", "datings", "series")
_known: dict[str, Columns] = {}
_lock = Lock()


def columns(stamp: Stamp) -> Columns:
    """The columns of the database in use, caught up to the stamp."""
    with _lock:
        path = Path(settings.HOME) / "panels" / "ledger.parquet"
        kept = _known.get(stamp.database) or Columns.stored(path) or Columns()
        if kept.stamp != (stamp.observation, stamp.withdrawal, stamp.entered):
            if not kept.holds():
                kept = Columns()
            kept.catch_up(stamp)
        _known[stamp.database] = kept
        if kept.size - kept.saved > _WORTH_SAVING:
            kept.save(path)
        return kept


on_forget(_known.clear)


def of(person: Someone) -> Columns:
    """The columns as of the person's request; `scope` narrows every question to what the person may see."""
    return columns(stamp(person))


def scope(person: Someone, area: Area | None, as_of: AsOf = NOW, indicators: frozenset[str] | None = None) -> Scope:
    """The rows of one area (None: of all) that a person may see."""
    return Scope(stamp(person).areas, None if area is None else frozenset({area.key}), indicators, as_of)
