"""Tags of the pages of administration: moments, counts, the words of the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sct.office.people.queries import LogLine
from sct.office.web import logwords, wording
from sct.office.web.templatetags.so import go

register = template.Library()


@register.filter
def moment(value: datetime) -> str:
    """07:45, 25-11-2026, in the office's own time."""
    at = timezone.localtime(value)
    return f"{at:%H:%M}, {wording.day(at.date().isoformat())}"


@register.filter
def count(number: int) -> str:
    """1.021.145 or 1,021,145: a counted number with its thousands apart."""
    return wording.counted(number)


@register.filter
def log_action(name: str) -> str:
    return logwords.action(name)


@register.filter
def log_detail(told: dict[str, Any]) -> str:
    return logwords.detail(told)


@register.simple_tag(takes_context=True)
def log_subject(context: dict[str, Any], line: LogLine) -> SafeString | str:
    """What an entry is about: a person or a document as a link, anything else in words."""
    if line.person is not None:
        return format_html('<a href="{}">{}</a>', go(context, "person", line.person.pk), line.person)
    words, page = logwords.subject(line.entry.subject), logwords.subject_page(line.entry.subject)
    return format_html('<a href="{}">{}</a>', go(context, *page), words) if page and words else words
