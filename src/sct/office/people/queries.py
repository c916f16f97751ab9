"""What a person may see and do. `narrowed` is the one gate: every query of the office goes through it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from sct.catalogue import load
from sct.catalogue.model import Area
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.people.models import AuditEntry, Grant, Person, Right, Role
from sct.words import _

Someone = Person | AnonymousUser
_Row = TypeVar("_Row", bound=models.Model)


def granted(person: Someone, right: Right = Right.SEE) -> frozenset[str] | None:
    """Keys of the areas in which a person has a right, children included; None means everywhere."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    if person.is_superuser:
        return None
    known: dict[Right, frozenset[str] | None] | None = getattr(person, "_granted", None)
    if known is None:
        known = _all_granted(person)
        person._granted = known  # type: ignore[attr-defined]  # once a request
    return known[right]


def _grants(person: Person) -> list[Grant]:
    """The grants of a person, read once a request; `actions.grant` and `revoke` forget them."""
    known: list[Grant] | None = getattr(person, "_grants", None)
    if known is None:
        known = person._grants = list(person.grants.all())  # type: ignore[attr-defined]
    return known


def forget_grants(person: Person) -> None:
    """What was read of a person's grants before they changed."""
    for name in ("_granted", "_grants", "_units", "_roles"):
        person.__dict__.pop(name, None)


def _all_granted(person: Person) -> dict[Right, frozenset[str] | None]:
    grants = _grants(person)
    result: dict[Right, frozenset[str] | None] = {}
    for right in Right:
        areas = [grant.area for grant in grants if right in grant.rights]
        result[right] = None if "" in areas else frozenset().union(*(below(area) for area in areas))
    return result


@cache
def below(area: str) -> frozenset[str]:
    """An area and everything under it."""
    catalogue = load()
    children: dict[str, list[str]] = {}
    for key, one in catalogue.areas.items():
        children.setdefault(one.parent, []).append(key)
    found, waiting = set(), [area]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += children.get(key, [])
    return frozenset(found)


def may_for(person: Someone, right: Right, area: str, unit: str, *, named: bool = False) -> bool:
    """Whether the person has the right in an area for a division of the department.

    A grant without a division counts for every one, unless the right needs it `named` (whose reports one files).
    """
    if not isinstance(person, Person) or not person.is_active:
        return False
    if person.is_superuser:
        return True
    wanted = {unit} if named else {unit, ""}
    return any(
        right in given.rights
        and (given.unit in wanted or given.role == Role.ADMIN)
        and (not given.area or area in below(given.area))
        for given in _grants(person)
    )


def narrowed(
    person: Someone, rows: models.QuerySet[_Row], path: str = "area", right: Right = Right.SEE
) -> models.QuerySet[_Row]:
    """Only the rows of areas in which the person has the right; `path` is the field holding the area's key."""
    areas = granted(person, right)
    if areas is None:
        return rows
    return rows.filter(**{f"{path}__in": areas}) if areas else rows.none()


def may(person: Someone, right: Right, area: str = "") -> bool:
    """Whether the person has the right in an area (empty: in at least one)."""
    areas = granted(person, right)
    return areas is None or (area in areas if area else bool(areas))


def require(person: Someone, right: Right, area: str = "") -> None:
    """`NotVisibleError` (404) for an area the person may not see, `NotAllowedError` (403) for a missing right."""
    if not may(person, Right.SEE, area):
        raise NotVisibleError("not-found", _("Không có mục này"))
    if not may(person, right, area):
        raise NotAllowedError(
            "not-allowed",
            _("Bạn không được làm việc này ở địa bàn này"),
            way_out=_("Nhờ quản trị cấp quyền"),
        )


def units_of(person: Someone) -> frozenset[str]:
    """The names of the units a person speaks for: the one of the account, divisions and communes of the grants."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    known: frozenset[str] | None = getattr(person, "_units", None)
    if known is None:
        catalogue = load()
        found = {person.unit} if person.unit else set()
        for grant in _grants(person):
            if grant.unit in catalogue.divisions:
                found.add(catalogue.divisions[grant.unit].name)
            if grant.role == Role.LOCAL and grant.area in catalogue.areas:
                found.add(local_unit(catalogue.area(grant.area)))
        known = person._units = frozenset(found)  # type: ignore[attr-defined]
    return known


def local_unit(area: Area) -> str:
    """The unit of a locality as offices write it: UBND phường Ba Đình (NĐ 30/2020/NĐ-CP, Phụ lục II)."""
    return f"UBND {area.name[:1].lower()}{area.name[1:]}"


def unit_of(person: Someone) -> str:
    """The one unit a person's deeds are told of: that of the account, else the first of the grants."""
    units = units_of(person)
    return person.unit if isinstance(person, Person) and person.unit else min(units, default="")


def reached(person: Someone, right: Right = Right.SEE) -> frozenset[str] | None:
    """The areas of `granted` and all above them: a commune's officer has to do with matters of the province."""
    areas = granted(person, right)
    if areas is None:
        return None
    known, found = load().areas, set(areas)
    waiting = list(areas)
    while waiting:
        above = known[waiting.pop()].parent
        if above and above not in found:
            found.add(above)
            waiting.append(above)
    return frozenset(found)


def roles(person: Someone) -> frozenset[str]:
    """The roles a person has in any area; the system has all of them, somebody unknown none."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    if person.is_superuser:
        return frozenset(Role.values)
    known: frozenset[str] | None = getattr(person, "_roles", None)
    if known is None:
        known = frozenset(grant.role for grant in _grants(person))
        person._roles = known  # type: ignore[attr-defined]  # once a request
    return known


# -- those who manage others ------------------------------------------------------------------------------------------


def manageable(by: Someone) -> models.QuerySet[Person]:
    """Whom somebody may manage: with the right everywhere all; else those whose every grant lies within their areas
    (somebody without a grant belongs to nobody yet). Accounts above all rights only by one of their kind."""
    areas = granted(by, Right.MANAGE)
    people = Person.objects.all()
    if not (isinstance(by, Person) and by.is_superuser):
        people = people.filter(is_superuser=False)
    if areas is None:
        return people
    if not areas:
        return people.none()
    return people.exclude(grants__in=Grant.objects.exclude(area__in=areas))


def require_manageable(by: Someone, person: Person) -> None:
    """404 for whoever may not manage people at all, or not this one."""
    if not may(by, Right.MANAGE) or not manageable(by).filter(pk=person.pk).exists():
        raise NotVisibleError("not-found", _("Không có người này"))


def person(by: Someone, number: int) -> Person:
    """One person to manage; 404 for anyone else's."""
    found = manageable(by).prefetch_related("grants").filter(pk=number).first()
    if found is None or not may(by, Right.MANAGE):
        raise NotVisibleError("not-found", _("Không có người này"))
    return found


def people(by: Someone, query: str = "") -> list[Person]:
    """Everybody one may manage, by given name as lists of people are; two queries. `query` without diacritics too."""
    from sct.vietnamese.text import search_key, sort_key

    words = search_key(query).split()
    counted = manageable(by).annotate(
        open_sessions=models.Count("sign_ins", filter=models.Q(sign_ins__expire_date__gt=timezone.now()))
    )
    found = [
        one
        for one in counted.prefetch_related("grants")
        if all(word in search_key(f"{one.full_name} {one.username} {one.unit}") for word in words)
    ]
    return sorted(found, key=lambda one: (not one.is_active, sort_key(one.get_short_name()), sort_key(one.full_name)))


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry of the log as it can be read: who by name as far as the reader may know, `detail` as a mapping."""

    entry: AuditEntry
    who: Person | None
    person: Person | None  # whom it is about
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LogFilter:
    who: int | None = None
    room: str = ""  # the first part of the action: people, ledger, documents …
    first: date | None = None
    last: date | None = None


def log(by: Someone, chosen: LogFilter, *, limit: int, offset: int = 0) -> list[LogLine]:
    """Entries newest first: all for whoever manages everywhere, else what those one manages did. Two queries."""
    if not may(by, Right.MANAGE):
        raise NotVisibleError("not-found", _("Không có mục này"))
    entries = AuditEntry.objects.order_by("-sequence")
    if granted(by, Right.MANAGE) is not None:
        entries = entries.filter(who__in=manageable(by).values("pk"))
    if chosen.who is not None:
        entries = entries.filter(who=chosen.who)
    if chosen.room:
        entries = entries.filter(action__startswith=f"{chosen.room}.")
    if chosen.first:
        entries = entries.filter(at__gte=_midnight(chosen.first))
    if chosen.last:
        entries = entries.filter(at__lt=_midnight(chosen.last + timedelta(days=1)))
    found = list(entries[offset : offset + limit])
    about = {entry.pk: _person_number(entry.subject) for entry in found}
    known = Person.objects.in_bulk({*(entry.who for entry in found), *(pk for pk in about.values() if pk)})
    return [
        LogLine(entry, known.get(entry.who), known.get(about[entry.pk] or 0), json.loads(entry.detail or "{}"))
        for entry in found
    ]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _person_number(subject: str) -> int | None:
    kind, _colon, number = subject.partition(":")
    return int(number) if kind == "person" and number.isdigit() else None
