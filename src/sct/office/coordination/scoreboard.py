"""The scoreboard of a plan: every target that holds, judged on a day.

A board is kept as long as ledger, plan and registers stand still. When a figure comes in, only the targets are judged
anew whose family of indicators and whose area (or what lies under it) it belongs to: a plan of thousands of targets
answers at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sct.catalogue import load
from sct.catalogue.model import Area, Figure
from sct.office.coordination import columns
from sct.office.coordination.derived import kin
from sct.office.coordination.outlooks import Judge, Judged
from sct.office.coordination.state import Kept, stamp
from sct.office.ledger import queries as ledger
from sct.office.ledger.queries import AsOf
from sct.office.people.queries import Someone, below
from sct.office.plans import queries
from sct.office.plans.models import Plan, Target
from sct.office.registers import past as registers
from sct.planning.standing import Status

_boards, _in_force, _judgements = Kept(16), Kept(16), Kept(16)


@dataclass(frozen=True, slots=True)
class Line:
    """A judged target; `spoken` is the day its owner last said something, `stale` that a word is overdue."""

    judged: Judged
    spoken: date | None
    stale: bool

    @property
    def target(self) -> Target:
        return self.judged.target


@dataclass(frozen=True, slots=True)
class Scoreboard:
    plan: Plan
    lines: tuple[Line, ...]
    counts: dict[Status, int]

    @property
    def stale(self) -> list[Line]:
        return [line for line in self.lines if line.stale]

    def only(self, status: str = "", owner: str = "") -> list[Line]:
        """Lines of a status and an owner; empty text asks for all."""
        return [
            line
            for line in self.lines
            if (not status or line.judged.outlook.status.value == status) and (not owner or line.target.owner == owner)
        ]

    @property
    def owners(self) -> list[str]:
        return sorted({line.target.owner for line in self.lines if line.target.owner})


def scoreboard(person: Someone, plan: Plan, as_of: AsOf, today: date) -> Scoreboard:
    """Worked out once for each state of ledger, plan and registers."""
    version = queries.stamp(plan)
    key = (stamp(person), registers.stamp(), plan.pk, version, as_of, today)
    return _boards.get(key, lambda: _scoreboard(person, plan, version, as_of, today))


class _Judges:
    """Judges of the areas of a plan; a judgement is kept until a figure that may move it, or a register, moves."""

    def __init__(self, person: Someone, plan: Plan, as_of: AsOf, today: date) -> None:
        now = stamp(person)
        self._person, self._as_of, self._today = person, as_of, today
        self._columns = columns.of(person)
        ground = (plan.pk, self._columns.serial, now.database, now.areas, registers.stamp(), as_of, today)
        self._kept: dict[int, tuple[int, Judged]] = _judgements.get(ground, dict)
        self._of: dict[str, Judge] = {}
        self._under: dict[str, frozenset[str]] = {}
        self._kin: dict[str, tuple[str, frozenset[str]]] = {}
        self._versions: dict[tuple[str, str], int] = {}

    def judged(self, target: Target) -> Judged:
        version = self._version(target.indicator, target.area)
        known = self._kept.get(target.pk)
        if known is None or known[0] != version:
            known = self._kept[target.pk] = version, self._judge(target.area).judged(target)
        return known[1]

    def _judge(self, area: str) -> Judge:
        if area not in self._of:
            self._of[area] = Judge(self._person, load().area(area), self._as_of, self._today)
        return self._of[area]

    def _version(self, indicator: str, area: str) -> int:
        """Of the figures that may move a target: its family's, of its area and what lies under it."""
        if indicator not in self._kin:
            members = kin(indicator)
            self._kin[indicator] = min(members), members
        name, members = self._kin[indicator]
        if (name, area) not in self._versions:
            if area not in self._under:
                self._under[area] = below(area)
            self._versions[name, area] = self._columns.version(members, self._under[area])
        return self._versions[name, area]


def _scoreboard(person: Someone, plan: Plan, version: tuple[int, int, int], as_of: AsOf, today: date) -> Scoreboard:
    judges, words = _Judges(person, plan, as_of, today), queries.last_words(plan)
    key = (stamp(person).database, plan.pk, version[:2])
    targets = _in_force.get(key, lambda: queries.in_force(plan))
    running = plan.last_month >= today.year * 12 + today.month - 1
    lines = []
    for target in targets:
        spoken = words.get(target.code)
        stale = running and queries.stale(target, spoken, today)
        lines.append(Line(judges.judged(target), spoken, stale))
    lines.sort(key=lambda line: line.judged.result is None)  # what can be told first, else in the plan's order
    counts: dict[Status, int] = {}
    for line in lines:
        status = line.judged.outlook.status
        counts[status] = counts.get(status, 0) + 1
    return Scoreboard(plan, tuple(lines), counts)


def judged(person: Someone, target: Target, area: Area, as_of: AsOf, today: date) -> Judged:
    """One target, with its course also when the period is over."""
    return Judge(person, area, as_of, today).judged(target)


def asked(person: Someone, target: Target) -> list[Figure]:
    """The figures of the ledger that a target stands on, as its paper printed them."""
    return ledger.figures(person, target.observations)
