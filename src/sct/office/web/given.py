"""What a person gives to a page: files, or pasted words with their tables."""

from __future__ import annotations

from django.http import HttpRequest

from sct.errors import UserError
from sct.words import _

PASTED = "van-ban-dan"
_MOST_PASTED = 2_000_000  # characters


def given_files(request: HttpRequest) -> list[tuple[str, bytes]]:
    """The files (`tep`) and pasted words (`chu`, or `trang_dan` as a page) of a request, as (name, bytes).

    Raises `UserError`: too-large, nothing-given.
    """
    files = [(file.name or "tep", file.read()) for file in request.FILES.getlist("tep")]
    text, page = str(request.POST.get("chu", "")), str(request.POST.get("trang_dan", ""))
    if len(text) + len(page) > _MOST_PASTED:
        raise UserError("too-large", _("Nội dung dán quá dài"), way_out=_("Lưu thành tệp rồi thả vào trang"))
    if text.strip():
        whole = f"<!doctype html><html><body>{page}</body></html>" if page.strip() else ""
        files.append((f"{PASTED}.html" if whole else f"{PASTED}.txt", (whole or text).encode()))
    if not files:
        raise UserError("nothing-given", _("Chưa có gì để soát"), way_out=_("Thả tệp vào trang hoặc dán nội dung"))
    return files


def given_papers(request: HttpRequest, field: str = "tep_minh_chung") -> list[tuple[str, bytes]]:
    """The papers attached to a form, as (name, bytes); none is none."""
    return [(file.name or "tep", file.read()) for file in request.FILES.getlist(field)]
