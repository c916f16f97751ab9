"""What a Word file says about looks that the reader needs: headings, fonts of old encodings, numbers of lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sct.reading.legacy import of_font
from sct.reading.package import Package

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES, _NUMBERING = "word/styles.xml", "word/numbering.xml"
_DEEP = 20  # styles based on styles
_MANY = 5_000  # the largest number a list is counted to


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: the level of the heading it makes (0: none), its font, its list and what it is based on."""

    heading: int
    font: str
    numbering: str
    base: str


class Styles:
    """The styles of a package by id."""

    def __init__(self, package: Package) -> None:
        self._styles: dict[str, Style] = {}
        self.default_font = ""
        if _STYLES not in package.parts:
            return
        root = package.xml(_STYLES)
        for style in root.iterchildren(W + "style"):
            self._styles[str(style.get(W + "styleId"))] = _style(style)
        self.default_font = _font(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def _chain(self, code: str) -> Iterator[Style]:
        for _step in range(_DEEP):
            if code not in self._styles:
                return
            yield self._styles[code]
            code = self._styles[code].base

    def heading(self, code: str) -> int:
        """The level of a heading style, 0 for another."""
        return self._styles[code].heading if code in self._styles else 0

    def numbering(self, code: str) -> str:
        return next((style.numbering for style in self._chain(code) if style.numbering), "")

    def charset(self, run: _Element, paragraph_style: str) -> str:
        """The old encoding that a run's font shows, "" for an ordinary one."""
        look = run.find(W + "rPr")
        font = _font(look)
        if not font and look is not None:
            named = look.find(W + "rStyle")
            font = self._font_of(str(named.get(W + "val"))) if named is not None else ""
        return of_font(font or self._font_of(paragraph_style) or self.default_font)

    def _font_of(self, code: str) -> str:
        return next((style.font for style in self._chain(code) if style.font), "")


def _style(element: _Element) -> Style:
    name, base = element.find(W + "name"), element.find(W + "basedOn")
    listed = element.find(f"{W}pPr/{W}numPr/{W}numId")
    return Style(
        heading_level(str(name.get(W + "val", "")) if name is not None else ""),
        _font(element.find(W + "rPr")),
        str(listed.get(W + "val", "")) if listed is not None else "",
        str(base.get(W + "val", "")) if base is not None else "",
    )


def heading_level(name: str) -> int:
    """1 for a title and heading 1, and so on; 0 for a style that makes no heading."""
    low = name.lower()
    if low.startswith("title"):
        return 1
    if not low.startswith("heading"):
        return 0
    digits = low.removeprefix("heading").strip()
    return int(digits) if digits.isdecimal() and len(digits) == 1 else 1


def _font(look: _Element | None) -> str:
    fonts = look.find(W + "rFonts") if look is not None else None
    return "" if fonts is None else str(fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its format, its text ("%1.%2", "•") and where it begins."""

    kind: str
    text: str
    start: int


class Lists:
    """The numbers printed before the items of lists, counted along the text as Word counts them."""

    def __init__(self, package: Package) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if _NUMBERING not in package.parts:
            return
        root = package.xml(_NUMBERING)
        for abstract in root.iterchildren(W + "abstractNum"):
            levels = {_number(level.get(W + "ilvl")): _level(level) for level in abstract.iterchildren(W + "lvl")}
            self._levels[str(abstract.get(W + "abstractNumId"))] = levels
        for number in root.iterchildren(W + "num"):
            named = number.find(W + "abstractNumId")
            if named is not None:
                self._abstract[str(number.get(W + "numId"))] = str(named.get(W + "val"))

    def mark(self, listed: str, depth: int) -> str:
        """What is printed before the next item of a list at a depth (from 0); "" for an unknown list."""
        abstract = self._abstract.get(listed, "")
        level = self._levels.get(abstract, {}).get(depth)
        if level is None:
            return ""
        if level.kind == "bullet":
            return "•" if not level.text or ord(level.text[0]) >= 0xE000 else level.text[:2]
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = min(counts.get(depth, level.start - 1) + 1, _MANY)
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        text = level.text
        for one in range(depth + 1):
            shape = self._levels[abstract].get(one, level)
            text = text.replace(f"%{one + 1}", _written(counts.get(one, shape.start), shape.kind))
        return text.strip()[:20]


def _level(element: _Element) -> Level:
    def value(name: str) -> str:
        found = element.find(W + name)
        return "" if found is None else str(found.get(W + "val", ""))

    return Level(value("numFmt"), value("lvlText"), _number(value("start"), 1))


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 5 else otherwise


def _written(count: int, kind: str) -> str:
    if kind in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in {"lowerRoman", "upperRoman"}:
        roman = _roman(count)
        return roman if kind == "upperRoman" else roman.lower()
    return f"{count:02d}" if kind == "decimalZero" else str(count)


def _roman(count: int) -> str:
    made = ""
    for value, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                           (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        made += letters * (count // value)
        count %= value
    return made
