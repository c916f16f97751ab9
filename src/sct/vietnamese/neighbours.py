"""What stands before a number: label, qualifier, verb of change."""

from __future__ import annotations

from dataclasses import dataclass

from sct.vietnamese.phrases import DIRECTIONS, FILLERS, LABEL_PHRASES, LABELS, QUALIFIERS, SUMS

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
    opened: bool = False  # "từ": a range or "trở lên" may follow
    direction: int = 0
    verb: str = ""
    direction_span: Span | None = None


_NOTHING = Before()
_LABEL = Before(label=True)


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
        return _LABEL
    if last not in _LAST:
        return _LABEL if attached else _NOTHING
    if attached and last not in QUALIFIERS and last not in DIRECTIONS and last not in FILLERS:
        return _LABEL
    return _phrases(low, position, words)


def _is_label(words: list[str]) -> bool:
    last = words[-1]
    if last in LABELS:
        return not (last == "số" and len(words) > 1 and words[-2] in SUMS)
    return len(words) > 1 and f"{words[-2]} {last}" in LABEL_PHRASES


def _longest(words: list[str], table: dict[str, str] | dict[str, tuple[int, str]]) -> int:
    """How many of the last words make the longest phrase of a table."""
    for size in range(min(_LONGEST, len(words)), 0, -1):
        if " ".join(words[-size:]) in table:
            return size
    return 0


def _phrases(low: str, position: int, words: list[str]) -> Before:
    end = position
    comparator, qualifier, opened = "", None, False
    while size := _longest(words, QUALIFIERS):
        phrase = " ".join(words[-size:])
        if size < _longest(words, DIRECTIONS):
            break
        start = _start(low, words, size, end)
        qualifier = (start, qualifier[1] if qualifier else start + len(low[start:end].rstrip()))
        opened = opened or phrase == "từ"
        if _STRENGTH[QUALIFIERS[phrase]] > _STRENGTH[comparator]:
            comparator = QUALIFIERS[phrase]
        del words[-size:]
        end = start
    direction, verb, span = _direction(low, end, words)
    return Before(False, comparator, qualifier, opened, direction, verb, span)


def _direction(low: str, end: int, words: list[str]) -> tuple[int, str, Span | None]:
    stop = end
    for _step in range(4):
        size = _longest(words, DIRECTIONS)
        if size:
            phrase = " ".join(words[-size:])
            start = _start(low, words, size, end)
            sign, verb = DIRECTIONS[phrase]
            return sign, verb, (start, start + len(low[start:stop].rstrip()))
        size = _longest(words, _FILLING)
        if not size:
            break
        end = _start(low, words, size, end)
        del words[-size:]
    return 0, "", None


_FILLING = dict.fromkeys(FILLERS, "")


def _start(low: str, words: list[str], size: int, end: int) -> int:
    """Where the last `size` words begin."""
    for word in reversed(words[-size:]):
        end = low.rfind(word, 0, end)
    return end
