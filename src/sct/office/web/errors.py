"""Error pages in plain words: what happened, and what to do."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sct.errors import UserError
from sct.office.web.choice import attach


def plain(request: HttpRequest, status: int, title: str, sentence: str) -> HttpResponse:
    """One page for all errors; for a part of a page (htmx) the sentence alone."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and not hasattr(request, "choice"):
        with suppress(UserError):  # an address that no page answers may hold a wrong choice too
            attach(request)
    template = "web/parts/wrong.html" if request.headers.get("HX-Request") else "web/error.html"
    return render(request, template, {"status": status, "title": title, "sentence": sentence}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, also for what the person may not see."""
    return plain(
        request,
        404,
        _("Không có trang này"),
        _("Địa chỉ sai, hoặc tài khoản này không xem được trang đó. Hãy dùng ô tìm, hoặc về trang tổng quan."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return plain(
        request,
        403,
        _("Không được phép làm việc này"),
        _("Tài khoản này chỉ được xem. Hãy nhờ người có quyền nhập số liệu."),
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return plain(
        request,
        403,
        _("Phiên làm việc đã cũ"),
        _("Trang đã mở quá lâu hoặc trình duyệt chặn cookie. Hãy tải lại trang rồi làm lại; chưa có gì thay đổi."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the page must not need what may just have broken, so it asks the database nothing."""
    title, sentence = (
        _("Có lỗi trong hệ thống"),
        _("Chưa có gì thay đổi. Hãy thử lại; nếu vẫn lỗi, báo người quản trị giờ xảy ra lỗi."),
    )
    return render(None, "web/broken.html", {"status": 500, "title": title, "sentence": sentence}, status=500)
