"""Words and colours of the register pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sct.catalogue import load
from sct.catalogue.classing import Classed, classify
from sct.catalogue.register_values import show
from sct.catalogue.registers import Citation, Field, Register, told
from sct.office.registers.queries import Line
from sct.words import _

GROUPS: dict[str, Callable[[], str]] = {
    "industry": lambda: _("Công nghiệp"),
    "trade": lambda: _("Thương mại"),
    "energy": lambda: _("Năng lượng"),
    "licences": lambda: _("Giấy phép, kiểm tra"),
    "programmes": lambda: _("Chương trình"),
}
# Each tone has a mark beside its word: colour is never alone.
MARKS = {"none": "○", "blue": "◔", "doubt": "◑", "good": "●", "bad": "✕"}
# Told apart by people who see few colours (after Okabe and Ito), on light and dark ground.
PALETTE = (
    "#0072b2",
    "#e69f00",
    "#009e73",
    "#d55e00",
    "#cc79a7",
    "#56b4e9",
    "#7a8590",
    "#a89000",
    "#6f4ea1",
    "#3b7d4f",
    "#b04a3a",
)


def unit_name(code: str) -> str:
    one = load().units.get(code)
    return told(one.name, one.name_en) if one else ""


def valued(one: Field, value: str) -> str:
    """37,78 ha; có; Kiên cố; "" for nothing."""
    text = show(one, value)
    unit = unit_name(one.unit)
    if not text or not one.numeric or not unit:
        return text
    return text + unit if unit == "%" else f"{text}\u00a0{unit}"


def area_name(key: str, *, short: bool = False) -> str:
    one = load().areas.get(key)
    if one is None:
        return ""
    return one.short_name if short else one.name


def area_line(key: str) -> str:
    """Xã Liên Hà, Huyện Đông Anh: an area and the one above it, without the province."""
    one = load().areas.get(key)
    if one is None:
        return ""
    above = load().areas.get(one.parent)
    return f"{one.name}, {above.name}" if above and above.level == "district" else one.name


def colours(kind: Register) -> dict[str, str]:
    """Colour of each state, or of each class where the register is coloured by class."""
    codes = list(kind.states)
    for one in kind.classes:
        if one.code == kind.colour:
            codes = [rule.code for rule in one.rules]
    return {code: PALETTE[n % len(PALETTE)] for n, code in enumerate(codes)}


def class_of(line: Line, day: date) -> Classed | None:
    """The class that colours an entry, where the register is coloured by class."""
    for one in line.register.classes:
        if one.code == line.register.colour:
            return classify(line.register, one, line.snapshot, day, load().parameters)
    return None


def cited(cite: Citation) -> str:
    """32/2024/NĐ-CP, Điều 2; what nobody has confirmed says so."""
    law = load().laws.get(cite.law)
    parts = [law.number if law else "", cite.article]
    text = ", ".join(part for part in parts if part)
    if cite.confidence == "unsure":
        return f"{text} ({_('chưa xác nhận')})" if text else _("chưa xác nhận")
    return text


def precise(day: date, precision: int) -> str:
    """A day as far as it is known: 2017, 11-2026, 05-11-2020."""
    if precision == 4:
        return f"{day:%Y}"
    return f"{day:%m-%Y}" if precision == 7 else f"{day:%d-%m-%Y}"


def since(line: Line) -> str:
    """từ 2017; thấy ngày 20-09-2024: since when the state holds, no more exactly than it is known."""
    day = precise(line.since, line.precision)
    return _("thấy {day}").format(day=day) if line.found else _("từ {day}").format(day=day)


def evidence(codes: tuple[str, ...]) -> str:
    from sct.catalogue.histories import evidence_word

    return ", ".join(evidence_word(code) for code in codes)


def states_legend(kind: Register) -> list[tuple[str, str, str]]:
    """(code, name, colour) of what colours the map."""
    shades = colours(kind)
    if kind.colour == "state":
        return [(code, state.told, shades[code]) for code, state in kind.states.items()]
    for one in kind.classes:
        if one.code == kind.colour:
            return [(rule.code, rule.told, shades[rule.code]) for rule in one.rules]
    return []
