"""Restore a backup into a system that holds nothing yet: all of it, checked, or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction

from sct.errors import Place, UserError
from sct.office.ledger.backup import FILES, KIND, MANIFEST, kept_models
from sct.office.people import audit
from sct.words import _

_CHUNK = 1000
_PIECE = 1 << 20


def restore(path: Path) -> dict[str, Any]:
    """Read a backup into the empty system; returns its manifest. Raises `UserError`, and then nothing has changed."""
    place = Place(file=str(path))
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _checked(archive, place)
            _load(archive, manifest, place)
    except (zipfile.BadZipFile, FileNotFoundError, IsADirectoryError) as error:
        raise UserError("not-a-backup", _("Tệp này không phải tệp sao lưu"), place=place) from error
    return manifest


def _checked(archive: zipfile.ZipFile, place: Place) -> dict[str, Any]:
    """The manifest, after every part was found to be what it says."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError) as error:
        raise UserError("not-a-backup", _("Tệp này không phải tệp sao lưu"), place=place) from error
    if manifest.get("kind") != KIND:
        raise UserError(
            "not-a-backup", _("Bản sao lưu kiểu khác"), value=manifest.get("kind"), expected=KIND, place=place
        )
    for name, part in manifest["parts"].items():
        if not _is_safe(name) or _sha256(archive, name) != part["sha256"]:
            raise UserError("damaged-backup", _("Bản sao lưu bị hỏng"), value=name, place=place)
    return manifest


def _is_safe(name: str) -> bool:
    """A part of ours: a table, or a file below the folder of files and nowhere else."""
    path = PurePosixPath(name)
    return name in kept_models() or (name.startswith(FILES) and not path.is_absolute() and ".." not in path.parts)


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except (KeyError, zipfile.BadZipFile):
        return ""
    return digest.hexdigest()


def _load(archive: zipfile.ZipFile, manifest: Mapping[str, Any], place: Place) -> None:
    files = Path(settings.STORED_FILES)
    if any(model._base_manager.exists() for model in kept_models().values()) or any(files.glob("*")):
        raise UserError(
            "not-empty",
            _("Hệ thống này đã có dữ liệu"),
            way_out=_("Phục hồi vào một SCT_HOME hoặc một cơ sở dữ liệu còn trống"),
            place=place,
        )
    try:
        with transaction.atomic():
            for name, model in kept_models().items():
                if name in manifest["parts"]:
                    _load_table(archive, name, model)
            _reset_sequences()
            same = audit.last_hash() == manifest["last_audit_hash"]
            audit.adopt()  # a backup from before entries sealed rows
            verdict = audit.verify()
            if not verdict.holds or not same:
                raise UserError("damaged-backup", _("Nhật ký trong bản sao lưu không khớp"), value=verdict.reason)
            _load_files(archive, manifest, files)
    except BaseException:
        shutil.rmtree(files, ignore_errors=True)  # it was empty before
        raise


def _load_table(archive: zipfile.ZipFile, name: str, model: type[models.Model]) -> None:
    with archive.open(name) as stream:
        rows = (_row(model, json.loads(line)) for line in stream)
        while chunk := list(islice(rows, _CHUNK)):
            model._base_manager.bulk_create(chunk)


def _row(model: type[models.Model], values: Mapping[str, Any]) -> models.Model:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in values.items() if name in fields})


def _reset_sequences() -> None:
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(kept_models().values())):
            cursor.execute(sql)


def _load_files(archive: zipfile.ZipFile, manifest: Mapping[str, Any], root: Path) -> None:
    for name in _files_of(manifest):
        target = root / name.removeprefix(FILES)
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out, _PIECE)
        target.chmod(0o600)


def _files_of(manifest: Mapping[str, Any]) -> Iterator[str]:
    return (name for name in manifest["parts"] if name.startswith(FILES))
