"""Person (người dùng), grant (quyền: vai trò × địa bàn), and the log of actions (nhật ký)."""

from __future__ import annotations

from enum import Enum
from importlib import import_module
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from sct.office.people.append_only import AppendOnly


class Role(models.TextChoices):
    """What somebody is in the department."""

    ADMIN = "admin", _("Quản trị viên")
    LEADER = "leader", _("Lãnh đạo")
    PLANNER = "planner", _("Chuyên viên tổng hợp")
    DIVISION = "division", _("Chuyên viên phòng")
    LOCAL = "local", _("Cán bộ xã, phường")
    VIEWER = "viewer", _("Người xem")


class Right(Enum):
    """What a role lets one do in its area."""

    SEE = "see"
    RECORD = "record"  # put figures and documents in, accept statements
    WITHDRAW = "withdraw"
    REPORT = "report"  # write the review
    FILE = "file"  # fill and send the reports of the area
    FILE_OWN = "file_own"  # fill and send the reports of the own division
    RECEIVE = "receive"  # take reports of units or send them back
    APPROVE = "approve"  # the second level: approve, lock, let a locked report be corrected
    MANAGE = "manage"  # people and grants
    PLAN = "plan"  # set targets, prepare reviews, put matters on record
    ASSIGN = "assign"  # give a matter to a unit, extend, suspend, recall
    ANSWER = "answer"  # report on what one's own unit was given
    OVERSEE = "oversee"  # see every matter of the area, not only those of one's own unit


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMIN: frozenset(Right),
    Role.LEADER: frozenset({Right.SEE, Right.REPORT, Right.WITHDRAW, Right.ASSIGN, Right.ANSWER, Right.OVERSEE}),
    Role.PLANNER: frozenset(
        {Right.SEE, Right.RECORD, Right.WITHDRAW, Right.REPORT, Right.RECEIVE, Right.APPROVE}
        | {Right.PLAN, Right.ANSWER, Right.OVERSEE}
    ),
    Role.DIVISION: frozenset({Right.SEE, Right.RECORD, Right.WITHDRAW, Right.FILE_OWN, Right.RECEIVE, Right.ANSWER}),
    Role.LOCAL: frozenset({Right.SEE, Right.RECORD, Right.FILE, Right.ANSWER}),
    Role.VIEWER: frozenset({Right.SEE}),
}


class Person(AbstractUser):
    """Somebody who can sign in."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("họ và tên"), max_length=150)
    unit = models.CharField(_("phòng, đơn vị"), max_length=150, blank=True)

    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)  # a password somebody else knows

    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        """The given name, which comes last in a Vietnamese name."""
        return self.get_full_name().split()[-1]

    def __str__(self) -> str:
        return self.get_full_name()


class Grant(models.Model):
    """A role within an area and everything below it; an empty area is the whole country.

    `unit` narrows a role to one division of the department (a code of declarations/divisions): whose reports it files
    and which forms it receives. Empty: no division of its own to file for, and every form to receive.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("vai trò"), max_length=12, choices=Role.choices)
    area = models.CharField(_("địa bàn"), max_length=40, blank=True)
    unit = models.CharField(_("phòng"), max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role", "area", "unit"], name="one_grant_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role} {self.area} {self.unit}".rstrip()

    @property
    def rights(self) -> frozenset[Right]:
        return RIGHTS[Role(self.role)]


class SignIn(AbstractBaseSession):
    """An open session (phiên đăng nhập) and whose it is; nobody's before signing in."""

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="sign_ins")
    begun = models.DateTimeField()

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store


class LoginFailure(models.Model):
    """A failed sign-in, kept until the wait is over; `key` is a hash of name and address, not the name itself."""

    key = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key


class AuditEntry(AppendOnly):
    """One action. `hash` covers this entry and the hash before it, so a changed entry breaks the chain after it.

    `who` is a user number and nothing more: the log names nobody. `digest` is the SHA-256 of what was done.
    """

    sealed = False  # the chain of hashes holds it

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    who = models.BigIntegerField()  # 0: before anybody existed
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    detail = models.TextField(default="", blank=True)  # what was done, as JSON, where it tells of nobody
    rows = models.TextField(default="", blank=True)  # seals of the append-only rows that came with it (`journal`)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject}"
