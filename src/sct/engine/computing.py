"""A family's panels: what is reported, and everything the recipes make of it, computed when first asked for.

Nothing derived is stored: computing a family is quicker than reading it back (DESIGN §5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from sct.catalogue.model import Indicator, Kind, Transformation
from sct.engine import kernels, recipes
from sct.engine.areas import AreaTree
from sct.engine.axis import Axis, Grain
from sct.engine.families import Ties
from sct.engine.panel import Floats, Panel, Variable
from sct.engine.recipes import LEVEL, Recipe, Step, Take, Which

Key = tuple[Which, Transformation, Grain, Variable]
OF_WHOLE = (Transformation.SHARE, Transformation.CONTRIBUTION, Transformation.GROWTH_SHARE)


class FamilyPanels:
    """Panels of one family over one axis. Blocks are [area, column]; they are shared, treat them as read-only."""

    def __init__(
        self,
        name: str,
        axis: Axis,
        ties: Ties,
        tree: AreaTree,
        *,
        reported: Mapping[tuple[Transformation, Grain], Panel],
        plans: Mapping[Grain, Panel] | None = None,
    ) -> None:
        self.name = name
        self.axis = axis
        self.ties = ties
        self.tree = tree
        self.reported = reported
        self.plans = plans or {}
        self._made: dict[Key, Floats | None] = {}
        self._making: set[Key] = set()
        self._levels: dict[Grain, tuple[kernels.Level, ...]] = {}
        self._usable: dict[int, tuple[Recipe, tuple[Step, ...]]] = {}

    @property
    def variables(self) -> tuple[Variable, ...]:
        """Every variable that is reported or could be computed, sorted."""
        found = {variable for panel in self.reported.values() for variable in panel.variables}
        made = {target for target in (*self.ties.formulas, *self.ties.parts) if self._operands(target) & found}
        return tuple(sorted(found | made))

    def _operands(self, target: Variable) -> set[Variable]:
        operands = set(self.ties.formulas[target][1]) if target in self.ties.formulas else set()
        return operands.union(*self.ties.parts.get(target, ()))

    def forget(self, keep: Transformation | None = None) -> None:
        """Let go of what was computed, except blocks of one transformation."""
        self._made = {key: block for key, block in self._made.items() if key[1] is keep}

    # -- blocks ---------------------------------------------------------------------------------------

    def block(self, which: Which, transformation: Transformation, grain: Grain, variable: Variable) -> Floats | None:
        """Values of a variable; None where nothing at all is known."""
        if which is Which.REPORTED or which is Which.SETTLED:
            panel = self.reported.get((transformation, grain))
            reported = None if panel is None else panel.block(variable)
            if reported is None or which is Which.REPORTED:
                return reported
        if which is Which.PLAN:
            return self.plans[grain].block(variable) if grain in self.plans else None
        key = (which, transformation, grain, variable)
        if key not in self._made:
            if key in self._making:
                return None  # a series is not computed from itself
            self._making.add(key)
            try:
                self._made[key] = self._make(*key)
            finally:
                self._making.discard(key)
        return self._made[key]

    def best(self, transformation: Transformation, grain: Grain, variable: Variable) -> Floats | None:
        """Reported, else computed."""
        return self.block(Which.BEST, transformation, grain, variable)

    def computed(self, transformation: Transformation, grain: Grain, variable: Variable) -> Floats | None:
        return self.block(Which.COMPUTED, transformation, grain, variable)

    def _make(self, which: Which, transformation: Transformation, grain: Grain, variable: Variable) -> Floats | None:
        reported = self.block(Which.REPORTED, transformation, grain, variable)
        if which is Which.SETTLED:
            return self._settled(reported, grain, variable)
        if which is Which.BEST:
            return _filled(reported, self.computed(transformation, grain, variable))
        made: Floats | None = None
        for recipe in self.recipes(transformation, grain, variable):
            if made is not None and not np.isnan(made).any():
                return made
            made = _filled(made, self._applied(recipe, grain, variable))
        if transformation is LEVEL and self.rolls(grain, variable):
            made = _filled(made, self._rolled(_filled(reported, made), grain)[0])
        return made

    def rolls(self, grain: Grain, variable: Variable) -> bool:
        return recipes.adds_over_areas(self.ties.meta(variable)) and bool(self.levels(grain))

    def levels(self, grain: Grain) -> tuple[kernels.Level, ...]:
        if grain not in self._levels:
            self._levels[grain] = self.tree.levels(self.axis, grain)
        return self._levels[grain]

    def _settled(self, reported: Floats | None, grain: Grain, variable: Variable) -> Floats | None:
        if reported is None or not self.rolls(grain, variable):
            return reported
        return self._rolled(reported, grain)[1]

    def _rolled(self, block: Floats | None, grain: Grain) -> tuple[Floats | None, Floats | None]:
        return (None, None) if block is None else kernels.roll_up(block, self.levels(grain))

    # -- recipes --------------------------------------------------------------------------------------

    def recipes(self, transformation: Transformation, grain: Grain, variable: Variable) -> tuple[Recipe, ...]:
        """The recipes of a variable's computed cells, in order; none where its kind refuses."""
        indicator = self.ties.meta(variable)
        if transformation is LEVEL:
            return self._of_level(indicator, grain, variable)
        if transformation in OF_WHOLE:
            return self._of_whole(transformation, grain, variable)
        if transformation is Transformation.SINCE_DECEMBER:
            price_index = indicator.kind is Kind.INDEX and grain is Grain.MONTH
            return recipes.since_december() if price_index else ()
        if transformation is Transformation.PROGRESS:
            return recipes.progress(grain) if recipes.grows(indicator) else ()
        return recipes.growth(transformation, grain) if recipes.grows(indicator) else ()

    def _of_level(self, indicator: Indicator, grain: Grain, variable: Variable) -> tuple[Recipe, ...]:
        found = list(recipes.over_time(indicator, grain))
        if recipes.has_parts(indicator):
            for parts in self.ties.parts.get(variable, ()):
                found.append(recipes.together(kernels.total, grain, parts, Which.SETTLED))
        formula = self.ties.formulas.get(variable)
        if formula is not None and formula[1]:
            found.append(recipes.together(formula[0].kernel, grain, formula[1], Which.BEST))
        return tuple(found)

    def _of_whole(self, transformation: Transformation, grain: Grain, variable: Variable) -> tuple[Recipe, ...]:
        direct = transformation is Transformation.SHARE
        whole = self.ties.whole_of(variable) if direct else self.ties.top_of(variable)
        if whole is None or whole == variable:
            return ()
        if transformation is Transformation.GROWTH_SHARE:
            return recipes.of_whole(transformation, grain, whole)
        same_kind = recipes.has_parts(self.ties.meta(variable)) and recipes.has_parts(self.ties.meta(whole))
        # Structure (cơ cấu) is told at current prices; at constant prices it would shift with the base year.
        constant = direct and self.ties.meta(whole).price_basis == "constant"
        return recipes.of_whole(transformation, grain, whole) if same_kind and not constant else ()

    def _applied(self, recipe: Recipe, grain: Grain, variable: Variable) -> Floats | None:
        shape = (len(self.axis.areas), self.axis.columns(grain))
        whole_years = recipe.kernel.scan
        if whole_years is not None:
            source = self._source(recipe.steps[0].takes[0], variable)
            if source is None:
                return None
            return whole_years(source.reshape(shape[0], self.axis.years, -1)).reshape(shape)
        steps = self._steps(recipe)
        if not steps:
            return None
        result = np.full(shape, np.nan)
        found = False
        for step in steps:
            sources = [self._source(take, variable) for take in step.takes]
            if all(source is not None for source in sources):
                found = True
                _apply(recipe, step, [source for source in sources if source is not None], result)
        return result if found else None

    def _steps(self, recipe: Recipe) -> tuple[Step, ...]:
        """The steps whose settled operands have a reported panel at all; most recipes of a family have none."""
        known = self._usable.get(id(recipe))
        if known is None:
            missing = {grain for grain in Grain if (LEVEL, grain) not in self.reported}
            steps = tuple(
                step
                for step in recipe.steps
                if not any(take.which is Which.SETTLED and take.grain in missing for take in step.takes)
            )
            known = self._usable[id(recipe)] = recipe, steps  # the recipe is held, so its id stays its own
        return known[1]

    def _source(self, take: Take, variable: Variable) -> Floats | None:
        return self.block(take.which, take.transformation, take.grain, take.variable or variable)

    def grains(self, transformation: Transformation) -> Iterator[Grain]:
        """Grains at which a transformation can be computed."""
        for grain in Grain:
            if transformation is Transformation.MOM and grain not in (Grain.MONTH, Grain.QUARTER, Grain.HALF):
                continue
            if transformation is not Transformation.SINCE_DECEMBER or grain is Grain.MONTH:
                yield grain


def _filled(first: Floats | None, second: Floats | None) -> Floats | None:
    if first is None or second is None:
        return second if first is None else first
    missing = np.isnan(first)
    return np.where(missing, second, first) if missing.any() else first


def _apply(recipe: Recipe, step: Step, sources: Sequence[Floats], result: Floats) -> None:
    """One step into `result`, over the columns for which every operand lies inside its panel."""
    first, last = reach(step, tuple(source.shape[1] for source in sources), result.shape[1])
    if first > last:
        return
    operands = [
        source[:, take.offset + take.step * first : take.offset + take.step * last + 1 : take.step]
        for take, source in zip(step.takes, sources, strict=True)
    ]
    start, stop = step.phase + step.stride * first, step.phase + step.stride * last + 1
    result[:, start : stop : step.stride] = recipe.kernel.run(operands)


@lru_cache(maxsize=4096)
def reach(step: Step, widths: tuple[int, ...], width: int) -> tuple[int, int]:
    """First and last k of a step whose target and operands all lie inside their panels."""
    first = 0
    last = (width - 1 - step.phase) // step.stride
    for take, source in zip(step.takes, widths, strict=True):
        first = max(first, -(take.offset // take.step))
        last = min(last, (source - 1 - take.offset) // take.step)
    return first, last
