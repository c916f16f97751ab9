"""Every change to people and grants."""

from __future__ import annotations

from django.db import transaction

from sct.catalogue import load
from sct.errors import UserError
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError
from sct.office.people.models import Grant, Person, Right, Role
from sct.office.people.queries import granted, may, require
from sct.words import _

SYSTEM = "he-thong"


@transaction.atomic
def system_person() -> Person:
    """The account in whose name commands act; nobody can sign in with it."""
    person, made = Person.objects.get_or_create(
        username=SYSTEM, defaults={"full_name": "Hệ thống", "is_superuser": True, "password": "!"}
    )
    if made:
        audit.record(None, "people.system", f"person:{person.pk}", {})
    return person


@transaction.atomic
def create_person(
    by: Person, username: str, full_name: str, *, unit: str = "", password: str | None = None, email: str = ""
) -> Person:
    """A new person without any grant."""
    require(by, Right.MANAGE)
    person = Person.objects.create_user(username, email, password, full_name=full_name, unit=unit)
    audit.record(by.pk, "people.create", f"person:{person.pk}", {})
    return person


@transaction.atomic
def grant(by: Person, person: Person, role: Role, area: str = "", unit: str = "") -> Grant:
    """Give a role in an area (empty: everywhere), for a division if told; nobody gives beyond their own area."""
    _require_manager(by, area)
    if unit and unit not in load().divisions:
        raise UserError("unknown-division", _("Không có phòng này"), value=unit, expected=", ".join(load().divisions))
    given, made = Grant.objects.get_or_create(person=person, role=role, area=area, unit=unit)
    if made:
        audit.record(by.pk, "people.grant", f"person:{person.pk}", {"role": role, "area": area, "unit": unit})
        person.__dict__.pop("_granted", None)
    return given


@transaction.atomic
def revoke(by: Person, given: Grant) -> None:
    """Take a grant back; the log keeps that it was there."""
    _require_manager(by, given.area)
    audit.record(by.pk, "people.revoke", f"person:{given.person_id}", _told(given))
    given.delete()


def _told(given: Grant) -> dict[str, str]:
    return {"role": given.role, "area": given.area, "unit": given.unit}


def _require_manager(by: Person, area: str) -> None:
    everywhere = granted(by, Right.MANAGE) is None
    if not (everywhere or (area and may(by, Right.MANAGE, area))):
        raise NotAllowedError("not-allowed", _("Chỉ quản trị của địa bàn này cấp hoặc thu quyền được"))
