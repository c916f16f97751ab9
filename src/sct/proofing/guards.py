"""Conditions under which a declared relation may be asked at all; each is named in declarations/checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from sct.catalogue.model import Adds, Kind
from sct.catalogue.statement import Statement
from sct.errors import UserError
from sct.proofing.keys import Key, same_months
from sct.proofing.looking import whole_of
from sct.proofing.texts import Desk, Text
from sct.vietnamese.periods import Period

Guard = Callable[[Text, Statement, Key, Desk], bool]
_ELSEWHERE = re.compile(r"^[^,;.]{0,40}\b(cả nước|toàn quốc|thế giới|khu vực|vùng)\b", re.I)
_CHANGE_OF = re.compile(r"\b(mức tăng|tăng trưởng|tốc độ tăng)\b", re.I)


def _levels_divide(text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    """Printed levels may be divided: not of an index, not of value at constant prices."""
    known = desk.indicator(claim)
    if known is None:
        return True
    return known.over_time is not Adds.NEVER and known.price_basis != "constant" and known.kind is not Kind.SHARE


def _sums(text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    """The indicator adds over months."""
    known = desk.indicator(claim)
    return known is not None and known.over_time is Adds.SUM and known.price_basis != "constant"


def _share_of_size(text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    """A share of the whole's size here: not of its growth, not of the country."""
    following = text.text[claim.end : claim.end + 60]
    return not _ELSEWHERE.match(following) and not _CHANGE_OF.search(following.split(",")[0])


def _part_of_whole(text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    return whole_of(key, desk) is not None


def _money(text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    return claim.quantity.unit.dimension in ("VND", "USD")


def _share(text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    """A part of a whole, told as such: "chiếm"; a ratio ("bằng 120%") may pass 100."""
    known = desk.indicator(claim)
    is_share = known is not None and (known.kind is Kind.SHARE or known.parent != "")
    return is_share or "chiếm" in claim.quote.lower()


def _not_average(text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    return bool(claim.baseline)


def _not_trade_total(text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    """Exports and imports have a check of their own."""
    return key.indicator != "trade_total"


def _cumulative(text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    return "-M01-M" in key.period


def _told_cumulative(text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    """Told as a cumulation, January's too: the month column beside it says the same."""
    return "-M01-M" in (claim.period or "")


def _year_on_year(text: Text, claim: Statement, key: Key, desk: Desk) -> bool:
    """Compared with the same period a year before, not with the month before."""
    try:
        return key.baseline == same_months(Period.parse(key.period).year_before.code)
    except UserError:
        return False


GUARDS: Mapping[str, Guard] = {
    "levels-divide": _levels_divide,
    "sums": _sums,
    "share-of-size": _share_of_size,
    "part-of-whole": _part_of_whole,
    "money": _money,
    "share": _share,
    "compared": _not_average,
    "not-trade-total": _not_trade_total,
    "cumulative": _cumulative,
    "told-cumulative": _told_cumulative,
    "year-on-year": _year_on_year,
}
