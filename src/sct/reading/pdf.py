"""PDF with a text layer, read by PDFium in a process of its own; scans, encrypted and damaged files are refused."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sct.catalogue.statement import Document, Note
from sct.errors import Place, UserError
from sct.reading import isolated
from sct.reading.blocks import Block, Spot, assemble
from sct.reading.package import damaged
from sct.reading.pdf_layout import Paragraph, parts_of
from sct.reading.pdf_page import Page, page_of
from sct.reading.pdf_tables import Found
from sct.reading.weaving import Strand
from sct.words import _

_CHILD = Path(__file__).with_name("pdf_child.py")
_SECONDS = 4.0  # of the processor
_SECONDS_A_MB = 8.0
_FEW_WORDS = 4
_GAP = Strand(" ")
_HEADING = 1.12  # letters this much larger than the text's make a heading
_EDGE = 0.09  # of the height of a page: where headers and footers stand
_PAGE_NUMBER = re.compile(r"\D{0,10}\d{1,4}\D{0,10}")
_STOP = (".", ":", ";", "!", "?", "…")


def read(data: bytes, name: str) -> Document:
    """The document of a PDF file; its notes name the pages that are pictures, damaged or too many to be read.

    Raises `UserError`: encrypted-file, damaged-file, too-long, scanned-pdf, unreadable-text.
    """
    told = _told(data, name)
    found = _pages(told, name)
    return replace(assemble(name, "pdf", _blocks(found), data), notes=tuple(_notes(found, told)))


def _notes(found: Sequence[Page], told: dict[str, Any]) -> Iterator[Note]:
    """What the reader passes over, so that nobody takes the rest for the whole."""
    unread = (
        (
            "scanned-pages",
            [page.number for page in found if _is_scan(page)],
            _("Trang {pages} là ảnh quét nên không đọc được; các trang khác vẫn đọc"),
        ),
        (
            "broken-pages",
            [number for number, page in enumerate(told["pages"], start=1) if page.get("broken")],
            _("Trang {pages} bị hỏng nên không đọc được; các trang khác vẫn đọc"),
        ),
        (
            "pages-left",
            list(range(len(found) + 1, told["count"] + 1)),
            _("Tệp quá dài: trang {pages} không đọc"),
        ),
    )
    for code, numbers, text in unread:
        if numbers:
            yield Note(code, text.format(pages=_listed(numbers)), tuple(numbers))


def _listed(numbers: Sequence[int]) -> str:
    """ "2, 5-7, 9"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _is_scan(page: Page) -> bool:
    """A picture with hardly a word (a stamp, a page number) beside it."""
    return len(page.words) < _FEW_WORDS and page.images > 0


def _pages(told: dict[str, Any], name: str) -> list[Page]:
    """The pages with words, rulings and pictures; refuses files whose words cannot be had."""
    found = [page_of(number, page, told["fonts"]) for number, page in enumerate(told["pages"], start=1)]
    empty = [page for page in found if len(page.words) < _FEW_WORDS]
    if found and len(empty) * 2 > len(found) and sum(page.images for page in empty):
        raise UserError(
            "scanned-pdf",
            _("Tệp PDF là bản quét: các trang là ảnh chụp, không có chữ để đọc"),
            value=_("{n} trên {all} trang là ảnh").format(n=len(empty), all=len(found)),
            way_out=_("Gửi bản Word, hoặc bản PDF xuất từ Word"),
            place=Place(file=name),
        )
    letters = sum(len(word.text) for page in found for word in page.words)
    unreadable = sum(page.unreadable for page in found)
    if unreadable * 4 > letters > 0:
        raise UserError(
            "unreadable-text",
            _("Chữ trong tệp PDF không đọc được: phông chữ không cho biết chữ nào là chữ nào"),
            way_out=_("Gửi bản Word, hoặc xuất lại PDF từ Word"),
            place=Place(file=name),
        )
    return found


def characters(data: bytes, name: str) -> list[str]:
    """The characters of each page, as anchors count them."""
    return ["".join(chr(char[0]) for char in page["chars"]) for page in _told(data, name)["pages"]]


def _told(data: bytes, name: str) -> dict[str, Any]:
    seconds = _SECONDS + _SECONDS_A_MB * len(data) / 2**20
    try:
        told: dict[str, Any] = json.loads(isolated.python(_CHILD, stdin=data, seconds=seconds))
    except isolated.TooLongError as error:
        raise too_long(name, seconds) from error
    except (isolated.FailedError, ValueError) as error:
        raise damaged(name, "PDF") from error
    refused = str(told.get("refused", ""))
    if "password" in refused.lower() or "security" in refused.lower():
        raise UserError(
            "encrypted-file",
            _("Tệp có mật khẩu nên không đọc được"),
            way_out=_("Bỏ mật khẩu rồi gửi lại"),
            place=Place(file=name),
        )
    if refused or not told["pages"]:
        raise damaged(name, "PDF")
    return told


def too_long(name: str, seconds: float) -> UserError:
    return UserError(
        "too-long",
        _("Mở tệp quá lâu nên dừng lại"),
        expected=_("không quá {n} giây").format(n=round(seconds)),
        way_out=_("Tách tệp thành nhiều phần, hoặc gửi bản .docx"),
        place=Place(file=name),
    )


def _blocks(found: Sequence[Page]) -> Iterator[Block]:
    parts = [(page, list(parts_of(page))) for page in found]
    furniture = _repeated(parts)
    usual = _usual_size(found)
    tables = paragraphs = 0
    waiting: Block | None = None  # the last paragraph of a page, which the next page may go on with
    for page, listed in parts:
        fresh = True
        for part in listed:
            if isinstance(part, Found):
                if waiting:
                    yield waiting
                waiting, tables = None, tables + 1
                yield from _table(page, part, f"page{page.number}/table{tables}")
                continue
            paragraphs += 1
            strands = tuple(_strands(page, part))
            if _key(page, part) in furniture:
                yield Block(strands, f"page{page.number}/p{paragraphs}", "furniture")
                continue
            if waiting and fresh and _goes_on(waiting, part, usual):
                waiting = replace(waiting, strands=(*waiting.strands, _GAP, *strands))
                fresh = False
                continue
            fresh = False
            if waiting:
                yield waiting
            heading = part.size > _HEADING * usual and len(part.text) < 200
            level = 1 if part.size > 1.3 * usual else 2
            role = "heading" if heading else "body"
            waiting = Block(strands, f"page{page.number}/p{paragraphs}", role, level if heading else 0)
    if waiting:
        yield waiting


def _strands(page: Page, part: Paragraph) -> Iterator[Strand]:
    first = True
    for line in part.lines:
        for word in line.words:
            if not first:
                yield _GAP
            yield page.strand(word)
            first = False


def _table(page: Page, found: Found, place: str) -> Iterator[Block]:
    for square in found.squares:
        strands: list[Strand] = []
        for word in square.words:
            strands += [_GAP, page.strand(word)] if strands else [page.strand(word)]
        spot = Spot(place, square.row, square.column, square.rows, square.columns)
        yield Block(tuple(strands), f"{place}/r{square.row + 1}/c{square.column + 1}", "cell", spot=spot)


def _goes_on(waiting: Block, part: Paragraph, usual: float) -> bool:
    """Whether a page begins in the middle of a sentence."""
    last = next((s.text for s in reversed(waiting.strands) if s.text.strip()), "")
    text = part.text
    return (
        waiting.role == "body"
        and not last.endswith(_STOP)
        and part.size <= _HEADING * usual
        and (text[:1].islower() or text[:1].isdigit())
    )


def _usual_size(found: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in found:
        for word in page.words:
            sizes[round(word.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _key(page: Page, part: Paragraph) -> tuple[str, str]:
    """What is the same on every page: words without their digits, at the head or at the foot."""
    top, bottom = part.box[1] / max(page.height, 1), part.box[3] / max(page.height, 1)
    zone = "head" if bottom < _EDGE else "foot" if top > 1 - _EDGE else ""
    return zone, re.sub(r"\d+", "#", part.text)


def _repeated(parts: Sequence[tuple[Page, Sequence[Paragraph | Found]]]) -> set[tuple[str, str]]:
    """Headers and footers: short words at the edge of three pages or more, and page numbers."""
    counted: Counter[tuple[str, str]] = Counter()
    for page, listed in parts:
        counted.update({_key(page, part) for part in listed if isinstance(part, Paragraph) and len(part.text) < 150})
    numbers = {key for key in counted if key[0] and _PAGE_NUMBER.fullmatch(key[1].replace("#", "1")) is not None}
    return numbers | {key for key, n in counted.items() if key[0] and n >= 3}
