"""The patterns that follow a number: scale, unit, denominator. Compiled once from the lexicon in force."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sct.vietnamese import units
from sct.vietnamese.quantities import Unit
from sct.vietnamese.units import Lexicon, Scale

SPACE = r"[^\S\n]"
# Words that begin like a unit and are none.
_NOT = {
    "tỷ": "lệ|trọng|suất|số|giá|phú",
    "tỉ": "lệ|trọng|suất|số|giá|mỉ",
    "đồng": "chí|bộ|thời|loạt|hồ|nghiệp|đều|hành|tình|ruộng|bào",
    "con": "số|đường",
    "bộ": "trưởng|phận|máy|ngành|tài|công",
    "người": "đứng",
    "lần": "lượt",
    "vụ": "trưởng",
    "lượt": "xem|đọc|thích|view",
    "đơn vị": "tính",
    "khu": "phố",
    "nước": "ta",
    "đô": "thị",
    "cái": "tên|nhìn",
    "mét": "vuông|khối",
    "điểm": "tựa",
}
_PER = (
    r"năm|tháng|quý|tuần|ngày đêm|ngày|đêm|giờ|đầu người|người|hộ|kg|tấn|lượng|chỉ|lít|kwh|ha|m2|m²|m3|doanh nghiệp|"
    r"sản phẩm|lao động|khách|dự án|cụm|dân|vụ|cửa hàng|hồ sơ|xã|lượt|đơn vị|thùng|bao|con|chiếc|"
    r"cơ sở|đề án|mô hình|gian hàng|chợ|trạm|thôn|phường|huyện|địa phương|km|chuyến|container|xe|tàu|suất|"
    r"thuê bao|học viên|công nhân|cán bộ|hội viên|lớp|trường hợp|nhà máy|công trình|căn|bình|cây|viên|lon|chai"
)


@dataclass(frozen=True, slots=True)
class Patterns:
    after: re.Pattern[str]  # scale and unit after a number; always matches, maybe nothing
    per: re.Pattern[str]


@cache
def patterns_of(known: Lexicon) -> Patterns:
    return Patterns(_after(known), _per())


def _word(spelled: str) -> str:
    body = re.escape(spelled).replace(r"\ ", f"{SPACE}+")
    trap = _NOT.get(spelled)
    return body + (rf"(?!{SPACE}+(?:{trap})(?!\w))" if trap else "")


def _any(spelled: list[str]) -> str:
    return "|".join(_word(w) for w in sorted(spelled, key=lambda w: (-len(w), w)))


def _after(known: Lexicon) -> re.Pattern[str]:
    scales = _any(list(known.scale_words))
    named = _any([w for w in known.unit_words if w[-1].isalnum()])
    pieces = [
        rf"{SPACE}*(?:(?P<scale>{scales})(?!\w){SPACE}*)?",
        rf"(?:(?P<pct>%(?P<twice>{SPACE}*(?:điểm{SPACE}+phần{SPACE}+trăm|điểm(?!{SPACE}+\w)))?|điểm{SPACE}*%)",
        rf"|(?P<unit>{named})(?!\w)|(?P<sign>(?:us)?\$))?",
    ]
    return re.compile("".join(pieces))


def _per() -> re.Pattern[str]:
    return re.compile(
        rf"{SPACE}*(?:/{SPACE}*(?P<many>1[.]?000{SPACE}+|vạn{SPACE}+|một{SPACE}+)?|{SPACE}(?:một|mỗi){SPACE}+)"
        rf"(?P<per>{_PER})(?!\w)(?:{SPACE}*/{SPACE}*(?:năm|tháng|ngày))?"
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """What follows a number: unit (None: nothing known), its scale, where they stand."""

    unit: Unit | None
    scale: Scale | None
    start: int
    end: int
    double: bool = False


_NOTHING = Measured(None, None, 0, 0)


def measured(low: str, position: int, known: Lexicon) -> Measured:
    """The scale and unit at a position of a lowered text; only what is declared."""
    match = patterns_of(known).after.match(low, position)
    if match is None or match.lastgroup is None:
        return _NOTHING
    scale_word, unit_word = match["scale"], match["unit"]
    scale = known.scale_words[_folded(scale_word)] if scale_word else None
    start = match.start("scale") if scale_word else -1
    if match["pct"] is not None:
        pp = match["twice"] is not None or match["pct"][0] == "đ"
        unit: Unit | None = known.units["pp" if pp else "pct"]
        named = match.start("pct")
    elif unit_word is not None:
        unit, named = known.unit_words[_folded(unit_word)], match.start("unit")
    else:
        unit, named = (known.units["usd"], match.start("sign")) if match["sign"] else (None, -1)
    end = match.end() if unit is not None else match.end("scale")
    return Measured(unit, scale, start if start >= 0 else named, end, match["twice"] is not None)


def _folded(word: str) -> str:
    return " ".join(word.split())


def is_measured(low: str, position: int) -> bool:
    """Whether a declared unit or scale follows; a bare "2000" before one is no year."""
    found = measured(low, position, units.lexicon())
    return found.unit is not None or found.scale is not None
