"""Conclusions cut into matters: each with the words it comes from, parts that name an amount of their own beneath it.

A conclusion paper is a list of demands. Each numbered item, bullet or sentence with a verb of demand becomes one cut; a
sentence that tells several amounts of one thing ("07 cụm …; 27 cụm …; 09 cụm …") gives a child for each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sct.catalogue import load
from sct.following.deadlines import NONE, Deadline, read_deadline
from sct.vietnamese.text import search_key

_ITEM = re.compile(r"^\s*(?:(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[a-zđ])[.)]|[-–+•*])\s+")
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*[.!?]?")
_PREFIX = re.compile(r"\s*(?:[^:]*:\s*)?(?:và\s+)?")
_PART = re.compile(r"(?:(?!\s+và\s)[^;,])+")
_COUNTED = re.compile(r"(?<![\w/.,])(?P<count>0?\d{1,4})\s+(?P<thing>[^\W\d_]+(?:\s+[^\W\d_]+){0,2})")
_ASKS = re.compile(
    r"\b(?:yeu cau|giao|de nghi|tap trung|day nhanh|day manh|hoan thanh|hoan thien|trien khai|khoi cong|thanh lap"
    r"|tang cuong|thuc hien|phoi hop|xay dung|ban hanh|tham muu|ra soat|bao cao|phat trien|ho tro|dam bao|bao dam"
    r"|thuc day|to chuc|nang cao|kiem tra|xu ly|thao go|chu tri|cu the hoa|ung dung|trinh|giai toa|tiep tuc)\b"
)
_LEAD = re.compile(
    r"(?i:giao|chủ trì[:,]?)\s+(?P<unit>(?:Phòng|Chi cục|Trung tâm|Văn phòng|Thanh tra|UBND|Ban)\s+[^,.;:()]{2,70}?)"
    r"(?=\s+(?:chủ trì|phối hợp|tham mưu|hoàn thành|trình|thực hiện|rà soát|xây dựng|báo cáo|kiểm tra|hướng dẫn"
    r"|ban hành|tổ chức|nghiên cứu|đề xuất|làm"
    r"|đẩy nhanh)|[,.;:(]|$)"
)


@dataclass(frozen=True, slots=True)
class Cut:
    """One demand: its place in the text, its words, the amount and thing it counts, unit and deadline it names."""

    start: int
    end: int
    text: str
    number: str = ""
    amount: int | None = None
    thing: str = ""
    lead: str = ""
    deadline: Deadline = NONE
    parts: tuple[Cut, ...] = ()


def cut(text: str) -> list[Cut]:
    """The demands of a text in order; sentences that ask nothing are left out."""
    found: list[Cut] = []
    at = 0
    for line in text.splitlines(keepends=True):
        found += _of_line(line, at)
        at += len(line)
    return found


def _of_line(line: str, at: int) -> list[Cut]:
    item = _ITEM.match(line)
    start = item.end() if item else 0
    number = (item["number"] or "") if item else ""
    body = line[start:].rstrip()
    if not body:
        return []
    if item is not None:
        return [_made(body, at + start, number)] if _asks(body) or len(body.split()) > 4 else []
    found = []
    for sentence in _SENTENCE.finditer(body):
        words = sentence[0].strip()
        if _asks(words) and len(words.split()) > 3:
            lead = len(sentence[0]) - len(sentence[0].lstrip())
            found.append(_made(words, at + start + sentence.start() + lead, ""))
    return found


def _asks(words: str) -> bool:
    return _ASKS.search(search_key(words)) is not None


def _made(words: str, at: int, number: str) -> Cut:
    parts = _parts(words, at)
    counted = _COUNTED.search(words)
    return Cut(
        start=at,
        end=at + len(words),
        text=words.rstrip(" ;."),
        number=number,
        amount=int(counted["count"]) if counted and not parts else None,
        thing=counted["thing"].strip() if counted else "",
        lead=_lead(words),
        deadline=read_deadline(words),
        parts=parts,
    )


def _lead(words: str) -> str:
    """The unit a demand names: a declared division, else what stands after "giao" and looks like a unit."""
    low = words.lower()
    for division in load().divisions.values():
        if re.search(rf"(?:giao|chủ trì:?)\s+{re.escape(division.name.lower())}", low):
            return division.name
    found = _LEAD.search(words)
    return found["unit"].strip() if found else ""


def _parts(words: str, at: int) -> tuple[Cut, ...]:
    """The pieces between commas and semicolons that count things, when two or more count the same first word."""
    pieces = []
    for piece in _PART.finditer(words):
        counted = _COUNTED.search(piece[0])
        if counted is not None and _asks(piece[0]):
            pieces.append((piece, counted))
    if len(pieces) < 2 or len({counted["thing"].split()[0].lower() for _piece, counted in pieces}) > 1:
        return ()
    made = []
    for piece, counted in pieces:
        before = piece[0][: counted.start()]
        skipped = _PREFIX.match(before)
        first = skipped.end() if skipped else 0
        start = at + piece.start() + first
        shown = piece[0][first:].rstrip(" .;")
        made.append(Cut(start, start + len(shown), shown, "", int(counted["count"]), counted["thing"].strip()))
    return tuple(made)
