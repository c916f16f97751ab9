"""What everybody may see without an account: entries and fields that their register declares public.

The one door of the public pages: nothing here asks who is there, and nothing that is not declared public leaves it.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from django.db.models import Count

from sct.catalogue import load
from sct.catalogue.histories import LATITUDE, LONGITUDE
from sct.catalogue.model import Area
from sct.catalogue.register_values import plain
from sct.catalogue.registers import Register, load_registers, register
from sct.office.people.errors import NotVisibleError
from sct.office.registers.models import Event, Span
from sct.office.registers.queries import Line, Spans, line_of, matching
from sct.vietnamese.write import write_number
from sct.words import _

PAGE = 60
MOST = 100_000  # rows of one open-data file


def registers() -> list[tuple[Register, int]]:
    """The public registers and how many public entries each has."""
    counts = dict(_rows().values_list("register").annotate(n=Count("id")).order_by())
    return [(one, counts.get(one.code, 0)) for one in load_registers().values() if one.public]


def _rows(kind: Register | None = None) -> Spans:
    rows = Span.objects.filter(open=True)
    return rows.filter(register=kind.code) if kind else rows


def _shown(kind: Register) -> Spans:
    """Open spans in states that may be shown."""
    return _rows(kind).filter(state__in=[code for code, state in kind.states.items() if state.public])


def _only_public(line: Line) -> Line:
    open_codes = {one.code for one in line.register.open_fields}
    operands = {code for one in line.register.open_fields for code in one.of if code in open_codes}
    kept = open_codes | operands | {LATITUDE, LONGITUDE}
    return replace(line, values={code: value for code, value in line.values.items() if code in kept}, blocked=False)


def lines(kind: Register, words: str, page: int) -> tuple[list[Line], int]:
    """A page of public entries by name, and how many there are."""
    rows = matching(_shown(kind), words).order_by("name_key", "entry_id")
    return [_only_public(line_of(kind, row)) for row in rows[(page - 1) * PAGE : page * PAGE]], rows.count()


def everything(kind: Register) -> list[Line]:
    rows = _shown(kind).order_by("name_key", "entry_id")[:MOST]
    return [_only_public(line_of(kind, row)) for row in rows]


def entry(number: int) -> tuple[Line, str]:
    """One public entry and the source that last spoke of it. Raises `NotVisibleError` (404)."""
    row = Span.objects.filter(open=True, entry=number).first()
    kind = register(row.register) if row else None
    if row is None or kind is None or not kind.public or not kind.states[row.state].public:
        raise NotVisibleError("not-found", _("Không có hồ sơ này"), value=number)
    last = Event.objects.filter(entry=number, withdrawal__isnull=True).order_by("-valid", "-pk").first()
    return _only_public(line_of(kind, row)), last.source if last else ""


def free_land(line: Line) -> str | None:
    """Industrial land not leased yet, in ha, where both are known."""
    whole, leased = line.values.get("industrial_area", ""), line.values.get("leased_area", "")
    if not whole or not leased:
        return None
    free = Fraction(whole) - Fraction(leased)
    return write_number(free, len(plain(free).partition(".")[2])) if free >= 0 else None


def home() -> Area:
    """The province most public entries lie in; the country where there are none."""
    rows = Span.objects.filter(open=True).exclude(province="").values_list("province").annotate(n=Count("id"))
    first = rows.order_by("-n").first()
    known = load().areas
    return known[first[0]] if first else next(a for a in known.values() if a.level == "country")
