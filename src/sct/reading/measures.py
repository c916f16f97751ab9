"""What kind of figure a number is: level, growth, change, contribution, share, multiple, index, percent of plan.

Small rules in order; the first that answers names itself in the trace. The verb right before the number tells most;
a figure without one takes it from what leads to it, or from the figure before in the same list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sct.reading.clauses import Item
from sct.reading.lexicon import last_match, lexicon
from sct.reading.page import Page
from sct.vietnamese.amounts import Amount


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with what its rule says of sign and unit. `offset` is added to the value (vượt 2,6% → 102,6)."""

    name: str
    sign: int = 1
    offset: int = 0
    unit: str = ""  # overrides that of the amount


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at: the figure, what leads to it and what follows, the figure before in its list."""

    page: Page
    item: Item
    subject: str
    fresh: bool  # the figure names a subject of its own
    previous: Measure | None
    rate: Measure | None = None  # of the last percentage of the sentence
    equal: Measure | None = None  # of the last "bằng …%" of the paragraph
    compared: bool = False  # the sentence opened with what its figures are compared with

    @property
    def amount(self) -> Amount:
        return self.item.amount

    @property
    def head(self) -> str:
        return self.page.low[self.item.head[0] : self.amount.start]

    def after(self, code: str) -> bool:
        return lexicon().pattern(code).match(self.page.low, self.amount.end) is not None

    def leads(self, code: str) -> bool:
        return lexicon().pattern(code).search(self.head) is not None


Rule = tuple[str, Callable[[Context], Measure | None]]


def measure_of(context: Context) -> tuple[Measure, str]:
    """The measure of a figure and the name of the rule that told it."""
    dimension = context.amount.low.unit.dimension
    for name, rule in _RULES.get(dimension, _OTHER):
        found = rule(context)
        if found is not None:
            return found, name
    return Measure("level"), "level"


# -- percent -----------------------------------------------------------------------------------------


def _of_plan(c: Context) -> Measure | None:
    if not (c.amount.plan or c.after("plan_after")) or c.amount.verb in {"growth", "difference", "contribution"}:
        return None
    if c.amount.verb == "exceed":
        return Measure("plan_pct", offset=100)
    if c.amount.verb == "short":
        return Measure("plan_pct", sign=-1, offset=100)
    return Measure("plan_pct")


def _reached(c: Context) -> Measure | None:
    """ "xuất khẩu 850 triệu USD, đạt 110,39%": of what a level is reached needs no words."""
    level = c.previous is not None and c.previous.name == "level" and not c.fresh
    return Measure("plan_pct") if level and c.amount.verb == "reach" and c.item.separator in {",", "("} else None


def _of_things(c: Context) -> Measure | None:
    """ "72% sản phẩm đã có mặt trên sàn": a part of the things named right behind."""
    return Measure("share_pct") if c.amount.verb in {"", "reach"} and c.after("share_of") else None


def _signed(c: Context) -> Measure | None:
    """ "dệt (+3,2%)", "Hà Tĩnh (-2,3%)": a printed sign tells a change."""
    sign = c.page.low[c.amount.number[0] - 1 : c.amount.number[0]]
    return Measure("growth_pct") if c.item.bracket is not None and (c.amount.minus or sign == "+") else None


def _effect(c: Context) -> Measure | None:
    """ "tác động làm CPI chung tăng 0,05%": points contributed, whatever sign is printed."""
    if c.amount.verb == "growth" and c.leads("effect_before"):
        return Measure("contribution_pp", sign=c.amount.direction, unit="percentage_point")
    return None


def _moved(c: Context) -> Measure | None:
    if c.amount.verb in {"growth", "difference"} and c.amount.direction:
        return Measure("growth_pct", sign=c.amount.direction)
    return None


def _part(c: Context) -> Measure | None:
    return Measure("share_pct") if c.amount.verb in {"share", "contribution"} else None


def _equal(c: Context) -> Measure | None:
    if c.amount.verb != "equal":
        return None
    if c.after("compare_after") or (c.compared and not c.after("share_whole")):
        return Measure("index")
    # "…, bằng 84,9%" behind a level, with nothing after it, is what such a percentage was before.
    bare = c.previous is not None and c.previous.name == "level" and not c.fresh and not c.after("share_whole")
    return (c.equal or Measure("share_pct")) if bare else Measure("share_pct")


def _arrived(c: Context) -> Measure | None:
    """ "lên 86,7%", "giảm còn 20%", "từ 85,77%": where a share came to."""
    low, amount = c.page.low, c.amount
    if amount.comparator == "range":
        return None
    if amount.verb == "to" or low.startswith("từ ", amount.start):
        if lexicon().pattern("rate_name").search(f"{c.subject.lower()} {c.head}"):
            return Measure("growth_pct")  # "tốc độ tăng chỉ còn 9,4%"
        return Measure("share_pct") if c.previous is None or c.previous.name != "growth_pct" or c.fresh else None
    return None


def _told_far(c: Context) -> Measure | None:
    """ "tăng lần lượt 18% và 27%", "tốc độ tăng GRDP đạt 8%": the verb stands apart from its number."""
    found, share = last_match("growth_name", c.head), last_match("share_name", c.head)
    if found is None or (share is not None and share.start() > found.start()):
        return None
    falls = found[0] in {"giảm", "sụt giảm", "suy giảm", "thấp hơn", "ít hơn", "kém"}
    return Measure("growth_pct", sign=-1 if falls else 1)


def _index_pct(c: Context) -> Measure | None:
    if lexicon().pattern("index_pct_name").search(c.subject.lower()) and c.amount.verb in {"reach", "", "equal"}:
        return Measure("index") if c.amount.low.number > 50 and c.fresh else None
    return None


def _ratio(c: Context) -> Measure | None:
    return Measure("share_pct") if c.leads("share_name") else None


def _as_before(c: Context) -> Measure | None:
    """A bare figure in a list is what the one before it was; beside a change ("tăng 27 tỷ đồng, 7,6%") its growth."""
    previous = c.previous
    if previous is not None and previous.name == "change_abs":
        previous = c.rate or (None if c.fresh else Measure("growth_pct", sign=previous.sign))
    if previous is None or previous.name not in {"growth_pct", "share_pct", "index"}:
        return None
    return Measure(previous.name, sign=previous.sign)


def _planned_growth(c: Context) -> Measure | None:
    """ "(kế hoạch 11,31%)" beside a growth is a planned growth."""
    if c.amount.verb in {"", "reach"} and c.previous is not None and c.previous.name == "growth_pct" and not c.fresh:
        goes_on = c.item.separator in {"và", ","} and not c.head.strip(" ,") and c.item.bracket is None
        return Measure("growth_pct", sign=c.previous.sign if goes_on else 1)  # "giảm lần lượt 11,3% và 12,6%"
    return None


def _rate_by_name(c: Context) -> Measure | None:
    """ "CPI bình quân cả năm dưới 4%": what is only told as a growth needs no verb."""
    named = lexicon().pattern("growth_subject").match(c.subject.lower())
    return Measure("growth_pct") if named and c.amount.low.number < _INDEX_FROM and c.amount.verb != "share" else None


_INDEX_FROM = 50  # percent; above it "CPI 103,5%" is the index itself


# -- other units -------------------------------------------------------------------------------------


def _points(c: Context) -> Measure | None:
    verb, sign = c.amount.verb, c.amount.direction
    if verb == "contribution" or c.leads("effect_before"):
        return Measure("contribution_pp", sign=sign or 1)
    if verb in {"growth", "difference"} and sign:
        return Measure("change_abs", sign=sign)
    if re.search(r"(?<!\w)(?:đóng góp|góp)(?!\w)", c.head) or (c.previous and c.previous.name == "contribution_pp"):
        return Measure("contribution_pp")
    return Measure("change_abs", sign=-1 if re.search(r"(?<!\w)(?:giảm|thấp hơn)(?!\w)", c.head) else 1)


def _fold(c: Context) -> Measure | None:
    if c.amount.verb in {"multiple", "growth", "equal", "difference", "exceed", "share"}:
        return Measure("multiple")
    if re.search(r"(?<!\w)(?:gấp|tăng|giảm|bằng)(?!\w)", c.head):
        return Measure("multiple")
    return Measure("multiple") if c.amount.low.decimals else None


def _named_index(c: Context) -> Measure | None:
    if c.amount.low.unit.dimension not in {"điểm", "count"}:
        return None
    name = lexicon().pattern("index_name")
    goes_on = not c.fresh and c.previous is not None and c.previous.name == "index"
    if name.search(c.subject.lower()) or goes_on or _bare_points(c):
        if c.amount.verb in {"growth", "difference"} and c.amount.direction:
            return Measure("change_abs", sign=c.amount.direction, unit="điểm")
        return Measure("index", unit="điểm")
    return None


_NO_NOUN = re.compile(r"\s*(?:[,;:.()\n]|$|(?:và|xếp|tăng|giảm|so|cao|thấp|năm|trong|ở|tại)(?!\w))")


def _bare_points(c: Context) -> bool:
    """ "Hà Nội 84,3 điểm" in a text on a named index; not "3 điểm bán", "5 điểm chợ"."""
    if c.amount.low.unit.dimension != "điểm" or not c.page.tells_index:
        return False
    return _NO_NOUN.match(c.page.low, c.amount.end) is not None


def _changed(c: Context) -> Measure | None:
    """ "tăng 4 triệu tấn", "vượt 2.515 tỷ đồng so với dự toán"; things cut are counted, not a change."""
    verb, sign = c.amount.verb, c.amount.direction
    if verb in {"growth", "difference"} and sign:
        counted = c.amount.low.unit.counted and not c.subject.lower().startswith(("số ", "tổng số "))
        if counted and sign < 0 and not c.after("compare_after"):
            return None
        if _arrives(c):
            return None
        return Measure("change_abs", sign=sign)
    if verb == "exceed" and _beyond_its_plan(c):
        return Measure("change_abs")
    if verb in {"exceed", "short"} and (c.after("compare_after") or c.after("plan_after")):
        return Measure("change_abs", sign=sign)
    return None


def _beyond_its_plan(c: Context) -> bool:
    """ "nộp 8.900 tỷ đồng, vượt 100 tỷ đồng": by how much the level before went beyond what was asked."""
    before = c.previous is not None and c.previous.name == "level"
    return before and not c.fresh and c.item.separator == "," and c.amount.comparator in {"eq", "gt"}


def _arrives(c: Context) -> bool:
    span = c.amount.direction_span
    between = "" if span is None else c.page.low[span[1] : c.amount.number[0]]
    return re.search(r"(?<!\w)(?:lên|xuống|còn|đến|tới)(?!\w)", between) is not None


_RULES: dict[str, Sequence[Rule]] = {
    "percent": (
        ("percent-of-plan", _of_plan),
        ("reached-of-a-level", _reached),
        ("printed-sign", _signed),
        ("effect-on-the-whole", _effect),
        ("verb-of-change", _moved),
        ("verb-of-share", _part),
        ("equal-to", _equal),
        ("part-of-things", _of_things),
        ("arrived-at", _arrived),
        ("index-in-percent", _index_pct),
        ("planned-growth", _planned_growth),
        ("ratio-by-name", _ratio),
        ("verb-apart", _told_far),
        ("as-before", _as_before),
        ("growth-by-name", _rate_by_name),
        ("percent-is-a-share", lambda c: Measure("share_pct")),
    ),
    "percentage_point": (("points", _points),),
    "times": (("multiple", _fold),),
}
_OTHER: Sequence[Rule] = (("named-index", _named_index), ("change-in-own-unit", _changed))
