"""A page of a PDF as its characters stand: words, lines, rulings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sct.reading.legacy import of_font
from sct.reading.weaving import Strand

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Word:
    """Characters that stand together; `at`/`until` count the page's characters."""

    text: str
    box: Box
    at: int
    until: int
    size: float
    charset: str

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one base line without a wide gap between them."""

    words: tuple[Word, ...]
    box: Box
    size: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @classmethod
    def of(cls, words: Sequence[Word]) -> Line:
        sizes = sorted(word.size for word in words)
        return cls(tuple(words), around(word.box for word in words), sizes[len(sizes) // 2])


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a page in the order of the file, its straight rulings, and how many pictures it has."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Box, ...]
    images: int
    unreadable: int  # characters whose font does not say which letters they are

    def strand(self, word: Word) -> Strand:
        return Strand(word.text, f"page {self.number}", word.at, word.charset, word.box)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around boxes."""
    listed = list(boxes)
    return (
        min(box[0] for box in listed),
        min(box[1] for box in listed),
        max(box[2] for box in listed),
        max(box[3] for box in listed),
    )


def page_of(number: int, told: dict[str, Any], fonts: Sequence[str]) -> Page:
    """A page as the child process tells it."""
    charsets = [of_font(font.partition("+")[2] or font) for font in fonts]
    unreadable = 0
    words: list[Word] = []
    run: list[tuple[int, str, Box, float, str]] = []
    for index, (code, left, top, right, bottom, size, font) in enumerate(told["chars"]):
        char = chr(code) if 32 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        unreadable += char == "\ufffd" or 0xE000 <= code < 0xF900
        if char.isspace() or unicodedata.category(char) in {"Cc", "Cn", "Co"}:
            words += _word(run)
            run = []
            continue
        box = (left / 100, top / 100, right / 100, bottom / 100)
        if run and _apart(run[-1], box, index):
            words += _word(run)
            run = []
        run.append((index, char, box, size / 100, charsets[font] if font < len(charsets) else ""))
    words += _word(run)
    width, height = told["size"]
    rulings = tuple((a / 100, b / 100, c / 100, d / 100) for a, b, c, d in told["rulings"])
    return Page(number, width, height, tuple(words), rulings, told["images"], unreadable)


def _apart(before: tuple[int, str, Box, float, str], box: Box, index: int) -> bool:
    """Whether a character begins a new word: a gap, another line, another place in the file."""
    _index, _char, last, size, _charset = before
    height = max(last[3] - last[1], box[3] - box[1], 1.0)
    return (
        index != before[0] + 1
        or box[0] - last[2] > 0.28 * max(size, height * 0.6)
        or last[0] - box[0] > height
        or (min(last[3], box[3]) - max(last[1], box[1]) < -0.3 * height)
    )


def _word(run: Sequence[tuple[int, str, Box, float, str]]) -> Iterator[Word]:
    if run:
        text = "".join(char for _index, char, _box, _size, _charset in run)
        box = around(box for _index, _char, box, _size, _charset in run)
        yield Word(text, box, run[0][0], run[-1][0] + 1, max(run[0][3], 1.0), run[0][4])


def lines_of(words: Iterable[Word], gap: float = 1.3) -> list[Line]:
    """Words put into lines; a gap wider than `gap` times the size of the letters begins another line."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.middle, w.box[0])):
        for row in reversed(rows[-4:]):
            if _same_row(row, word):
                row.append(word)
                break
        else:
            rows.append([word])
    found: list[Line] = []
    for row in rows:
        row.sort(key=lambda w: w.box[0])
        begun = [row[0]]
        for word in row[1:]:
            if word.box[0] - begun[-1].box[2] > gap * max(word.size, begun[-1].size):
                found.append(Line.of(begun))
                begun = []
            begun.append(word)
        found.append(Line.of(begun))
    return found


def _same_row(row: Sequence[Word], word: Word) -> bool:
    top, bottom = max(w.box[1] for w in row[-3:]), min(w.box[3] for w in row[-3:])
    lap = min(bottom, word.box[3]) - max(top, word.box[1])
    small = min(bottom - top, word.box[3] - word.box[1])
    return lap > 0.4 * max(small, 0.1) or abs(row[-1].middle - word.middle) < 0.25 * word.size
