"""The rooms of the site: the one table that the head of every page is made from.

A room stands in the navigation as soon as its first page has an address, for whoever has the right it asks for.
A page belongs to the room whose word its address begins with, so a new page needs no entry here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from sct.office.people.models import Right
from sct.office.people.queries import may
from sct.words import _


@dataclass(frozen=True, slots=True)
class Room:
    """`name` is the url name of the first page, `under` the first words of the addresses that belong to the room."""

    name: str
    label: Callable[[], str]
    under: tuple[str, ...]
    right: Right = Right.SEE

    @property
    def open(self) -> bool:
        """Whether the room has its first page yet."""
        try:
            reverse(self.name)
        except NoReverseMatch:
            return False
        return True


# In the order of the navigation.
ROOMS: tuple[Room, ...] = (
    Room("home", lambda: _("Tổng quan"), ("", "chua-thong-nhat")),
    Room("indicators", lambda: _("Chỉ tiêu"), ("chi-tieu", "so-lieu")),
    Room("plans", lambda: _("Kế hoạch"), ("ke-hoach",)),
    Room("collection", lambda: _("Thu thập"), ("thu-thap",)),
    Room("registers", lambda: _("Sổ bộ"), ("so-bo",)),
    Room("matters", lambda: _("Việc"), ("viec",)),
    Room("documents", lambda: _("Văn bản"), ("van-ban",)),
    Room("proofing", lambda: _("Soát số liệu"), ("soat",)),
    Room("reports", lambda: _("Báo cáo"), ("bao-cao",)),
    Room("reviews", lambda: _("Kỳ họp"), ("ky-hop",)),
    Room("administration", lambda: _("Quản trị"), ("quan-tri",), Right.MANAGE),
)


@dataclass(frozen=True, slots=True)
class Door:
    """A room as the navigation shows it."""

    name: str
    label: str
    here: bool


def doors(request: HttpRequest) -> list[Door]:
    """The rooms this person may enter; the one that the address belongs to is marked."""
    word = request.path.strip("/").partition("/")[0]
    return [
        Door(room.name, room.label(), word in room.under)
        for room in ROOMS
        if room.open and may(request.user, room.right)
    ]
