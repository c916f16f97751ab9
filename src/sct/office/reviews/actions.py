"""What people do with reviews: call one, set the agenda, keep minutes and conclusions, cut conclusions into matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from sct.errors import UserError
from sct.following.cutting import Cut, cut
from sct.following.events import EventKind, local_day
from sct.following.rhythm import Rhythm
from sct.office.documents import queries as documents
from sct.office.matters import actions as matters
from sct.office.matters.actions import Detail, NewMatter
from sct.office.matters.models import Kind, Matter
from sct.office.people import audit
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Person, Right
from sct.office.people.queries import may, require
from sct.office.reviews import queries
from sct.office.reviews.models import AgendaItem, Conclusion, CutMatter, Review, ReviewKind
from sct.vietnamese.periods import Period
from sct.words import _


@dataclass(frozen=True, slots=True)
class NewReview:
    """A review to be called."""

    kind: ReviewKind
    title: str
    period: str
    held: date
    place: str = ""
    chair: str = ""
    invited: tuple[str, ...] = ()
    agenda: tuple[tuple[str, str, int | None], ...] = ()  # title, unit, minutes
    previous: int | None = None
    plan: int | None = None


@transaction.atomic
def call(person: Person, area: str, new: NewReview) -> Review:
    """Call a review; the one before it of the same kind is the previous unless told otherwise."""
    require(person, Right.PLAN, area)
    audit.lock()
    if not new.title.strip():
        raise UserError("no-title", _("Kỳ họp chưa có tên"))
    period = Period.parse(new.period)
    previous = new.previous
    if previous is None:
        before = (
            queries.visible(person).filter(area=area, kind=new.kind, held__lt=new.held).order_by("-held", "-pk").first()
        )
        previous = before.pk if before else None
    row = Review.objects.create(
        kind=new.kind,
        title=new.title.strip()[:300],
        area=area,
        period=period.code,
        held=new.held,
        place=new.place.strip()[:200],
        chair=new.chair.strip()[:150],
        invited=[unit.strip() for unit in new.invited if unit.strip()],
        previous_id=previous,
        plan=new.plan,
        who=person,
        at=timezone.now(),
    )
    _agenda(row, new.agenda)
    audit.record(person.pk, "reviews.call", f"review:{row.pk}", {"title": row.title, "held": row.held})
    return row


def _agenda(row: Review, items: Sequence[tuple[str, str, int | None]]) -> None:
    """The agenda anew; a point that keeps its title keeps its papers."""
    before = {item.title: list(item.papers.all()) for item in row.agenda.prefetch_related("papers")}
    row.agenda.all().delete()
    for place, (title, unit, minutes) in enumerate(items, 1):
        made = AgendaItem.objects.create(review=row, place=place, title=title[:300], unit=unit[:150], minutes=minutes)
        made.papers.set(before.get(made.title, []))


@transaction.atomic
def attach(person: Person, review: int, item: int, document: int, *, take_off: bool = False) -> AgendaItem:
    """Lay a kept document at a point of the agenda, or take it off again."""
    row = queries.review_row(person, review)
    require(person, Right.PLAN, row.area)
    audit.lock()
    point = row.agenda.filter(pk=item).first()
    if point is None:
        raise NotVisibleError("not-found", _("Không có mục chương trình này"), value=item)
    paper = documents.document_row(person, document)
    point.papers.remove(paper) if take_off else point.papers.add(paper)
    payload = {"item": point.title, "document": paper.pk, "off": take_off}
    audit.record(person.pk, "reviews.paper", f"review:{row.pk}", payload)
    return point


@transaction.atomic
def set_agenda(person: Person, review: int, items: Sequence[tuple[str, str, int | None]]) -> Review:
    """The agenda anew; the log keeps the old one's digest."""
    row = queries.review_row(person, review)
    require(person, Right.PLAN, row.area)
    audit.lock()
    _agenda(row, items)
    audit.record(person.pk, "reviews.agenda", f"review:{row.pk}", {"items": list(items)})
    return row


@transaction.atomic
def keep_minutes(person: Person, review: int, text: str) -> Review:
    """Biên bản: the minutes as they stand now."""
    row = queries.review_row(person, review)
    require(person, Right.PLAN, row.area)
    audit.lock()
    row.minutes = text.strip()
    row.save(update_fields=["minutes"])
    audit.record(person.pk, "reviews.minutes", f"review:{row.pk}", {"minutes": row.minutes})
    return row


@transaction.atomic
def conclude(person: Person, review: int, text: str, *, paper: str = "", giver: str = "", url: str = "") -> Conclusion:
    """Keep the conclusions as issued; what is to be done is cut from them afterwards."""
    row = queries.review_row(person, review)
    require(person, Right.PLAN, row.area)
    audit.lock()
    if not text.strip():
        raise UserError("empty", _("Chưa có nội dung kết luận"))
    made = Conclusion(
        review=row,
        paper=paper.strip()[:300],
        giver=giver.strip()[:150] or row.chair,
        text=text.replace("\r\n", "\n"),
        url=url.strip()[:1000],
        who=person,
        at=timezone.now(),
    )
    made.save()
    audit.record(person.pk, "reviews.conclude", f"conclusion:{made.pk}", {"text": made.text, "paper": made.paper})
    return made


@dataclass(frozen=True, slots=True)
class Chosen:
    """A cut that becomes a matter, as the person left it: group, unit, supports, due, output."""

    start: int
    text: str = ""
    group: str = ""
    lead: str = ""
    supports: tuple[str, ...] = ()
    due: date | None = None
    output: str = ""


@transaction.atomic
def make_matters(person: Person, conclusion: int, chosen: Sequence[Chosen]) -> list[Matter]:
    """The chosen cuts as matters, each with its sentence; parts that count things become its children.

    A numbered paper that names the unit itself gives the matter; who may assign gives it to any; else it waits.
    """
    row = queries.conclusion_row(person, conclusion)
    require(person, Right.PLAN, row.review.area)
    audit.lock()
    cuts = {one.start: one for one in cut(row.text)}
    taken = set(row.cuts.values_list("start", flat=True))
    made = []
    for choice in chosen:
        found = cuts.get(choice.start)
        if found is None:
            raise UserError("no-such-cut", _("Không có câu này trong kết luận"), value=choice.start)
        if choice.start in taken:
            raise UserError("cut-already", _("Câu này đã thành việc"), value=found.text)
        made.append(_matter(person, row, found, choice, None))
        for part in found.parts:
            _matter(
                person, row, part, Chosen(part.start, part.text, choice.group, choice.lead, due=choice.due), made[-1]
            )
    if not made:
        raise UserError("nothing-chosen", _("Chưa chọn câu nào"))
    audit.record(person.pk, "reviews.cut", f"conclusion:{row.pk}", {"matters": [matter.pk for matter in made]})
    return made


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _matter(person: Person, row: Conclusion, found: Cut, choice: Chosen, parent: Matter | None) -> Matter:
    review = row.review
    new = NewMatter(
        kind=Kind.ASSIGNMENT,
        text=_sentence(choice.text or found.text),
        raised=min(review.held, local_day(timezone.now())),
        quote=row.text[found.start : found.end],
        start=found.start,
        end=found.end,
        paper=row.paper,
        url=row.url,
        occasion=review.occasion,
        occasion_name=review.title,
        group=choice.group,
        giver=row.giver,
        output=choice.output,
        rhythm=found.deadline.rhythm if found.deadline.due is None else Rhythm.NONE,
        parent=parent.pk if parent else None,
        amount=found.amount,
        thing=found.thing,
        stated=choice.due or found.deadline.due or (parent.stated if parent else None),
    )
    lead = choice.lead or found.lead
    named = bool(row.paper) and bool(found.lead) and lead == found.lead
    if lead and (named or may(person, Right.ASSIGN, review.area)):
        due = choice.due or found.deadline.due
        given = Detail(on=new.raised, lead=lead, supports=choice.supports, due=due)
        if row.paper:
            made = matters.take_on(person, review.area, new, given)
        else:
            made = matters.create(person, review.area, new)
            matters.happen(person, made.pk, EventKind.ASSIGN, given)
    else:
        made = matters.create(person, review.area, new)
    CutMatter(conclusion=row, matter=made, start=found.start, end=found.end).save()
    made.refresh_from_db()
    return made


@transaction.atomic
def close(person: Person, review: int) -> Review:
    """The review is over: its conclusions are out and cut."""
    row = queries.review_row(person, review)
    require(person, Right.PLAN, row.area)
    audit.lock()
    row.closed = local_day(timezone.now())
    row.save(update_fields=["closed"])
    audit.record(person.pk, "reviews.close", f"review:{row.pk}", {"closed": row.closed})
    return row
