"""The state of the system: age of the last backup, when the log was last counted, room on the disk, what it holds."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from sct import __version__
from sct.office.documents.models import Document
from sct.office.ledger.backup import BACKUP, backup
from sct.office.ledger.models import Observation
from sct.office.people.append_only import unguarded
from sct.office.people.errors import NotAllowedError
from sct.office.people.models import AuditEntry, Person, Right
from sct.office.people.progress import Progress, quiet
from sct.office.people.queries import Someone, granted
from sct.words import _

BACKUP_DAYS, VERIFY_DAYS, DISK_SHARE = 7, 31, 0.1


@dataclass(frozen=True, slots=True)
class Verified:
    """When the log was last counted again, and what came out."""

    at: datetime
    holds: bool
    entries: int
    rows: int


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup that lies in the folder of backups."""

    name: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Health:
    version: str
    database: str
    figures: int
    documents: int
    people: int
    entries: int
    backup_at: datetime | None
    saved: tuple[Saved, ...]
    verified: Verified | None
    unguarded: tuple[str, ...]
    disk_free: int
    disk_total: int

    @property
    def backup_late(self) -> bool:
        return self.backup_at is None or timezone.now() - self.backup_at > timedelta(days=BACKUP_DAYS)

    @property
    def verify_late(self) -> bool:
        return self.verified is None or timezone.now() - self.verified.at > timedelta(days=VERIFY_DAYS)

    @property
    def disk_low(self) -> bool:
        return self.disk_free < DISK_SHARE * self.disk_total

    @property
    def sound(self) -> bool:
        """Nothing here asks for a hand."""
        broken = self.verified is not None and not self.verified.holds
        return not (self.backup_late or self.verify_late or self.disk_low or self.unguarded or broken)


def require_system(person: Someone) -> None:
    """Only whoever manages everywhere; 403 for a manager of one area."""
    if granted(person, Right.MANAGE) is not None:
        raise NotAllowedError("not-allowed", _("Chỉ quản trị toàn hệ thống xem và làm được việc này"))


def health(person: Someone) -> Health:
    """The state of now; a handful of counts."""
    require_system(person)
    home = Path(settings.HOME)
    home.mkdir(parents=True, exist_ok=True)
    disk = shutil.disk_usage(home)
    entries = AuditEntry.objects.order_by("-sequence")
    saved_at = entries.filter(action=BACKUP).values_list("at", flat=True).first()
    counted = entries.filter(action="audit.verify").first()
    verified = None
    if counted is not None:
        told = json.loads(counted.detail or "{}")
        verified = Verified(counted.at, bool(told.get("holds")), int(told.get("entries", 0)), int(told.get("rows", 0)))
    return Health(
        version=__version__,
        database=connection.vendor,
        figures=Observation.objects.count(),
        documents=Document.objects.count(),
        people=Person.objects.filter(is_active=True, is_superuser=False).count(),
        entries=entries.count(),
        backup_at=saved_at,
        saved=tuple(backups()),
        verified=verified,
        unguarded=tuple(unguarded()),
        disk_free=disk.free,
        disk_total=disk.total,
    )


def _folder() -> Path:
    return Path(settings.HOME) / "backups"


def backups() -> list[Saved]:
    """What lies in the folder of backups, newest first."""
    found = [(path.stat(), path.name) for path in _folder().glob("sct-*.zip")]
    zone = timezone.get_current_timezone()
    made = [Saved(name, stat.st_size, datetime.fromtimestamp(stat.st_mtime, zone)) for stat, name in found]
    return sorted(made, key=lambda saved: saved.at, reverse=True)


def back_up(person: Person, progress: Progress = quiet) -> Saved:
    """Write a backup into the folder of backups."""
    require_system(person)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"sct-{timezone.localtime():%Y%m%d-%H%M%S}.zip"
    backup(folder / name, person.pk, progress)
    return next(saved for saved in backups() if saved.name == name)


def backup_path(person: Someone, name: str) -> Path | None:
    """The file of a backup in the folder, None where there is none of that name."""
    require_system(person)
    return _folder() / name if name in {saved.name for saved in backups()} else None
