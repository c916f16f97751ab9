"""Desks over several registers: licences that run out, works that are blocked, indicators counted from registers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from sct.catalogue.milestones import next_planned
from sct.catalogue.registers import Register, load_registers
from sct.office.coordination.counted import Counted, counted, question
from sct.office.people.queries import Someone
from sct.office.registers import queries
from sct.office.registers.queries import Line
from sct.office.web import exports
from sct.office.web import register_wording as wording
from sct.office.web.choice import SiteRequest
from sct.words import _

MOST = 300
TABS = (30, 60, 90)


@require_safe
def licences(request: SiteRequest) -> HttpResponse:
    """What expires within 30, 60, 90 days, what has expired, what was withdrawn."""
    today = timezone.localdate()
    kinds = [one for one in load_registers().values() if one.expiry]
    chosen = request.GET.get("muc", "30")
    counts = {str(n): sum(_soon(request.user, one, today, n).count() for one in kinds) for n in TABS}
    counts["het-han"] = sum(_expired(request.user, one, today).count() for one in kinds)
    counts["thu-hoi"] = sum(_withdrawn(request.user, one).count() for one in kinds)
    rows: list[Line] = []
    for one in kinds:
        rows += queries.lines_of(request.user, one, _tab(request.user, one, today, chosen)[:MOST])
    rows.sort(key=lambda line: (line.expires or date.max, line.name))
    if "dang" in request.GET:
        return exports.answer(request.GET["dang"], "giay-phep", _table(rows, today))
    labels = [(str(n), _("Còn đến {n} ngày").format(n=n), counts[str(n)]) for n in TABS]
    labels += [("het-han", _("Đã hết hạn"), counts["het-han"]), ("thu-hoi", _("Thu hồi, ngừng"), counts["thu-hoi"])]
    context = {"tabs": labels, "chosen": chosen, "rows": rows, "today": today, "kinds": kinds}
    return render(request, "web/licences.html", context)


def _soon(person: Someone, kind: Register, today: date, days: int) -> queries.Spans:
    return queries.expiring(person, kind, today, today + timedelta(days=days))


def _expired(person: Someone, kind: Register, today: date) -> queries.Spans:
    return queries.expiring(person, kind, None, today - timedelta(days=1))


def _withdrawn(person: Someone, kind: Register) -> queries.Spans:
    ended = [code for code, state in kind.states.items() if state.ended]
    return queries.visible(person, kind.code).filter(open=True, state__in=ended).order_by("-since", "entry_id")


def _tab(person: Someone, kind: Register, today: date, chosen: str) -> queries.Spans:
    if chosen == "het-han":
        return _expired(person, kind, today)
    if chosen == "thu-hoi":
        return _withdrawn(person, kind)
    return _soon(person, kind, today, int(chosen) if chosen in ("30", "60", "90") else 30)


def _table(rows: list[Line], today: date) -> exports.Table:
    heads = [_("Sổ"), _("Hồ sơ"), _("Địa bàn"), _("Trạng thái"), _("Hết hạn"), _("Còn (ngày)")]
    table = exports.Table(_("Giấy phép, giấy chứng nhận"), heads)
    for line in rows:
        left = str((line.expires - today).days) if line.expires else ""
        last = f"{line.expires:%d-%m-%Y}" if line.expires else ""
        state = line.register.states[line.state].told
        table.rows.append([line.register.told, line.name, wording.area_line(line.area), state, last, left])
    return table


@require_safe
def works(request: SiteRequest) -> HttpResponse:
    """What is blocked, since when, and who must act; those who must act by how much waits for them."""
    today = timezone.localdate()
    rows: list[dict[str, Any]] = []
    for kind in load_registers().values():
        if kind.blocked is None:
            continue
        for line in queries.lines_of(request.user, kind, queries.blocked(request.user, kind)[:MOST]):
            rows.append(_blocked(kind, line, today))
    rows.sort(key=lambda row: (row["who"] == "", -(row["late"] or 0), row["line"].since))
    chosen = request.GET.get("ai", "")
    waiting: dict[str, int] = {}
    for row in rows:
        waiting[row["who"]] = waiting.get(row["who"], 0) + 1
    shown = [row for row in rows if chosen in ("", row["who"])]
    context = {
        "rows": shown,
        "waiting": sorted(waiting.items(), key=lambda one: -one[1]),
        "chosen": chosen,
        "today": today,
    }
    return render(request, "web/works.html", context)


def _blocked(kind: Register, line: Line, today: date) -> dict[str, Any]:
    assert kind.blocked is not None
    planned = line.values.get(kind.blocked.planned, "") if kind.blocked.planned else ""
    ahead = next_planned(kind, line.snapshot)
    day = ahead[1] if ahead else date.fromisoformat(planned) if planned else None
    return {
        "line": line,
        "obstacle": line.values.get(kind.blocked.obstacle, ""),
        "who": line.values.get(kind.blocked.who, "") if kind.blocked.who else "",
        "planned": day,
        "step": kind.step(ahead[0].code) if ahead else "",
        "late": (today - day).days if day and day < today else None,
    }


def _idle(row: Counted) -> bool:
    """A member of a breakdown of which there is none and nobody reported any: the whole says so already."""
    none = row.figure is None or row.figure.quantity.value == 0
    return bool(row.rule.breakdown) and none and row.reported is None


@require_safe
def counting(request: SiteRequest) -> HttpResponse:
    """Indicators counted from the registers beside what was reported of them; a difference is shown, not mended."""
    choice = request.choice
    rows = counted(request.user, choice.area, choice.period, choice.known)
    rows = [row for row in rows if not _idle(row)]
    only = request.GET.get("chi", "")
    kept: dict[str, Callable[[Counted], bool]] = {
        "lech": lambda row: row.differs,
        "chua-du": lambda row: row.agrees is False and not row.enough,
    }
    counts = {code: sum(1 for row in rows if keep(row)) for code, keep in kept.items()}
    told = [{"row": row, "question": question(row.count)} for row in rows if only not in kept or kept[only](row)]
    context = {
        "rows": told,
        "differing": counts["lech"],
        "unfit": counts["chua-du"],
        "all": len(rows),
        "only": only if only in kept else "",
    }
    return render(request, "web/counted.html", context)


paths = [
    path("so-bo/giay-phep/", licences, name="licence-desk"),
    path("so-bo/vuong-mac/", works, name="works-board"),
    path("so-bo/dem/", counting, name="counted"),
]
