"""What a register's declaration says of counting, of being complete, and of milestones; the numbers of §2 that it gives."""

from dataclasses import replace
from datetime import date

import pytest

from sct.catalogue import load
from sct.catalogue.completeness import complete_for
from sct.catalogue.histories import Event, Snapshot
from sct.catalogue.milestones import milestones, next_planned
from sct.catalogue.registers import Completeness, load_registers, register

REGISTERS = load_registers()
HANOI, BA_DINH = "01@2008-08-01", "00004@2025-07-01"
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def rule_of(code, indicator, breakdown=""):
    return next(r for r in register(code).counts if (r.indicator, r.breakdown) == (indicator, breakdown))


# Numbered indicators that no register can give, each with its reason.
ELSEWHERE = {
    "QL04": "a share of a target: the plan's, from QL03",
}


@pytest.mark.parametrize("group", ["CC", "KP", "LN", "KC", "HT", "QL", "AT", "GP", "KM", "BO", "XT"])
def test_every_indicator_of_a_register_group_is_counted_or_says_why_not(group):
    counted = {rule.indicator for one in REGISTERS.values() for rule in one.counts}
    known = load().indicators
    left = {
        one.number: one
        for one in known.values()
        if (one.number or "").startswith(group) and one.number[len(group) :].isdigit() and one.code not in counted
    }
    by_formula = {number for number, one in left.items() if one.formula}
    assert set(left) - by_formula <= set(ELSEWHERE), set(left)
    for number in by_formula:
        from sct.catalogue.formula import names_in

        assert {name.code for name in names_in(left[number].formula)} <= counted


def test_a_breakdown_is_counted_once_for_each_choice_of_its_field():
    told = {r.breakdown: r.where for r in register("grid_works").counts if r.indicator == "grid_projects_started"}
    assert list(told) == ["", "voltage:500", "voltage:220", "voltage:110", "voltage:medium_low"]
    assert told["voltage:220"][-1].values == ("220",)


def test_two_registers_never_count_one_cell_twice():
    cells = [(rule.indicator, rule.breakdown) for one in REGISTERS.values() for rule in one.counts]
    assert len(cells) == len(set(cells))


# -- complete -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "area", "holds"),
    [
        ({}, HANOI, True),
        ({"area": HANOI}, BA_DINH, True),
        ({"area": BA_DINH}, HANOI, False),
        ({"since": date(2025, 1, 1)}, HANOI, False),
        ({"until": date(2024, 6, 30)}, HANOI, False),
        ({"states": ("operating", "full", "extended")}, HANOI, True),
        ({"states": ("operating",)}, HANOI, False),
        ({"only": {"kind": "craft"}}, HANOI, False),
    ],
)
def test_a_register_is_complete_only_for_what_somebody_said_it_is(stated, area, holds):
    one = replace(Completeness(date(2024, 12, 1), "rà soát"), **stated)
    kind = replace(register("industrial_clusters"), complete=(one,))
    rule = rule_of("industrial_clusters", "clusters_operating")
    assert (complete_for(kind, rule, area, YEAR, load().areas) is not None) is holds


def test_a_flow_needs_the_register_to_be_complete_from_its_first_day():
    one = Completeness(date(2024, 12, 1), "rà soát")
    kind = replace(register("industrial_clusters"), complete=(one,))
    flow = rule_of("industrial_clusters", "clusters_completed")
    assert complete_for(kind, flow, HANOI, YEAR, load().areas) is None
    kind = replace(kind, complete=(replace(one, since=date(2023, 12, 15)),))
    assert complete_for(kind, flow, HANOI, YEAR, load().areas) is not None


def test_no_packaged_register_claims_to_be_complete():
    assert not [one.code for one in REGISTERS.values() if one.complete]


# -- milestones ---------------------------------------------------------------------------------------------------


def life(*steps, **values):
    first = {"name": "TBA 110 kV", **values}
    return [Event(date.fromisoformat(day), state, first if n == 0 else {}) for n, (state, day) in enumerate(steps)]


def test_milestones_set_the_plan_beside_the_day_it_was_reached():
    told = milestones(
        register("grid_works"),
        life(
            ("clearing", "2024-03-01"),
            ("started", "2024-09-10"),
            cleared_planned="2024-06-30",
            start_planned="2024-09-01",
            energise_planned="2025-06-30",
        ),
        date(2025, 7, 10),
    )
    assert [(m.state.code, m.late, m.passed) for m in told] == [
        ("cleared", None, True),  # passed without a note of when
        ("started", 9, True),
        ("energised", 10, False),
    ]


def test_a_day_known_only_by_its_month_tells_no_days_of_delay():
    event = Event(date(2024, 9, 1), "started", {"name": "x", "start_planned": "2024-08-01"}, precision=7)
    (told,) = [m for m in milestones(register("grid_works"), [event], date(2025, 1, 1)) if m.state.code == "started"]
    assert told.actual == date(2024, 9, 1) and told.late is None


def test_what_comes_next_is_the_nearest_planned_day_ahead():
    values = {"start_planned": "2024-09-01", "energise_planned": "2025-06-30"}
    state, day = next_planned(register("grid_works"), Snapshot("clearing", date(2024, 1, 1), values))
    assert (state.code, day) == ("started", date(2024, 9, 1))
    assert next_planned(register("grid_works"), Snapshot("energised", date(2024, 1, 1), values)) is None
