"""The words workbooks are understood by, from declarations/workbooks and from what a department answered."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from sct import declared
from sct.reading.workbooks.folding import fold, label_key

_SLOTS = {
    "{month}": r"(1[0-2]|0?[1-9])",
    "{year}": r"((?:19|20)\d\d)",
    "{count}": r"(1[0-2]|0?[1-9])",
    "{quarter}": r"(iv|iii|ii|i|[1-4])",
    "{date}": r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4})",
}
_SLOT = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\([^)]*\)")
_SPACE = r" ?[,:]? "  # a line break was there, or a comma
IGNORED = "-"  # in place of an indicator: somebody said that this row holds no figures
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Token:
    """A phrase found in a text: its meaning and the numbers in its places."""

    code: str
    start: int
    end: int
    month: int = 0
    year: int = 0
    count: int = 0
    quarter: int = 0
    date: str = ""


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of table, as declared."""

    code: str
    titles: tuple[str, ...] = ()
    not_titles: tuple[str, ...] = ()
    indicator: str = ""
    subject: str = ""
    rows_of: tuple[str, ...] = ()
    unit: str = ""
    open: bool = False
    ratios: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    code: str
    indicator: str
    unit: str


class Phrases:
    """One pattern over many phrases, the longest first; `tokens` finds them all in a folded text."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str]]]) -> None:
        listed = [(code, phrase) for code, phrases in rows for phrase in phrases]
        listed.sort(key=lambda pair: -len(_OPTIONAL.sub("", _SLOT.sub("0000", pair[1]))))
        self._codes: list[tuple[str, tuple[str, ...]]] = []
        parts: list[str] = []
        for code, phrase in listed:
            self._codes.append((code, tuple(_SLOT.findall(phrase))))
            parts.append(f"(?P<p{len(parts)}>{_pattern(phrase)})")
        self._pattern = re.compile(r"(?<![\w])(?:" + "|".join(parts) + r")(?!\w)") if parts else re.compile(r"(?!)")
        self._cached = lru_cache(maxsize=4096)(self._find)

    def tokens(self, folded: str) -> tuple[Token, ...]:
        return self._cached(folded)

    def _find(self, folded: str) -> tuple[Token, ...]:
        found = []
        for match in self._pattern.finditer(folded):
            assert match.lastgroup is not None
            index = int(match.lastgroup[1:])
            code, slots = self._codes[index]
            first = self._pattern.groupindex[match.lastgroup] + 1
            values = [match.group(first + n) for n in range(len(slots))]
            numbers: dict[str, Any] = {}
            for slot, value in zip(slots, values, strict=True):
                if value is not None:
                    numbers[slot] = value if slot == "date" else QUARTERS[value] if slot == "quarter" else int(value)
            found.append(Token(code, match.start(), match.end(), **numbers))
        return tuple(found)


def _pattern(phrase: str) -> str:
    """A phrase as a pattern: `(x)` may be missing, `{month}` is a number, "soo" may have lost its diacritics."""
    parts = re.split(r"(\([^)]*\)|\{\w+\})", phrase)
    made = ""
    for part in parts:
        if part in _SLOTS:
            made += _SLOTS[part]
        elif part.startswith("(") and part.endswith(")"):
            inner = _literal(part[1:-1])
            made = made.removesuffix(_SPACE) + f"(?: ?{inner})?" if made else f"(?:{inner} ?)?"
        else:
            made += _literal(part)
    return made


def _literal(text: str) -> str:
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    body = re.escape(fold(text)).replace("soo", "soo?").replace("/", r"\ ?/\ ?").replace("\\ ", _SPACE)
    return (_SPACE if lead else "") + body + (_SPACE if trail and body else "")


class Words:
    """All declared words, with a department's answers above them."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        by_kind: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for row in rows:
            by_kind[row["kind"]].append(row)
        self._kinds = by_kind
        self.header = Phrases((row["code"], row["phrases"]) for row in by_kind["phrase"])
        self.subjects = {
            r["code"]: Subject(r["code"], r.get("indicator", ""), r.get("unit", "")) for r in by_kind["subject"]
        }
        self.subject = Phrases((row["code"], row["phrases"]) for row in by_kind["subject"])
        self.deadline = Phrases((row["code"], row["phrases"]) for row in by_kind["deadline"])
        self.tables = {row["code"]: _kind(row) for row in by_kind["table"]}
        self.columns = {fold(p): row["meaning"] for row in by_kind["column"] for p in row["phrases"]}
        self.no_data = frozenset(p.lower() for row in by_kind["no_data"] for p in row["phrases"])
        self.arrows = {p: 1 if row["code"] == "up" else -1 for row in by_kind["arrow"] for p in row["phrases"]}
        self.settings = {row["code"]: row.get("value", "") for row in by_kind["setting"]}
        self.unit_cache: dict[str, str] = {}
        self.reasons = {row["code"]: row for row in (*by_kind["reason"], *by_kind["flag"])}

    @cached_property
    def units(self) -> dict[str, str]:
        """Unit and scale words of sheets, folded, with the code of the unit or scale."""
        return {fold(p): row["code"] for row in self._kinds["unit"] for p in row["phrases"]}

    @cached_property
    def row_words(self) -> dict[str, tuple[tuple[str, bool], ...]]:
        return {
            row["code"]: tuple((fold(p), bool(row.get("anywhere"))) for p in row["phrases"])
            for row in self._kinds["row_words"]
        }

    def says(self, code: str, text: str) -> bool:
        """Whether a row's text begins with (or holds) the words of a meaning."""
        folded = fold(text).lstrip("-*+ ") if code != "note" else fold(text)
        return any(
            re.search(rf"(?<!\w){re.escape(p)}(?!\w)", folded) if anywhere else _begins(folded, p)
            for p, anywhere in self.row_words.get(code, ())
        )

    @cached_property
    def totals(self) -> frozenset[str]:
        return frozenset(
            label_key(p) for row in self._kinds["row_words"] if row["code"] == "total" for p in row["phrases"]
        )

    def rows_of(self, table: str) -> list[tuple[str, str, str]]:
        """(label key, indicator, breakdown) of the declared rows of a kind of table; answers come last and win."""
        return [
            (
                label_key(p),
                IGNORED if row.get("meaning") == "ignore" else row.get("indicator", ""),
                row.get("breakdown", ""),
            )
            for row in self._kinds["row"]
            if row.get("table", "") in ("", table)
            for p in row["phrases"]
        ]

    def titled(self, text: str) -> tuple[TableKind | None, int]:
        """The kind of table a title names, and how many letters of it matched; the longest wins."""
        folded = fold(text)
        best: tuple[TableKind | None, int] = (None, 0)
        for kind in self.tables.values():
            if any(_inside(folded, fold(words)) for words in kind.not_titles):
                continue
            length = max((len(t) for t in kind.titles if _inside(folded, fold(t))), default=0)
            if length > best[1]:
                best = (kind, length)
        return best


def _begins(folded: str, phrase: str) -> bool:
    return folded.startswith(phrase) and not folded[len(phrase) : len(phrase) + 1].isalnum()


def _inside(folded: str, phrase: str) -> bool:
    at = folded.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not folded[max(at - 1, 0) : at].isalnum() and not folded[end : end + 1].isalnum():
            return True
        at = folded.find(phrase, at + 1)
    return False


def _kind(row: Mapping[str, Any]) -> TableKind:
    return TableKind(
        code=row["code"],
        titles=tuple(row.get("titles", ())),
        not_titles=tuple(row.get("not_titles", ())),
        indicator=row.get("indicator", ""),
        subject=row.get("subject", ""),
        rows_of=tuple(row.get("rows_of", ())),
        unit=row.get("unit", ""),
        open=bool(row.get("open")),
        ratios=bool(row.get("ratios")),
    )


def load_words(answers: Sequence[Mapping[str, Any]] = ()) -> Words:
    """The words in force; `answers` are rows of the same form that a department gave on the page."""
    if not answers:
        return _packaged(declared.folders())
    rows = _rows()
    for row in answers:
        key = f"{row['kind']}:{row['code']}"
        rows.pop(key, None)
        rows[key] = row
    return Words(list(rows.values()))


@cache
def _packaged(_folders: tuple[object, ...]) -> Words:
    return Words(list(_rows().values()))


def _rows() -> dict[str, Mapping[str, Any]]:
    found = declared.merged("workbooks", lambda row: f"{row['kind']}:{row['code']}")
    return dict(found)
