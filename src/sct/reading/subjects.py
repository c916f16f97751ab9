"""The words that name what is measured, found in what leads to a figure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sct.reading.lexicon import lexicon
from sct.reading.page import Page

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*", re.U)
_EMPTY = re.compile(r"\(\s*\)")  # a bracket whose price basis or time was left out
_SCALE = re.compile(r"^(?:(?:chục|trăm|nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s+)+")
_COMMA = re.compile(
    r"(?!(?<=[Xx]uất), nhập)(?!(?<=[Cc]hế biến), chế tạo),(?![^()]*\))"
)  # "xuất, nhập khẩu" is one thing
_TIDY = re.compile(r"\s+")
_EDGES = "/ \t\n,;:.-–\"“”'’‘+*•…»«!?"
_VERB = re.compile(r"(?<!\w)(?:tăng(?! thêm| trưởng)|giảm|đạt|chiếm|được|đã|sẽ|là)(?!\w)")
_APART = "riêng "  # "riêng sản xuất điện, khí đốt": an enumeration all the same
_TITLE = 6  # words
_ENUMERATED = 9  # words: a piece of an enumeration is short


def subject(page: Page, head: Span, left_out: Sequence[Span]) -> str:
    """The subject named in a head, "" where it names none. `left_out` are spans of periods and places."""
    end = head[1] - len(page.text[head[0] : head[1]]) + len(page.text[head[0] : head[1]].rstrip(" (:"))
    pieces = _pieces(page, (head[0], max(head[0], end)), left_out)
    begins = lexicon().pattern("subject_head")
    last = _stripped(pieces[-1])
    if len(pieces) > 1 and not last and _belongs(pieces[-2]):
        last = _stripped(pieces[-2])
        pieces.pop()  # "ăn uống và du lịch tăng cao nhất, 20,6%", "lưu trú gần như đóng băng, giảm 92%"
    chosen = [last]
    if chosen[0] and not begins.match(chosen[0].lower()):
        for piece in reversed(pieces[:-1]):
            whole = _lead_stripped(_edges(piece))
            if begins.match(whole.lower()) and len(chosen[-1].split()) <= _ENUMERATED and not _VERB.search(whole):
                chosen.insert(0, whole)
                break
            if not _belongs(piece):
                break
            chosen.insert(0, _edges(piece))
        chosen[0] = _lead_stripped(chosen[0])
    text = ", ".join(part for part in chosen if part) or _title(page, head)
    if not text or lexicon().pattern("pronoun").fullmatch(text.lower()) or not _WORD.search(text):
        return ""
    return "" if text.replace(" ", "").isdigit() else text


def _title(page: Page, head: Span) -> str:
    """ "Hạt điều: trong tháng đạt 37 nghìn tấn": the words before a colon, where those behind it name nothing."""
    words = page.text[head[0] : max(head[0], page.low.find(":", *head))]
    told = _belongs(words) and len(words.split()) <= _TITLE and not re.search(r"[,;(.]|gồm$|sau$|như$|là$", words)
    return _stripped(words) if told else ""


def _pieces(page: Page, head: Span, left_out: Sequence[Span]) -> list[str]:
    """The comma pieces of the last clause of a head, without times and places."""
    start, end = head
    for found in lexicon().pattern("clause_break").finditer(page.low, start, end):
        if _stripped(page.text[found.end() : end]):
            start = found.end()
    for sign in (":", ";", "("):
        at = _open(page.low, sign, start, end)
        start = max(start, at)
    text = page.text
    parts, at = [], start
    for a, b in sorted(left_out):
        if b > end or b <= at:
            continue
        if a < at:
            at = b  # "đề nghị UBND tỉnh" was cut off, "tỉnh Thái Nguyên" is a place
            continue
        parts.append(text[at:a])
        at = b
        if text[at : at + 1] == ",":
            continue
    parts.append(text[at:end])
    return _COMMA.split(" ".join(parts))


def _open(low: str, sign: str, start: int, end: int) -> int:
    """Behind the last `sign`; a bracket that closes again does not count."""
    at = low.rfind(sign, start, end)
    if at < 0 or (sign == "(" and ")" in low[at:end]):
        return start
    if sign == "(" and not low[at + 1 : end].strip(" +-"):
        return start  # "container ở Mỹ Tho (74%": the bracket holds the figure alone
    return at + 1


def _belongs(piece: str) -> bool:
    bare = _edges(piece)
    bare = bare[len(_APART) :] if bare.lower().startswith(_APART) else bare
    words = bare.split()
    if not words or len(words) > _ENUMERATED or any(letter.isdigit() for letter in bare):
        return False
    low = bare.lower()
    return not lexicon().pattern("intro").match(low) and words[-1].lower() not in {"qua", "này", "nay"}


def _edges(text: str) -> str:
    return _TIDY.sub(" ", _EMPTY.sub(" ", text)).strip(_EDGES)


def _stripped(piece: str) -> str:
    """A piece without the verbs behind and the connectives before the name."""
    text = _edges(piece)
    role = lexicon().pattern("role").search(text.lower())
    text = text[: role.start()] if role else text
    trailing = lexicon().trailing
    while text and not lexicon().pattern("pronoun").fullmatch(text.lower()):
        found = trailing.search(text.lower())
        if not found:
            break
        text = text[: found.start()].rstrip(_EDGES)
    return _lead_stripped(text)


def _lead_stripped(text: str) -> str:
    leading = lexicon().leading
    while text and not lexicon().pattern("pronoun").fullmatch(text.lower()):
        found = leading.match(text.lower())
        if not found:
            break
        text = text[found.end() :].lstrip(_EDGES)
    return text


def counted_action(page: Page, head: Span) -> str:
    """What is done with counted things ("khởi công xây dựng"), "" where the head says nothing of the kind."""
    clause = max(page.low.rfind(sign, *head) + 1 for sign in ",;:(")
    found = lexicon().pattern("counted_action").search(page.low, max(clause, head[0]), head[1])
    return "" if found is None else _without(_edges(page.text[found.start() : head[1]]))


def _without(action: str) -> str:
    """An action without the number words that end it, but with "thêm" and "mới", which tell new things."""
    return re.sub(r"\s+(?:ít nhất|được|đạt|là|khoảng|gần|hơn|trên|từ|cả|đủ)$", "", action)


def counted_subject(page: Page, noun: Span, named: str, action: str) -> str:
    """The subject of a count: the action done with the things, and the things."""
    things = _SCALE.sub("", _edges(page.text[slice(*noun)]))
    if named and not action and things.lower() in lexicon().words("counter_noun"):
        return named
    if (
        named
        and named != action
        and (lexicon().pattern("subject_head").match(named.lower()) or things.lower() in named.lower())
    ):
        return named
    return f"{action} {things}".strip()
