"""Is a review ready? What its report lacks, what disagrees, what is late; and the year on one page for the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sct.catalogue import load
from sct.catalogue.model import Area
from sct.following.states import State
from sct.office.collection import queries as collection
from sct.office.collection.queries import Cell
from sct.office.coordination.report import report
from sct.office.coordination.scoreboard import Line, scoreboard
from sct.office.documents.queries import OpenFinding, open_findings
from sct.office.ledger import queries as ledger
from sct.office.ledger.disagreement import Conflict
from sct.office.ledger.queries import AsOf
from sct.office.matters import queries as matters
from sct.office.people.queries import Someone
from sct.office.plans import queries as plans
from sct.office.plans.models import Plan
from sct.office.reviews.models import Review, ReviewKind
from sct.office.reviews.queries import Became, became
from sct.planning.standing import Status
from sct.vietnamese.periods import Period

MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a review still lacks. `missing` are targets without a figure, `stale` those whose owners are silent."""

    plan: Plan | None
    lines: tuple[Line, ...]
    missing: tuple[Line, ...]
    stale: tuple[Line, ...]
    conflicts: tuple[Conflict, ...]
    findings: tuple[OpenFinding, ...]
    unsent: tuple[Cell, ...]  # reports of units that are past their day or sent back
    sections: tuple[str, ...]  # parts of the report the ledger has nothing for
    papers: tuple[str, ...]  # points of the agenda without a paper
    last: Became | None
    overdue: int

    @property
    def checks(self) -> list[tuple[str, int]]:
        """What is open, by name, with how many."""
        return [
            ("unsent", len(self.unsent)),
            ("missing", len(self.missing)),
            ("sections", len(self.sections)),
            ("conflicts", len(self.conflicts)),
            ("stale", len(self.stale)),
            ("findings", len(self.findings)),
            ("papers", len(self.papers)),
            ("last", len(self.last.late) if self.last else 0),
        ]

    @property
    def ready(self) -> bool:
        return not any(count for _name, count in self.checks)


def readiness(person: Someone, review: Review, as_of: AsOf, today: date) -> Readiness:
    """Asked of the ledger, the plan, the papers and the matters of the review before."""
    area, period = load().area(review.area), Period.parse(review.period)
    plan = plan_of(person, review)
    lines = scoreboard(person, plan, as_of, today).lines if plan else ()
    found = ledger.conflicts(person, areas=[area.key], as_of=as_of)
    overdue = matters.tally(person, matters.Asked(area.key, today)).of(State.OVERDUE)
    return Readiness(
        plan=plan,
        lines=lines,
        missing=tuple(line for line in lines if line.judged.outlook.status is Status.NO_FIGURE),
        stale=tuple(line for line in lines if line.stale),
        conflicts=tuple(conflict for conflict in found if conflict.cell[1] in period),
        findings=tuple(open_findings(person, MOST_FINDINGS)),
        unsent=_unsent(person, review, period),
        sections=_sections(person, area, review, period, as_of),
        papers=tuple(item.title for item in review.agenda.filter(papers=None)),
        last=became(person, review.previous, today) if review.previous else None,
        overdue=overdue,
    )


def _unsent(person: Someone, review: Review, period: Period) -> tuple[Cell, ...]:
    """Reports for periods within the one reviewed, due by the day it is held and owed today."""
    first = period.months[0]
    due = collection.due_between(person, date(first // 12, first % 12 + 1, 1), review.held)
    within = [duty for duty in due if duty.period in period]
    return tuple(cell for cell in collection.cells(person, within) if cell.owed) if within else ()


def _sections(person: Someone, area: Area, review: Review, period: Period, as_of: AsOf) -> tuple[str, ...]:
    """What the yearly report would have to leave out; other reviews have no declared report."""
    if review.kind != ReviewKind.YEAR or period != Period.of_year(period.year):
        return ()
    return report(person, area, period.year, as_of).unfilled


def plan_of(person: Someone, review: Review) -> Plan | None:
    """The plan a review tells against: the one named, else the annual plan of its period."""
    if review.plan:
        return plans.visible(person).filter(pk=review.plan).first()
    listed = plans.plans(person, review.area, Period.parse(review.period))
    same = [line.plan for line in listed if line.plan.period == review.period]
    return same[0] if same else None


def year_of(review: Review) -> tuple[Area, int]:
    return load().area(review.area), Period.parse(review.period).year
