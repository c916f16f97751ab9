"""Families: indicators tied together by formulas, parents and partitions, computed and kept as one.

A new observation makes its own family stale and no other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sct.catalogue.model import Area, Indicator
from sct.engine.formulas import Compiled, compiled
from sct.engine.grammar import Name
from sct.engine.panel import Variable
from sct.errors import Place, UserError
from sct.words import _


class Words(Protocol):
    """What the engine asks of a catalogue."""

    @property
    def indicators(self) -> Mapping[str, Indicator]: ...

    @property
    def areas(self) -> Mapping[str, Area]: ...


@dataclass(frozen=True, slots=True)
class Ties:
    """How the series of a catalogue hang together.

    `meta` describes a variable; `wholes` gives the whole a part belongs to, `parts` the complete divisions of a
    whole, `formulas` the computed variables with their operands, `family_of` the family of an indicator code.
    """

    indicators: Mapping[str, Indicator]
    named: Mapping[Variable, Indicator]
    wholes: Mapping[Variable, Variable]
    parts: Mapping[Variable, tuple[tuple[Variable, ...], ...]]
    formulas: Mapping[Variable, tuple[Compiled, tuple[Variable, ...]]]
    family_of: Mapping[str, str]

    def meta(self, variable: Variable) -> Indicator:
        found = self.named.get(variable) or self.indicators.get(variable[0])
        if found is None:
            raise unknown(variable[0])
        return found

    def whole_of(self, variable: Variable) -> Variable | None:
        """The declared whole, else the indicator that a breakdown divides or a component belongs to."""
        if variable in self.wholes:
            return self.wholes[variable]
        if variable[1]:
            return variable[0], ""
        parent = self.meta(variable).parent
        return (parent, "") if parent in self.indicators else None

    def top_of(self, variable: Variable) -> Variable | None:
        """The whole whose growth a part contributes to: industry contributes to GRDP, not to industry and
        construction; a breakdown contributes to its own indicator.
        """
        top = self.whole_of(variable)
        seen = {variable}
        while top is not None and top not in seen and not variable[1]:
            seen.add(top)
            variable, above = top, self.whole_of(top)
            top = above if above is not None and above not in seen else top
        return top


def ties(catalogue: Words) -> Ties:
    """Raises `UserError` for a formula that does not parse, names what is not declared or needs itself."""
    views: Mapping[str, Indicator] = getattr(catalogue, "views", {})
    indicators = catalogue.indicators
    named = {entry.series: entry for entry in views.values() if entry.series[1]}
    wholes: dict[Variable, Variable] = {}
    parts: dict[Variable, list[tuple[Variable, ...]]] = defaultdict(list)
    for indicator in indicators.values():
        for partition in indicator.partitions:
            for part in partition.parts:
                wholes.setdefault(part, partition.whole)
            if partition.additive:
                parts[partition.whole].append(partition.parts)
    formulas: dict[Variable, tuple[Compiled, tuple[Variable, ...]]] = {}
    for indicator in indicators.values():
        if indicator.formula:
            formula = compiled(indicator.formula)
            formulas[indicator.series] = formula, tuple(series_of(name, indicators, views) for name in formula.names)
    for circle in _circles({target: operands for target, (_formula, operands) in formulas.items()}):
        raise _circle(circle)
    joined = {whole: tuple(divisions) for whole, divisions in parts.items()}
    return Ties(indicators, named, wholes, joined, formulas, _families(indicators, wholes, formulas))


def families(catalogue: Words) -> dict[str, tuple[str, ...]]:
    """Each family by its name, the first of its codes in the order of the alphabet."""
    grouped: dict[str, list[str]] = defaultdict(list)
    for code, family in ties(catalogue).family_of.items():
        grouped[family].append(code)
    return {name: tuple(sorted(codes)) for name, codes in sorted(grouped.items())}


def series_of(name: Name, indicators: Mapping[str, Indicator], views: Mapping[str, Indicator]) -> Variable:
    """The variable a formula's name means; a view (`exports_fdi`) stands for its breakdown of the parent."""
    entry = indicators.get(name.code) or views.get(name.code)
    if entry is None:
        raise unknown(name.code)
    code, breakdown = entry.series
    return code, name.breakdown or breakdown


def check_formulas(catalogue: Words) -> list[UserError]:
    """Every fault of the declared formulas: grammar, unknown names, formulas that need themselves."""
    views: Mapping[str, Indicator] = getattr(catalogue, "views", {})
    faults: list[UserError] = []
    needs: dict[Variable, tuple[Variable, ...]] = {}
    for indicator in catalogue.indicators.values():
        if not indicator.formula:
            continue
        try:
            formula = compiled(indicator.formula)
            needs[indicator.series] = tuple(series_of(name, catalogue.indicators, views) for name in formula.names)
        except UserError as fault:
            place = fault.place or Place()
            faults.append(fault.at(Place(field=f"{indicator.code}.formula", start=place.start, end=place.end)))
    faults += [_circle(circle) for circle in _circles(needs)]
    return faults


def unknown(code: str) -> UserError:
    return UserError("unknown-indicator", _("Không có chỉ tiêu mang mã này"), value=code)


def _circle(circle: Sequence[Variable]) -> UserError:
    shown = " → ".join(code for code, _breakdown in circle)
    return UserError(
        "formula-circle",
        _("Các công thức cần lẫn nhau, không tính được"),
        value=shown,
        way_out=_("Bỏ công thức của một chỉ tiêu trong vòng"),
        place=Place(field=f"{circle[0][0]}.formula"),
    )


def _circles(needs: Mapping[Variable, tuple[Variable, ...]]) -> Iterator[list[Variable]]:
    done: set[Variable] = set()

    def walk(variable: Variable, path: list[Variable]) -> Iterator[list[Variable]]:
        if variable in path:
            yield [*path[path.index(variable) :], variable]
        elif variable not in done:
            for operand in needs.get(variable, ()):
                yield from walk(operand, [*path, variable])
            done.add(variable)

    for variable in needs:
        yield from walk(variable, [])


def _families(
    indicators: Mapping[str, Indicator],
    wholes: Mapping[Variable, Variable],
    formulas: Mapping[Variable, tuple[Compiled, tuple[Variable, ...]]],
) -> dict[str, str]:
    """The smallest code of each set of tied codes (union–find)."""
    root = {code: code for code in indicators}

    def find(code: str) -> str:
        while root.setdefault(code, code) != code:
            root[code] = root[root[code]]
            code = root[code]
        return code

    def tie(one: str, other: str) -> None:
        first, second = sorted((find(one), find(other)))
        root[second] = first

    for code, indicator in indicators.items():
        if indicator.parent in indicators:
            tie(code, indicator.parent)
    for part, whole in wholes.items():
        tie(part[0], whole[0])
    for variable, (_formula, operands) in formulas.items():
        for operand in operands:
            tie(variable[0], operand[0])
    return {code: find(code) for code in list(root)}
