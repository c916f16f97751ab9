"""The part of `sct demo` that shows collection: a few submissions marked *minh họa*, and a commune officer's account.

Nothing here is real and nothing of it reaches the ledger: an illustrative submission is never posted.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sct.words import _

if TYPE_CHECKING:
    from sct.collecting.duties import Duty
    from sct.office.people.models import Person

OFFICER, TRADE = "demo-xa", "commune_trade_monthly"
SENDERS = 18  # communes that have begun in the demonstration


def submissions(by: Person) -> int:
    """Make the illustrative submissions once; returns how many there are."""
    from sct.office.collection.models import Submission

    if not Submission.objects.exists():
        for number, duty in enumerate(_duties()):
            _one(by, duty, number)
    return Submission.objects.filter(illustrative=True).count()


def _duties() -> list[Duty]:
    """The monthly trade report due last, of some communes, and the one before it."""
    from sct.catalogue import load
    from sct.collecting.duties import duties
    from sct.office.collection.ground import today

    catalogue = load()
    now: date = today()
    found = duties(catalogue, [catalogue.form(TRADE)], now - timedelta(days=62), now, catalogue.home)
    return [duty for number, duty in enumerate(found) if number % 126 < SENDERS]


def _one(by: Person, duty: Duty, number: int) -> None:
    """One submission: most are sent and received, some sent back, some still a draft."""
    from sct.office.collection import actions
    from sct.office.collection.actions import Reason, Save
    from sct.office.collection.ground import Ref
    from sct.office.collection.models import Via

    ref = Ref(duty.unit.key, duty.form.code, duty.period.code)
    given = _values(number)
    if number % 6 == 4:
        given.pop("travel")
    actions.save(by, ref, Save(given, 0, f"demo-{number}", (), Via.DEMO))
    if number % 6 == 4:
        return
    actions.act(by, ref, "send")
    if number % 6 == 5:
        actions.act(by, ref, "return", Reason("", {"retail_goods": _("cao gấp mười tháng trước, xem lại đơn vị tính")}))
    elif number % 6 != 3:
        actions.act(by, ref, "receive")


def _values(number: int) -> dict[str, str]:
    """Numbers that follow a plain rule, so that nobody takes them for counted ones."""
    step = number + 1
    return {
        "retail_goods": f"{10 + step}.000",
        "food_lodging": f"{2 + step % 5}.000",
        "travel": "0" if number % 3 else "500",
        "other_services": f"{1 + step % 4}.000",
        "convenience_new": str(number % 3),
        "supermarkets_new": "0",
        "spots_cleared": str(number % 4),
        "spots_left": "0",
        "remarks": _("Số minh họa, không có thật."),
    }


def officer(by: Person, password: str) -> None:
    """The account of a commune officer, once, under the demo's password."""
    from sct.catalogue import load
    from sct.office.collection.ground import today
    from sct.office.people.actions import create_person, grant
    from sct.office.people.models import Person, Role

    if Person.objects.filter(username=OFFICER).exists():
        return
    catalogue = load()
    communes = sorted(catalogue.areas.children(catalogue.home, today()), key=lambda area: area.name)
    commune = next(area for area in communes if area.level == "commune")
    person = create_person(by, OFFICER, "Trần Văn Minh Họa", unit=commune.name, password=password)
    grant(by, person, Role.LOCAL, commune.key)
