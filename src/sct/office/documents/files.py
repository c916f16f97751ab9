"""The bytes of documents: one file for each content, named by its SHA-256, never written twice."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from sct.errors import UserError
from sct.words import _


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash are kept."""
    return Path(settings.STORED_FILES) / sha256[:2] / sha256


def digest(data: bytes) -> str:
    """The name of bytes in the store."""
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes) -> str:
    """Store bytes and return their SHA-256. A file of that name is there whole or not at all."""
    sha256 = digest(data)
    path = path_of(sha256)
    if path.exists():
        return sha256
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(partial).replace(path)
    except OSError as error:
        raise UserError("cannot-store", _("Không ghi được tệp vào kho"), value=error.strerror) from error
    return sha256


def fetch(sha256: str) -> bytes:
    """The bytes with this hash; raises `UserError` when the file is gone or was changed."""
    try:
        data = path_of(sha256).read_bytes()
    except OSError as error:
        raise UserError("file-missing", _("Tệp gốc không còn trong kho"), value=sha256[:12]) from error
    if digest(data) != sha256:
        raise UserError("file-changed", _("Tệp gốc trong kho đã bị sửa"), value=sha256[:12])
    return data
