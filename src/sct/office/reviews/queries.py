"""Reads of reviews: those of the areas one may see, those above them that call one's unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sct.following.cutting import Cut, cut
from sct.following.states import Counts, State, counts
from sct.office.matters import queries as matters
from sct.office.matters.queries import Line
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import Person
from sct.office.people.queries import Someone, reached
from sct.office.reviews.models import Conclusion, Review
from sct.words import _


def visible(person: Someone) -> QuerySet[Review]:
    """The one gate."""
    areas = reached(person)
    rows = Review.objects.all()
    if areas is None:
        return rows
    return rows.filter(area__in=areas) if areas and isinstance(person, Person) else rows.none()


def review_row(person: Someone, review: int) -> Review:
    """One review; raises `NotVisibleError` (404)."""
    row = visible(person).filter(pk=review).select_related("previous").first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có kỳ họp này"), value=review)
    return row


def conclusion_row(person: Someone, conclusion: int) -> Conclusion:
    """One conclusion; raises 404."""
    rows = Conclusion.objects.filter(pk=conclusion, review__in=visible(person)).select_related("review")
    row = rows.first()
    if row is None:
        raise NotVisibleError("not-found", _("Không có kết luận này"), value=conclusion)
    return row


def reviews(person: Someone, area: str) -> list[Review]:
    """The reviews of an area, newest first."""
    return list(visible(person).filter(area=area).order_by("-held", "-pk")[:200])


@dataclass(frozen=True, slots=True)
class Proposed:
    """A cut of a conclusion, and the number of the matter it has become (None: not yet)."""

    cut: Cut
    matter: int | None


@dataclass(frozen=True, slots=True)
class Concluded:
    row: Conclusion
    cuts: tuple[Proposed, ...]

    @property
    def left(self) -> int:
        return sum(one.matter is None for one in self.cuts)


def concluded(review: Review) -> list[Concluded]:
    """The conclusions of a review with their cuts."""
    found = []
    for row in review.conclusions.order_by("pk"):
        taken = dict(row.cuts.values_list("start", "matter_id"))
        found.append(Concluded(row, tuple(Proposed(one, taken.get(one.start)) for one in cut(row.text))))
    return found


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a review's conclusions: the matters, their counts, what is still open."""

    review: Review
    lines: tuple[Line, ...]
    counts: Counts

    @property
    def top(self) -> list[Line]:
        """Without the children, which stand under their parents."""
        return [line for line in self.lines if line.row.parent_id is None]

    @property
    def late(self) -> list[Line]:
        return [line for line in self.lines if line.state in (State.OVERDUE, State.DONE_LATE)]


def became(person: Someone, review: Review, today: date) -> Became:
    """The matters of a review on a day: how the next one opens."""
    lines = matters.of_occasion(person, review.occasion, today)
    return Became(review, tuple(lines), counts(line.state for line in lines))
