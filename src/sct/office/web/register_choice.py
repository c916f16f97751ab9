"""What the address of a register page asks: state, facets, words, cohort, part of the map, order, page, and the day."""

from __future__ import annotations

from datetime import date, datetime, time

from django.http import Http404
from django.utils import timezone

from sct.catalogue.model import bad_date
from sct.catalogue.registers import Cohort, Register, load_registers
from sct.office.registers.mapping import Box
from sct.office.registers.queries import cohort_members
from sct.office.registers.questions import SORTS, Question
from sct.office.web.choice import SiteRequest

STATE, WORDS, COHORT, BOX, SORT, PAGE = "tt", "tim", "nhom", "khung", "xep", "trang"
KNOWN = "biet"  # the second date: only what was in the register by the end of this day
FACET = "l."


def register_or_404(code: str) -> Register:
    kind = load_registers().get(code)
    if kind is None:
        raise Http404(code)
    return kind


def day_of(request: SiteRequest) -> date:
    """The day the page speaks of: the as-of day of the site, else today."""
    return request.choice.as_of or timezone.localdate()


def known_of(request: SiteRequest) -> date | None:
    """The day by whose end things must have been entered to be told; None for all that is known today."""
    text = request.GET.get(KNOWN, "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise bad_date(text) from None
    return day if day < timezone.localdate() else None


def end_of(day: date) -> datetime:
    """The last moment of a day, in the time of the office."""
    return timezone.make_aware(datetime.combine(day, time.max))


def cohort_of(request: SiteRequest, kind: Register) -> Cohort | None:
    asked = request.GET.get(COHORT, "")
    return next((cohort for cohort in kind.cohorts if cohort.code == asked), None)


def question_of(request: SiteRequest, kind: Register) -> Question:
    """The question of an address; what it names and the register does not know is passed over."""
    given = request.GET
    cohort = cohort_of(request, kind)
    facets = tuple(
        (one.code, given[FACET + one.code]) for one in (*kind.facets, *kind.links) if given.get(FACET + one.code)
    )
    page = given.get(PAGE, "1")
    return Question(
        register=kind,
        day=day_of(request),
        state=tuple(code for code in given.getlist(STATE) if code in kind.states),
        facets=facets,
        area=request.choice.area.key,
        words=given.get(WORDS, "").strip()[:200],
        sort=given.get(SORT, "") if given.get(SORT, "") in SORTS else "ten",
        page=int(page) if page.isdigit() and 0 < int(page) < 100_000 else 1,
        entries=cohort_members(request.user, kind, cohort) if cohort else None,
        box=box_of(given.get(BOX, "")),
    )


def box_of(text: str) -> Box | None:
    """`south,west,north,east` in degrees; None for anything else."""
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError:
        return None
    inside = -90 <= south < north <= 90 and -180 <= west < east <= 180
    return Box(south, west, north, east) if inside else None
