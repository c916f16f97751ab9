"""C42: a figure of a draft against the ledger: round(ledger, digits of the draft) = draft.

A value that only an older publication told is a hint to the newer one. A document that is itself published
(its date is known) and differs is one more vintage, not a wrong draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from sct.catalogue.model import Figure, Stage
from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.causes import likely_cause
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Said, Verdict
from sct.proofing.judging import Judgement, direct
from sct.proofing.rounding import of_figure
from sct.proofing.stating import Place, comparison, judged
from sct.proofing.texts import Desk, Text
from sct.proofing.told import Told
from sct.words import _


def find(text: Text, desk: Desk, check: Check) -> Iterator[Finding]:
    """Every statement whose cell the ledger knows."""
    for claim in text.statements:
        key = text.key(claim)
        if key is None or key.scope in ("constant", "average") or key.status == "forecast":
            continue
        figures = [f for f in desk.figures(text.matched(claim)) if (f.stage is Stage.PLAN) == (key.status == "plan")]
        figures = [f for f in figures if f.stage is not Stage.FORECAST and not f.bound]
        if figures:
            found = _compared(text, claim, figures, desk, check)
            if found is not None:
                yield found


def _compared(text: Text, claim: Statement, figures: Sequence[Figure], desk: Desk, check: Check) -> Finding | None:
    mine = text.readings(claim)
    compared = [(direct(mine, desk.readings(figure), check.policy), figure) for figure in figures]
    judgement, newest = compared[-1]
    holding = [pair for pair in compared if pair[0].verdict is Verdict.HOLDS]
    if judgement.verdict is Verdict.HOLDS:
        return _stated((text, claim), newest, judgement, check, _("{quote} khớp với sổ: {value} ({source})"))
    if holding:
        return _older(text, claim, holding[-1], newest, check)
    if claim.status == "plan" or _told_right_elsewhere(text, claim, figures, desk):
        return None  # several targets may hold at once; and see below
    judgement = judgement.at_most(_most(text, claim), "earlier-match" if id(claim) in text.linked else "unknown-scope")
    if text.published is not None:
        later = judgement.at_most(Verdict.DOUBT, "two-vintages")
        said = _("{quote} là một lần công bố khác với sổ: {value} ({source})")
        return _stated((text, claim), newest, later, check, said)
    cause = likely_cause(text, claim, newest, desk)
    named = replace(judgement, cause=judgement.cause or cause)
    return _stated((text, claim), newest, named, check, _("{quote} không khớp với sổ: {value} ({source})"))


def _most(text: Text, claim: Statement) -> Verdict:
    """A hint at most where the text tells the key in several ways: then the key does not say which one is meant.

    A doubt where last month's match alone says what the figure is about.
    """
    key = text.key(claim)
    if key is not None and text.contradicts_itself(key):
        return Verdict.HINT
    return Verdict.DOUBT if id(claim) in text.linked else Verdict.WRONG


def _told_right_elsewhere(text: Text, claim: Statement, figures: Sequence[Figure], desk: Desk) -> bool:
    """Another figure of the text under the same key is the ledger's: this one is about something the key leaves out."""
    key = text.key(claim)
    mentions = [m for m in text.by_key[key] if m is not claim] if key is not None else ()
    readings = [desk.readings(figure) for figure in figures] if mentions else ()
    return any(direct(text.readings(m), other).verdict is Verdict.HOLDS for m in mentions for other in readings)


def _older(text: Text, claim: Statement, held: tuple[Judgement, Figure], newest: Figure, check: Check) -> Finding:
    """The value of an earlier publication: right when that is the day of this text, else the newer one is offered."""
    judgement, figure = held
    written_before = text.published is not None and (
        newest.published is not None and text.published.last < newest.published.last
    )
    if written_before:
        sentence = _("{quote} khớp với sổ vào ngày công bố: {value} ({source})")
        return _stated((text, claim), figure, judgement, check, sentence)
    sentence = _("{quote} khớp lần công bố cũ; sổ có số mới hơn: {value} ({source})")
    older = Judgement(Verdict.HINT, of_figure(newest).tight, judgement.claimed, judgement.steps, "newer-vintage")
    return _stated((text, claim), newest, older, check, sentence)


def _stated(place: Place, figure: Figure, judgement: Judgement, check: Check, sentence: str) -> Finding:
    say = partial(_said, place[1], figure, judgement, sentence)
    return judged(check, judgement, Told(*place), [Told(figure=figure)], say)


def _said(claim: Statement, figure: Figure, judgement: Judgement, sentence: str) -> Said:
    value, source = wording.of_figure(figure), wording.source_of(figure)
    repair = _("Sổ ghi {value}").format(value=value)
    if judgement.cause == "two-vintages":
        repair = _("Sổ giữ mọi lần công bố; báo cáo dùng lần mới nhất và ghi ngày")
    quote = f"{wording.what(claim)}: {wording.quoted(claim)}"
    return Said(sentence.format(quote=quote, value=value, source=source), comparison(claim, judgement), repair)
