"""What a document sets as a target (chỉ tiêu phấn đấu) becomes a target of a plan, with the words it stands in.

Each number of the proposal is a row: what the reader understood is filled in, what it did not is asked. A multiple
("gấp 1,8 lần") says a growth in other words and is computed, so it is offered without a tick.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction

from sct.catalogue import load
from sct.catalogue.model import Comparator, Transformation
from sct.catalogue.statement import Statement
from sct.errors import UserError
from sct.following.rhythm import Rhythm
from sct.office.documents import proposals
from sct.office.documents import queries as documents
from sct.office.documents.models import Document
from sct.office.documents.proposals import View
from sct.office.people.models import Person
from sct.office.plans import actions, queries
from sct.office.plans.actions import NewTarget, NewVersion
from sct.office.plans.importing import number_of
from sct.office.plans.models import Plan, PlanKind, Target
from sct.office.plans.naming import area_of, free_code, indicator_of, period_of, series_name, unit_of
from sct.proofing.keys import transformations_of
from sct.vietnamese.periods import Period
from sct.vietnamese.write import write_number
from sct.words import _

WAYS = (Transformation.LEVEL, Transformation.YOY, Transformation.AVERAGE_YEARLY, Transformation.SHARE)


@dataclass(frozen=True, slots=True)
class Row:
    """A number of a proposal as it would become a target; texts as a person would type them. `missing` is asked."""

    number: int
    quote: str
    before: str
    after: str
    span: tuple[int, int]
    name: str
    indicator: str = ""  # code, with its breakdown
    area: str = ""  # name
    period: str = ""
    comparator: Comparator = Comparator.EQ
    value: str = ""
    high: str = ""
    unit: str = ""  # name
    how: Transformation | None = None
    missing: tuple[str, ...] = ()
    chosen: bool = True
    note: str = ""

    def fields(self) -> dict[str, str]:
        """The fields of the form, as they are first shown."""
        return {
            "ten": self.name,
            "chi_tieu": series_name(self.indicator),
            "dia_ban": self.area,
            "ky": self.period,
            "so_sanh": self.comparator.value,
            "gia_tri": self.value,
            "den": self.high,
            "don_vi": self.unit,
            "cach": self.how.value if self.how else "",
            "chu_tri": "",
        }


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal with its rows; the document is the paper of the version."""

    proposal: View
    document: Document
    rows: tuple[Row, ...]


@transaction.atomic
def offered(person: Person, number: int) -> Offer:
    """The rows of a proposal that still waits; 404 where it is not seen, refused where it was decided."""
    found = proposals.view(person, number)
    told = documents.statements_at(person, found.document, found.figures)
    document = documents.document_row(person, found.document)
    text = document.text
    rows = [_row(at, one.read, text) for at, one in enumerate(told)]
    if not rows:
        rows = [_in_words(found)]
    return Offer(found, document, tuple(rows))


def _row(at: int, read: Statement, text: str) -> Row:
    catalogue = load()
    series = f"{read.indicator}[{read.breakdown}]" if read.indicator and read.breakdown else read.indicator
    indicator = catalogue.indicators.get(read.indicator) if read.indicator else None
    ways = transformations_of(read, indicator)
    comparator = Comparator(read.comparator)
    low, high = (_printed(read, end) for end in (read.value if read.low is None else read.low, read.high))
    multiple = read.measure == "multiple"
    needed = (
        (not series, _("chỉ tiêu trong danh mục (để trống thì là chỉ tiêu bằng lời)")),
        (not read.area_key, _("địa bàn")),
        (not read.period, _("kỳ")),
        (not ways and not multiple, _("cách tính: mức, mức tăng hay tỷ trọng")),
    )
    first, last = read.sentence
    return Row(
        number=at,
        quote=text[read.start : read.end],
        before=text[first : read.start],
        after=text[read.end : last],
        span=(read.start, read.end),
        name=series_name(series) or read.subject[:1].upper() + read.subject[1:],
        indicator=series,
        area=catalogue.area(read.area_key).name if read.area_key else "",
        period=read.period or "",
        comparator=Comparator.RANGE if high else comparator,
        value=low,
        high=high,
        unit=read.quantity.unit.name,
        how=Transformation.LEVEL if multiple else ways[0] if ways else None,
        missing=() if multiple else tuple(words for lacks, words in needed if lacks),
        chosen=not multiple,
        note=_("Nói cách khác của một mức tăng, tính được từ số liệu nên không nhập") if multiple else "",
    )


def _printed(read: Statement, value: Fraction | None) -> str:
    """An end in the unit it is printed in."""
    if value is None:
        return ""
    number = value / read.quantity.unit.factor
    return write_number(number, read.quantity.decimals)


def _in_words(found: View) -> Row:
    """A proposal without any number: its words, and the value asked."""
    return Row(
        number=0,
        quote=found.text,
        before=found.before,
        after=found.after,
        span=(found.start, found.end),
        name=found.text[:1].upper() + found.text[1:300],
        period=found.due,
        how=Transformation.LEVEL,
        missing=(_("giá trị: câu này không có con số nào"),),
    )


@transaction.atomic
def take_targets(person: Person, number: int, given: Mapping[str, str]) -> list[Target]:
    """The ticked rows of a form as targets of a plan, or of a new one where `ke_hoach` is empty; all or nothing."""
    offer = offered(person, number)
    chosen = [row for row in offer.rows if given.get(f"chon-{row.number}")]
    if not chosen:
        raise UserError("no-targets", _("Chưa chọn chỉ tiêu nào"))
    plan = _plan(person, given)
    taken = set(plan.targets.values_list("code", flat=True)) if plan else set()
    targets = list(_targets(offer, chosen, given, taken))
    version = _version(offer, given)
    if plan is not None:
        _require_new(plan, targets)
        made = actions.supplement(person, plan.pk, version, targets)
    else:
        made = list(_new_plan(person, offer, given, version, targets).targets.order_by("pk"))
    proposals.take(person, number, f"plan:{made[0].plan_id}")
    return made


def _plan(person: Person, given: Mapping[str, str]) -> Plan | None:
    told = given.get("ke_hoach", "")
    return queries.plan_row(person, int(told)) if told.isdecimal() and told.isascii() else None


def _version(offer: Offer, given: Mapping[str, str]) -> NewVersion:
    document = offer.document
    return NewVersion(
        given.get("cap_giao", "") or offer.proposal.sender,
        str(document),
        url=document.url,
        decided=document.published,
        document=document.pk,
    )


def _new_plan(
    person: Person, offer: Offer, given: Mapping[str, str], version: NewVersion, targets: Sequence[NewTarget]
) -> Plan:
    kind = given.get("loai", "")
    return actions.create(
        person,
        area=offer.document.area,
        name=given.get("ten", ""),
        kind=PlanKind(kind) if kind in PlanKind.values else PlanKind.ANNUAL,
        period=Period.parse(period_of(given.get("ky_ke_hoach", ""), _("Kế hoạch mới"))),
        version=version,
        targets=targets,
    )


def _targets(offer: Offer, rows: Sequence[Row], given: Mapping[str, str], taken: set[str]) -> Iterator[NewTarget]:
    for row in rows:
        told = {name: given.get(f"{name}-{row.number}", "").strip() for name in row.fields()}
        name = told["ten"] or row.name
        value, decimals = number_of(told["gia_tri"])
        high = number_of(told["den"])[0] if told["den"] else None
        series = indicator_of(told["chi_tieu"])
        if not told["cach"]:
            raise UserError("no-way", _("Chưa rõ chỉ tiêu là mức, mức tăng hay tỷ trọng"), value=name)
        ways = {one.value: one for one in Transformation}
        comparators = {one.value: one for one in Comparator if one is not Comparator.RANGE}
        code = free_code(series, taken)
        taken.add(code)
        yield NewTarget(
            code=code,
            value=value,
            high=high,
            unit=unit_of(told["don_vi"], name),
            comparator=comparators.get(told["so_sanh"], Comparator.EQ),
            decimals=decimals,
            name=name,
            indicator=series,
            period=period_of(told["ky"], name),
            area=area_of(told["dia_ban"] or load().area(offer.document.area).name),
            transformation=ways.get(told["cach"], Transformation.LEVEL),
            owner=told["chu_tri"],
            rhythm=Rhythm.QUARTER,
            proposal=offer.proposal.pk,
            quote=row.quote,
            span=row.span,
        )


def _require_new(plan: Plan, targets: Sequence[NewTarget]) -> None:
    """Nothing that the plan asks for already: to change it is an amendment."""
    standing = {
        (row.indicator, row.breakdown, row.area, row.period, row.transformation): row
        for row in queries.in_force(plan)
        if row.indicator
    }
    for new in targets:
        if not new.indicator:
            continue
        cell = (*load().resolve(new.indicator), new.area, new.period, new.transformation.value)
        if cell in standing:
            raise UserError(
                "target-exists",
                _("Kế hoạch đã có chỉ tiêu này"),
                value=standing[cell].name,
                way_out=_("Bỏ dấu chọn ở dòng ấy, hoặc lập bản điều chỉnh của kế hoạch"),
            )
