"""Units as sheets write them: "Đơn vị tính: Triệu đồng", "1000 m2", "(tỷ đồng)"."""

from __future__ import annotations

import re
from functools import lru_cache

from sct.errors import UserError
from sct.reading.workbooks.folding import fold, squeezed
from sct.reading.workbooks.words import Words
from sct.vietnamese.units import lexicon, spelling, unit

_UNIT_ROW = re.compile(r"(?:don vi tinh|don vi do|don vi|dvt|dv tinh|dvi)\s*[:：]\s*(?P<unit>.+?)[)\]\s.;]*$")
_LABEL = re.compile(r"^\W*(?:đơn vị tính|đơn vị đo|đơn vị|đvt|đv tính|đvi)\s*[:：]\s*", re.I)
_BRACKETED = re.compile(r"\(([^()]{1,24})\)")


def unit_code(text: str, words: Words) -> str:
    """The code of a unit as written; "" when it is none ("Tấn" → tan, "1000 lít" → nghin_lit)."""
    known = words.unit_cache
    if text not in known:
        if len(known) > 20_000:
            known.clear()
        known[text] = _resolve(squeezed(text), words)
    return known[text]


def _resolve(text: str, words: Words) -> str:
    folded = fold(text).strip(" .:")
    if not folded or len(folded) > 40:
        return ""
    if folded in words.units:
        return _declared(words.units[folded])
    plain = lexicon().unit_words.get(spelling(text.strip(" .:")))
    if plain is not None:
        return plain.code
    for scale in sorted(words.units, key=len, reverse=True):
        if words.units[scale] not in lexicon().scales or not folded.startswith(scale):
            continue
        after = folded[len(scale) :]
        rest = after.strip(" .")
        # A scale is a word of its own: "triệu đồng", "1000 m2", "1000m2"; never the beginning of another word.
        if not rest or (after[0].isalnum() and not (scale[-1].isdigit() and after[0].isalpha())):
            continue
        inner = _resolve(_tail(text, rest), words)
        if inner:
            return _declared(f"{words.units[scale]}_{inner}")
    return ""


def _tail(text: str, rest: str) -> str:
    """The words of the text behind its scale, with their diacritics."""
    count = len(rest.split())
    last = text.split()[-count:]
    return " ".join(last) if fold(" ".join(last)).strip(" .") == rest else rest


def _declared(code: str) -> str:
    try:
        return unit(code).code
    except UserError:
        return ""


def unit_of_row(text: str, words: Words) -> tuple[str, str] | None:
    """(as written, code) of a line "Đơn vị tính: …"; None when the text is no such line."""
    if len(text) > 80 or _UNIT_ROW.search(fold(text)) is None:
        return None
    written = squeezed(_LABEL.sub("", squeezed(text))).strip(" .;()")
    if not written:
        return None
    return written, unit_code(written, words)


@lru_cache(maxsize=4096)
def _brackets(text: str) -> tuple[str, ...]:
    return tuple(_BRACKETED.findall(text))


def unit_in_text(text: str, words: Words) -> tuple[str, str]:
    """(as written, code) of a unit in brackets, "Ước tính tháng 5 (tỷ đồng)"; ("", "") when there is none."""
    for inner in _brackets(text):
        if inner.strip() == "%":
            continue
        code = unit_code(inner.removeprefix("ĐVT:").strip(), words)
        if code:
            return squeezed(inner), code
    return "", ""


def table_unit(written: str, code: str) -> str:
    """The unit of a whole table as lists write it: "Triệu đồng" → "triệu đồng"; an unknown one stays as it is."""
    if not code:
        return written
    return unit(code).name or written
