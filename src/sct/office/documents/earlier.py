"""Last month's matches: what the words of the newest papers meant, with what people mended (`sct.proofing.links`).

They are not stored a second time: a kept paper has its statements with their series, and a mending is a decision about
one. So a word that somebody once said the meaning of is understood in the next draft, and an undone mending is not.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from sct.catalogue.statement import Statement as ReadStatement
from sct.office.documents.models import DecisionKind, Document, Statement
from sct.office.documents.states import mended_fields
from sct.office.people.queries import Someone, narrowed
from sct.proofing import matches
from sct.proofing.links import Matches, Meant, is_open

_PAPERS = 12  # the newest that are asked: a month has a handful


def earlier_matches(person: Someone, statements: Iterable[ReadStatement], without: int | None = None) -> Matches:
    """What the words of earlier papers meant; nothing is asked where no word of this draft is open.

    `without` is the number of a document that does not teach itself. Three queries at most.
    """
    if not any(is_open(statement) for statement in statements):
        return {}
    papers = narrowed(person, Document.objects.exclude(pk=without or 0)).order_by("-id").values_list("pk", flat=True)
    told = Statement.objects.filter(document__in=list(papers[:_PAPERS]))
    known = told.filter(~Q(indicator="") | Q(decisions__kind=DecisionKind.MEND)).distinct()
    rows = list(known.only("subject", "measure", "indicator", "breakdown"))
    mended = mended_fields(rows)
    return matches(_meant(row, mended.get(row.pk, {})) for row in rows)


def _meant(row: Statement, mended: dict[str, str]) -> Meant:
    series = mended.get("indicator", row.indicator), mended.get("breakdown", row.breakdown)
    return Meant(row.subject, row.measure, *series)
