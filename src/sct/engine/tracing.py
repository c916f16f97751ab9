"""The way back: the exact value of a computed cell and the figures it came from, by the same recipes as the panel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sct.catalogue.model import Figure, Transformation
from sct.engine import kernels
from sct.engine.axis import Grain
from sct.engine.bounds import Bounds
from sct.engine.computing import FamilyPanels
from sct.engine.kernels import Kernel
from sct.engine.panel import Variable
from sct.engine.recipes import LEVEL, Recipe, Take, Which
from sct.vietnamese.periods import Period
from sct.words import _


@dataclass(frozen=True, slots=True)
class Leaf:
    """A figure of the ledger."""

    figure: Figure
    label: str

    @property
    def value(self) -> Fraction:
        return self.figure.quantity.value


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that the kernel itself needs (how many years)."""

    value: Fraction
    label: str


@dataclass(frozen=True, slots=True)
class Made:
    """A computed value with its operands; `label` names the cell."""

    kernel: Kernel
    operands: tuple[Node, ...]
    value: Fraction
    label: str


Node = Leaf | Constant | Made
_SUMS = (kernels.total, kernels.ytd)


def leaves(node: Node) -> Iterator[Figure]:
    """The figures under a node, in the order of reading."""
    if isinstance(node, Leaf):
        yield node.figure
    elif isinstance(node, Made):
        for operand in node.operands:
            yield from leaves(operand)


def text(node: Node) -> str:
    """The formula with codes and periods; sums of the same kind are written Σ, other computed operands open up."""
    if not isinstance(node, Made):
        return node.label
    if node.kernel.additive and len(node.operands) == 1 and node.kernel is not kernels.areas:
        return text(node.operands[0])
    if node.kernel is kernels.areas:
        return _("Σ {cell} của {n} địa bàn").format(cell=node.label, n=len(node.operands))
    return node.kernel.show([_operand(operand) for operand in node.operands])


def bounds(node: Node) -> Bounds:
    """What the value can be, given the printed digits of its figures; raises `ZeroDivisionError`."""
    return Bounds.of(_ends(node))


def _ends(node: Node) -> Any:
    if isinstance(node, Leaf):
        half = node.figure.quantity.half_step
        return Bounds(node.value - half, node.value + half)
    if isinstance(node, Constant):
        return node.value
    return node.kernel.arithmetic(*(_ends(operand) for operand in node.operands))


def made(kernel: Kernel, operands: tuple[Node, ...], label: str) -> Made | None:
    """A node, or None where a base is not positive, a divisor is zero or price bases differ."""
    if any(operands[base].value <= 0 for base in kernel.bases()):
        return None
    try:
        value = Fraction(kernel.arithmetic(*(operand.value for operand in operands)))
    except ZeroDivisionError:
        return None
    node = Made(kernel, operands, value, label)
    return None if len(bases(node)) > 1 else node


def bases(node: Node) -> set[str]:
    """The price bases that the levels under a node speak of, as far as they are told."""
    return {figure.basis for figure in leaves(node) if figure.basis and figure.transformation is LEVEL}


def label_of(variable: Variable, period: Period, transformation: Transformation = LEVEL) -> str:
    """`exports[sector:fdi](2024-09)`, `grdp.yoy(2024)`."""
    code, breakdown = variable
    name = f"{code}[{breakdown}]" if breakdown else code
    return f"{name}({period})" if transformation is LEVEL else f"{name}.{transformation.value}({period})"


class Tracer:
    """Finds the nodes of a family's cells. `lookup` gives the figure of an observation number."""

    def __init__(self, panels: FamilyPanels, lookup: Callable[[int], Figure]) -> None:
        self.panels = panels
        self.lookup = lookup

    def trace(self, take: Take, variable: Variable, row: int, column: int) -> Node | None:
        """The node of one cell, `take` telling which value of it; None where it is not known."""
        variable = take.variable or variable
        match take.which:
            case Which.REPORTED | Which.PLAN:
                return self._leaf(take, variable, row, column)
            case Which.SETTLED:
                return self._leaf(take, variable, row, column) or self._areas(take, variable, row, column)
            case Which.BEST:
                leaf = self._leaf(take, variable, row, column)
                return leaf or self._computed(take.transformation, take.grain, variable, row, column)
            case _:
                return self._computed(take.transformation, take.grain, variable, row, column)

    def _leaf(self, take: Take, variable: Variable, row: int, column: int) -> Leaf | None:
        plan = take.which is Which.PLAN
        panels = self.panels
        panel = panels.plans.get(take.grain) if plan else panels.reported.get((take.transformation, take.grain))
        number = -1 if panel is None else panel.cell(variable, row, column)
        if number < 0:
            return None
        period = panels.axis.period(take.grain, column)
        label = label_of(variable, period, take.transformation)
        return Leaf(self.lookup(number), f"{label}.plan" if plan else label)

    def _computed(
        self, transformation: Transformation, grain: Grain, variable: Variable, row: int, column: int
    ) -> Node | None:
        for recipe in self.panels.recipes(transformation, grain, variable):
            operands = self._operands(recipe, grain, variable, row, column)
            if operands is not None:
                period = self.panels.axis.period(grain, column)
                node = made(recipe.kernel, operands, label_of(variable, period, transformation))
                if node is not None and not _itself(node, variable, period):
                    return node
        return self._areas(Take(Which.BEST, grain), variable, row, column) if transformation is LEVEL else None

    def _operands(
        self, recipe: Recipe, grain: Grain, variable: Variable, row: int, column: int
    ) -> tuple[Node, ...] | None:
        for takes, number in self.steps(recipe, grain, column):
            nodes: list[Node] = []
            for take in takes:
                node = self.trace(take, variable, row, take.offset + take.step * number)
                if node is None:
                    break
                nodes.append(node)
            else:
                return tuple(nodes)
        return None

    def steps(self, recipe: Recipe, grain: Grain, column: int) -> Iterator[tuple[tuple[Take, ...], int]]:
        """The steps of a recipe that make a column: its operands, and its k."""
        axis = self.panels.axis
        for step in recipe.steps:
            number, rest = divmod(column - step.phase, step.stride)
            if (
                rest == 0
                and number >= 0
                and all(0 <= take.offset + take.step * number < axis.columns(take.grain) for take in step.takes)
            ):
                yield step.takes, number

    def _areas(self, take: Take, variable: Variable, row: int, column: int) -> Node | None:
        """The sum of the areas within an area, all of them."""
        if take.transformation is not LEVEL or not self.panels.rolls(take.grain, variable):
            return None
        for level in self.panels.levels(take.grain):
            for position, parent in enumerate(level.parents):
                if parent == row:
                    return self._sum(take, variable, level, position, column)
        return None

    def _sum(self, take: Take, variable: Variable, level: kernels.Level, position: int, column: int) -> Node | None:
        ends = [*level.starts[1:], len(level.children)]
        nodes: list[Node] = []
        for place in range(int(level.starts[position]), int(ends[position])):
            if level.valid[place, column]:
                node = self.trace(take, variable, int(level.children[place]), column)
                if node is not None:
                    nodes.append(node)
        if not nodes or len(nodes) != int(level.needed[position, column]):
            return None
        period = self.panels.axis.period(take.grain, column)
        return made(kernels.areas, tuple(nodes), label_of(variable, period))


def _itself(node: Made, variable: Variable, period: Period) -> bool:
    """Whether a level is nothing but the reported figure of its own cell under its other name (S1 is M01-M06)."""
    if len(node.operands) > 1 or not isinstance(node.operands[0], Leaf):
        return False
    figure = node.operands[0].figure
    mine = (figure.series.indicator, figure.series.breakdown) == variable
    return mine and figure.transformation is LEVEL and figure.period.canonical == period.canonical


def _operand(node: Node) -> str:
    if not isinstance(node, Made):
        return node.label
    if node.kernel.additive and len(node.operands) == 1 and node.kernel is not kernels.areas:
        return _operand(node.operands[0])
    if node.kernel is kernels.areas or (node.kernel in _SUMS and len(node.operands) > 3):
        return f"Σ{node.label}"
    return f"({text(node)})"
