"""What the header of one column says, before the table tells which month it is of."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field

from sct.reading.workbooks.folding import fold, in_digits
from sct.reading.workbooks.units import unit_in_text
from sct.reading.workbooks.words import Token, Words

PERIODS = ("month", "months", "quarter", "year")
_BASES = ("same_period", "previous", "previous_quarter", "december", "plan", *PERIODS)
_ROLES = ("order_column", "code_column", "unit_column", "note_column")


@dataclass(slots=True)
class Header:
    """The words of a column's header with their meaning.

    `role` is label, unit, order, code, note or value. `base` is what a ratio is against. The periods are those of the
    column itself, not of its base. `meaning` is one that a department declared for these very words.
    """

    words: str
    role: str = "value"
    base: Token | None = None
    versus: bool = False
    month: Token | None = None
    months: Token | None = None
    quarter: Token | None = None
    year: Token | None = None
    said: frozenset[str] = frozenset()
    subject: str = ""
    unit: str = ""
    unit_code: str = ""
    percent: bool = False
    meaning: str = ""
    tokens: tuple[Token, ...] = dataclass_field(default=())

    @property
    def is_ratio(self) -> bool:
        return self.base is not None or self.percent or bool(self.said & {"growth", "completion"})

    @property
    def understood(self) -> bool:
        """Whether the words say anything about a value."""
        known = self.said & {
            "actual",
            "estimate",
            "plan",
            "ytd",
            "this_month",
            "previous",
            "same_period",
            "growth",
            "completion",
        }
        return bool(
            self.meaning or self.base or self.month or self.months or self.quarter or self.year or known or self.subject
        )


def read_header(words: str, lexicon: Words) -> Header:
    """A header's texts from top to bottom, joined by line breaks."""
    folded = fold(words)
    tokens = lexicon.header.tokens(in_digits(folded))
    header = Header(words, tokens=tokens, percent="%" in words)
    header.meaning = lexicon.columns.get(folded, "")
    folded = in_digits(folded)
    said = {token.code for token in tokens}
    header.said = frozenset(said)
    for role in _ROLES:
        if role in said and not said & {"actual", "estimate", "ytd", "versus", "month", "months"}:
            header.role = role.removesuffix("_column")
            return header
    base = _base(tokens, folded)
    if base is not None:
        header.base, header.versus = base, True
    elif "same_period" in said and (header.percent or "growth" in said or "ratio" in said):
        header.base = next(token for token in tokens if token.code == "same_period")
    for token in tokens:
        if token is header.base or token.code not in PERIODS:
            continue
        if token.code == "year" and not token.year:
            continue
        if getattr(header, token.code) is None or token.code == "year":
            setattr(header, token.code, token)
    named = lexicon.subject.tokens(folded)
    header.subject = named[0].code if named else ""
    header.unit, header.unit_code = unit_in_text(words, lexicon)
    if (
        not header.understood
        and said <= {"label", "period_column", "ratio", "until"}
        and said & {"label", "period_column"}
    ):
        header.role = "label"
    return header


def _base(tokens: tuple[Token, ...], folded: str) -> Token | None:
    """The token right after a word of comparison; a month there is a base only when another period is the column's."""
    for index, token in enumerate(tokens[:-1]):
        if token.code != "versus":
            continue
        after = tokens[index + 1]
        if after.code == "ratio" and index + 2 < len(tokens):  # "so với (%)" and the base below it
            after = tokens[index + 2]
        between = folded[token.end : after.start].replace("%", "").strip(" ():,.-")
        if after.code not in _BASES or len(between) > 12:
            continue
        if after.code in PERIODS:
            before = [t for t in tokens[:index] if t.code in (*PERIODS, "this_month")]
            later = [t for t in tokens[index + 2 :] if t.code in (*PERIODS, "this_month")]
            if not before and later and after.code != "year":
                continue
        if after.code == "year" and not after.year:
            continue
        return after
    return None
