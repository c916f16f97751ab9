"""What people do with plans: set one up, add a version, say how a target goes. Nothing is changed, only added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import transaction
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.model import Adds, Comparator, Kind, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.catalogue.model import Figure as LedgerFigure
from sct.errors import UserError
from sct.following.events import local_day
from sct.following.rhythm import Rhythm
from sct.office.ledger import actions as ledger
from sct.office.ledger.actions import NewBatch
from sct.office.ledger.figures import cell_key, exact
from sct.office.ledger.models import BatchKind, Observation
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError
from sct.office.people.models import Person, Right
from sct.office.people.queries import may, require, unit_of, units_of
from sct.office.plans import queries
from sct.office.plans.models import Plan, PlanKind, Target, Version, Withdrawal, Word
from sct.planning.aims import Aim, Nature
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity, Unit
from sct.words import _


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target as its paper tells it, `value` and `high` in `unit` as printed; without `indicator` words alone."""

    code: str
    value: Fraction | None
    unit: str = ""
    comparator: Comparator = Comparator.EQ
    high: Fraction | None = None
    decimals: int = 0
    name: str = ""
    indicator: str = ""
    period: str = ""  # that of the plan where empty
    area: str = ""  # that of the plan where empty
    transformation: Transformation = Transformation.LEVEL
    nature: Nature | None = None
    ceiling: bool = False
    giver: str = ""
    clause: str = ""
    owner: str = ""
    rhythm: Rhythm = Rhythm.NONE
    whole: str = ""
    url: str = ""
    published: str = ""
    drops: bool = False
    proposal: int | None = None
    quote: str = ""
    span: tuple[int, int] | None = None  # of the quote in the document of the version


@dataclass(frozen=True, slots=True)
class NewVersion:
    """The paper that sets or amends a plan."""

    giver: str
    paper: str = ""
    url: str = ""
    decided: str = ""
    note: str = ""
    document: int | None = None


@transaction.atomic
def create(
    person: Person,
    *,
    area: str,
    name: str,
    kind: PlanKind,
    period: Period,
    version: NewVersion,
    targets: Sequence[NewTarget],
    parent: int | None = None,
) -> Plan:
    """A plan with its original version; raises `UserError` and leaves nothing behind when one target is wrong."""
    require(person, Right.PLAN, area)
    audit.lock()
    if not name.strip():
        raise UserError("no-name", _("Kế hoạch chưa có tên"))
    if Plan.objects.filter(area=area, name=name.strip()).exists():
        raise UserError("plan-exists", _("Đã có kế hoạch mang tên này"), value=name, way_out=_("Thêm bản điều chỉnh"))
    first, last = period.months
    row = Plan(
        name=name.strip()[:300],
        kind=kind,
        area=area,
        period=period.code,
        first_month=first,
        last_month=last,
        parent_id=parent,
        who=person,
        at=timezone.now(),
    )
    row.save()
    audit.record(person.pk, "plans.create", f"plan:{row.pk}", {"name": row.name, "period": row.period})
    _version(person, row, version, targets)
    return row


@transaction.atomic
def amend(person: Person, plan_id: int, version: NewVersion, targets: Sequence[NewTarget]) -> Version:
    """Điều chỉnh: a further version that replaces, adds or drops targets; the earlier ones stay."""
    plan = queries.plan_row(person, plan_id)
    require(person, Right.PLAN, plan.area)
    audit.lock()
    if not targets:
        raise UserError("no-targets", _("Bản điều chỉnh chưa có chỉ tiêu nào"))
    return _version(person, plan, version, targets)


@transaction.atomic
def supplement(person: Person, plan_id: int, version: NewVersion, targets: Sequence[NewTarget]) -> list[Target]:
    """Targets of a kept document, added to the version of that document, else to a further version.

    None may ask for what the plan asks for already: that is an amendment.
    """
    plan = queries.plan_row(person, plan_id)
    require(person, Right.PLAN, plan.area)
    audit.lock()
    if not targets:
        raise UserError("no-targets", _("Chưa chọn chỉ tiêu nào"))
    standing = plan.versions.filter(document=version.document).order_by("-number").first()
    if version.document is None or standing is None:
        return list(_version(person, plan, version, targets).targets.order_by("pk"))
    return _add(person, plan, standing, targets)


def _version(person: Person, plan: Plan, version: NewVersion, targets: Sequence[NewTarget]) -> Version:
    if version.decided:
        PartialDate(version.decided)
    row = Version(
        plan=plan,
        number=plan.versions.count() + 1,
        giver=version.giver.strip()[:150],
        paper=version.paper.strip()[:300],
        url=version.url.strip()[:1000],
        decided=version.decided,
        note=version.note.strip()[:500],
        document_id=version.document,
        who=person,
        at=timezone.now(),
    )
    row.save()
    _add(person, plan, row, targets)
    return row


def _add(person: Person, plan: Plan, row: Version, targets: Sequence[NewTarget]) -> list[Target]:
    codes = [target.code for target in targets]
    twice = sorted({code for code in codes if codes.count(code) > 1}) if len(codes) < 500 else []
    if twice:
        raise UserError("code-twice", _("Một mã chỉ tiêu đứng hai lần trong một bản"), value=", ".join(twice))
    first = row.targets.count()
    made = [_target(plan, row, first + place, target) for place, target in enumerate(targets)]
    _into_ledger(person, row, list(zip(made, targets, strict=True)))
    Target.objects.bulk_create(made, batch_size=200)
    payload = {"plan": plan.pk, "number": row.number, "targets": [[t.code, t.low, t.high, t.unit] for t in made]}
    audit.record(person.pk, "plans.version", f"version:{row.pk}", payload)
    return made


@transaction.atomic
def withdraw(person: Person, proposal: int, why: str) -> list[Target]:
    """Take back the targets that were taken from a proposal, and the figures that came into the ledger with them.

    Refused once an amendment or a word of the owner hangs on one of them.
    """
    rows = list(
        Target.objects.filter(proposal=proposal, withdrawal__isnull=True, plan__in=queries.visible(person))
        .select_related("version", "plan")
        .order_by("pk")
    )
    for area in {row.plan.area for row in rows}:
        require(person, Right.PLAN, area)
    audit.lock()
    for row in rows:
        _require_loose(row)
    if not rows:
        return rows
    now = timezone.now()
    Withdrawal.objects.bulk_create([Withdrawal(target=row, why=why.strip()[:500], who=person, at=now) for row in rows])
    payload = {"proposal": proposal, "targets": [row.pk for row in rows], "why": why}
    audit.record(person.pk, "plans.withdraw", f"plan:{rows[0].plan_id}", payload)
    _out_of_ledger(person, rows, why)
    return rows


def _require_loose(row: Target) -> None:
    later = queries.standing(row.plan).filter(code=row.code).exclude(pk=row.pk)
    if later.exists() or row.plan.said.filter(code=row.code).exists():
        raise UserError(
            "target-in-use",
            _("Chỉ tiêu đã được điều chỉnh hoặc đã có báo tiến độ"),
            value=row.name,
            way_out=_("Đưa chỉ tiêu ra khỏi kế hoạch bằng một bản điều chỉnh"),
        )


def _out_of_ledger(person: Person, rows: Sequence[Target], why: str) -> None:
    """The figures that these targets brought, unless another target stands on them."""
    brought = {number for row in rows for number in row.brought}
    cells = {(row.indicator, row.area, row.period) for row in rows if row.brought}
    for indicator, area, period in cells:
        same = Target.objects.filter(indicator=indicator, area=area, period=period, withdrawal__isnull=True)
        brought -= {number for used in same.values_list("observations", flat=True) for number in used}
    standing = Observation.objects.filter(pk__in=brought, withdrawal__isnull=True)
    left = list(standing.values_list("pk", flat=True))
    if left:
        ledger.withdraw(person, left, why=why)


def _target(plan: Plan, version: Version, place: int, new: NewTarget) -> Target:
    catalogue = load()
    indicator, breakdown = catalogue.resolve(new.indicator) if new.indicator else ("", "")
    unit = measured_in(new, indicator)
    if not new.drops and new.value is None:
        raise UserError("no-value", _("Chỉ tiêu chưa có giá trị"), value=new.name or new.code)
    nature = new.nature or nature_of(indicator, new.transformation)
    aim = None
    if new.value is not None:
        factor = unit.factor
        high = None if new.high is None else new.high * factor
        aim = Aim.told(nature, new.comparator, new.value * factor, high, ceiling=new.ceiling)
    name = new.name or (catalogue.name_of(indicator, breakdown) if indicator else "")
    if not name:
        raise UserError("no-name", _("Chỉ tiêu chưa có tên"), value=new.code)
    period = Period.parse(new.period) if new.period else Period.parse(plan.period)
    return Target(
        version=version,
        plan=plan,
        code=new.code[:60],
        place=place,
        name=name[:300],
        indicator=indicator,
        breakdown=breakdown,
        area=new.area or plan.area,
        period=period.code,
        transformation=new.transformation.value,
        nature=nature.value,
        comparator=(Comparator.RANGE if new.high is not None else new.comparator).value,
        low="" if aim is None or aim.low is None else exact(aim.low),
        high="" if aim is None or aim.high is None else exact(aim.high),
        decimals=new.decimals,
        unit=unit.code,
        ceiling=new.ceiling,
        giver=new.giver[:150],
        clause=new.clause[:120],
        owner=new.owner[:150],
        rhythm=new.rhythm.value,
        whole=new.whole[:60],
        drops=new.drops,
        proposal_id=new.proposal,
        quote=new.quote,
        start=new.span[0] if new.span else None,
        end=new.span[1] if new.span else None,
    )


def measured_in(new: NewTarget, indicator: str) -> Unit:
    """The unit as told; where none is, percent for what is told in percent, else that of the indicator."""
    catalogue = load()
    if new.unit:
        return catalogue.unit(new.unit)
    if new.transformation is not Transformation.LEVEL or not indicator:
        return catalogue.unit("pct" if new.transformation is not Transformation.LEVEL else "count")
    return catalogue.indicator(indicator).unit


def nature_of(indicator: str, how: Transformation) -> Nature:
    """The kind of target that an indicator told in a way makes."""
    if how in _BY_TELLING:
        return _BY_TELLING[how]
    entry = load().indicators.get(indicator)
    if entry is None:
        return Nature.LEVEL
    if entry.over_time is Adds.LAST and entry.unit.dimension != "percent":
        return Nature.STOCK
    return Nature.SHARE if entry.unit.dimension == "percent" else _BY_KIND.get(entry.kind, Nature.LEVEL)


_BY_TELLING = {
    Transformation.AVERAGE_YEARLY: Nature.AVERAGE,
    Transformation.YOY: Nature.GROWTH,
    Transformation.SHARE: Nature.SHARE,
    Transformation.GROWTH_SHARE: Nature.SHARE,
    Transformation.CONTRIBUTION: Nature.SHARE,
}
_BY_KIND = {Kind.STOCK: Nature.STOCK, Kind.COUNT: Nature.COUNT, Kind.SHARE: Nature.SHARE, Kind.RATE: Nature.SHARE}


def _into_ledger(person: Person, version: Version, pairs: list[tuple[Target, NewTarget]]) -> None:
    """The numbers of targets with an indicator as figures of the ledger; those that stand there are taken up."""
    wanted = [(row, _figures(version, row, new)) for row, new in pairs if row.indicator and not row.drops]
    fresh: list[LedgerFigure] = []
    for row, figures in wanted:
        standing = [_standing(figure) for figure in figures]
        if all(standing):
            row.observations = standing
        else:
            fresh += figures
    if not fresh:
        return
    done = ledger.record(person, fresh, NewBatch(BatchKind.ENTRY, f"{version.plan.name} ({version.number})"))
    came = set(done.ids)
    for row, figures in wanted:
        if not row.observations:
            row.observations = [_standing(figure) for figure in figures]
            row.brought = [number for number in row.observations if number in came]


def _standing(figure: LedgerFigure) -> int | None:
    """The observation that says the same of the same cell by the same source, if there is one."""
    rows = Observation.objects.filter(
        cell=cell_key(figure.series, figure.period, figure.transformation),
        stage=Stage.PLAN.value,
        value=exact(figure.quantity.value),
        bound=figure.bound,
        withdrawal__isnull=True,
    )
    if figure.origin.document:
        rows = rows.filter(document=figure.origin.document)
    elif figure.origin.url:
        rows = rows.filter(url=figure.origin.url)
    elif figure.published is not None:
        rows = rows.filter(published=figure.published.text)
    found: int | None = rows.order_by("pk").values_list("pk", flat=True).first()
    return found


def _figures(version: Version, row: Target, new: NewTarget) -> list[LedgerFigure]:
    """One figure, or the two ends of a range."""
    assert new.value is not None
    unit = measured_in(new, row.indicator)
    told = new.published or version.decided
    published = PartialDate(told) if told else None
    title = version.paper or version.plan.name
    url = new.url or version.url
    if version.document_id is not None and new.span is not None:
        place, paper = "{}-{}".format(*new.span), str(version.document_id)
        origin = Origin("document", title=title, url=url, document=paper, place=place, published=published)
    else:
        origin = Origin(kind="citation", title=title, url=url, place=new.clause, published=published)
    ends = [(new.value, "")] if new.high is None else [(new.value, "lower"), (new.high, "upper")]
    return [
        LedgerFigure(
            series=SeriesKey(row.indicator, row.area, row.breakdown),
            period=Period.parse(row.period),
            transformation=new.transformation,
            quantity=Quantity(value, unit, new.decimals),
            stage=Stage.PLAN,
            origin=origin,
            comparator=new.comparator if not bound else Comparator.EQ,
            bound=bound,
            published=published,
        )
        for value, bound in ends
    ]


@transaction.atomic
def say(person: Person, plan_id: int, code: str, text: str, *, on: date | None = None) -> Word:
    """The owner tells how a target goes; also who plans may."""
    plan = queries.plan_row(person, plan_id)
    target = queries.target_row(person, plan_id, code)
    own = target.owner in units_of(person) and may(person, Right.ANSWER)
    if not own and not may(person, Right.PLAN, plan.area):
        raise NotAllowedError("not-allowed", _("Chỉ đơn vị được giao chỉ tiêu này báo tiến độ"))
    if not text.strip():
        raise UserError("empty", _("Chưa ghi gì"))
    audit.lock()
    row = Word(
        plan=plan,
        code=code,
        on=on or local_day(timezone.now()),
        unit=unit_of(person),
        text=text.strip(),
        who=person,
        at=timezone.now(),
    )
    row.save()
    audit.record(person.pk, "plans.say", f"plan:{plan.pk}", {"code": code, "text": row.text})
    return row
