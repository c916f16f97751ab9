"""C41: one fact told in several documents. Values that cannot be one number are vintages (lần công bố), not errors:
all are shown along a time line with their dates, and the ledger keeps all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from sct.catalogue.model import PartialDate
from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Operand, Verdict
from sct.proofing.judging import direct
from sct.proofing.keys import Key
from sct.proofing.rounding import of_figure, of_statement
from sct.proofing.stating import Place
from sct.proofing.texts import Desk, Text, agree
from sct.words import _


def find(desk: Desk, check: Check) -> Iterator[Finding]:
    """Every key that at least two texts tell."""
    keys = dict.fromkeys(key for text in desk.texts for key in text.by_key if not key.is_local)
    for key in keys if len(desk.texts) > 1 else ():
        places = [(text, mention) for text in desk.texts if (mention := one_mention(text, key)) is not None]
        if len(places) > 1:
            found = _compared(key, places, desk, check)
            if found is not None:
                yield found


def one_mention(text: Text, key: Key) -> Statement | None:
    """The finest print of a fact in a text; None where the text itself tells it in ways that do not agree.

    Then the key does not tell those figures apart, and nothing may be concluded from it.
    """
    if text.contradicts_itself(key):
        return None
    mentions = text.by_key.get(key, ())
    return min(mentions, key=lambda s: of_statement(s).ulp, default=None)


def _compared(key: Key, places: Sequence[Place], desk: Desk, check: Check) -> Finding | None:
    if len({statement.quantity.unit.dimension for _text, statement in places}) > 1:
        return None
    dated = _in_time(places, desk)
    known = all(when is not None for _text, _statement, when in dated)
    line = (" → " if known else " · ").join(_told(statement, text, when) for text, statement, when in dated)
    newest_first = [(text, statement) for text, statement, _when in reversed(dated)]
    statements = tuple(statement for _text, statement in newest_first)
    operands = tuple(Operand.told(statement, text.name) for text, statement in newest_first)
    what = wording.what(statements[0])
    if all(agree(a, b) for a, b in combinations(statements, 2)):
        sentence = _("{what}: {n} văn bản nói như nhau").format(what=what, n=len(places))
        return Finding(check.code, Verdict.HOLDS, sentence, line, operands)
    if key.status != "fact":
        return None  # plans and forecasts are allowed to differ from document to document
    count = _("hai lần công bố") if len(places) == 2 else _("{n} lần công bố").format(n=len(places))
    sentence = _("{what}: {count} khác nhau, không cùng đúng được").format(what=what, count=count)
    if not known:
        sentence += "; " + _("chưa biết đủ ngày công bố để xếp trước sau")
    repair = _("Sổ giữ mọi lần công bố; báo cáo dùng lần mới nhất và ghi ngày")
    verdict = Verdict.DOUBT
    return Finding(check.code, verdict, sentence, line, operands, cause="two-vintages", repair=repair)


def _told(statement: Statement, text: Text, when: PartialDate | None) -> str:
    return f"{wording.printed_with_unit(statement)} ({when or _('không rõ ngày')}, {text.name})"


def _in_time(places: Sequence[Place], desk: Desk) -> list[tuple[Text, Statement, PartialDate | None]]:
    """Oldest first, undated ones before all; a text without a date takes that of the ledger's vintage it tells."""
    dated = [(text, statement, text.published or _date_in_ledger(statement, desk)) for text, statement in places]
    return sorted(dated, key=lambda item: (item[2].last.isoformat() if item[2] else "", item[0].name))


def _date_in_ledger(statement: Statement, desk: Desk) -> PartialDate | None:
    """When the ledger has this very value published once: that day."""
    claim = of_statement(statement)
    same = [
        figure.published
        for figure in desk.figures(statement)
        if figure.published and figure.stage.is_actual and direct(claim, of_figure(figure)).verdict is Verdict.HOLDS
    ]
    return same[0] if len({str(date) for date in same}) == 1 else None
