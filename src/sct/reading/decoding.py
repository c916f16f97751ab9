"""Bytes to text: UTF-8, or what the file itself declares, or an old Vietnamese encoding told by its words.

Anything else is refused rather than garbled.
"""

from __future__ import annotations

import codecs

from sct.errors import Place, UserError
from sct.reading.legacy import recognise
from sct.words import _

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, name: str, declared: str = "") -> str:
    """The text, line ends and all, exactly; a byte order mark is kept as the character it is in UTF-8.

    The letters of an old Vietnamese encoding come out as Windows shows them ("Hµ Néi"); whoever reads on converts
    them. Raises `UserError("wrong-encoding")` with the line of the first byte that does not fit, and for binary data.
    """
    encoding = next((code for mark, code in _BOMS if data.startswith(mark)), declared or "utf-8")
    try:
        text = data.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except (LookupError, UnicodeDecodeError) as error:
        text = _old(data)
        if not text:
            raise _refused(data, name, declared, error) from error
    except (UnicodeError, ValueError, TypeError, AttributeError) as error:  # "idna", "hex": no encodings of texts
        raise wrong_encoding(name, declared, 1) from error
    if not isinstance(text, str):
        raise wrong_encoding(name, declared, 1)
    if "\x00" in text:
        raise wrong_encoding(name, "byte 0x00", text[: text.index("\x00")].count("\n") + 1)
    return text


def _old(data: bytes) -> str:
    """The characters of an old Vietnamese encoding, "" where the bytes are not of one."""
    if b"\x00" in data[:4096]:
        return ""
    text = data.decode("cp1252", "replace")
    if "\ufffd" in text:
        text = data.decode("latin-1")
    return text if recognise(text) else ""


def _refused(data: bytes, name: str, declared: str, error: LookupError | UnicodeDecodeError) -> UserError:
    if isinstance(error, UnicodeDecodeError):
        line = data[: error.start].count(b"\n") + 1
        return wrong_encoding(name, f"byte 0x{data[error.start]:02x}" if error.start < len(data) else "", line)
    return wrong_encoding(name, declared, 1)


def wrong_encoding(name: str, value: str, line: int) -> UserError:
    return UserError(
        "wrong-encoding",
        _("Không nhận ra bảng mã của tệp"),
        value=value,
        expected=_("văn bản Unicode (UTF-8), TCVN3 hoặc VNI"),
        way_out=_("Lưu lại với bảng mã UTF-8"),
        place=Place(file=name, line=line),
    )
