"""A page of a generated report: a small consistent world of figures, printed as officials print them.

Every number is a slot with its exact value, so that an error can be sown in it and its place is known. A page has about
fifty figures; nothing on a clean page contradicts anything.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from fractions import Fraction

from sct.vietnamese.write import write_number


@dataclass(frozen=True, slots=True)
class Slot:
    """One printed number: exact value in `unit` words, digits, and what it may be confused with."""

    name: str
    value: Fraction
    decimals: int
    unit: str  # the words after the number
    kind: str  # level | growth | points | share | multiple | plan | count
    before: Fraction | None = None  # the same figure a year earlier
    near: Fraction | None = None  # another indicator's figure


@dataclass(slots=True)
class Page:
    """Sentences as pieces: words and slots; `ledger` are (indicator, period, transformation, slot or value …)."""

    area: str
    year: int
    pieces: list[str | Slot] = field(default_factory=list)
    ledger: list[tuple[str, str, str, Fraction, int, str]] = field(default_factory=list)

    @property
    def slots(self) -> list[Slot]:
        return [piece for piece in self.pieces if isinstance(piece, Slot)]

    def print(self, changed: dict[str, str] | None = None) -> tuple[str, dict[str, tuple[int, int]]]:
        """The text and where each slot stands; `changed` replaces the printed words of slots."""
        text, places = "", {}
        for piece in self.pieces:
            if isinstance(piece, str):
                text += piece
                continue
            words = (changed or {}).get(piece.name) or printed(piece)
            places[piece.name] = (len(text), len(text) + len(words))
            text += words
        return text, places


def number(slot: Slot, value: Fraction | None = None) -> str:
    """The digits of a slot without sign, padded to its decimals."""
    found = write_number(abs(slot.value if value is None else value), slot.decimals)
    whole, _comma, rest = found.partition(",")
    return f"{whole},{rest.ljust(slot.decimals, '0')}" if slot.decimals else whole


def worded(slot: Slot, digits: str, *, falls: bool) -> str:
    """The digits with the words around them."""
    match slot.kind:
        case "growth":
            return f"{'giảm' if falls else 'tăng'} {digits}%"
        case "points":
            return f"{'làm giảm' if falls else 'đóng góp'} {digits} điểm phần trăm"
        case "share":
            return f"chiếm {digits}%"
        case "multiple":
            return f"gấp {digits} lần"
        case "plan":
            return f"bằng {digits}% kế hoạch năm"
        case _:
            return f"{digits} {slot.unit}"


def printed(slot: Slot) -> str:
    """A slot as a clean page prints it."""
    return worded(slot, number(slot), falls=slot.value < 0)


def page(seed: int, area: str, year: int) -> Page:
    """A page about one province and year."""
    world = random.Random(seed)
    made = Page(area, year)
    _trade(made, world)
    _retail(made, world)
    _growth(made, world)
    _quarters(made, world)
    _energy(made, world)
    _more(made, world)
    _clusters(made, world)
    return made


def _around(world: random.Random, low: float, high: float) -> Fraction:
    return Fraction(round(world.uniform(low, high) * 10**6), 10**6)


def _pct(now: Fraction, then: Fraction) -> Fraction:
    return (now / then - 1) * 100


def _add(made: Page, *pieces: str | Slot) -> None:
    made.pieces += pieces


def _trade(made: Page, world: random.Random) -> None:
    y, p, area = made.year, made.year - 1, made.area
    x0, m0 = _around(world, 8, 20), _around(world, 21, 45)
    x, m = x0 * _around(world, 0.93, 1.18), m0 * _around(world, 0.93, 1.18)
    old, plan = (
        x0 * _around(world, 0.5, 0.7),
        Fraction(round(float(x) * world.uniform(0.95, 1.05), 1)).limit_denominator(10),
    )
    usd = "tỷ USD"
    level = lambda name, value, before, near: Slot(name, value, 2, usd, "level", before, near)  # noqa: E731
    _add(made, f"Năm {y}, kim ngạch xuất khẩu của {area} đạt ", level("x", x, x0, m), ", ",
         Slot("gx", _pct(x, x0), 1, "%", "growth", near=_pct(m, m0)), f" so với năm {p}, ",
         Slot("px", 100 * x / plan, 1, "%", "plan"), "; kim ngạch nhập khẩu đạt ", level("m", m, m0, x), ", ",
         Slot("gm", _pct(m, m0), 1, "%", "growth", near=_pct(x, x0)), f" so với năm {p}. ")  # fmt: skip
    _add(made, f"Năm {y}, tổng kim ngạch xuất nhập khẩu của {area} đạt ", level("t", x + m, x0 + m0, m), ", ",
         Slot("gt", _pct(x + m, x0 + m0), 1, "%", "growth"), f" so với năm {p}. ")  # fmt: skip
    _add(made, f"Năm {p}, kim ngạch xuất khẩu của {area} đạt ", level("x0", x0, old, m0),
         "; kim ngạch nhập khẩu đạt ", level("m0", m0, None, x0),
         "; tổng kim ngạch xuất nhập khẩu đạt ", level("t0", x0 + m0, None, m0), ". ")  # fmt: skip
    _add(made, f"Năm {y - 5}, kim ngạch xuất khẩu của {area} đạt ", level("xo", old, None, x0), ". ",
         f"Năm {y}, kim ngạch xuất khẩu của {area} ", Slot("k", x / old, 1, "lần", "multiple"), f" năm {y - 5}. ")  # fmt: skip
    made.pieces.append("\n")
    for code, value, base in (("exports", x, x0), ("imports", m, m0), ("trade_total", x + m, x0 + m0)):
        made.ledger += [
            (code, f"{y}", "level", value, 2, "ty_usd"),
            (code, f"{p}", "level", base, 2, "ty_usd"),
            (code, f"{y}", "yoy", _pct(value, base), 1, "pct"),
        ]
    made.ledger.append(("exports", f"{y}", "plan", plan, 1, "ty_usd"))


RETAIL = (
    ("retail_goods", "doanh thu bán lẻ hàng hóa", 0.64),
    ("accommodation_food_revenue", "doanh thu dịch vụ lưu trú, ăn uống", 0.13),
    ("travel_revenue", "doanh thu du lịch lữ hành", 0.03),
    ("other_services_revenue", "doanh thu dịch vụ khác", 0.20),
)


def _retail(made: Page, world: random.Random) -> None:
    y, p, area = made.year, made.year - 1, made.area
    parts = [Fraction(700) * Fraction(str(weight)) * _around(world, 0.9, 1.1) for _c, _n, weight in RETAIL]
    before = [part / _around(world, 1.02, 1.2) for part in parts]
    whole, base = sum(parts, Fraction(0)), sum(before, Fraction(0))
    name = "tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"
    unit = "nghìn tỷ đồng"
    _add(made, f"Năm {y}, {name} của {area} đạt ", Slot("r", whole, 1, unit, "level", base, parts[0]), ", ",
         Slot("gr", _pct(whole, base), 1, "%", "growth"), f" so với năm {p}")  # fmt: skip
    for at, ((code, words, _weight), value, was) in enumerate(zip(RETAIL, parts, before, strict=True)):
        near = parts[(at + 1) % len(parts)]
        _add(made, f"; {words} đạt ", Slot(f"r{at}", value, 1, unit, "level", was, near), ", ",
             Slot(f"s{at}", 100 * value / whole, 1, "%", "share"), " tổng mức")  # fmt: skip
        made.ledger.append((code, f"{y}", "level", value, 1, "nghin_ty_dong"))
    _add(made, ". ", f"Năm {p}, {name} của {area} đạt ", Slot("rp", base, 1, unit, "level", None, before[0]), ".\n")
    made.ledger += [
        ("retail_services_total", f"{y}", "level", whole, 1, "nghin_ty_dong"),
        ("retail_services_total", f"{p}", "level", base, 1, "nghin_ty_dong"),
        ("retail_services_total", f"{y}", "yoy", _pct(whole, base), 1, "pct"),
    ]


SECTORS = (
    ("grdp_agriculture", "khu vực nông, lâm nghiệp và thủy sản", 0.04),
    ("grdp_industry_construction", "khu vực công nghiệp và xây dựng", 0.30),
    ("grdp_services", "khu vực dịch vụ", 0.57),
    ("grdp_product_tax", "thuế sản phẩm trừ trợ cấp", 0.09),
)


def _growth(made: Page, world: random.Random) -> None:
    y, area = made.year, made.area
    rates = [_around(world, 1.5, 9.5) for _sector in SECTORS]
    points = [rate * Fraction(str(weight)) for rate, (_c, _n, weight) in zip(rates, SECTORS, strict=True)]
    whole = sum(points, Fraction(0))
    _add(made, f"Năm {y}, GRDP của {area} ", Slot("g", whole, 2, "%", "growth", near=rates[1]), ". ")
    made.ledger.append(("grdp", f"{y}", "yoy", whole, 2, "pct"))
    for at, ((code, words, _weight), rate, point) in enumerate(zip(SECTORS, rates, points, strict=True)):
        near = rates[(at + 1) % len(rates)]
        _add(made, f"{words[0].upper()}{words[1:]} của {area} năm {y} ", Slot(f"g{at}", rate, 2, "%", "growth", near=near),
             ", ", Slot(f"c{at}", point, 2, "", "points", near=points[(at + 1) % len(points)]), ". ")  # fmt: skip
        made.ledger += [(code, f"{y}", "yoy", rate, 2, "pct"), (code, f"{y}", "contribution", point, 2, "pp")]
    made.pieces.append("\n")


def _quarters(made: Page, world: random.Random) -> None:
    y, area = made.year, made.area
    first, second = _around(world, 120, 200), _around(world, 120, 200)
    unit, name = "tỷ đồng", "doanh thu làng nghề"
    words = ((f"Quý I/{y}", first, "q1"), (f"Quý II/{y}", second, "q2"), (f"6 tháng đầu năm {y}", first + second, "h"))
    for said, value, slot in words:
        _add(made, f"{said}, {name} của {area} đạt ", Slot(slot, value, 1, unit, "level", None, first), ". ")
    made.pieces.append("\n")


def _energy(made: Page, world: random.Random) -> None:
    """Electricity with its growth, and four quarters of a year with the year."""
    y, p, area = made.year, made.year - 1, made.area
    now = _around(world, 900, 4000)
    then = now / _around(world, 0.9, 1.15)
    unit = "triệu kWh"
    _add(made, f"Năm {y}, sản lượng điện thương phẩm của {area} đạt ", Slot("e", now, 1, unit, "level", then), ", ",
         Slot("ge", _pct(now, then), 1, "%", "growth"), f" so với năm {p}; năm {p}, sản lượng điện thương phẩm đạt ",
         Slot("e0", then, 1, unit, "level", None, now), ". ")  # fmt: skip
    thirds = [_around(world, 120, 200) for _quarter in range(4)]
    name, money = "vốn đầu tư hạ tầng cụm công nghiệp", "tỷ đồng"
    words = [(f"Quý {roman}/{p}", thirds[at]) for at, roman in enumerate(("I", "II", "III", "IV"))]
    for at, (said, value) in enumerate([*words, (f"Năm {p}", sum(thirds, Fraction(0)))]):
        _add(made, f"{said}, {name} của {area} đạt ", Slot(f"b{at}", value, 1, money, "level", None, thirds[0]), ". ")
    made.pieces.append("\n")
    made.ledger.append(("electricity_sales", f"{y}", "level", now, 1, "trieu_kwh"))


def _more(made: Page, world: random.Random) -> None:
    """The growth of branches against that of industry, which must lie between them."""
    y, p, area = made.year, made.year - 1, made.area
    rates = [_around(world, 2, 9) for _branch in range(4)]
    whole = sum(rates, Fraction(0)) / 4
    names = (
        "ngành khai khoáng",
        "ngành công nghiệp chế biến, chế tạo",
        "sản xuất và phân phối điện",
        "ngành cung cấp nước",
    )
    _add(
        made,
        f"Năm {y}, chỉ số sản xuất công nghiệp của {area} ",
        Slot("i", whole, 1, "%", "growth"),
        f" so với năm {p}",
    )
    for at, (words, rate) in enumerate(zip(names, rates, strict=True)):
        _add(made, f"; {words} ", Slot(f"i{at}", rate, 1, "%", "growth"))
    _add(made, ".\n")
    made.ledger.append(("iip", f"{y}", "yoy", whole, 1, "pct"))


def _clusters(made: Page, world: random.Random) -> None:
    parts = [world.randint(5, 40) for _part in range(3)]
    _add(made, f"Năm {made.year}, {made.area} có ", Slot("n", Fraction(sum(parts)), 0, "cụm công nghiệp", "count"),
         ", gồm ", Slot("n1", Fraction(parts[0]), 0, "cụm đã đầu tư hạ tầng", "count"), ", ",
         Slot("n2", Fraction(parts[1]), 0, "cụm đang động thổ", "count"), " và ",
         Slot("n3", Fraction(parts[2]), 0, "cụm chưa khởi công", "count"), ".\n")  # fmt: skip
