"""C41: one fact told in several documents. Values that cannot be one number are vintages (lần công bố), not errors:
all are shown along a time line with their dates, and the ledger keeps all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from sct.catalogue.model import PartialDate
from sct.catalogue.statement import Statement
from sct.proofing import wording
from sct.proofing.checks import Check
from sct.proofing.finding import Finding, Operand, Said, Verdict
from sct.proofing.judging import direct
from sct.proofing.keys import Key
from sct.proofing.rounding import of_figure, of_statement
from sct.proofing.stating import Place
from sct.proofing.texts import Desk, Text, agree, spot_of
from sct.words import _


def find(desk: Desk, check: Check) -> Iterator[Finding]:
    """Every key that at least two texts tell."""
    told: dict[Key, list[Text]] = defaultdict(list)
    for text in desk.texts:
        for key in text.by_key:
            if not key.is_local:
                told[key].append(text)
    for key, texts in told.items():
        if len(texts) < 2:
            continue
        places = [(text, mention) for text in texts if (mention := one_mention(text, key)) is not None]
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
    stages = [statement.status for _text, statement, _when in dated]
    known = all(when is not None for _text, _statement, when in dated) or stages == ["estimate", "actual"]
    line = (" → " if known else " · ").join(_told(statement, text, when) for text, statement, when in dated)
    newest_first = [(text, statement) for text, statement, _when in reversed(dated)]
    statements = tuple(statement for _text, statement in newest_first)
    operands = tuple(Operand.told(statement, text.name) for text, statement in newest_first)
    what = wording.what(statements[0])
    if all(agree(a, b) for a, b in combinations(prints(statements), 2)):
        sentence = _("{what}: {n} văn bản nói như nhau").format(what=what, n=len(places))
        return Finding(check.code, Verdict.HOLDS, Said(sentence, line), operands)
    if key.status != "fact":
        return None  # plans and forecasts are allowed to differ from document to document
    if _is_revision(statements):
        return _revised(check, what, line, operands, _change(dated[0][1], dated[-1][1]))
    count = _("hai lần công bố") if len(places) == 2 else _("{n} lần công bố").format(n=len(places))
    sentence = _("{what}: {count} khác nhau, không cùng đúng được").format(what=what, count=count)
    if not known:
        sentence += "; " + _("chưa biết đủ ngày công bố để xếp trước sau")
    repair = _("Sổ giữ mọi lần công bố; báo cáo dùng lần mới nhất và ghi ngày")
    return Finding(check.code, Verdict.DOUBT, Said(sentence, line, repair), operands, cause="two-vintages")


def prints(statements: Sequence[Statement]) -> list[Statement]:
    """One of each way in which a fact is printed: forty papers that say it alike are one to compare."""
    found: dict[tuple[object, ...], Statement] = {}
    for one in statements:
        words = one.quote if one.comparator == "approx" else ""  # "gần", "hơn" are told by the words alone
        printed = (one.value, one.low, one.high, one.quantity.decimals, one.comparator, words)
        found.setdefault((*printed, one.quantity.unit.code), one)
    return list(found.values())


def _is_revision(statements: Sequence[Statement]) -> bool:
    """An estimate and what came of it in monthly tables: a revision is the usual course there, not a contradiction."""
    stages = {statement.status for statement in statements}
    in_tables = all(spot_of(statement.place) for statement in statements)
    return in_tables and "estimate" in stages and len(stages) > 1


def _change(first: Statement, last: Statement) -> Fraction | None:
    """By how much the last value differs from the first: in points for percents, else in per cent of the first."""
    if first.value is None or last.value is None:
        return None
    if first.quantity.unit.dimension in ("percent", "percentage_point"):
        return last.value - first.value
    return (last.value / first.value - 1) * 100 if first.value else None


def _revised(check: Check, what: str, line: str, operands: tuple[Operand, ...], change: Fraction | None) -> Finding:
    """A hint; a doubt where the revision is large enough to be worth a question (`large` of the declaration)."""
    large = change is not None and abs(change) >= check.words.get("large", 20)
    by = "" if change is None else f" ({wording.change(change)})"
    sentence = _("{what}: số sau khác ước tính ban đầu{by}").format(what=what, by=by)
    if large:
        sentence = _("{what}: điều chỉnh lớn so với ước tính ban đầu{by}").format(what=what, by=by)
    repair = _("Sổ giữ mọi lần công bố; báo cáo dùng lần mới nhất và ghi ngày")
    verdict, cause = (Verdict.DOUBT, "large-revision") if large else (Verdict.HINT, "revised")
    return Finding(check.code, verdict, Said(sentence, line, repair), operands, cause=cause)


def _told(statement: Statement, text: Text, when: PartialDate | None) -> str:
    date = _("ước tính") if when is None and statement.status == "estimate" else when or _("không rõ ngày")
    return f"{wording.printed_with_unit(statement)} ({date}, {text.name})"


def _in_time(places: Sequence[Place], desk: Desk) -> list[tuple[Text, Statement, PartialDate | None]]:
    """Oldest first, undated ones before all; a text without a date takes that of the ledger's vintage it tells."""
    dated = [(text, statement, text.published or _date_in_ledger(statement, desk)) for text, statement in places]
    return sorted(dated, key=lambda item: (_day(item[2]), item[1].status != "estimate", item[0].name))


def _day(date: PartialDate | None) -> str:
    return date.last.isoformat() if date else ""


def _date_in_ledger(statement: Statement, desk: Desk) -> PartialDate | None:
    """When the ledger has this very value published once: that day."""
    claim = of_statement(statement)
    same = [
        figure.published
        for figure in desk.figures(statement)
        if figure.published and figure.stage.is_actual and direct(claim, of_figure(figure)).verdict is Verdict.HOLDS
    ]
    return same[0] if len({str(date) for date in same}) == 1 else None
