"""Backup: one zip with every row of the office and every stored file, independent of the kind of database.

A backup of SQLite restores into PostgreSQL and back. The manifest names each part with its SHA-256, and the last hash
of the log: who keeps that hash can prove later that the log was not cut short.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction

from sct import __version__
from sct.errors import Place, UserError
from sct.office.people import audit
from sct.office.people.progress import Progress, quiet
from sct.words import _

KIND = "so-cong-thuong backup 1"
BACKUP = "system.backup"
MANIFEST, TABLES, FILES = "manifest.json", "tables/", "files/"
_PIECE = 1 << 20
# Worth nothing elsewhere, as sessions are; and Django's own groups, which are not used here.
_LEFT_OUT = {"people.LoginFailure", "people.SignIn", "people.Person_groups", "people.Person_user_permissions"}


def kept_models() -> dict[str, type[models.Model]]:
    """All tables of the office's own rooms, by the name of their part in the zip."""
    own = [config for config in apps.get_app_configs() if config.name.startswith("sct.office.")]
    found = [model for config in own for model in config.get_models(include_auto_created=True)]
    return {f"{TABLES}{m._meta.label_lower}.jsonl": m for m in found if m._meta.label not in _LEFT_OUT}


def backup(path: Path, by: int | None = None, progress: Progress = quiet) -> dict[str, Any]:
    """Write everything into a new file; returns the manifest. The file appears only when it is complete.

    The log tells that a backup was begun (`by` a person's number), so the backup itself has that entry.
    """
    if path.exists():
        raise UserError("file-exists", _("Tệp này đã có, không ghi đè"), place=Place(file=str(path)))
    partial = path.with_name(path.name + ".part")
    try:
        with transaction.atomic():
            audit.record(by, BACKUP, "backup", {"name": path.name}, open_=True)
        with _snapshot(), zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            tables, files = kept_models(), list(_stored_files())
            counted = _Counted(progress, sum(m._base_manager.count() for m in tables.values()) + len(files))
            parts = {name: _write(archive, name, counted(_lines(model))) for name, model in tables.items()}
            for name, file in files:
                parts[name] = _write(archive, name, _pieces(file))
                counted.step()
            manifest = {
                "kind": KIND,
                "version": __version__,
                "made": datetime.now(UTC).isoformat(timespec="seconds"),
                "last_audit_hash": audit.last_hash(),
                "parts": parts,
            }
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        partial.replace(path)
    except OSError as error:
        raise UserError(
            "cannot-write", _("Không ghi được tệp sao lưu"), value=error.strerror, place=Place(file=str(path))
        ) from error
    finally:
        partial.unlink(missing_ok=True)
    return manifest


class _Counted:
    """Tells how many rows and files of all are written."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            yield line
            self.step()

    def step(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)


@contextmanager
def _snapshot() -> Iterator[None]:
    """All tables as of one moment, while others go on writing (PostgreSQL) or wait (SQLite)."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as out:
        for piece in pieces:
            digest.update(piece)
            size += len(piece)
            out.write(piece)
    return {"sha256": digest.hexdigest(), "bytes": size}


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    """One row a line: column → text that the field itself can read again, microseconds and all."""
    fields = model._meta.concrete_fields
    for row in model._base_manager.order_by("pk").iterator(chunk_size=2000):
        values = {
            field.attname: None if getattr(row, field.attname) is None else field.value_to_string(row)
            for field in fields
        }
        yield json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _stored_files() -> Iterator[tuple[str, Path]]:
    root = Path(settings.STORED_FILES)
    for file in sorted(root.rglob("*")):
        if file.is_file():
            yield FILES + file.relative_to(root).as_posix(), file


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece
