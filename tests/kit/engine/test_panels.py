"""Whole panels: kernels against brute force, threads against one, disk against memory."""

import math
from datetime import date
from string import Formatter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sct.catalogue.model import Transformation
from sct.engine import derive
from sct.engine.areas import AreaTree
from sct.engine.axis import Axis, Grain, grain_of
from sct.engine.computing import FamilyPanels
from sct.engine.families import ties
from sct.engine.family import fingerprint
from sct.engine.kernels import KERNELS, Level, roll_up
from sct.engine.panel import Panel
from sct.engine.recipes import LEVEL
from sct.engine.runner import Measure, run
from sct.engine.store import Store
from sct.errors import UserError
from sct.vietnamese.periods import Period
from tests.kit.engine.world import COUNTRY, EAST, YOY, catalogue, figure, get, months, series
from tests.strategies_engine import ledgers

MEASURES = [Measure(t, g) for t in (LEVEL, Transformation.MOM, YOY, Transformation.SHARE) for g in Grain]


def generated(code, seed, holes=0.1):
    """Two provinces and their country over four years, with holes."""
    world = catalogue()
    axis = Axis(tuple(sorted(world.areas)), 2020, 4)
    random = np.random.default_rng(seed)
    values = random.uniform(1, 1000, (1, len(axis.areas), 48))
    values[random.uniform(size=values.shape) < holes] = np.nan
    values[:, axis.row(COUNTRY.key)] = np.nan
    panel = Panel(Grain.MONTH, axis, {(code, ""): 0}, values)
    return FamilyPanels(code, axis, ties(world), AreaTree(world.areas), reported={(LEVEL, Grain.MONTH): panel})


def copied(_panels, blocks):
    return [(measure, variable, block.copy()) for measure, variable, block in blocks]


def test_every_kernel_says_what_it_needs_and_gives():
    assert {
        "mom",
        "yoy",
        "ytd",
        "total",
        "last",
        "share",
        "contribution",
        "average_yearly",
        "progress",
    } <= KERNELS.keys()
    for name, kernel in KERNELS.items():
        assert kernel.name == name
        assert kernel.unit in {"", "percent", "percentage_point"}
        shown = {field for _text, field, _spec, _conversion in Formatter().parse(kernel.text) if field}
        assert shown <= {"all", "n"} if kernel.takes_many else shown == set(kernel.operands)
        assert set(kernel.positive) <= set(kernel.operands)


def test_growth_still_needed_reaches_the_target():
    done, year_before, done_before, target = 50.0, 100.0, 48.0, 7.5
    rest = KERNELS["pace"].arithmetic(target, done, year_before, done_before)
    assert math.isclose(done + (year_before - done_before) * (1 + rest / 100), year_before * (1 + target / 100))


@pytest.mark.parametrize("grain", [Grain.MONTH, Grain.QUARTER, Grain.YEAR, Grain.CUMULATIVE])
def test_a_panel_equals_a_loop_over_its_cells(grain):
    panels = generated("exports", seed=1)
    monthly = panels.reported[LEVEL, Grain.MONTH].block(("exports", ""))
    level, growth = (panels.best(t, grain, ("exports", "")) for t in (LEVEL, YOY))
    row = panels.axis.row(EAST.key)
    for column in range(panels.axis.columns(grain)):
        first, last = (m - 2020 * 12 for m in panels.axis.period(grain, column).months)
        expected = math.fsum(monthly[row, first : last + 1].tolist())
        assert math.isclose(level[row, column], expected, rel_tol=1e-12) or (
            np.isnan(level[row, column]) and np.isnan(expected)
        )
        before = level[row, column - grain.per_year] if column >= grain.per_year else math.nan
        wanted = 100 * (level[row, column] / before - 1)
        assert growth[row, column] == wanted or (np.isnan(growth[row, column]) and np.isnan(wanted))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.floats(-1e6, 1e6) | st.just(math.nan), min_size=3, max_size=3), min_size=1, max_size=8),
    st.data(),
)
def test_roll_up_equals_brute_force(rows, data):
    parent = sorted(data.draw(st.integers(0, 2)) for _ in rows)
    parents = sorted(set(parent))
    block = np.array(rows + [[math.nan] * 3] * len(parents))
    level = Level(
        np.array([len(rows) + n for n in range(len(parents))]),
        np.arange(len(rows)),
        np.array([parent.index(p) for p in parents]),
        np.ones((len(rows), 3), bool),
        np.array([[parent.count(p)] * 3 for p in parents]),
    )
    sums, filled = roll_up(block, [level])
    for n, p in enumerate(parents):
        for column in range(3):
            expected = sum(row[column] for row, own in zip(rows, parent, strict=True) if own == p)
            got = sums[len(rows) + n, column]
            assert (np.isnan(got) and np.isnan(expected)) or math.isclose(got, expected, rel_tol=1e-9, abs_tol=1e-6)
            assert np.array_equal(filled[len(rows) + n], sums[len(rows) + n], equal_nan=True)
    assert np.array_equal(filled[: len(rows)], block[: len(rows)], equal_nan=True)


def test_threads_give_the_same_bits_as_one():
    def families():
        return [generated(code, seed) for seed, code in enumerate(["exports", "imports", "alone", "sales"] * 3)]

    alone = run(families(), MEASURES, copied, threads=1)
    together = run(families(), MEASURES, copied, threads=4, worth=0)
    assert [[(m, v) for m, v, _ in one] for one in alone] == [[(m, v) for m, v, _ in one] for one in together]
    for one, other in zip(alone, together, strict=True):
        assert one
        for (_m, _v, block), (_n, _w, same) in zip(one, other, strict=True):
            assert block.tobytes() == same.tobytes()


@settings(max_examples=25, deadline=None)
@given(figures=ledgers())
def test_a_stored_family_computes_the_same(figures, tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("families"))
    world = catalogue()
    derived = derive(figures, world)
    for name, family in derived.families.items():
        store.write_family(family.panels, fingerprint(family.feed.figures), id_of=lambda n, f=family: f.figure_at(n).id)
        assert store.fingerprint(name) == fingerprint(reversed(family.feed.figures))
        again = store.read_family(name, ties(world), AreaTree(world.areas))
        for variable in family.panels.variables:
            for grain in Grain:
                one, other = family.panels.best(YOY, grain, variable), again.best(YOY, grain, variable)
                assert (one is None) == (other is None)
                assert one is None or np.array_equal(one, other, equal_nan=True)
        for (transformation, grain), panel in again.reported.items():
            assert set(panel.cells[panel.cells >= 0].tolist()) == {
                f.id
                for f in family.feed.chosen.actual.values()
                if f.transformation is transformation and grain in {grain_of(name) for name in f.period.same_days}
            }


def test_a_fingerprint_changes_with_any_figure():
    figures = [figure("exports", "2023", 5), figure("exports", "2022", 4)]
    assert fingerprint(figures) == fingerprint(figures[::-1])
    assert fingerprint(figures) != fingerprint(figures[:1])
    assert fingerprint(figures) != fingerprint([figures[0], figure("exports", "2022", "4.0")])


def test_a_missing_or_broken_family_file_is_said_plainly(tmp_path):
    store = Store(tmp_path)
    world = catalogue()
    assert store.fingerprint("exports") == ""
    for prepare in (lambda: None, lambda: store.path("exports").write_bytes(b"not parquet")):
        prepare()
        with pytest.raises(UserError) as caught:
            store.read_family("exports", ties(world), AreaTree(world.areas))
        assert caught.value.code == "bad-family-file"


def test_columns_and_periods_are_inverse():
    axis = Axis(("x",), 2019, 5)
    for grain in Grain:
        for column in range(axis.columns(grain)):
            assert axis.column(axis.period(grain, column)) == column
    assert axis.column(Period.of_years(2019, 2021)) is None
    assert axis.column(Period.of_year(2018)) is None
    assert axis.column(Period.of_year(2024)) is None


def test_the_matrix_is_series_by_period():
    panels = generated("exports", seed=3)
    panel = panels.reported[LEVEL, Grain.MONTH]
    assert panel.matrix.shape == (len(panels.axis.areas), 48)
    assert np.shares_memory(panel.matrix, panel.values)


def test_engine_values_are_seen_by_the_area_of_the_day():
    d = derive(months("exports", 2023, range(1, 13)), catalogue())
    assert get(d, "exports", "2023").period.days()[1] == date(2023, 12, 31)
    assert d.refusal(series("alone"), Period.of_year(2023), LEVEL).code == "no-figures"
