"""Kế hoạch: the scoreboard, one target with its course, the scenario, a plan from a file."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sct.catalogue import load
from sct.catalogue.model import SeriesKey
from sct.errors import UserError
from sct.following.events import local_day
from sct.office.coordination import accounts as accounting
from sct.office.coordination import plan_files, target_taking
from sct.office.coordination.outlooks import Judge, Judged
from sct.office.coordination.scoreboard import Scoreboard, asked, scoreboard
from sct.office.documents import queries as documents
from sct.office.matters import queries as matters
from sct.office.people.models import Right
from sct.office.people.queries import may, units_of
from sct.office.plans import actions, amending, naming, queries
from sct.office.plans.models import Plan, PlanKind, Target
from sct.office.web import exports, plan_charts, plan_words
from sct.office.web.choice import SiteRequest
from sct.planning.accounting import waterfall
from sct.planning.aims import Nature
from sct.planning.forecasts import in_percent
from sct.planning.season import quarters
from sct.planning.standing import Status
from sct.vietnamese.periods import Period
from sct.vietnamese.text import search_key
from sct.words import _

ON_A_PAGE = 100


def today() -> date:
    return local_day(timezone.now())


@require_safe
def plans(request: SiteRequest) -> HttpResponse:
    """The plans that hold in the chosen year, the annual one opened."""
    choice = request.choice
    listed = queries.plans(request.user, choice.area.key)
    holding = [line for line in listed if _holds(line.plan, choice.year)]
    ranked = sorted(holding, key=lambda line: (line.plan.kind != PlanKind.ANNUAL, -line.plan.pk))
    if not ranked:
        years = sorted({Period.parse(line.plan.period).year for line in listed}, reverse=True)
        context = {"years": years, "may_plan": may(request.user, Right.PLAN, choice.area.key)}
        return render(request, "web/plans_none.html", context)
    return plan(request, ranked[0].plan.pk)


def _holds(plan: Plan, year: int) -> bool:
    first, last = Period.of_year(year).months
    return plan.first_month <= last and plan.last_month >= first


@require_safe
def plan(request: SiteRequest, number: int) -> HttpResponse:
    """The scoreboard of one plan, by status and owner if asked."""
    row = queries.plan_row(request.user, number)
    board = scoreboard(request.user, row, request.choice.known, today())
    status, owner = request.GET.get("tinhtrang", ""), request.GET.get("donvi", "")
    lines = board.only(status, owner)
    if "dang" in request.GET:
        return exports.answer(request.GET["dang"], f"ke-hoach-{row.pk}", _table(board))
    context = {
        "plan": row,
        "plans": [line for line in queries.plans(request.user, row.area) if _holds(line.plan, request.choice.year)],
        "board": board,
        "lines": lines,
        "counts": [(one, board.counts[one]) for one in Status if one in board.counts],
        "status": status,
        "owner": owner,
        "versions": queries.versions(row),
        "splits": queries.splits([line.target for line in board.lines]),
        "may_plan": may(request.user, Right.PLAN, row.area),
        "children": row.children.all(),
    }
    return render(request, "web/plan.html", context)


def _table(board: Scoreboard) -> exports.Table:
    """The scoreboard to take away."""
    heads = [
        _("Chỉ tiêu"),
        _("Kế hoạch"),
        _("Thực hiện"),
        _("Kỳ"),
        _("So với kế hoạch (%)"),
        _("Tình trạng"),
        _("Lý do"),
        _("Đơn vị chủ trì"),
        _("Cấp giao"),
        _("Văn bản"),
    ]
    table = exports.Table(str(board.plan), heads)
    for line in board.lines:
        judged, target = line.judged, line.target
        table.rows.append(
            [
                target.name,
                plan_words.asks(target),
                judged.result.figure.quantity.number if judged.result else None,
                judged.at.code if judged.at else None,
                judged.outlook.percent,
                judged.outlook.status.words,
                judged.outlook.reason,
                target.owner,
                target.giver or target.version.giver,
                f"{target.version.paper} {target.clause}".strip(),
            ]
        )
    return table


@require_safe
def target(request: SiteRequest, number: int, code: str) -> HttpResponse:
    """One target: what is asked, how it stands, its course through the year, what the owner says."""
    row = queries.target_row(request.user, number, code)
    area = load().area(row.area)
    judge = Judge(request.user, area, request.choice.known, today())
    judged = judge.judged(row)
    context = {
        "plan": row.plan,
        "target": row,
        "judged": judged,
        "asked": asked(request.user, row),
        "history": _history(row, judged),
        "others": queries.same_cell(request.user, row),
        "said": queries.said(row.plan, code),
        "nature": plan_words.NATURES[Nature(row.nature)](),
        "may_plan": may(request.user, Right.PLAN, row.plan.area),
        "may_say": row.owner in units_of(request.user) or may(request.user, Right.PLAN, row.area),
        "linked": matters.linked(request.user, f"target:{row.plan_id}:{code}", today()),
        **_course(row, judge),
    }
    return render(request, "web/target.html", context)


def _history(row: Target, judged: Judged) -> list[dict[str, Any]]:
    """Every version of a target beside what came out: what it asked, by which paper, how far the result is from it."""
    result = judged.result.figure.quantity.value if judged.result else None
    told = []
    for old in queries.history(row.plan, row.code):
        against = None if result is None or old.drops else plan_words.against(old, result)
        told.append({"target": old, "version": old.version, "against": against})
    return told


def _course(row: Target, judge: Judge) -> dict[str, Any]:
    """The year of a target: forecast in words, chart, table by month."""
    period, judged = Period.parse(row.period), judge.judged(row)
    ahead = judged.ahead
    series = SeriesKey(row.indicator, row.area, row.breakdown)
    rates = judge.growths(series, period.year).get(period.year, {}) if row.nature == Nature.GROWTH.value else {}
    chart = None
    if rates:
        chart = plan_charts.growths(row, rates, ahead, period.year)
    elif ahead is not None:
        chart = plan_charts.course(row, ahead)
    told: dict[str, Any] = {"chart": chart, "ahead": ahead, "rates": sorted(rates.items())}
    if ahead is not None and ahead.path:
        told["path"] = [(month, ahead.path[month], ahead.done.get(month)) for month in range(1, 13)]
        told["quarters"] = sorted(quarters(ahead.path).items())
    if ahead is not None and ahead.forecast is not None:
        made = ahead.forecast
        percent = ahead.in_growth
        told["forecast"] = {
            "method": plan_words.METHODS[made.method](),
            "years": len(made.ratios),
            "point": in_percent(made.point) if percent else made.point,
            "low": in_percent(made.low) if percent else made.low,
            "high": in_percent(made.high) if percent else made.high,
            "coverage": made.coverage and made.coverage * 100,
            "chance": _chance(ahead.forecast.chance(row.aim, needed=ahead.goal)),
        }
    return told


def _chance(chance: Fraction | None) -> Fraction | None:
    return None if chance is None else chance * 100


@require_POST
def say(request: SiteRequest, number: int, code: str) -> HttpResponse:
    """The owner tells how the target goes."""
    try:
        actions.say(request.user, number, code, request.POST.get("loi", ""))
        messages.info(request, _("Đã ghi tiến độ."))
    except UserError as error:
        if isinstance(error, Http404 | PermissionDenied):
            raise
        messages.error(request, error.sentence())
    return HttpResponseRedirect(reverse("target", args=[number, code]) + request.choice.query())


@require_safe
def scenario(request: SiteRequest) -> HttpResponse:
    """Kịch bản: what each sector brought, and sliders that compute at once what the whole becomes."""
    choice = request.choice
    goal = _goal(request)
    found = accounting.accounted(request.user, choice.area, choice.year, choice.known, goal)
    context: dict[str, Any] = {"found": found, "goal": goal, "years": _years_with_accounts(request)}
    if found is not None:
        bars = waterfall(found.account, _("GRDP"), _("Phần còn lại"))
        context["chart"] = plan_charts.waterfall(bars)
        context["parts"] = [
            {"code": told.part.code, "weight": float(told.part.weight), "growth": float(told.part.growth)}
            for told in found.account.parts
        ]
        context["rest"] = float(found.account.rest)
    return render(request, "web/scenario.html", context)


def _goal(request: SiteRequest) -> Fraction | None:
    """The GRDP growth asked of the year by any plan, else what the address says."""
    told = request.GET.get("muctieu", "").replace(",", ".").strip()
    if told:
        try:
            return Fraction(told)
        except ValueError:
            raise UserError("bad-number", _("Mục tiêu phải là một số"), value=told, expected="8,0") from None
    year = Period.of_year(request.choice.year)
    for line in queries.plans(request.user, request.choice.area.key, year):
        for row in queries.in_force(line.plan):
            if row.indicator == accounting.WHOLE and row.nature == Nature.GROWTH.value and row.period == year.code:
                return row.aim.least
    return None


def _years_with_accounts(request: SiteRequest) -> list[int]:
    years = request.coverage.years(request.choice.area)[:12]
    area, known = request.choice.area, request.choice.known
    return [year for year in years if accounting.accounted(request.user, area, year, known) is not None]


def new_plan(request: SiteRequest) -> HttpResponse:
    """A plan from a file: first the rows as read, then the plan."""
    area = request.choice.area.key
    if not may(request.user, Right.PLAN, area):
        raise Http404
    context: dict[str, Any] = {"kinds": PlanKind.choices, "given": request.POST, "wrong": ""}
    if request.method == "POST":
        try:
            if request.POST.get("buoc") == "luu":
                made = plan_files.create_from_rows(request.user, area, request.POST)
                messages.info(request, _("Đã lập kế hoạch với {n} chỉ tiêu.").format(n=made.targets.count()))
                return HttpResponseRedirect(reverse("plan", args=[made.pk]) + request.choice.query())
            file = request.FILES.get("tep")
            if file is None or file.name is None:
                raise UserError("no-file", _("Chưa chọn tệp"))
            context["rows"] = plan_files.rows_of_file(file.read(), file.name)
        except UserError as error:
            context["wrong"] = error.sentence()
            return render(request, "web/plan_new.html", context, status=422)
    return render(request, "web/plan_new.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def amend(request: SiteRequest, number: int) -> HttpResponse:
    """Điều chỉnh: the targets that hold, one of them with `chi_tieu`; what is changed makes a further version."""
    row = queries.plan_row(request.user, number)
    if not may(request.user, Right.PLAN, row.area):
        raise Http404
    code, wanted = request.GET.get("chi_tieu", ""), search_key(request.GET.get("tim", ""))
    wrong = ""
    if request.method == "POST":
        try:
            made = amending.amend_from(request.user, number, request.POST)
            messages.info(
                request, _("Đã ghi bản điều chỉnh với {n} chỉ tiêu; bản cũ vẫn giữ.").format(n=made.targets.count())
            )
            there = reverse("target", args=[number, code]) if code else reverse("plan", args=[number])
            return HttpResponseRedirect(there + request.choice.query())
        except UserError as error:
            if isinstance(error, Http404 | PermissionDenied):
                raise
            wrong = error.sentence()
    listed = [one for one in queries.in_force(row) if code in ("", one.code) and wanted in search_key(one.name)]
    shown = [
        (one, {name: request.POST.get(f"{name}-{one.code}", value) for name, value in amending.fields_of(one).items()})
        for one in listed[:ON_A_PAGE]
    ]
    context = {
        "plan": row,
        "shown": shown,
        "more": len(listed) - len(shown),
        "code": code,
        "given": request.POST,
        "wrong": wrong,
        "comparators": [(one.value, plan_words.COMPARATORS[one]()) for one in amending.TOLD],
        "documents": documents.documents(request.user, limit=60),
        "divisions": [one.name for one in load().divisions.values()],
    }
    return render(request, "web/plan_amend.html", context, status=422 if wrong else 200)


def take(request: SiteRequest, proposal: int) -> HttpResponse:
    """Targets that a document tells: one page with what was understood, what is asked, and the plan they go into."""
    offer = target_taking.offered(request.user, proposal)
    area = offer.document.area
    if not may(request.user, Right.PLAN, area):
        raise Http404
    wrong = ""
    if request.method == "POST":
        try:
            made = target_taking.take_targets(request.user, proposal, request.POST)
            messages.info(request, _("Đã nhận {n} chỉ tiêu vào kế hoạch.").format(n=len(made)))
            return HttpResponseRedirect(reverse("plan", args=[made[0].plan_id]) + request.choice.query())
        except UserError as error:
            if isinstance(error, Http404 | PermissionDenied):
                raise
            wrong = error.sentence()
    given = request.POST
    rows = [
        (
            row,
            {name: given.get(f"{name}-{row.number}", value) for name, value in row.fields().items()},
            bool(given.get(f"chon-{row.number}")) if wrong else row.chosen,
        )
        for row in offer.rows
    ]
    context = {
        "offer": offer,
        "rows": rows,
        "given": given,
        "wrong": wrong,
        "plans": [line.plan for line in queries.plans(request.user, area)],
        "chosen_plan": given.get("ke_hoach", _likely(request, offer)),
        "kinds": PlanKind.choices,
        "comparators": [(one.value, plan_words.COMPARATORS[one]()) for one in amending.TOLD],
        "ways": [(one.value, plan_words.WAYS[one]()) for one in target_taking.WAYS],
        "indicators": naming.series_names(),
        "units": sorted({unit.name for unit in load().units.values() if unit.name}),
        "divisions": [one.name for one in load().divisions.values()],
    }
    return render(request, "web/target_take.html", context, status=422 if wrong else 200)


def _likely(request: SiteRequest, offer: target_taking.Offer) -> str:
    """The plan of the period that most of the rows name."""
    periods = [row.period for row in offer.rows if row.period]
    wanted = max(set(periods), key=periods.count) if periods else ""
    listed = queries.plans(request.user, offer.document.area)
    return next((str(line.plan.pk) for line in listed if line.plan.period == wanted), "")


paths = [
    path("ke-hoach/", plans, name="plans"),
    path("ke-hoach/moi/", new_plan, name="plan-new"),
    path("ke-hoach/kich-ban/", scenario, name="scenario"),
    path("ke-hoach/nhan/<int:proposal>/", take, name="target-take"),
    path("ke-hoach/<int:number>/", plan, name="plan"),
    path("ke-hoach/<int:number>/dieu-chinh/", amend, name="plan-amend"),
    path("ke-hoach/<int:number>/<slug:code>/", target, name="target"),
    path("ke-hoach/<int:number>/<slug:code>/loi/", say, name="target-say"),
]
