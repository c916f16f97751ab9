"""Errors as people make them, sown in one slot of a page: the words printed instead, and how far off they are."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bench.proofing.pages import Slot, number, printed, worded


@dataclass(frozen=True, slots=True)
class Sown:
    """The words printed instead of a slot's, and the distance in units of its last printed digit."""

    words: str
    steps: Fraction


Sow = Callable[[Slot, random.Random], "Sown | None"]


def _value(digits: str) -> Fraction:
    return Fraction(digits.replace(".", "").replace(",", "."))


def _sown(slot: Slot, digits: str, *, falls: bool | None = None) -> Sown | None:
    said = slot.value < 0 if falls is None else falls
    words = worded(slot, digits, falls=said)
    value = -_value(digits) if said else _value(digits)
    steps = abs(value - slot.value) * 10**slot.decimals
    return Sown(words, steps) if words != printed(slot) and steps >= 1 else None


def digit_swap(slot: Slot, world: random.Random) -> Sown | None:
    """Two neighbouring digits changed round: 853,3 → 835,3."""
    digits = number(slot)
    places = [at for at in range(len(digits) - 1) if digits[at : at + 2].isdigit() and digits[at] != digits[at + 1]]
    if not places:
        return None
    at = world.choice(places)
    return _sown(slot, digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])


def dropped_digit(slot: Slot, world: random.Random) -> Sown | None:
    """A digit before the comma left out: 853,3 → 85,3."""
    whole, comma, rest = number(slot).partition(",")
    bare = whole.replace(".", "")
    if len(bare) < 2:
        return None
    at = world.randrange(len(bare))
    return _sown(slot, str(int(bare[:at] + bare[at + 1 :])) + comma + rest)


def scale(slot: Slot, world: random.Random) -> Sown | None:
    """A scale word lost: nghìn tỷ → tỷ, tỷ USD → triệu USD."""
    lost = {"nghìn tỷ đồng": "tỷ đồng", "tỷ USD": "triệu USD", "tỷ đồng": "triệu đồng"}.get(slot.unit)
    return None if lost is None or slot.kind != "level" else Sown(f"{number(slot)} {lost}", Fraction(10**6))


def sign(slot: Slot, world: random.Random) -> Sown | None:
    """A rise told as a fall."""
    return _sown(slot, number(slot), falls=slot.value > 0) if slot.kind == "growth" else None


def wrong_period(slot: Slot, world: random.Random) -> Sown | None:
    """Last year's figure."""
    return None if slot.before is None else _sown(slot, number(slot, slot.before))


def wrong_indicator(slot: Slot, world: random.Random) -> Sown | None:
    """The figure of another indicator."""
    return None if slot.near is None else _sown(slot, number(slot, slot.near), falls=slot.near < 0)


def wrong_sum(slot: Slot, world: random.Random) -> Sown | None:
    """A total that is 2 to 10 per cent off."""
    if slot.name not in ("t", "t0", "r", "h", "n"):
        return None
    off = Fraction(world.randint(20, 100), 1000) * world.choice((1, -1))
    return _sown(slot, number(slot, slot.value * (1 + off)))


def wrong_share(slot: Slot, world: random.Random) -> Sown | None:
    """A share some digits off."""
    if slot.kind != "share":
        return None
    return _sown(slot, number(slot, slot.value + Fraction(world.randint(2, 60), 10) * world.choice((1, -1))))


def percent_for_points(slot: Slot, world: random.Random) -> Sown | None:
    """Percent where points are meant, or both."""
    if slot.kind != "points" or slot.value < 0:
        return None
    return Sown(f"đóng góp {number(slot)}% điểm phần trăm", Fraction(1))


def wrong_multiple(slot: Slot, world: random.Random) -> Sown | None:
    """A multiple some tenths off."""
    if slot.kind != "multiple":
        return None
    return _sown(slot, number(slot, slot.value + Fraction(world.randint(2, 12), 10)))


KINDS: Mapping[str, Sow] = {
    "hai chữ số đảo chỗ · digit swap": digit_swap,
    "thiếu một chữ số · dropped digit": dropped_digit,
    "thiếu chữ nghìn, tỷ · scale": scale,
    "tăng thành giảm · sign": sign,
    "số của năm trước · wrong period": wrong_period,
    "số của chỉ tiêu khác · wrong indicator": wrong_indicator,
    "tổng sai · wrong sum": wrong_sum,
    "tỷ trọng sai · wrong share": wrong_share,
    "phần trăm thay cho điểm · % for points": percent_for_points,
    "số lần sai · wrong multiple": wrong_multiple,
}
