"""Tags of documents as they look: words with the marks in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sct.office.web.paper import Piece
from sct.vietnamese.periods import Period
from sct.vietnamese.write import write_period
from sct.words import _

register = template.Library()
SIGNS = {"✕": lambda: _("lỗi"), "!": lambda: _("nghi"), "→": lambda: _("gợi ý")}


@register.simple_tag
def words(pieces: Iterable[Piece], show: str = "show") -> SafeString:
    """Text with its marks: links that show the statement (`show`) or lead to the finding (`mark`)."""
    return mark_safe("".join(_piece(piece, show) for piece in pieces))  # noqa: S308 (each piece is escaped)


def _piece(piece: Piece, show: str) -> str:
    mark = piece.mark
    if mark is None:
        return escape(piece.text)
    name = format_html(' id="s{}"', mark.key) if piece.first else ""
    here = mark_safe(' aria-current="true"') if mark.here else ""
    note = _note(mark.sign, mark.note) if piece.last and mark.note else ""
    if show == "show" or mark.note:
        return format_html(
            '<a class="s {}"{} data-{}="{}" href="{}"{}>{}{}</a>',
            *(mark.css, name, show, mark.key, mark.href, here, piece.text, note),
        )
    return format_html('<span class="s {}"{} data-mark="{}">{}</span>', mark.css, name, mark.key, piece.text)


def _note(sign: str, note: str) -> SafeString:
    """The number of the finding, its sign before it, and the sign's word for those who hear the page."""
    told = SIGNS[sign]() if sign in SIGNS else ""
    spoken = format_html('<span class="unseen"> ({} {})</span>', told, note) if told else ""
    hidden = mark_safe(' aria-hidden="true"') if told else ""
    return format_html("<sup{}>{}{}</sup>{}", hidden, sign, note, spoken)


@register.simple_tag(takes_context=True)
def take(context: dict[str, Any], stored: int | str, kind: str) -> str:
    """Where a file of a proofing is taken from: of a stored document, or of what is in the form."""
    name, args = ("proof-document-take", [stored, kind]) if stored else ("proofing-take", [kind])
    choice = context.get("choice")
    return reverse(name, args=args) + (choice.query() if choice else "")


@register.filter
def seconds(value: float) -> str:
    """0,3 giây."""
    return _("{n} giây").format(n=f"{value:.1f}".replace(".", ","))


@register.filter
def due(text: str) -> str:
    """A day as 30-06-2025, a period in words: quý III/2025."""
    if len(text) == len("2025-06-30") and text.count("-") == 2:
        return "-".join(reversed(text.split("-")))
    return write_period(Period.parse(text))
