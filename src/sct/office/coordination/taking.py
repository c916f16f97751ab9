"""What a document proposes becomes a matter: prefilled, with its sentence, and the proposal knows what it became.

To undo it takes back what it became as well: its matter, or its targets (`target_taking`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

from sct.office.documents import proposals
from sct.office.documents.proposals import View
from sct.office.matters import actions as matters
from sct.office.matters.actions import NewMatter
from sct.office.matters.models import Matter
from sct.office.people.models import Person
from sct.office.plans import actions as plans
from sct.vietnamese.periods import Period
from sct.words import _


def filled(found: View) -> dict[str, str]:
    """The fields of the form of a new matter, as the document says them."""
    return {
        "loai": found.kind,
        "noi_dung": found.text[:1].upper() + found.text[1:],
        "trich": (found.before + found.text + found.after).strip(),
        "van_ban": found.document_name,
        "nguoi_neu": found.sender,
        "ngay_neu": found.published if len(found.published) == 10 else "",
    }


def _day(text: str) -> date | None:
    """The last day a document leaves: a day as it is, of a period its end."""
    if not text:
        return None
    if len(text) == 10:
        return date.fromisoformat(text)
    last = Period.parse(text).months[1] + 1
    return date(last // 12, last % 12 + 1, 1) - timedelta(days=1)


@transaction.atomic
def take(person: Person, area: str, number: int, new: NewMatter) -> Matter:
    """The matter with its place in the document; refused where the proposal was decided, 404 where it is not seen."""
    found = proposals.view(person, number)
    told = replace(new, document=found.document, start=found.start, end=found.end, stated=_day(found.due))
    row = matters.create(person, area, told)
    proposals.take(person, number, f"matter:{row.pk}")
    return row


@transaction.atomic
def undo(person: Person, number: int) -> None:
    """The proposal waits again, and what it became is withdrawn; refused once others have worked on that."""
    found = proposals.decided(person, number)
    kind, _colon, reference = found.reference.partition(":")
    why = _("Hoàn tác việc nhận từ văn bản: {document}").format(document=found.document_name)
    if kind == "matter":
        matters.withdraw(person, int(reference), why)
    elif kind == "plan":
        plans.withdraw(person, number, why)
    proposals.undo(person, number)
