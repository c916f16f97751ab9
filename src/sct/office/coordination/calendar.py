"""What is due on which day: a month for the page, an iCalendar feed for calendar programs (RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sct.following.states import State
from sct.office.matters import queries
from sct.office.matters.models import CalendarKey
from sct.office.matters.queries import Asked, Line
from sct.office.matters.standing import is_open, state_of
from sct.office.people.models import Person
from sct.office.people.queries import Someone, units_of
from sct.office.reviews import queries as reviews
from sct.office.reviews.models import Review

DAYS_BACK, MOST = 60, 2000


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month page: what falls due, which reviews are held."""

    on: date
    inside: bool
    lines: tuple[Line, ...]
    reviews: tuple[Review, ...]


def weeks(person: Someone, area: str, first: date, today: date) -> list[list[Day]]:
    """Whole weeks from Monday that cover the month of `first`. Two queries."""
    start = first - timedelta(days=first.weekday())
    after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    end = after + timedelta(days=(7 - after.weekday()) % 7)
    rows = queries.filtered(person, Asked(area, today)).filter(due__gte=start, due__lt=end, recalled__isnull=True)
    due: dict[date, list[Line]] = {}
    for row in rows.order_by("due", "id")[:MOST]:
        assert row.due is not None
        due.setdefault(row.due, []).append(Line(row, state_of(row, today), None))
    held: dict[date, list[Review]] = {}
    for review in reviews.visible(person).filter(area=area, held__gte=start, held__lt=end):
        held.setdefault(review.held, []).append(review)
    days = [start + timedelta(days=n) for n in range((end - start).days)]
    made = [Day(day, day.month == first.month, tuple(due.get(day, ())), tuple(held.get(day, ()))) for day in days]
    return [made[n : n + 7] for n in range(0, len(made), 7)]


def feed(key: str, today: date, site: str) -> bytes | None:
    """The open matters with a due date of a person's units, else of all they oversee; None for a wrong key."""

    found = CalendarKey.objects.filter(key=key, person__is_active=True).select_related("person").first()
    return None if found is None else _written(found.person, today, site)


def _written(person: Person, today: date, site: str) -> bytes:
    from icalendar import Calendar, Event

    book = Calendar()
    book.add("prodid", "-//So Cong Thuong//Viec//VI")
    book.add("version", "2.0")
    book.add("x-wr-calname", "Sổ Công Thương: việc đến hạn")
    rows = queries.visible(person).filter(is_open(), due__gte=today - timedelta(days=DAYS_BACK))
    units = units_of(person)
    for row in (rows.filter(lead__in=units) if units else rows).order_by("due")[:MOST]:
        assert row.due is not None
        event = Event()
        event.add("uid", f"viec-{row.pk}@so-cong-thuong")
        event.add("dtstamp", datetime.combine(row.at.date(), row.at.timetz()))
        event.add("dtstart", row.due)
        event.add("dtend", row.due + timedelta(days=1))
        late = state_of(row, today) is State.OVERDUE
        event.add("summary", ("QUÁ HẠN: " if late else "Hạn: ") + row.text[:200])
        event.add("description", f"{row.get_kind_display()} {row.number}. {row.lead}. {row.paper}".strip())
        event.add("url", f"{site.rstrip('/')}/viec/{row.pk}/")
        book.add_component(event)
    return bytes(book.to_ical())
