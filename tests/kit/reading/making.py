"""Making small Word files and web pages for tests, the plain way: a zip of XML parts."""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def table(rows: list[list[str]]) -> str:
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(
    body: str, parts: dict[str, str] | None = None, prolog: str = '<?xml version="1.0" encoding="UTF-8"?>'
) -> bytes:
    """A Word file with this body; `parts` are further parts by name."""
    main = f'{prolog}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", main)
        for name, content in (parts or {}).items():
            package.writestr(name, content)
    return stream.getvalue()


def story(tag: str, body: str) -> str:
    return f'<?xml version="1.0"?><w:{tag} xmlns:w="{W}">{body}</w:{tag}>'


def html(paragraphs: list[str], around: str = "") -> bytes:
    body = "".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{around}{body}</body></html>'.encode()
