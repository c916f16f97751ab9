"""Quản trị: people and their rights, the log, the state of the system; and everybody's own password."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sct.catalogue import load
from sct.errors import UserError
from sct.office.coordination import health
from sct.office.people import actions, queries
from sct.office.people.errors import NotVisibleError
from sct.office.people.models import RIGHTS, Person, Right, Role
from sct.office.people.progress import Progress
from sct.office.people.queries import LogFilter, granted, may
from sct.office.web import logwords, longwork
from sct.office.web.choice import SiteRequest
from sct.words import _

ON_A_PAGE = 50


def _require(request: SiteRequest) -> None:
    if not may(request.user, Right.MANAGE):
        raise NotVisibleError("not-found", _("Không có trang này"))


def _back(request: SiteRequest, person: Person) -> HttpResponse:
    return HttpResponseRedirect(reverse("person", args=[person.pk]) + request.choice.query())


@require_safe
def people(request: SiteRequest) -> HttpResponse:
    """Everybody one may manage, with roles and areas."""
    _require(request)
    query = request.GET.get("tim", "").strip()
    return render(
        request, "web/people.html", {"people": queries.people(request.user, query), "query_here": query, "roles": Role}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def new_person(request: SiteRequest) -> HttpResponse:
    """A form of four fields; the one-time password is shown once, on the page of the new person."""
    _require(request)
    wrong = ""
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("username", "full_name", "unit", "email")}
        try:
            person = actions.create_person(request.user, **given)
            messages.success(request, _told_password(person, actions.reset_password(request.user, person)))
            return _back(request, person)
        except UserError as error:
            wrong = error.sentence()
    return render(request, "web/new_person.html", {"wrong": wrong, "given": request.POST}, status=422 if wrong else 200)


def _told_password(person: Person, password: str) -> str:
    told = _("Mật khẩu dùng một lần của {name}: {password}. Trao tận tay; trang này không hiện lại.")
    return told.format(name=person, password=password)


@require_safe
def person(request: SiteRequest, number: int) -> HttpResponse:
    """One person: name, unit, roles by area, open sessions, what they did last."""
    shown = queries.person(request.user, number)
    context = {
        "shown": shown,
        "grants": [(grant, _area_name(grant.area)) for grant in shown.grants.all()],
        "sessions": shown.sign_ins.filter(expire_date__gt=_now()).order_by("-begun"),
        "areas": _areas(request),
        "everywhere": granted(request.user, Right.MANAGE) is None,
        "divisions": load().divisions.values(),
        "roles": [(role, logwords.rights_of(RIGHTS[role])) for role in Role],
        "lines": queries.log(request.user, LogFilter(who=shown.pk), limit=8),
        "undo": request.GET.get("hoan_tac", ""),
    }
    return render(request, "web/person.html", context)


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _area_name(key: str) -> str:
    found = load().areas.get(key)
    return (found.name if found else key) if key else _("toàn quốc")


def _areas(request: SiteRequest) -> list[tuple[str, str]]:
    """Areas in force in which this manager may give roles: those of the ledger first, as the head of the page."""
    mine = granted(request.user, Right.MANAGE)
    today = date.today()  # noqa: DTZ011 (the office's own calendar day)
    home = load().areas[load().home]
    within = [area for area in load().areas.values() if area.valid_on(today) and home.key in (area.key, area.parent)]
    others = [area for area in load().areas.values() if area.valid_on(today) and area.level in ("country", "province")]
    listed = {area.key: area.name for area in (home, *within, *others)}
    return [(key, name) for key, name in listed.items() if mine is None or key in mine]


@require_POST
def act(request: SiteRequest, number: int, what: str) -> HttpResponse:
    """One change to a person; what can be undone says so with its button."""
    shown = queries.person(request.user, number)
    if what not in _ACTS:
        raise Http404(what)
    try:
        messages.success(request, _ACTS[what](request, shown))
    except UserError as error:
        messages.error(request, error.sentence())
    return _back(request, shown)


def _edit(request: SiteRequest, shown: Person) -> str:
    fields = {name: request.POST.get(name, "") for name in ("full_name", "unit", "email")}
    actions.edit_person(request.user, shown, **fields)
    return _("Đã lưu.")


def _grant(request: SiteRequest, shown: Person) -> str:
    role, area, unit = (request.POST.get(name, "") for name in ("role", "area", "unit"))
    if role not in Role.values or (area and area not in load().areas):
        raise UserError("bad-grant", _("Chưa chọn vai trò hoặc địa bàn"))
    actions.grant(request.user, shown, Role(role), area, unit)
    return _("Đã cấp quyền {role}, {area}.").format(role=Role(role).label, area=_area_name(area))


def _revoke(request: SiteRequest, shown: Person) -> str:
    given = shown.grants.filter(pk=int(request.POST.get("grant", "0") or 0)).first()
    if given is None:
        raise UserError("no-grant", _("Quyền này đã được thu trước đó"))
    told = _("Đã thu quyền {role}, {area}. Cấp lại ở mục Thêm quyền nếu nhầm.")
    words = told.format(role=Role(given.role).label, area=_area_name(given.area))
    actions.revoke(request.user, given)
    return words


def _disable(request: SiteRequest, shown: Person) -> str:
    actions.set_active(request.user, shown, False)
    return _("Đã khóa tài khoản; các phiên đang mở đã đóng. Những gì người này đã làm vẫn giữ nguyên.")


def _enable(request: SiteRequest, shown: Person) -> str:
    actions.set_active(request.user, shown, True)
    return _("Đã mở lại tài khoản.")


def _reset(request: SiteRequest, shown: Person) -> str:
    return _told_password(shown, actions.reset_password(request.user, shown))


def _close(request: SiteRequest, shown: Person) -> str:
    return _("Đã đóng {n} phiên đăng nhập.").format(n=actions.close_sign_ins(request.user, shown))


_ACTS = {
    "sua": _edit,
    "cap-quyen": _grant,
    "thu-quyen": _revoke,
    "khoa": _disable,
    "mo": _enable,
    "dat-lai-mat-khau": _reset,
    "dong-phien": _close,
}


# -- the log ----------------------------------------------------------------------------------------------------------


@require_safe
def log(request: SiteRequest) -> HttpResponse:
    """Nhật ký: who did what and when, filtered by person, room and days."""
    _require(request)
    asked = request.GET.get("trang", "1")
    page = max(1, int(asked)) if asked.isdigit() else 1
    chosen, wrong = _filter(request)
    lines = queries.log(request.user, chosen, limit=ON_A_PAGE + 1, offset=(page - 1) * ON_A_PAGE)
    context = {
        "lines": lines[:ON_A_PAGE],
        "more": len(lines) > ON_A_PAGE,
        "page": page,
        "chosen": chosen,
        "wrong": wrong,
        "people": queries.people(request.user),
        "parts": [(room, words()) for room, words in logwords.ROOMS.items()],
    }
    return render(request, "web/log.html", context)


def _filter(request: SiteRequest) -> tuple[LogFilter, str]:
    """The filter of the address; a day that is none is left out and said."""
    days, wrong = [], ""
    for name in ("tu", "den"):
        text = request.GET.get(name, "").strip()
        try:
            days.append(date.fromisoformat(text) if text else None)
        except ValueError:
            days.append(None)
            wrong = _("Ngày {day} không có thật, không lọc theo ngày này.").format(day=text)
    who = request.GET.get("ai", "")
    return LogFilter(int(who) if who.isdigit() else None, request.GET.get("phan", ""), *days), wrong


# -- the system -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def system(request: SiteRequest) -> HttpResponse:
    """Hệ thống: is it sound; count the log again, write a backup."""
    _require(request)
    if request.method == "POST":
        person, here = request.user, reverse("system") + request.choice.query()
        if "kiem" in request.POST:
            return longwork.begin(request, _("Kiểm lại nhật ký"), partial(_count, person), here)
        return longwork.begin(request, _("Sao lưu"), partial(_save, person), here)
    return render(request, "web/system.html", {"health": health.health(request.user)})


def _count(person: Person, progress: Progress) -> str:
    verdict = actions.verify_log(person, progress)
    if verdict.holds:
        told = _("Nhật ký nguyên vẹn: {n} mục; {rows} dòng dữ liệu khớp")
        return told.format(n=verdict.entries, rows=verdict.rows)
    why = _("Nhật ký bị sửa ở mục {n}: {why}").format(n=verdict.broken, why=verdict.reason)
    raise UserError("log-broken", why)


def _save(person: Person, progress: Progress) -> str:
    made = health.back_up(person, progress)
    return _("Đã sao lưu ra {name}. Hãy tải về và cất ở máy khác.").format(name=made.name)


@require_safe
def backup_file(request: SiteRequest, name: str) -> FileResponse:
    """A backup to take away; only for whoever manages everywhere."""
    _require(request)
    found = health.backup_path(request.user, name)
    if found is None:
        raise Http404(name)
    return FileResponse(found.open("rb"), as_attachment=True, filename=name)


# -- one's own password -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def password(request: SiteRequest) -> HttpResponse:
    """Đổi mật khẩu: the old one and the new one twice; a one-time password leads here."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_own_password(request.user, form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Đã đổi mật khẩu."))
        return HttpResponseRedirect(reverse("home"))
    wrong = [str(error) for errors in form.errors.values() for error in errors]
    return render(request, "web/password.html", {"wrong": wrong}, status=422 if wrong else 200)


paths = [
    path("quan-tri/", people, name="administration"),
    path("quan-tri/nguoi/moi/", new_person, name="new-person"),
    path("quan-tri/nguoi/<int:number>/", person, name="person"),
    path("quan-tri/nguoi/<int:number>/<slug:what>/", act, name="person-act"),
    path("quan-tri/nhat-ky/", log, name="log"),
    path("quan-tri/he-thong/", system, name="system"),
    path("quan-tri/he-thong/<str:name>", backup_file, name="backup-file"),
    path("mat-khau/", password, name="password"),
]
