"""Bytes to text: UTF-8, or what the file itself declares; anything else is refused rather than garbled."""

from __future__ import annotations

import codecs

from sct.errors import Place, UserError
from sct.words import _

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, name: str, declared: str = "") -> str:
    """The text, line ends and all, exactly; a byte order mark is kept as the character it is in UTF-8.

    Raises `UserError("wrong-encoding")` with the line of the first byte that does not fit, and for binary content.
    """
    encoding = next((code for mark, code in _BOMS if data.startswith(mark)), declared or "utf-8")
    try:
        text = data.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except LookupError as error:
        raise wrong_encoding(name, declared, 1) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise wrong_encoding(name, f"byte 0x{data[error.start]:02x}", line) from error
    if "\x00" in text:
        raise wrong_encoding(name, "byte 0x00", text[: text.index("\x00")].count("\n") + 1)
    return text


def wrong_encoding(name: str, value: str, line: int) -> UserError:
    return UserError(
        "wrong-encoding",
        _("Bảng mã của tệp không phải Unicode UTF-8"),
        value=value,
        expected=_("văn bản UTF-8 (không phải TCVN3, VNI hay tệp nhị phân)"),
        way_out=_("Lưu lại với bảng mã UTF-8"),
        place=Place(file=name, line=line),
    )
