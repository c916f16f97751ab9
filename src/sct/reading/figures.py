"""Which amounts are figures about the world. What is none (GUIDE §1) is turned away with the name of the rule.

Dates, durations, labels and designations never come this far: the language room does not take them for amounts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sct.reading.lexicon import last_match, lexicon
from sct.reading.page import Page
from sct.vietnamese.amounts import Amount

MEASURED = frozenset({"VND", "USD", "EUR", "percent", "percentage_point", "times", "MW", "kWh", "ha", "tonne", "TEU"})
Rule = Callable[[Page, Amount], bool]


def _before(page: Page, amount: Amount, code: str) -> bool:
    start = amount.number[0] if amount.qualifier is None else amount.qualifier[0]
    return _ends_with(page.low, code, start) or _ends_with(page.low, code, amount.number[0])


def _ends_with(low: str, code: str, end: int) -> bool:
    return lexicon().pattern(code).search(low, max(0, end - 40), end) is not None


def _after(page: Page, amount: Amount, code: str, at: int | None = None) -> re.Match[str] | None:
    return lexicon().pattern(code).match(page.low, amount.number[1] if at is None else at)


def _counted(amount: Amount) -> bool:
    return amount.low.unit.dimension not in MEASURED


def _label(page: Page, amount: Amount) -> bool:
    return _counted(amount) and _ends_with(page.low, "label_before", amount.number[0])


def _law(page: Page, amount: Amount) -> bool:
    return _counted(amount) and _after(page, amount, "law_after") is not None


def _organisers_count(page: Page, amount: Amount) -> bool:
    if not _counted(amount):
        return False
    if amount.whole is not None:  # "26/27 nhiệm vụ"; but "15/19 tiêu chí" a commune reaches
        return amount.unit_span is not None and page.low.startswith(("nhiệm vụ", "nội dung"), amount.unit_span[0])
    return _after(page, amount, "organiser") is not None


def _set_name(page: Page, amount: Amount) -> bool:
    """ "trong 24 ngành", "4 ngành trọng điểm tăng 5,8%" — but not "cả 4 ngành đều tăng", "22/29 ngành"."""
    if not _counted(amount) or amount.whole is not None:
        return False
    noun = _after(page, amount, "set_noun")
    if noun is None:
        return False
    if _before(page, amount, "in_set_before") and not (_said_of_all(page, amount) and _in_all(page, amount)):
        return True
    if _after(page, amount, "so_many_after", noun.end()) or _said_of_all(page, amount):
        return False
    return not _before(page, amount, "so_many_before")


def _in_all(page: Page, amount: Amount) -> bool:
    """ "IIP tăng ở cả 63 địa phương"."""
    return (
        re.search(r"(?<!\w)(?:tăng|giảm) (?:ở|tại) $", page.low[max(0, amount.start - 12) : amount.start]) is not None
    )


def _said_of_all(page: Page, amount: Amount) -> bool:
    return amount.qualifier is not None and page.low[slice(*amount.qualifier)] in {"cả", "toàn bộ", "tất cả"}


def _way_of_speaking(page: Page, amount: Amount) -> bool:
    """A number in words that counts nothing concrete ("hai bên"), and "một" as an article."""
    if amount.form == "one":
        return not _ends_with(page.low, "makes_one", amount.number[0]) or not amount.low.unit.counted
    if amount.form != "words" or not _counted(amount):
        return False
    return amount.unit_span is None or _after(page, amount, "word_number_noun") is not None


def _bare(page: Page, amount: Amount) -> bool:
    """A number with nothing counted or measured; only the value of a named index may stand so."""
    if amount.unit_span is not None or amount.low.unit.dimension != "count":
        return False
    before = page.low[max(0, amount.start - 40) : amount.start]
    named = last_match("index_name", before)
    return named is None or (amount.low.decimals == 0 and named.end() < len(before.rstrip()))


def _times_done(page: Page, amount: Amount) -> bool:
    """ "7 lần tăng liên tiếp", "điều chỉnh 3 lần": how often, no multiple."""
    if amount.low.unit.dimension != "times" or amount.verb or amount.low.decimals:
        return False
    return not _ends_with(page.low, "multiple_before", amount.number[0])


def _vague(page: Page, amount: Amount) -> bool:
    return amount.form != "digits" and _ends_with(page.low, "vague_before", amount.number[0])


RULES: Sequence[tuple[str, Rule]] = (
    ("bare-number", _bare),
    ("label", _label),
    ("law-number", _law),
    ("vague-quantity", _vague),
    ("way-of-speaking", _way_of_speaking),
    ("times-done", _times_done),
    ("organisers-count", _organisers_count),
    ("set-name", _set_name),
)


def why_not(page: Page, amount: Amount) -> str:
    """The rule by which an amount is no figure, "" if it is one."""
    return next((name for name, rule in RULES if rule(page, amount)), "")
