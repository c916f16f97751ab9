"""Tags and filters of the collection pages."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from sct.catalogue import load
from sct.catalogue.model import Figure
from sct.collecting.boundaries import Carried, Gap
from sct.office.collection.models import State, Version
from sct.office.collection.posting import submission_of
from sct.office.collection.queries import Cell, Matrix, Standing
from sct.office.collection.sheet import Sheet, label_of
from sct.office.web import collecting
from sct.office.web.choice import label
from sct.vietnamese.quantities import Quantity
from sct.vietnamese.write import write_number
from sct.words import _

register = template.Library()

_STATE_LOOK = {
    State.DRAFT: ("…", "none"),
    State.SENT: ("→", "blue"),
    State.CHECKED: ("✓", "blue"),
    State.RETURNED: ("↩", "doubt"),
    State.RECEIVED: ("✓", "good"),
    State.LOCKED: ("▪", "good"),
    State.REOPENED: ("✎", "doubt"),
}


@register.filter
def state_mark(state: State) -> str:
    return _STATE_LOOK[State(state)][0]


@register.filter
def state_class(state: State) -> str:
    return _STATE_LOOK[State(state)][1]


@register.filter
def state_word(state: State | str) -> str:
    return collecting.STATES[State(state)]()


@register.filter
def standing_mark(standing: Standing) -> str:
    return collecting.STANDINGS[standing][0]


@register.filter
def standing_class(standing: Standing) -> str:
    return collecting.STANDINGS[standing][1]


@register.filter
def standing_word(standing: Standing) -> str:
    return collecting.STANDINGS[standing][2]()


@register.filter
def told(cell: Cell) -> str:
    """What a cell of the matrix says in words: đúng hạn, đã nhận; muộn 3 ngày."""
    word = collecting.STANDINGS[cell.standing][2]()
    if cell.standing in (Standing.LATE, Standing.MISSING) and cell.days_late:
        word = _("{word} {n} ngày").format(word=word, n=cell.days_late)
    if cell.state not in (None, State.DRAFT, State.RETURNED):
        word += f", {collecting.STATES[State(cell.state)]()}"
    if cell.clashes:
        word += ", " + _("có xung đột")
    return word


@register.filter
def clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


@register.filter
def at(versions: Sequence[Version], number: int) -> datetime | None:
    """When a version was sent."""
    return versions[number - 1].at if 0 < number <= len(versions) else None


@register.simple_tag
def token() -> str:
    """A token for a save without scripts: the same page sent twice is one save."""
    return secrets.token_urlsafe(16)


@register.simple_tag
def cell_label(page: Sheet, path: str) -> str:
    return label_of(page.held, path)


@register.simple_tag
def form_source(figure: Figure) -> SafeString | str:
    """For a figure that a form gave: the way to the very cell."""
    number = submission_of(figure.origin.document)
    if figure.origin.kind != "form" or number is None:
        return ""
    from sct.office.collection.ground import ref_of

    ref = ref_of(number)
    if ref is None:
        return ""
    cell = figure.origin.place.partition(":")[0]
    words = _("Mở biểu tại ô này")
    return format_html(
        '<p class="tight"><a class="btn small" href="{}#o-{}">{}</a></p>', collecting.address(ref), cell, words
    )


@register.filter
def item(values: Sequence[object], number: int) -> object:
    return values[number]


@register.filter
def weekday(value: date) -> str:
    """Thứ hai … chủ nhật, short as calendars have it."""
    return (_("thứ 2"), _("thứ 3"), _("thứ 4"), _("thứ 5"), _("thứ 6"), _("thứ 7"), _("CN"))[value.weekday()]


@register.filter
def plain_number(quantity: Quantity) -> str:
    """The number alone, as officials write it; the unit stands beside the name."""
    return write_number(quantity.number, quantity.decimals)


@register.filter
def percent(value: Fraction) -> str:
    return f"{write_number(value, 1)}%"


@register.filter
def made_of(carried: Carried) -> str:
    """The shares of a carried value: Quận Ba Đình × 0,35."""
    areas = load().areas
    parts = []
    for share in carried.shares:
        name = areas[share.source].name
        weight = "" if share.weight == 1 else f" × {write_number(share.weight, 3).rstrip('0').rstrip(',')}"
        parts.append(name + weight)
    return " + ".join(parts)


@register.filter
def gap_word(gap: Gap) -> str:
    if gap.not_additive:
        return _("không cộng theo địa bàn")
    return _("chưa có trọng số") if gap.without_weight else _("chưa đủ số")


@register.simple_tag
def matrix_body(matrix: Matrix) -> SafeString:
    """The rows of the matrix; a year of 126 communes is 1.512 cells, which a loop in a template takes a second for."""
    heads = [
        (
            escape(f"{form.number} {label(period)}"),
            reverse("form", args=[form.code, period.code, "_"]).removesuffix("_/"),
        )
        for form, period in matrix.columns
    ]
    said: dict[tuple[object, ...], SafeString] = {}
    calendar = reverse("duties")
    rows = []
    for unit, cells in matrix.rows:
        key = quote(unit.key)
        line = [format_html('<tr><th scope="row"><a href="{}?don_vi={}">{}</a></th>', calendar, key, unit.name)]
        for cell, (head, address) in zip(cells, heads, strict=True):
            if cell is None:
                line.append(_BLANK)
                continue
            kind = (cell.standing, cell.state, cell.days_late, cell.clashes, cell.illustrative, cell.reminded)
            if kind not in said:
                said[kind] = _cell_inside(cell)
            look = collecting.STANDINGS[cell.standing][1]
            # Address, head and inside are escaped or ours; the formatting of so many is what takes the time.
            link = f'<a class="cell {look}" href="{address}{key}/">{said[kind]}</a>'
            line.append(SafeString(f'<td data-label="{head}">{link}</td>'))
        rows.append("".join(line) + "</tr>")
    return SafeString("".join(rows))


_BLANK = SafeString('<td class="blank"></td>')


def _cell_inside(cell: Cell) -> SafeString:
    """Mark and words of a cell."""
    words = [told(cell)]
    if cell.illustrative:
        words.append(_("minh họa"))
    if cell.reminded:
        words.append(f"{_('đã nhắc')} {cell.reminded}")
    mark = collecting.STANDINGS[cell.standing][0]
    return format_html('<span class="m" aria-hidden="true">{}</span><span>{}</span>', mark, " · ".join(words))
