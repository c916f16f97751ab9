"""The pattern of a sentence, as a report's declaration writes it.

    "{Period}, tổng mức bán lẻ {retail_services_total}[, {retail_services_total yoy} so với cùng kỳ năm trước]"

Words in braces are slots that the ledger fills; what stands in square brackets is left out when a slot in it has no
figure. A slot is a series' code (`iip_mining`, `exports[commodity:textiles]`) or a declared group (`@iip_sections`),
then words: a transformation (`yoy`, `share` …), a form (`bare`, `target` …) and a year (`previous_year`, `next_year`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from sct.catalogue.model import Transformation
from sct.errors import Place, UserError
from sct.words import _

WORDS = ("Period", "period", "Period_before", "year", "next_year", "previous_year", "area")
FORMS = ("said", "bare", "target", "gap", "areas", "rising", "falling")
Form = Literal["said", "bare", "target", "gap", "areas", "rising", "falling"]
SHIFTS = {"previous_year": -1, "next_year": 1}
TRANSFORMATIONS = {item.value: item for item in Transformation}

_TOKEN = re.compile(r"\{([^{}]*)\}|\[|\]|[^\[\]{}]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the frame: the period of the sentence, a year, the area."""

    name: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A number the ledger fills. `head` is the code of a series, or `@group`."""

    head: str
    transformation: Transformation = Transformation.LEVEL
    form: Form = "said"
    shift: int = 0

    @property
    def group(self) -> str:
        return self.head[1:] if self.head.startswith("@") else ""


@dataclass(frozen=True, slots=True)
class Maybe:
    """What is left out when a slot in it has no figure."""

    pieces: tuple[Piece, ...]


Piece = str | Word | Slot | Maybe
Pattern = tuple[Piece, ...]


def parse(text: str, place: Place | None = None) -> Pattern:
    """The pattern of a declared text; raises `UserError("bad-pattern")`."""
    levels: list[list[Piece]] = [[]]
    at = 0
    for found in _TOKEN.finditer(text):
        if found.start() != at:
            raise _bad(text, place)
        at = found.end()
        sign = found[0]
        if sign == "[":
            levels.append([])
        elif sign == "]":
            if len(levels) == 1:
                raise _bad(text, place)
            inner = tuple(levels.pop())
            levels[-1].append(Maybe(inner))
        elif found[1] is not None:
            levels[-1].append(_slot(found[1].split(), text, place))
        else:
            levels[-1].append(sign)
    if len(levels) != 1 or at != len(text):
        raise _bad(text, place)
    return tuple(levels[0])


def slots(pattern: Pattern) -> list[Slot]:
    """Every slot of a pattern, optional ones too."""
    found: list[Slot] = []
    for piece in pattern:
        if isinstance(piece, Slot):
            found.append(piece)
        elif isinstance(piece, Maybe):
            found += slots(piece.pieces)
    return found


def _slot(words: list[str], text: str, place: Place | None) -> Word | Slot:
    if not words:
        raise _bad(text, place)
    if len(words) == 1 and words[0] in WORDS:
        return Word(words[0])
    given: dict[str, object] = {}
    for word in words[1:]:
        if word in TRANSFORMATIONS:
            given["transformation"] = TRANSFORMATIONS[word]
        elif word in FORMS:
            given["form"] = word
        elif word in SHIFTS:
            given["shift"] = SHIFTS[word]
        else:
            raise _bad(text, place, word)
    return Slot(words[0], **given)  # type: ignore[arg-type]


def _bad(text: str, place: Place | None, word: str = "") -> UserError:
    return UserError(
        "bad-pattern",
        _("Mẫu câu của báo cáo không đọc được"),
        value=word or text,
        expected=_("chỗ điền dạng {chi_tieu cach_tinh}, phần tùy chọn trong [ ]"),
        place=place,
    )
