"""Recall and precision: pages are printed, read by the real reader and proofed, clean and with one error sown."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from bench.proofing.pages import Page, Slot, page
from bench.proofing.sowing import KINDS, Sown
from sct.catalogue import load
from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.proofing import Finding, Verdict, proof
from sct.reading import open_document, read
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity
from sct.vietnamese.units import units
from sct.vietnamese.write import round_half_up

AREA = "Hà Nội"
BOUNDS = ("C4", "C13", "C18", "C25")  # relations that only bound a figure: most errors in it stay possible
STALE = "số đã có lần công bố mới · stale vintage"
SIZES = ((Fraction(3), "1–3"), (Fraction(10), "3–10"), (Fraction(10**12), "> 10"))  # in last printed digits


class Shelf:
    """A ledger in memory, one look-up a cell."""

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        self.cells: dict[tuple[SeriesKey, Period, Transformation], list[Figure]] = defaultdict(list)
        for figure in figures:
            self.cells[figure.cell].append(figure)

    def figures(self, series: SeriesKey, period: Period, transformation: Transformation) -> Sequence[Figure]:
        return self.cells.get((series, period, transformation), ())


def ledger(made: Page, newer: Fraction | None = None) -> Shelf:
    """What the ledger knows of a page; with `newer` every level has a later publication, that much higher."""
    key = load().area_named(made.area).key
    figures = []
    for code, period, transformation, value, decimals, unit in made.ledger:
        plan = transformation == "plan"
        way = Transformation.LEVEL if plan else Transformation(transformation)
        told = [(value, "2025-01-09")]
        if newer is not None and way is Transformation.LEVEL and not plan:
            told.append((value * newer, "2025-06-30"))
        for said, day in told:
            figures.append(
                Figure(
                    SeriesKey(code, key),
                    Period.parse(period),
                    way,
                    Quantity(round_half_up(said, decimals), units()[unit], decimals),
                    Stage.PLAN if plan else Stage.REPORTED,
                    Origin(kind="citation", title="sổ", published=PartialDate(day)),
                    published=PartialDate(day),
                    id=len(figures) + 1,
                )
            )
    return Shelf(figures)


def remarks(text: str, shelf: Shelf | None) -> list[Finding]:
    """What is said of a text, without what holds or could not be checked."""
    document = open_document(text.encode(), "trang.txt")
    found = proof(document, read(document, catalogue=load()), load(), shelf)
    return [f for f in found if f.verdict not in (Verdict.HOLDS, Verdict.UNCHECKED)]


def related(made: Page, shelf: Shelf | None) -> set[str]:
    """The slots of a clean page that stand in a relation which was checked and fixes them but for rounding."""
    text, places = made.print()
    document = open_document(text.encode(), "trang.txt")
    found = proof(document, read(document, catalogue=load()), load(), shelf)
    bound = [f for f in found if f.verdict is Verdict.HOLDS and f.check not in BOUNDS]
    spans = {(s.start, s.end) for f in bound for s in f.statements}
    return {name for name, place in places.items() if any(_touch(place, span) for span in spans)}


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@dataclass(slots=True)
class Count:
    """Errors of a kind: sown where a relation exists, remarked on, called NGHI or LỖI; remarks beside the error."""

    sown: int = 0
    remarked: int = 0
    called: int = 0
    right: int = 0  # remarks that rest on the error
    beside: int = 0  # remarks that do not
    by_size: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def add(self, size: str, found: Sequence[Finding], place: tuple[int, int]) -> None:
        mine = [f for f in found if any(_touch(place, (s.start, s.end)) for s in f.statements)]
        self.sown += 1
        self.remarked += bool(mine)
        self.called += any(f.verdict.is_problem for f in mine)
        self.right += len(mine)
        self.beside += len(found) - len(mine)
        self.by_size[size][0] += 1
        self.by_size[size][1] += bool(mine)


@dataclass(slots=True)
class Measured:
    """The counts by kind, and the false remarks of clean pages."""

    kinds: dict[str, Count]
    pages: int
    figures: int
    false: int
    false_problems: int


def measure(pages: int, *, with_ledger: bool) -> Measured:
    """Clean pages first, then each kind of error once a page."""
    kinds = {kind: Count() for kind in (*KINDS, *([STALE] if with_ledger else []))}
    figures = false = problems = 0
    for seed in range(1, pages + 1):
        made = page(seed, AREA, 2024)
        shelf = ledger(made) if with_ledger else None
        clean = remarks(made.print()[0], shelf)
        figures += len(made.slots)
        false += len(clean)
        problems += sum(f.verdict.is_problem for f in clean)
        bound = related(made, shelf)
        world = random.Random(seed)
        for kind in KINDS:
            chosen = _choose(kind, made, bound, world)
            if chosen is not None:
                slot, sown = chosen
                text, places = made.print({slot.name: sown.words})
                kinds[kind].add(_size(sown), remarks(text, shelf), places[slot.name])
        if with_ledger:
            _stale(made, kinds[STALE])
    return Measured(kinds, pages, figures, false, problems)


def _choose(kind: str, made: Page, bound: set[str], world: random.Random) -> tuple[Slot, Sown] | None:
    """A slot in a relation in which this kind of error can be made."""
    slots = [slot for slot in made.slots if slot.name in bound]
    world.shuffle(slots)
    for slot in slots:
        sown = KINDS[kind](slot, world)
        if sown is not None:
            return slot, sown
    return None


def _size(sown: Sown) -> str:
    return next(name for most, name in SIZES if sown.steps <= most)


def _stale(made: Page, count: Count) -> None:
    """The ledger has a later publication: every level of the page is that of an earlier one."""
    text, places = made.print()
    found = remarks(text, ledger(made, Fraction(103, 100)))
    for name in ("x", "m", "t", "r"):
        mine = [f for f in found if f.cause == "newer-vintage"]
        count.add(
            "> 10", [f for f in mine if any(_touch(places[name], (s.start, s.end)) for s in f.statements)], places[name]
        )
