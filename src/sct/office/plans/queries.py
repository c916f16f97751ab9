"""Reads of plans, narrowed to the areas the person may see (a commune's officer sees the plans above it too)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from sct.following.rhythm import Rhythm, is_stale
from sct.office.people.errors import NotVisibleError
from sct.office.people.queries import Someone, reached
from sct.office.plans.models import Plan, Target, Version, Withdrawal, Word
from sct.vietnamese.periods import Period
from sct.words import _


def visible(person: Someone) -> QuerySet[Plan]:
    """The one gate."""
    areas = reached(person)
    rows = Plan.objects.all()
    if areas is None:
        return rows
    return rows.filter(area__in=areas) if areas else rows.none()


def plan_row(person: Someone, plan: int) -> Plan:
    """One plan; raises `NotVisibleError` (404)."""
    row = visible(person).filter(pk=plan).first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có kế hoạch này"), value=plan)
    return row


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan with its number of versions."""

    plan: Plan
    versions: int


def plans(person: Someone, area: str, period: Period | None = None) -> list[PlanLine]:
    """The plans of an area, newest period first; with `period` those that hold in it. One query."""
    rows = visible(person).filter(area=area)
    if period is not None:
        first, last = period.months
        rows = rows.filter(first_month__lte=last, last_month__gte=first)
    rows = rows.annotate(n=Count("versions")).order_by("-last_month", "first_month", "id")
    return [PlanLine(row, row.n) for row in rows]


def all_of(person: Someone, area: str) -> list[Plan]:
    """The plans of an area, newest period first. One query."""
    return list(visible(person).filter(area=area).order_by("-last_month", "first_month", "id"))


def stamp(plan: Plan) -> tuple[int, int, int]:
    """What changes when the plan does: its newest target, newest withdrawal, newest word. One query."""

    def newest(rows: QuerySet[Any]) -> Subquery:
        return Subquery(rows.order_by("-pk").values("pk")[:1])

    row = (
        Plan.objects.filter(pk=plan.pk)
        .values_list(
            newest(Target.objects.filter(plan=OuterRef("pk"))),
            newest(Withdrawal.objects.filter(target__plan=OuterRef("pk"))),
            newest(Word.objects.filter(plan=OuterRef("pk"))),
        )
        .first()
    )
    target, withdrawal, word = row or (0, 0, 0)
    return target or 0, withdrawal or 0, word or 0


def standing(plan: Plan) -> QuerySet[Target]:
    """The targets of all versions of a plan but those taken back."""
    return Target.objects.filter(plan=plan, withdrawal__isnull=True)


def versions(plan: Plan) -> list[Version]:
    """The original and every amendment of which something stands."""
    stands = Exists(Target.objects.filter(version=OuterRef("pk"), withdrawal__isnull=True))
    return list(plan.versions.filter(Q(number=1) | stands).select_related("document").order_by("number"))


def in_force(plan: Plan) -> list[Target]:
    """The targets that hold now: of each code the one of the newest version that has it, unless it drops it."""
    rows = standing(plan).select_related("version").order_by("version__number", "place")
    newest: dict[str, Target] = {}
    for row in rows:
        newest[row.code] = row
    return [row for row in newest.values() if not row.drops]


def target_row(person: Someone, plan: int, code: str) -> Target:
    """The newest target of a code, also when a version has since dropped it (`history` tells); raises 404."""
    rows = Target.objects.filter(plan__in=visible(person).filter(pk=plan), code=code, withdrawal__isnull=True)
    newest = (
        rows.filter(drops=False)
        .select_related("version", "plan", "version__document")
        .order_by("-version__number", "-pk")
    )
    row = newest.first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có chỉ tiêu này"), value=code)
    return row


def history(plan: Plan, code: str) -> list[Target]:
    """Every version of a target, oldest first."""
    return list(
        standing(plan)
        .filter(code=code)
        .select_related("version", "version__document")
        .order_by("version__number", "pk")
    )


def said(plan: Plan, code: str) -> list[Word]:
    return list(plan.said.filter(code=code).select_related("who").order_by("-on", "-pk"))


def last_words(plan: Plan) -> dict[str, date]:
    """The day each target was last spoken of. One query."""
    rows = plan.said.values("code").annotate(last=Max("on"))
    return {row["code"]: row["last"] for row in rows}


def stale(target: Target, last: date | None, today: date) -> bool:
    """Whether its owner should have said something since the version was set, or since the last word."""
    return is_stale(Rhythm(target.rhythm), last or target.version.at.date(), today)


@dataclass(frozen=True, slots=True)
class Split:
    """A target and its parts: `difference` is sum of parts − whole in the base unit; 0 when they add up."""

    whole: Target
    parts: tuple[Target, ...]
    total: Fraction
    difference: Fraction


def splits(targets: list[Target]) -> list[Split]:
    """Targets that are split, by district or otherwise; rates are not added."""
    by_code = {target.code: target for target in targets}
    parts: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        if target.whole in by_code and not target.aim.nature.is_rate:
            parts[target.whole].append(target)
    found = []
    for code, mine in parts.items():
        whole = by_code[code]
        total = sum((part.aim.least for part in mine), Fraction(0))
        found.append(Split(whole, tuple(mine), total, total - whole.aim.least))
    return found


def same_cell(person: Someone, target: Target) -> list[Target]:
    """The same thing asked in other plans: several givers may each set a target."""
    rows = Target.objects.filter(
        plan__in=visible(person),
        withdrawal__isnull=True,
        drops=False,
        indicator=target.indicator,
        breakdown=target.breakdown,
        area=target.area,
        period=target.period,
        transformation=target.transformation,
    ).exclude(plan=target.plan_id)
    return list(rows.select_related("version", "plan")) if target.indicator else []
