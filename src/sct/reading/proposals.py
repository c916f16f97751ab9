"""Who asks what of whom, until when: targets, assignments, petitions, commitments (docs/why/reading.md).

A word of asking is found by one automaton; the clause before it tells who asks, the words right behind it who is
asked, the rest of the clause what is wanted. A word of asking that is a noun ("theo yêu cầu", "các kiến nghị") asks
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from sct.catalogue.proposal import Proposal
from sct.catalogue.statement import Segment, Statement
from sct.reading.actors import Span, actor_before, actors_from
from sct.reading.lexicon import lexicon, words_pattern
from sct.reading.marks import Marks

if TYPE_CHECKING:
    from sct.reading.reader import Reader

_SETS = {
    "ask_target": "target",
    "ask_assignment": "assignment",
    "ask_petition": "petition",
    "ask_either": "either",
    "ask_commitment": "commitment",
}
_NEEDS_ACTOR = frozenset({"giao", "giao cho", "phân công", "chỉ đạo", "đôn đốc"})  # else it is no asking
_NEEDS_SOMEBODY = frozenset({"mong", "xin", "hứa"})
_LEAST = 2  # words that tell something to do
_EDGE = " \t\n\u00a0,;:.-–…"


@cache
def _words(sets: int) -> tuple[re.Pattern[str], dict[str, str]]:
    kinds = {word: kind for code, kind in _SETS.items() for word in lexicon().words(code)}
    return words_pattern(kinds), kinds


@dataclass(slots=True)
class _Ask:
    """A word of asking with what was found around it; offsets of the working copy."""

    kind: str
    cue: Span
    sender: Span | None
    recipient: Span | None
    wanted: Span
    rules: list[str] = field(default_factory=list)


class ProposalReader:
    """Goes through the sentences that the statement reader went through."""

    def __init__(self, reader: Reader, statements: Sequence[Statement]) -> None:
        self.reader, self.page = reader, reader.page
        self.statements: Marks[Statement] = Marks(statements)
        self.open: _Ask | None = None  # "yêu cầu các đơn vị:" whose list follows
        self.last: _Ask | None = None

    def run(self) -> list[Proposal]:
        """Every proposal of the document, in order."""
        pattern, kinds = _words(id(lexicon()))
        found: list[Proposal] = []
        for segment, paragraph, sentences in self.reader.passages:
            if self.open is not None and not self.reader.is_listed(segment, *paragraph):
                self.open = None
            for sentence in sentences:
                cues = [
                    (match.span(), kinds[match[0]])
                    for match in pattern.finditer(self.page.low, *sentence)
                    if not self.is_noun(match, sentence[1])
                ]
                asks = self.asked(paragraph, sentence, cues) if cues else self.listed(sentence)
                found += [self.made(ask, segment, sentence) for ask in asks]
        return found

    def is_noun(self, match: re.Match[str], end: int) -> bool:
        """ "theo yêu cầu", "các kiến nghị", "giao dịch"."""
        words, low = lexicon(), self.page.low
        if words.pattern("ask_noun_after").match(low, match.end(), end):
            return True
        before = max(0, match.start() - 24)
        return words.pattern("ask_noun_before").search(low, before, match.start()) is not None

    # -- the parts ------------------------------------------------------------------------------------

    def asked(self, paragraph: Span, sentence: Span, cues: Sequence[tuple[Span, str]]) -> list[_Ask]:
        found: list[_Ask] = []
        at = sentence[0]
        for index, (cue, kind) in enumerate(cues):
            stop = cues[index + 1][0][0] if index + 1 < len(cues) else sentence[1]
            ask = self.ask(paragraph, (at, stop), cue, kind, found[-1] if found else None)
            if ask is None:
                continue
            if found and found[-1].wanted[1] > ask.cue[0]:
                found[-1].wanted = (found[-1].wanted[0], ask.cue[0])
            at = cue[1]
            found += self.parted(ask)
        for ask in found:
            self.trim(ask)
        if found:
            self.last = found[-1]
            self.open = self.last if self.page.text[sentence[1] - 1] == ":" else self.open
        return [ask for ask in found if self.says_something(ask)]

    def ask(self, paragraph: Span, span: Span, cue: Span, kind: str, before: _Ask | None) -> _Ask | None:
        page = self.page
        recipient = None if kind in {"target", "commitment"} else actors_from(page, cue[1], span[1])
        word = page.low[slice(*cue)]
        sender, rule = self.sender(paragraph, span[0], cue[0], before)
        named = sender if kind == "commitment" else recipient
        if named is None and (word in _NEEDS_ACTOR or (word in _NEEDS_SOMEBODY and sender is None)):
            return None
        rules = [f"ask-{word.replace(' ', '-')}", rule]
        if kind == "either":
            kind, by_rank = self.ranked(sender, recipient)
            rules.append(by_rank)
        begin = recipient[1] if recipient else cue[1]
        lead = lexicon().pattern("wanted_lead").match(page.low, begin, span[1])
        return _Ask(kind, cue, sender, recipient, (lead.end() if lead else begin, span[1]), rules)

    def sender(self, paragraph: Span, start: int, cue: int, before: _Ask | None) -> tuple[Span | None, str]:
        """Who asks: named in the clause or sentence, else the one who asked before in it, else of the paragraph."""
        found = actor_before(self.page, start, cue)
        if found is not None and before is None:
            return found, "from-sentence"
        if before is not None:
            return before.sender, "from-as-before"
        places = [p for p in self.reader.places.within(start, cue) if p.rank == "place"]
        if places:  # "Hải Dương phấn đấu …"
            return (places[-1].start, places[-1].end), "from-place"
        if self.last is not None and self.last.cue[0] >= paragraph[0]:
            return self.last.sender, "from-as-before"
        found = actor_before(self.page, paragraph[0], start)
        return found, "from-paragraph" if found else "from-nobody"

    def ranked(self, sender: Span | None, recipient: Span | None) -> tuple[str, str]:
        low, words = self.page.low, lexicon()
        if recipient is not None and words.pattern("above").match(low, recipient[0]):
            return "petition", "asked-above"
        if sender is not None and words.pattern("authority").match(low, sender[0]):
            return "assignment", "asked-by-authority"
        return "petition", "asked"

    def parted(self, ask: _Ask) -> list[_Ask]:
        """ "yêu cầu Sở A làm một việc; Sở B làm việc khác": one ask for each that is named."""
        asks, page = [ask], self.page
        if ask.kind != "assignment":
            return asks
        at = ask.wanted[0]
        while (at := page.low.find(";", at, ask.wanted[1])) >= 0:
            at += 1
            recipient = actors_from(page, at, ask.wanted[1])
            if recipient is None:
                continue
            last = asks[-1]
            end, last.wanted = last.wanted[1], (last.wanted[0], at - 1)
            asks.append(_Ask(ask.kind, ask.cue, ask.sender, recipient, (recipient[1], end), [*ask.rules, "to-next"]))
        return asks

    def listed(self, sentence: Span) -> list[_Ask]:
        """A member of the list that "yêu cầu các đơn vị:" has opened."""
        if self.open is None:
            return []
        start = self.reader.after_bullet(sentence[0], sentence[1])
        recipient = actors_from(self.page, start, sentence[1]) or self.open.recipient
        begin = recipient[1] if recipient and recipient[0] >= start else start
        rules = [*self.open.rules, "listed"]
        ask = _Ask(self.open.kind, self.open.cue, self.open.sender, recipient, (begin, sentence[1]), rules)
        self.trim(ask)
        return [ask] if self.says_something(ask) else []

    def trim(self, ask: _Ask) -> None:
        text = self.page.text[slice(*ask.wanted)]
        tail = re.search(r"(?:[\s,;:.…]|(?<!\w)(?:và|đồng thời|cũng|cùng đó|đã)(?!\w))*$", text.lower())
        end = ask.wanted[0] + (tail.start() if tail else len(text))
        start = ask.wanted[0] + len(text) - len(text.lstrip(_EDGE))
        ask.wanted = (start, max(start, end))

    def says_something(self, ask: _Ask) -> bool:
        return len(self.page.low[slice(*ask.wanted)].split()) >= _LEAST

    # -- the proposal ---------------------------------------------------------------------------------

    def made(self, ask: _Ask, segment: Segment, sentence: Span) -> Proposal:
        page = self.page
        start, end = page.span(*ask.wanted)
        text = page.document.text
        sender, recipient = self.raw(ask.sender), self.raw(ask.recipient)
        inside = [s for s in self.statements.within(start, end) if s.end <= end]
        due, due_span, rule = self.due(ask, inside)
        return Proposal(
            kind=ask.kind, text=text[start:end], start=start, end=end, cue=page.span(*ask.cue),
            sender=text[slice(*sender)] if sender else "", sender_span=sender,
            recipient=text[slice(*recipient)] if recipient else "", recipient_span=recipient,
            due=due, due_span=self.raw(due_span),
            figures=tuple((s.start, s.end) for s in inside),
            sentence=page.span(*sentence), place=segment.place, rules=(*ask.rules, rule),
        )  # fmt: skip

    def raw(self, span: Span | None) -> Span | None:
        return None if span is None else self.page.span(*span)

    def due(self, ask: _Ask, inside: Sequence[Statement]) -> tuple[str | None, Span | None, str]:
        """The day or period until which it is wanted."""
        low, lead = self.page.low, lexicon().pattern("due_lead")
        for day in self.reader.dates.within(*ask.wanted):
            if day.date is not None and lead.search(low, max(ask.wanted[0], day.start - 24), day.start):
                return day.date.isoformat(), (day.start, day.end), "due-day"
        for mention in self.reader.mentions.within(*ask.wanted):
            if mention.baseline or mention.relation:
                continue
            if mention.until or lead.search(low, max(ask.wanted[0], mention.start - 24), mention.start):
                period = self.reader.clock.period(mention)
                if period is not None:
                    return period.code, (mention.lead, mention.end), "due-period"
        figures = next((s.period for s in inside if s.status in {"plan", "forecast"} and s.period), None)
        if ask.kind != "target":
            return None, None, "due-unsaid"
        return figures, None, "due-of-figures" if figures else "due-unsaid"
