"""Whether a register is complete enough that its count says something about a reported figure.

An empty or half-filled register proves nothing: 455 reported markets beside the 17 somebody has entered is no
disagreement. A register is complete only where its declaration says so (`complete`): for which area, states and
choices, since when, and who says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sct.catalogue.model import Area
from sct.catalogue.register_model import Completeness, Counting, Register


def complete_for(
    register: Register, rule: Counting, area: str, days: tuple[date, date], areas: Mapping[str, Area]
) -> Completeness | None:
    """The statement under which the register is complete for a counting of an area between two days; None: it is not.

    A stock is asked on the last day, a flow over both.
    """
    first = days[0] if rule.how in ("entered", "event_sum", "expired") else days[1]
    for one in register.complete:
        dated = one.since <= first and (one.until is None or days[1] <= one.until)
        stated = not one.states or set(rule.states) <= set(one.states)
        if dated and stated and _within(area, one.area, areas) and _chosen(rule, one):
            return one
    return None


def _within(area: str, whole: str, areas: Mapping[str, Area]) -> bool:
    """An area itself or one that holds it; a statement without an area is of all."""
    found = areas.get(area)
    while whole and found is not None and found.key != whole:
        found = areas.get(found.parent)
    return not whole or found is not None


def _chosen(rule: Counting, one: Completeness) -> bool:
    """Whether the counting asks for nothing beyond the choices the statement is about."""
    asked = {condition.field: set(condition.values) for condition in rule.where if condition.op in ("is", "in")}
    return all(asked.get(field, set()) and asked[field] <= {code} for field, code in one.only.items())
