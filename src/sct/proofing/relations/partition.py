"""C12: the parts of a complete partition add up to the whole: Σ[partᵢ] ∩ [total].

Only partitions that the catalogue declares complete are added: "trong đó" may leave something out.
"""

from __future__ import annotations

from collections.abc import Iterator

from sct.catalogue.model import Partition
from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Verdict
from sct.proofing.intervals import total
from sct.proofing.judging import Judgement, judge
from sct.proofing.rounding import of_statement
from sct.proofing.stating import comparison, finding
from sct.proofing.texts import Desk, Text
from sct.words import _


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """Every level of the text whose parts are all told beside it, once for each partition and period."""
    for key in sorted(text.by_key, key=lambda k: text.by_key[k][0].start):
        if key.measure != "level":
            continue
        for partition in partitions(key.indicator, key.breakdown, desk):
            parts = [text.by_key.get(key.of(indicator=code, breakdown=member)) for code, member in partition.parts]
            if all(parts):
                found = _best(text, text.by_key[key], [part for part in parts if part], check)
                if found is not None:
                    yield found


def partitions(indicator: str, breakdown: str, desk: Desk) -> list[Partition]:
    """The complete, additive partitions of a series."""
    known = desk.catalogue.indicators.get(indicator) if desk.catalogue else None
    if known is None:
        return []
    return [p for p in known.partitions if p.additive and p.whole == (indicator, breakdown)]


def _best(
    text: Text, wholes: tuple[Statement, ...], parts: list[tuple[Statement, ...]], check: Check
) -> Finding | None:
    """The mention of the whole that fits its parts best; each part by its finest print."""
    chosen = [min(mentions, key=lambda s: of_statement(s).ulp) for mentions in parts]
    best: tuple[Judgement, Statement] | None = None
    for whole in wholes:
        if any(part.quantity.unit.dimension != whole.quantity.unit.dimension for part in chosen):
            continue
        judgement = judge(of_statement(whole), [of_statement(part) for part in chosen], total, check.policy)
        if judgement is not None and (best is None or judgement.steps < best[0].steps):
            best = judgement, whole
    if best is None:
        return None
    judgement, whole = best
    sentence = _("Các phần của {whole} cộng lại không bằng tổng {quote}")
    if judgement.verdict is Verdict.HOLDS:
        sentence = _("Các phần của {whole} cộng lại đúng bằng tổng {quote}")
    terms = " + ".join(_term(part, whole) for part in chosen)
    return finding(
        check,
        judgement,
        claim=(text, whole),
        others=[(text, part) for part in chosen],
        sentence=sentence.format(whole=wording.what(whole), quote=wording.quoted(whole)),
        arithmetic=f"{terms} → {comparison(whole, judgement)}",
    )


def _term(part: Statement, whole: Statement) -> str:
    """A part in the unit of the whole, with the digits it is printed with where the units are the same."""
    if part.quantity.unit == whole.quantity.unit or part.value is None:
        return wording.printed(part)
    ratio = part.quantity.unit.factor / whole.quantity.unit.factor
    decimals = part.quantity.decimals
    while ratio < 1:
        ratio, decimals = ratio * 10, decimals + 1
    return wording.number(part.value, whole.quantity.unit, decimals)
