"""The environment variables of the office: one short table, read once, and loud when a value makes no sense.

Without any variable a clone runs on SQLite under `./var`. The reference page of settings is made from `VARIABLES`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sct.errors import UserError
from sct.words import _

YES, NO = ("1", "yes", "true", "on"), ("0", "no", "false", "off")


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting a user may turn: name, default as text, help, how to read it and which words it allows."""

    name: str
    default: str
    help: str
    read: Callable[[str], Any]
    allowed: str = ""


def _text(value: str) -> str:
    return value


def _words(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


def _yes_no(value: str) -> bool:
    if value.lower() not in YES + NO:
        raise ValueError(value)
    return value.lower() in YES


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _positive(value: str) -> int:
    if int(value) < 1:
        raise ValueError(value)
    return int(value)


def _language(value: str) -> str:
    if value not in ("vi", "en"):
        raise ValueError(value)
    return value


def _folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _folder_or_none(value: str) -> Path | None:
    if not value:
        return None
    if not Path(value).is_dir():
        raise ValueError(value)
    return Path(value)


def _database(value: str) -> str:
    if value and urlsplit(value).scheme not in SCHEMES:
        raise ValueError(value)
    return value


def _mail(value: str) -> str:
    if value not in ("console", "file") and urlsplit(value).scheme not in ("smtp", "smtps"):
        raise ValueError(value)
    return value


SCHEMES = ("sqlite", "postgresql", "postgres")
_BOOLEAN = "yes, no (1/0, true/false, on/off)"

VARIABLES: tuple[Variable, ...] = (
    Variable("SCT_HOME", "./var", help="Thư mục chứa cơ sở dữ liệu, tệp gốc và khóa bí mật", read=_folder),
    Variable(
        "SCT_DATABASE_URL",
        "",
        help="Cơ sở dữ liệu; để trống là SQLite trong SCT_HOME",
        read=_database,
        allowed="sqlite:///đường/dẫn, postgresql://người:mật_khẩu@máy:cổng/tên",
    ),
    Variable(
        "SCT_SECRET_KEY", "", help="Khóa ký phiên đăng nhập; để trống là tự tạo một lần, giữ trong SCT_HOME", read=_text
    ),
    Variable(
        "SCT_DEBUG",
        "no",
        help="Trang lỗi chi tiết cho người phát triển; không bật khi dùng thật",
        read=_yes_no,
        allowed=_BOOLEAN,
    ),
    Variable(
        "SCT_ALLOWED_HOSTS",
        "localhost,127.0.0.1,[::1]",
        help="Các tên miền mà trang web trả lời, cách nhau dấu phẩy",
        read=_words,
    ),
    Variable(
        "SCT_HTTPS",
        "no",
        help="Trang chạy sau HTTPS: cookie chỉ gửi qua HTTPS, bật HSTS",
        read=_yes_no,
        allowed=_BOOLEAN,
    ),
    Variable("SCT_LANGUAGE", "vi", help="Ngôn ngữ mặc định", read=_language, allowed="vi, en"),
    Variable(
        "SCT_DECLARATIONS",
        "",
        help="Thư mục khai báo riêng của đơn vị, chồng lên bộ có sẵn",
        read=_folder_or_none,
        allowed="một thư mục có thật",
    ),
    Variable(
        "SCT_COLLECT_FROM",
        "",
        help="Ngày bắt đầu thu báo cáo trên hệ thống; báo cáo đến hạn trước ngày này không bị tính là thiếu",
        read=_day,
        allowed="ngày, ví dụ 2026-01-01, hoặc để trống",
    ),
    Variable("SCT_UPLOAD_MB", "25", help="Tệp tải lên lớn nhất, MB", read=_positive, allowed="số nguyên từ 1"),
    Variable(
        "SCT_LOGIN_TRIES",
        "8",
        help="Số lần gõ sai mật khẩu trước khi phải chờ",
        read=_positive,
        allowed="số nguyên từ 1",
    ),
    Variable(
        "SCT_LOGIN_WAIT_MINUTES",
        "10",
        help="Phải chờ bao nhiêu phút sau khi gõ sai quá số lần",
        read=_positive,
        allowed="số nguyên từ 1",
    ),
    Variable(
        "SCT_EMAIL",
        "file",
        help="Thư nhắc nộp đi đâu: ra tệp trong SCT_HOME/mail, ra màn hình máy chủ, hay qua máy chủ thư",
        read=_mail,
        allowed="file, console, smtp://người:mật_khẩu@máy:cổng (smtps:// là mã hóa)",
    ),
    Variable("SCT_EMAIL_FROM", "so-cong-thuong@localhost", help="Địa chỉ người gửi của thư nhắc nộp", read=_text),
)
_BY_NAME = {variable.name: variable for variable in VARIABLES}


def setting(name: str, environ: Mapping[str, str] | None = None) -> Any:
    """The value of a declared variable; raises `UserError("bad-setting")` naming variable, value and allowed words."""
    variable = _BY_NAME[name]
    given = (os.environ if environ is None else environ).get(name, "").strip() or variable.default
    try:
        return variable.read(given)
    except ValueError:
        raise UserError(
            "bad-setting",
            _("Biến môi trường {name} có giá trị không dùng được").format(name=name),
            value=given,
            expected=variable.allowed,
            way_out=_("Sửa hoặc bỏ biến này rồi chạy lại"),
        ) from None


def unknown(environ: Mapping[str, str]) -> list[str]:
    """Variables that begin with SCT_ and that nobody reads: most often a slip of the finger."""
    ours = (name for name in environ if name.startswith("SCT_") and not name.startswith("SCT_TEST_"))
    return sorted(name for name in ours if name not in _BY_NAME)


def database(url: str, home: Path) -> dict[str, Any]:
    """The Django database of a URL; an empty one is the SQLite file in the home folder."""
    if not url or urlsplit(url).scheme == "sqlite":
        path = unquote(urlsplit(url).path)[1:] if url else ""
        return _sqlite(Path(path) if path else home / "ledger.sqlite3")
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _sqlite(path: Path) -> dict[str, Any]:
    """WAL lets pages read while an import writes; IMMEDIATE makes writers queue instead of failing half-way.

    `synchronous=FULL`: an import that was confirmed survives a power cut. Triggers must also see the rows that
    INSERT OR REPLACE removes, hence `recursive_triggers`.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536;"
            ),
        },
    }


def mail(value: str, home: Path) -> dict[str, Any]:
    """The Django settings of a mail setting."""
    if value in ("console", "file"):
        name = "console" if value == "console" else "filebased"
        backend = f"django.core.mail.backends.{name}.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": home / "mail"}
    parts = urlsplit(value)
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if secure else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_TIMEOUT": 20,
    }


def secret_key(home: Path) -> str:
    """The key given, or one made at first need and kept in the home folder for its owner alone (0600)."""
    given = str(setting("SCT_SECRET_KEY"))
    if given:
        return given
    path = home / "secret-key"
    home.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        made = secrets.token_urlsafe(48)
        stream.write(made)
    return made
