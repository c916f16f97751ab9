"""Files of other word processors (doc, odt, rtf) by way of LibreOffice, where it is installed: converted to docx.

It runs apart: a profile of its own that is thrown away, macros and links off, no network where the system can
withhold it, limits of time and memory. Where it is not installed the file is refused and the way out said.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePath

from sct.catalogue.statement import Document
from sct.errors import Place, UserError
from sct.reading import docx, isolated
from sct.reading.package import Package
from sct.reading.pdf import too_long
from sct.words import _

SECONDS = 25.0
_MEMORY = 6 * 2**30
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""  # noqa: E501


def read(data: bytes, name: str) -> Document:
    """The document of a file that LibreOffice opens; places are those of the converted Word file."""
    kind = PurePath(name).suffix.lower().lstrip(".") or "doc"
    document = docx.read(converted(data, name), name)
    return replace(document, kind=kind, sha256=sha256(data).hexdigest())


def installed() -> str:
    """The program, "" where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def converted(data: bytes, name: str, to: str = "docx") -> bytes:
    """The file in another kind. Raises `UserError`: no-libreoffice, damaged-file, too-long, zip-bomb."""
    suffix = PurePath(name).suffix.lower() or ".doc"
    program = installed()
    if not program:
        raise UserError(
            "no-libreoffice",
            _("Máy chủ chưa cài LibreOffice nên chưa đọc được loại tệp này"),
            value=suffix,
            way_out=_("Mở bằng Word, lưu lại dạng .docx rồi gửi; hoặc nhờ người quản trị cài LibreOffice"),
            place=Place(file=name),
        )
    if data.startswith(b"PK"):
        Package(data, name)  # weighed before anybody unpacks it
    with tempfile.TemporaryDirectory(prefix="sct-convert-") as folder:
        home = Path(folder)
        source = home / f"source{suffix}"
        source.write_bytes(data)
        return _convert(program, source, name, to)


def _convert(program: str, source: Path, name: str, to: str) -> bytes:
    home = source.parent
    profile = home / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    command = [
        *_without_network(),
        *(program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"),
        *("--convert-to", to, "--outdir", str(home / "made"), str(source)),
    ]
    try:
        isolated.run(command, seconds=SECONDS, memory=_MEMORY, environment=_environment(home), folder=home)
        return (home / "made" / f"source.{to}").read_bytes()
    except isolated.TooLongError as error:
        raise too_long(name, SECONDS) from error
    except (isolated.FailedError, OSError) as error:
        raise UserError(
            "damaged-file",
            _("LibreOffice không mở được tệp: tệp hỏng hoặc có mật khẩu"),
            way_out=_("Mở bằng Word và lưu lại dạng .docx"),
            place=Place(file=name),
        ) from error


def _environment(home: Path) -> dict[str, str]:
    """Only what the program needs; a proxy that answers nobody, for systems that cannot withhold the network."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL") if key in os.environ}
    nowhere = "http://127.0.0.1:9"
    return {**kept, "HOME": str(home), "TMPDIR": str(home), "http_proxy": nowhere, "https_proxy": nowhere}


@cache
def _without_network() -> tuple[str, ...]:
    """The words before a command that take the network from it, where the system lets us."""
    program = shutil.which("unshare")
    for words in ((program, "--net"), (program, "--net", "--map-root-user")) if program else ():
        try:
            isolated.run([str(word) for word in (*words, "true")], seconds=5)
        except (isolated.FailedError, isolated.TooLongError, OSError):
            continue
        return tuple(str(word) for word in words)
    return ()
