"""What a matter speaks of: indicators, targets of plans, register entries, other matters; found by words.

A link says `indicator:exports`, `target:3:exports`, `entry:55`, `matter:12`. Only what the person sees can be linked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sct.catalogue import load
from sct.catalogue.registers import load_registers
from sct.errors import UserError
from sct.office.coordination import listing
from sct.office.matters import queries as matters
from sct.office.people.errors import NotVisibleError
from sct.office.people.queries import Someone
from sct.office.plans import queries as plans
from sct.office.registers import queries as registers
from sct.vietnamese.text import search_key
from sct.words import _

MOST = 4  # of each kind that are offered


@dataclass(frozen=True, slots=True)
class Linked:
    """Something a matter can speak of: the link, its kind in words, its name, the page (url name, arguments)."""

    to: str
    kind: str
    name: str
    page: tuple[str, tuple[object, ...]]

    @property
    def kind_code(self) -> str:
        return self.to.partition(":")[0]

    @property
    def number(self) -> str:
        return self.to.rpartition(":")[2]


def kinds() -> dict[str, str]:
    return {
        "indicator": _("chỉ tiêu"),
        "target": _("chỉ tiêu kế hoạch"),
        "entry": _("hồ sơ sổ bộ"),
        "matter": _("việc"),
    }


PAGES = {"indicator": "indicator", "target": "target", "entry": "entry", "matter": "matter"}


def _made(to: str, name: str) -> Linked:
    kind, _colon, rest = to.partition(":")
    return Linked(to, kinds()[kind], name[:300], (PAGES[kind], tuple(rest.split(":"))))


def shown(links: Sequence[tuple[str, str]]) -> list[Linked]:
    """The links of a matter as they were named; one of no kind we know is left out."""
    return [_made(to, name or to) for to, name in links if to.partition(":")[0] in PAGES]


def named(person: Someone, to: str, today: date) -> Linked:
    """The thing a link names; raises `NotVisibleError` (404), `UserError("no-such-link")`."""
    kind, _colon, rest = to.partition(":")
    names: dict[str, Callable[[], str]] = {
        "indicator": lambda: _indicator(rest),
        "target": lambda: _target(person, rest),
        "entry": lambda: registers.entry(person, _number(rest), today).line.name,
        "matter": lambda: str(matters.matter_row(person, _number(rest))),
    }
    if kind not in names:
        raise UserError("no-such-link", _("Không gắn được với mục này"), value=to)
    return _made(to, names[kind]())


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _indicator(code: str) -> str:
    found = load().indicators.get(code)
    if found is None:
        raise NotVisibleError("not-found", _("Không có chỉ tiêu này"), value=code)
    return found.name


def _target(person: Someone, rest: str) -> str:
    plan, _colon, code = rest.partition(":")
    row = plans.target_row(person, _number(plan), code)
    return f"{row.name} ({row.plan})"


def offered(person: Someone, area: str, words: str) -> list[Linked]:
    """What matches some words, with or without diacritics, a few of each kind."""
    return list(_offered(person, area, words)) if len(search_key(words)) > 1 else []


def _offered(person: Someone, area: str, words: str) -> Iterator[Linked]:
    for one in listing.entries(words)[:MOST]:
        yield _made(f"indicator:{one.code}", one.name)
    asked = search_key(words).split()
    targets = (row for plan in plans.all_of(person, area) for row in plans.in_force(plan))
    fitting = [row for row in targets if all(word in search_key(row.name) for word in asked)]
    for row in fitting[:MOST]:
        yield _made(f"target:{row.plan_id}:{row.code}", f"{row.name} ({row.plan})")
    for line in registers.found(person, load_registers(), words, MOST):
        yield _made(f"entry:{line.entry}", line.name)
    for matter in matters.named(person, area, words, MOST):
        yield _made(f"matter:{matter.pk}", str(matter))
