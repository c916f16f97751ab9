"""The Word page of an official document: paper, margins, fonts, lines, fields, bookmarks, content controls.

Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I: A4; margins top and bottom 20-25 mm, left 30-35, right 15-20; Times New
Roman; page number from 1, Arabic, 13-14, centred in the top margin, not shown on the first page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
BODY_SIZE = 14.0
INDENT_CM = 1.27
TEXT_WIDTH_CM = 16.0  # 21 − 3 − 2
MARGINS_CM = {"top_margin": 2.0, "bottom_margin": 2.0, "left_margin": 3.0, "right_margin": 2.0}
LINK = "1F3864"


def document() -> Document:
    """An empty document with the page and styles of the decree."""
    import docx

    made: Document = docx.Document()
    _styles(made)
    section = made.sections[0]
    set_page(section)
    number_pages(section)
    return made


def set_page(section: Section) -> None:
    """A4 portrait with the decree's margins."""
    from docx.shared import Cm

    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    for name, size in MARGINS_CM.items():
        setattr(section, name, Cm(size))
    section.header_distance = Cm(1.0)
    section.footer_distance = Cm(1.0)


def number_pages(section: Section, restart: bool = False) -> None:
    """Page number centred in the top margin, hidden on the first page; an annex counts from 1 again."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    plain(paragraph)
    field(paragraph, "PAGE", BODY_SIZE)
    if restart:
        kind = element("w:pgNumType", {"w:start": "1"})
        section._sectPr.append(kind)


def _styles(made: Document) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
        style: Any = made.styles[name]
        style.font.name = FONT
        style.font.size = Pt(BODY_SIZE)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for part in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qname(f"w:{part}"), FONT)
        for part in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qname(f"w:{part}"), None)
        form = style.paragraph_format
        form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(6), 1.15
        if name != "Normal":
            style.font.bold = True
            form.keep_with_next = True
            form.space_before = Pt(6)
    made.styles["Heading 1"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name in ("Heading 2", "Heading 3"):
        made.styles[name].paragraph_format.first_line_indent = Cm(INDENT_CM)
    language = element("w:lang", {"w:val": "vi-VN", "w:eastAsia": "vi-VN"})
    made.styles["Normal"].element.get_or_add_rPr().append(language)


# -- pieces of WordprocessingML ---------------------------------------------------------------------------


def qname(tag: str) -> str:
    """`w:p` as a namespaced name."""
    from docx.oxml.ns import qn

    return str(qn(tag))


def element(tag: str, attributes: dict[str, str] | None = None) -> Any:
    """A new element; attribute names carry their prefix too."""
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qname(name), value)
    return made


def plain(paragraph: Paragraph, after: float = 0.0) -> Paragraph:
    """No indent, single spacing: header blocks, table cells, signatures."""
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.line_spacing, form.first_line_indent = Pt(0), Pt(after), 1.0, Pt(0)
    return paragraph


def write(paragraph: Paragraph, text: str, *, size: float = BODY_SIZE, bold: bool = False, italic: bool = False) -> Any:
    """A run of text; characters that XML does not know are left out."""
    from docx.shared import Pt

    run = paragraph.add_run(legal(text))
    run.font.size = Pt(size)
    run.bold = bold or None
    run.italic = italic or None
    return run


def legal(text: str) -> str:
    """The text without control characters that an XML file cannot hold."""
    return "".join(
        c for c in text if c in "\t\n" or (ord(c) >= 0x20 and not 0xD800 <= ord(c) < 0xE000 and c not in "\ufffe\uffff")
    )


def field(paragraph: Paragraph, code: str, size: float) -> None:
    """A field such as PAGE."""
    run = write(paragraph, "", size=size)
    for kind, text in (("begin", ""), ("", code), ("separate", ""), ("shown", "1"), ("end", "")):
        if kind == "shown":
            run._r.append(_text("w:t", text))
        elif kind:
            run._r.append(element("w:fldChar", {"w:fldCharType": kind}))
        else:
            run._r.append(_text("w:instrText", f" {text} "))


def _text(tag: str, text: str) -> Any:
    made = element(tag, {"xml:space": "preserve"})
    made.text = text
    return made


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """A place that links inside the document lead to."""
    paragraph._p.append(element("w:bookmarkStart", {"w:id": str(number), "w:name": name}))
    paragraph._p.append(element("w:bookmarkEnd", {"w:id": str(number)}))


def link_inside(paragraph: Paragraph, anchor: str, run: Any) -> None:
    """Turn a run into a link to a bookmark."""
    link = element("w:hyperlink", {"w:anchor": anchor, "w:history": "1"})
    run._r.addprevious(link)
    link.append(run._r)


def link_outside(paragraph: Paragraph, url: str, run: Any) -> None:
    """Turn a run into a link to an address."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    identity = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink", {"r:id": identity, "w:history": "1"})
    run._r.addprevious(link)
    link.append(run._r)


def control(run: Any, tag: str, title: str, number: int) -> None:
    """Bind a run as a content control: `tag` names the observation for machines, `title` for people."""
    made = element("w:sdt")
    properties = element("w:sdtPr")
    properties.append(element("w:alias", {"w:val": legal(title)[:64]}))
    properties.append(element("w:tag", {"w:val": tag[:64]}))
    properties.append(element("w:id", {"w:val": str(number)}))
    content = element("w:sdtContent")
    made.append(properties)
    made.append(content)
    run._r.addprevious(made)
    content.append(run._r)


def line_under(paragraph: Paragraph, width_cm: float, left_cm: float) -> None:
    """A solid line `width_cm` long in the middle of a block `left_cm` wide (the paragraph's own top border)."""
    from docx.shared import Cm, Pt

    plain(paragraph)
    form = paragraph.paragraph_format
    side = max(0.0, (left_cm - width_cm) / 2)
    form.left_indent, form.right_indent = Cm(side), Cm(side)
    form.space_before, form.line_spacing = Pt(3), Pt(6)
    borders = element("w:pBdr")
    borders.append(element("w:top", {"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "000000"}))
    paragraph._p.get_or_add_pPr().append(borders)


def cell_margins(table: Any, top: int = 30, side: int = 90) -> None:
    """Room between the lines of a table and its text, in twentieths of a point."""
    margins = element("w:tblCellMar")
    for name, size in (("top", top), ("left", side), ("bottom", top), ("right", side)):
        margins.append(element(f"w:{name}", {"w:w": str(size), "w:type": "dxa"}))
    table._tbl.tblPr.append(margins)


def text_width_cm(text: str, size: float, bold: bool = False) -> float:
    """About how wide a text is in Times New Roman: averages of its letters in em."""
    wide = sum(0.70 if c.isupper() else 0.26 if c in " -.,;:()/ijltI" else 0.48 for c in text)
    return wide * size * 0.03528 * (1.04 if bold else 1.0)
