"""Tags and filters of the register pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sct.catalogue import load
from sct.catalogue.milestones import Milestone
from sct.catalogue.registers import Citation, Field, Register, Transition, told
from sct.office.coordination.counted import Counted
from sct.office.registers.importing import Row
from sct.office.registers.models import Event
from sct.office.registers.points import Tile
from sct.office.registers.queries import Line
from sct.office.web import register_wording as wording
from sct.office.web.register_choice import FACET
from sct.office.web.templatetags.so import go
from sct.vietnamese.write import write_number
from sct.words import _

register = template.Library()


@register.simple_tag
def state_tag(kind: Register, code: str) -> SafeString:
    """The mark and name of a state in its tone."""
    state = kind.states.get(code)
    if state is None:
        return format_html("{}", code)
    mark = wording.MARKS[state.tone]
    return format_html(
        '<span class="tag {}"><span aria-hidden="true">{}</span> {}</span>', state.tone, mark, state.told
    )


@register.simple_tag
def field_value(line: Line, one: Field) -> str:
    return wording.valued(one, line.value(one.code))


@register.simple_tag
def shown_value(kind: Register, code: str, value: str) -> str:
    """The value of a field, or of what every entry has, as people read it."""
    if code == "area":
        return wording.area_line(value)
    if code in ("lat", "lon"):
        return value.replace(".", ",")
    one = kind.fields.get(code)
    return wording.valued(one, value) if one else value


@register.filter
def paper(event: Event) -> str:
    """Quyết định 12/QĐ-UBND, 05-11-2020 · người ký Lê Văn A · the document: what an event rests on."""
    parts = []
    if event.decision or event.decided:
        told_by = _("Quyết định") if event.decision else _("Ngày ký")
        day = f"{event.decided:%d-%m-%Y}" if event.decided else ""
        parts.append(", ".join(part for part in (f"{told_by} {event.decision}".strip(), day) if part))
    if event.signer:
        parts.append(_("người ký {name}").format(name=event.signer))
    if event.document:
        parts.append(event.document)
    return " · ".join(parts)


@register.simple_tag
def field_name(kind: Register, code: str) -> str:
    from sct.office.registers.columns import word

    one = kind.fields.get(code)
    return one.told if one else word(code)


@register.filter
def area_line(key: str) -> str:
    return wording.area_line(key)


@register.filter
def area_short(key: str) -> str:
    return wording.area_name(key, short=True)


@register.filter
def cited(cite: Citation) -> str:
    return wording.cited(cite)


@register.filter
def event_day(event: Event) -> str:
    return wording.precise(event.valid, event.valid_precision)


@register.filter
def since(line: Line) -> str:
    return wording.since(line)


@register.filter
def asks(way: Transition) -> str:
    """What evidence a transition needs, in words."""
    return wording.evidence(way.evidence)


@register.filter
def evidence_words(codes: tuple[str, ...]) -> str:
    return wording.evidence(codes)


@register.filter
def group_words(code: str) -> str:
    return wording.GROUPS[code]()


@register.filter
def days_left(day: date, today: date) -> int:
    return (day - today).days


@register.filter
def lookup(mapping: dict[Any, Any], key: Any) -> Any:
    return mapping.get(key)


@register.filter
def points(number: int) -> str:
    """12345 → 12.345."""
    return f"{number:,}".replace(",", ".")


@register.simple_tag
def state_name(kind: Register, code: str) -> str:
    return kind.states[code].told


@register.filter
def plain_number(value: float) -> str:
    """21.0285: for scripts, whatever the language of the page."""
    return repr(value)


@register.filter
def coordinate(value: float) -> str:
    return f"{value:.5f}".replace(".", ",")


# -- addresses of the same page with one parameter changed ---------------------------------------------------


def _changed(context: dict[str, Any], name: str, values: list[str]) -> str:
    given = context["request"].GET.copy()
    given.setlist(name, values)
    if not values:
        given.pop(name, None)
    given.pop("trang", None)
    text = given.urlencode()
    return f"{context['request'].path}?{text}" if text else str(context["request"].path)


@register.simple_tag(takes_context=True)
def set_param(context: dict[str, Any], name: str, value: str) -> str:
    return _changed(context, name, [value])


@register.inclusion_tag("web/parts/known.html", takes_context=True)
def known_picker(context: dict[str, Any], known: date | None) -> dict[str, Any]:
    """The second date: the day by whose end things must have been entered; everything else of the address is kept."""
    request = context["request"]
    kept = [(name, value) for name, values in request.GET.lists() for value in values if name not in ("biet", "trang")]
    return {**context.flatten(), "known": known, "kept": kept}  # type: ignore[attr-defined]


@register.simple_tag(takes_context=True)
def drop_param(context: dict[str, Any], name: str) -> str:
    return _changed(context, name, [])


@register.simple_tag(takes_context=True)
def toggle_param(context: dict[str, Any], name: str, value: str) -> str:
    """Adds a value to a parameter that may hold several, or takes it away."""
    now = context["request"].GET.getlist(name)
    return _changed(context, name, [v for v in now if v != value] if value in now else [*now, value])


@register.simple_tag(takes_context=True)
def tile_cell(context: dict[str, Any], cell: Tile, most: int) -> SafeString:
    """One tile: name, count, darker with more; a link to the list of that area."""
    step = 0 if not cell.count else 1 + min(3, 4 * (cell.count - 1) // max(most, 1))
    x, y = cell.column * 100, cell.row * 100
    first, second = _two_lines(cell.name)
    inner = format_html(
        '<rect x="{}" y="{}" width="94" height="94" rx="10" class="t{}"/><text x="{}" y="{}" class="tn t{}">{}</text>'
        '<text x="{}" y="{}" class="tn t{}">{}</text><text x="{}" y="{}" class="tc t{}">{}</text>',
        x + 3, y + 3, step, x + 50, y + 26, step, first, x + 50, y + 44, step, second,
        x + 50, y + 80, step, cell.count or "",
    )  # fmt: skip
    if not cell.count:
        return format_html("<g>{}</g>", inner)
    return format_html('<a href="{}">{}</a>', _changed(context, "diaban", [cell.key]), inner)


def _two_lines(name: str) -> tuple[str, str]:
    """A name over two lines of about equal length; a long one is cut."""
    words = name.split()
    cut = (len(words) + 1) // 2 if len(name) > 9 else len(words)
    first, second = " ".join(words[:cut]), " ".join(words[cut:])
    return first[:12], second if len(second) <= 12 else second[:11] + "…"


# -- import, desks, counting ----------------------------------------------------------------------------------


@register.filter
def draft_value(row: Row, one: Field) -> str:
    """The value of a field in a row of the preview."""
    return wording.valued(one, row.draft.values.get(one.code, ""))


@register.filter
def slice_minus(number: int) -> int:
    return -number


@register.filter
def member_name(code: str) -> str:
    member = load().breakdowns.get(code)
    return told(member.name, member.name_en) if member else code


@register.simple_tag
def gap(row: Counted) -> str:
    """Counted less reported: +5, −62."""
    if row.difference is None or row.figure is None:
        return ""
    text = write_number(abs(row.difference), row.figure.quantity.decimals)
    return f"{'+' if row.difference > 0 else '−'}{text}"


@register.simple_tag
def gap_why(row: Counted) -> str:
    """What a difference may come from, said carefully."""
    if row.difference is None:
        return ""
    if row.difference < 0:
        return _("báo cáo nhiều hơn sổ: sổ còn thiếu hồ sơ, hoặc báo cáo đếm rộng hơn")
    return _("sổ nhiều hơn báo cáo: báo cáo cũ hơn, hoặc đếm hẹp hơn")


@register.simple_tag
def holds(row: Counted) -> str:
    """What a register that is not declared complete holds: 12 hồ sơ, chưa khai là đủ cho địa bàn và ngày này."""
    number = row.count.entries if row.count.base is None else row.count.base
    return _("mới có {n} hồ sơ; chưa ai khai sổ là đủ cho địa bàn và kỳ này").format(n=number)


@register.filter
def milestone_day(one: Milestone) -> str:
    """The day a milestone was reached, as far as it is known: 05-11-2020; thấy 11-2026."""
    if one.actual is None:
        return ""
    day = wording.precise(one.actual, one.precision)
    return _("thấy {day}").format(day=day) if one.found else day


@register.simple_tag
def lateness(one: Milestone) -> SafeString:
    """chậm 30 ngày; sớm 5 ngày; đúng kế hoạch; – where nothing can be told."""
    if one.late is None:
        return format_html('<span class="soft">{}</span>', "–")
    if one.late > 0:
        text = _("chậm {n} ngày") if one.actual else _("quá {n} ngày")
        return format_html('<span class="tag bad"><span aria-hidden="true">✕</span> {}</span>', text.format(n=one.late))
    text = _("sớm {n} ngày").format(n=-one.late) if one.late else _("đúng kế hoạch")
    return format_html('<span class="tag good"><span aria-hidden="true">✓</span> {}</span>', text)


@register.simple_tag(takes_context=True)
def list_of(context: dict[str, Any], child: Register, link: Field, number: int) -> str:
    """The address of the list of a register narrowed to the entries that belong to one."""
    return go(context, "register", child.code, **{FACET + link.code: number})


@register.simple_tag
def step_name(kind: Register, code: str) -> str:
    """What is done to come into a state."""
    return kind.step(code)


@register.filter
def paper_number(line: Line) -> str:
    """The number of a licence or certificate."""
    return line.values.get("number") or line.values.get("certificate", "")
