"""What stands before a number: label, qualifier, verb of change."""

from __future__ import annotations

from dataclasses import dataclass

from sct.vietnamese.phrases import DIRECTIONS, FILLERS, LABEL_PHRASES, LABELS, QUALIFIERS, SUMS, WEAK_LABELS

Span = tuple[int, int]
_REACH = 64
_LONGEST = 5
_STRENGTH = {"": 0, "approx": 1, "gt": 2, "lt": 2, "ge": 3, "le": 3}
_LAST = {phrase.rsplit(" ", 1)[-1] for phrase in (*QUALIFIERS, *DIRECTIONS, *FILLERS)}


@dataclass(frozen=True, slots=True)
class Before:
    """The reading of the words before a number. `attached`: a letter touches it ("giảm13,9%", "RON95")."""

    label: bool = False
    comparator: str = ""
    qualifier: Span | None = None
    opened: Span | None = None  # "từ": a range or "trở lên" may follow
    direction: int = 0
    verb: str = ""
    direction_span: Span | None = None
    led: bool = False  # other words stand before without punctuation
    last: str = ""  # the nearest word


_NOTHING = Before()


def words_before(low: str, position: int) -> list[str]:
    """Up to eight words that lead to a position without punctuation between, nearest last."""
    line = low.rfind("\n", max(0, position - _REACH), position) + 1 or max(0, position - _REACH)
    words: list[str] = []
    for part in reversed(low[line:position].split()):
        if part.isalpha():
            words.append(part)
            continue
        tail = len(part)
        while tail and part[tail - 1].isalpha():
            tail -= 1
        if tail < len(part):
            words.append(part[tail:])
        break
    del words[8:]
    words.reverse()
    return words


def before(low: str, position: int) -> Before:
    """What the words before a number at `position` make of it."""
    words = words_before(low, position)
    if not words:
        return _NOTHING
    attached = low[position - 1].isalpha()
    last = words[-1]
    if _is_label(words):
        return Before(label=True, last=last)
    if last not in _LAST:
        return Before(label=attached, last=last)
    return _phrases(low, position, words)


def _is_label(words: list[str]) -> bool:
    last = words[-1]
    if last in LABELS or (last in WEAK_LABELS and last not in _LAST):
        return not (last in {"số", "cấp", "bảng", "điều"} and len(words) > 1 and words[-2] in SUMS)
    return len(words) > 1 and f"{words[-2]} {last}" in LABEL_PHRASES


def _longest(words: list[str], table: dict[str, str] | dict[str, tuple[int, str]]) -> int:
    """How many of the last words make the longest phrase of a table."""
    for size in range(min(_LONGEST, len(words)), 0, -1):
        if " ".join(words[-size:]) in table:
            return size
    return 0


class _Walk:
    """Walks from the number to the left, one phrase at a time."""

    __slots__ = ("end", "low", "words")

    def __init__(self, low: str, end: int, words: list[str]) -> None:
        self.low, self.end, self.words = low, end, words

    def take(self, size: int) -> tuple[str, Span]:
        """The last `size` words as a phrase with its span; they are gone then."""
        phrase = " ".join(self.words[-size:])
        start = stop = self.end
        for place, word in enumerate(reversed(self.words[-size:])):
            start = self.low.rfind(word, 0, start)
            stop = start + len(word) if place == 0 else stop
        del self.words[-size:]
        self.end = start
        return phrase, (start, stop)


def _phrases(low: str, position: int, words: list[str]) -> Before:
    last = words[-1]
    walk = _Walk(low, position, words)
    comparator, qualifier, opened = _qualifiers(walk)
    direction, verb, span = _direction(walk)
    if verb == "multiple" and span is not None:
        more, before_it, _from = _qualifiers(walk)  # "tăng gần gấp 3 lần"
        comparator = comparator or more
        sign, other, outer = _direction(walk) if before_it else (0, "", None)
        if other == "growth" and outer is not None:
            direction, span = sign, (outer[0], span[1])
        elif before_it is not None:
            span = (before_it[0], span[1])
    return Before(False, comparator, qualifier, opened, direction, verb, span, bool(walk.words), last)


def _qualifiers(walk: _Walk) -> tuple[str, Span | None, Span | None]:
    """The strongest comparator of the qualifiers here, their span, and that of "từ"."""
    comparator, qualifier, opened = "", None, None
    while size := _longest(walk.words, QUALIFIERS):
        if size < _longest(walk.words, DIRECTIONS):
            break
        phrase, span = walk.take(size)
        if phrase == "từ":
            opened = span
            continue
        qualifier = (span[0], qualifier[1] if qualifier else span[1])
        if _STRENGTH[QUALIFIERS[phrase]] > _STRENGTH[comparator]:
            comparator = QUALIFIERS[phrase]
    return comparator, qualifier, opened


def _direction(walk: _Walk) -> tuple[int, str, Span | None]:
    words = list(walk.words)
    end = walk.end
    for _step in range(4):
        if size := _longest(walk.words, DIRECTIONS):
            phrase, span = walk.take(size)
            sign, verb = DIRECTIONS[phrase]
            return sign, verb, span
        if not (size := _longest(walk.words, _FILLING)):
            break
        walk.take(size)
    walk.words, walk.end = words, end
    return 0, "", None


_FILLING = dict.fromkeys(FILLERS, "")
