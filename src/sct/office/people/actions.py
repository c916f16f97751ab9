"""Every change to people and grants."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from sct.catalogue import load
from sct.errors import UserError
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError
from sct.office.people.models import Grant, Person, Right, Role
from sct.office.people.progress import Progress, quiet
from sct.office.people.queries import forget_grants, granted, may, require, require_manageable
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
    """A new person without any grant; raises `UserError` for a name that is taken or cannot be used."""
    require(by, Right.MANAGE)
    person = Person(username=username.strip(), full_name=full_name.strip(), unit=unit.strip(), email=email.strip())
    person.set_password(password)
    _checked(person)
    person.save()
    audit.record(by.pk, "people.create", f"person:{person.pk}", {})
    return person


@transaction.atomic
def edit_person(by: Person, person: Person, *, full_name: str, unit: str, email: str) -> None:
    """Correct how somebody is called, where they work and their address."""
    require_manageable(by, person)
    before = (person.full_name, person.unit, person.email)
    person.full_name, person.unit, person.email = full_name.strip(), unit.strip(), email.strip()
    if before == (person.full_name, person.unit, person.email):
        return
    _checked(person)
    person.save(update_fields=["full_name", "unit", "email"])
    names = [n for n, old in zip(("full_name", "unit", "email"), before, strict=True) if getattr(person, n) != old]
    audit.record(by.pk, "people.edit", f"person:{person.pk}", {"fields": names}, open_=True)


def _checked(person: Person) -> None:
    if not person.full_name:
        raise UserError("no-name", _("Chưa có họ và tên"))
    try:
        person.clean_fields(exclude=["password"])
        person.validate_unique()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        words = {"username": _("Tên đăng nhập đã có người dùng hoặc có ký tự lạ"), "email": _("Địa chỉ thư không đúng")}
        raise UserError(
            "bad-person",
            words.get(field, messages[0]),
            value=getattr(person, field, ""),
            expected=_("chữ không dấu, số và . _ - @") if field == "username" else "",
        ) from error


@transaction.atomic
def set_active(by: Person, person: Person, active: bool) -> None:
    """Let somebody sign in again, or no more: then their open sessions end at once. Nothing they did is touched."""
    require_manageable(by, person)
    if not active and person.pk == by.pk:
        raise UserError("self", _("Không tự khóa tài khoản của chính mình"), way_out=_("Nhờ một quản trị khác"))
    if person.is_active == active:
        return
    person.is_active = active
    person.save(update_fields=["is_active"])
    if not active:
        person.sign_ins.all().delete()
    audit.record(by.pk, "people.enable" if active else "people.disable", f"person:{person.pk}", {})


@transaction.atomic
def reset_password(by: Person, person: Person) -> str:
    """A one-time password to be told in person: it signs in once, and then a new one must be chosen."""
    require_manageable(by, person)
    password = "-".join("".join(secrets.choice(_READABLE) for _n in range(4)) for _m in range(3))
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    person.sign_ins.all().delete()
    audit.record(by.pk, "people.reset_password", f"person:{person.pk}", {})
    return password


_READABLE = "abcdefghkmnpqrstuvwxyz23456789"  # nothing that is taken for something else when read out


@transaction.atomic
def change_own_password(person: Person, password: str) -> None:
    """Somebody chose a new password (checked by the form) and stays signed in here alone."""
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    audit.record(person.pk, "people.change_password", f"person:{person.pk}", {})


@transaction.atomic
def close_sign_ins(by: Person, person: Person) -> int:
    """End every open session of somebody; they can sign in again."""
    require_manageable(by, person)
    count, _by_model = person.sign_ins.all().delete()
    if count:
        audit.record(by.pk, "people.close_sessions", f"person:{person.pk}", {"sessions": count}, open_=True)
    return count


@transaction.atomic
def verify_log(by: Person, progress: Progress = quiet) -> audit.Verdict:
    """Count everything again, and put on record that it was done and what came out."""
    if granted(by, Right.MANAGE) is not None:
        raise NotAllowedError("not-allowed", _("Chỉ quản trị toàn hệ thống làm được việc này"))
    verdict = audit.verify(progress)
    told = {"entries": verdict.entries, "rows": verdict.rows, "holds": verdict.holds, "broken": verdict.broken}
    audit.record(by.pk, "audit.verify", "log", told, open_=True)
    return verdict


@transaction.atomic
def grant(by: Person, person: Person, role: Role, area: str = "", unit: str = "") -> Grant:
    """Give a role in an area (empty: everywhere), for a division if told; nobody gives beyond their own area."""
    _require_manager(by, area)
    if unit and unit not in load().divisions:
        raise UserError("unknown-division", _("Không có phòng này"), value=unit, expected=", ".join(load().divisions))
    given, made = Grant.objects.get_or_create(person=person, role=role, area=area, unit=unit)
    if made:
        told = {"role": str(role), "area": area, "unit": unit}
        audit.record(by.pk, "people.grant", f"person:{person.pk}", told, open_=True)
        forget_grants(person)
    return given


@transaction.atomic
def revoke(by: Person, given: Grant) -> None:
    """Take a grant back; the log keeps that it was there."""
    _require_manager(by, given.area)
    if given.person_id == by.pk and given.role == Role.ADMIN:
        raise UserError("self", _("Không tự thu quyền quản trị của chính mình"), way_out=_("Nhờ một quản trị khác"))
    audit.record(by.pk, "people.revoke", f"person:{given.person_id}", _told(given), open_=True)
    given.delete()
    forget_grants(given.person)


def _told(given: Grant) -> dict[str, str]:
    return {"role": given.role, "area": given.area, "unit": given.unit}


def _require_manager(by: Person, area: str) -> None:
    everywhere = granted(by, Right.MANAGE) is None
    if not (everywhere or (area and may(by, Right.MANAGE, area))):
        raise NotAllowedError("not-allowed", _("Chỉ quản trị của địa bàn này cấp hoặc thu quyền được"))
