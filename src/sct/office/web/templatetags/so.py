"""Tags and filters of the pages: links that keep the choice, numbers that open their card, words of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sct.catalogue import load
from sct.catalogue.model import Figure, Indicator, PartialDate, SeriesKey, Stage, Transformation
from sct.catalogue.statement import Statement
from sct.office.coordination.home import Home
from sct.office.documents.states import State
from sct.office.ledger.disagreement import Disagreement
from sct.office.web import drawing, wording
from sct.office.web.choice import Choice, label
from sct.proofing.finding import Verdict
from sct.reporting import html, labels
from sct.reporting.blocks import Number, Report, Run
from sct.reporting.known import Value
from sct.reporting.targets import Outcome
from sct.vietnamese.periods import Period
from sct.vietnamese.write import write_period
from sct.words import _

register = template.Library()
_YOY = Transformation.YOY
_DIGITS = re.compile(r"\D*[\d.,]*\d%?")


@register.simple_tag(takes_context=True)
def go(context: dict[str, Any], name: str, *args: object, **changes: object) -> str:
    """The address of a page with the choice kept; keyword arguments change or add parameters."""
    choice: Choice | None = context.get("choice")
    return reverse(name, args=args) + (choice.query(**changes) if choice else "")


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], **changes: object) -> str:
    """The address of this very page with parameters changed; an empty value takes one away."""
    request = context["request"]
    choice: Choice = context["choice"]
    return str(request.path) + choice.query(**{**request.GET.dict(), **changes})


@register.simple_tag(takes_context=True)
def n(context: dict[str, Any], figure: Figure | None, text: str = "") -> SafeString | str:
    """A number that opens its figure card; without a figure the text alone."""
    if figure is None:
        return text
    address = wording.card_address(figure)
    choice: Choice | None = context.get("choice")
    query = choice.query() if choice else ""
    return format_html('<a class="n" data-card href="{}{}">{}</a>', address, query, text or wording.said(figure))


@register.filter
def said(figure: Figure) -> str:
    return wording.said(figure)


@register.filter
def brief(figure: Figure | None) -> str:
    """A figure under a heading that tells already what a growth is against."""
    return wording.brief(figure) if figure is not None else ""


@register.filter
def bare(figure: Figure) -> str:
    """The number without its unit, for a table whose head names the unit."""
    return wording.bare(figure)


@register.filter
def unit(entry: Indicator) -> str:
    """The unit of an indicator in the language of the screen."""
    return wording.unit(entry.unit)


@register.filter
def stage(value: Stage) -> str:
    return wording.STAGES[value]()


@register.filter
def transformation(value: Transformation) -> str:
    return wording.TRANSFORMATIONS[value]()


@register.filter
def period(value: Period) -> str:
    return label(value)


@register.filter
def period_in(value: Period) -> str:
    """A period within a sentence: quý I/2024, 9 tháng đầu năm 2024."""
    return wording.period(value)


@register.filter
def day(value: date | datetime | PartialDate | str | None) -> str:
    """18-12-2020, 12-2020 or 2020, as papers write it; nothing for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    text = value.isoformat() if isinstance(value, date) else str(value)
    return wording.day(text)


@register.filter
def iso(value: date) -> str:
    return value.isoformat()


@register.filter
def initials(person: object) -> str:
    """First letters of family and given name: Nguyễn Thị Mai → NM."""
    words = str(person).split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else "?"


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """A value of a mapping by a key that is itself a variable."""
    return mapping.get(key.value if hasattr(key, "value") and key not in mapping else key)


# -- names ------------------------------------------------------------------------------------------------


@register.filter
def indicator_name(code: str) -> str:
    return wording.name(load().indicator(code))


@register.filter
def entry_name(entry: Indicator) -> str:
    return wording.name(entry)


@register.filter
def series_name(key: SeriesKey) -> str:
    return wording.series_name(key)


@register.filter
def kind_name(entry: Indicator) -> str:
    return wording.KINDS[entry.kind]()


@register.filter
def group_name(code: str) -> str:
    return wording.group_name(code)


@register.filter
def published(figure: Figure) -> str:
    """The publication date as far as it is known; one inferred from its neighbours is marked as such."""
    if figure.published is None:
        return ""
    text = day(figure.published)
    return _("khoảng {day}").format(day=text) if figure.origin.published_basis == "inferred" else text


@register.filter
def basis(code: str) -> str:
    return wording.basis(code)


@register.filter
def agency(code: str) -> str:
    return wording.agency(code)


@register.filter
def formula(text: str) -> str:
    """A computed value's arithmetic with the names of indicators and periods instead of their codes."""
    return labels.formula(load(), text)


@register.filter
def note(text: str) -> str:
    return wording.note(text)


@register.filter
def verdict_class(verdict: Verdict) -> str:
    return wording.VERDICTS[verdict][0]


@register.filter
def verdict_mark(verdict: Verdict) -> str:
    """Mark and word of a verdict: ✕ lỗi, ! nghi, ✓ khớp."""
    _css, mark, words = wording.VERDICTS[verdict]
    return f"{mark} {words()}"


# -- pieces -----------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def runs(context: dict[str, Any], pieces: Iterable[Run]) -> SafeString:
    """Text with bound numbers: each number opens its card."""
    return format_html_join(
        "", "{}", ((piece if isinstance(piece, str) else _number(context, piece),) for piece in pieces)
    )


def _number(context: dict[str, Any], number: Number) -> SafeString | str:
    """A bound number; one that the report itself counted leads to its row among the sources."""
    if number.figure is None:
        return format_html('<a class="n" href="#nguon-{}">{}</a>', number.row, number.text)
    return n(context, number.figure, number.text)


@register.simple_tag(takes_context=True)
def value(context: dict[str, Any], told: Value) -> SafeString:
    """A figure or a range of two, each end opening its card."""
    if len(told.figures) == 2:
        low, high = told.figures
        verb, amount = wording.parts(high)
        return format_html("{}{}–{}", verb, n(context, low, wording.digits(low)), n(context, high, amount))
    return format_html("{}", n(context, told.figure))


@register.simple_tag(takes_context=True)
def cell(context: dict[str, Any], figure: Figure | None) -> SafeString | str:
    """A cell of the list: the value, before it the period where it is not the chosen one, and the stage."""
    if figure is None:
        return ""
    mine = figure.period == context["choice"].period
    words = [] if mine else [wording.period(figure.period)]
    if figure.stage not in (Stage.REPORTED, Stage.OFFICIAL):
        words.append(wording.STAGES[figure.stage]())
    small = format_html('<span class="at">{}</span> ', " · ".join(words)) if words else ""
    return format_html("<span>{}{}</span>", small, n(context, figure, wording.brief(figure)))


@register.simple_tag(takes_context=True)
def big(context: dict[str, Any], figure: Figure) -> SafeString | str:
    """A headline number: the digits large, the unit beside them smaller."""
    text = wording.brief(figure)
    digits = _DIGITS.match(text)
    if digits is None or not text[digits.end() :].strip(" %"):
        return n(context, figure, text)
    number = format_html("{}<small>{}</small>", digits[0], text[digits.end() :])
    return n(context, figure, number)


@register.simple_tag
def judgement(word: str) -> SafeString:
    kind, mark, words = wording.JUDGEMENTS[word]
    return format_html('<span class="tag {}"><span aria-hidden="true">{}</span> {}</span>', kind, mark, words())


@register.simple_tag
def disagreement(kind: Disagreement) -> SafeString:
    css, mark, words = wording.DISAGREEMENTS[kind.value]
    return format_html('<span class="tag {}"><span aria-hidden="true">{}</span> {}</span>', css, mark, words())


@register.simple_tag
def progress(outcome: Outcome) -> SafeString | str:
    """The bar of a target with a result in the same unit; nothing otherwise."""
    return drawing.outcome_bar(outcome)


@register.simple_tag
def spark(points: tuple[tuple[int, float], ...]) -> SafeString:
    if not points:
        return SafeString("")
    told = _("Các năm {first}–{last}").format(first=points[0][0], last=points[-1][0])
    return drawing.spark(points, told)


@register.simple_tag
def source(figure: Figure) -> SafeString | str:
    """Title and address of a source; only web addresses become links, and they open without telling where from."""
    origin = figure.origin
    if not origin.url and not origin.title:
        return _("Bài viết chưa rõ địa chỉ, tệp {file}").format(file=origin.file) if origin.file else ""
    return address(origin.url, origin.title or origin.file)


@register.simple_tag
def address(url: str, title: str = "") -> SafeString | str:
    """An outside address as a link, under its title or its site; anything but http(s) stays text."""
    if not url.startswith(("http://", "https://")):
        return title or url
    text = title or wording.host(url)
    return format_html('<a class="out" href="{}" rel="noopener noreferrer" target="_blank">{} ↗</a>', url, text)


@register.simple_tag
def home_headline(told: Home) -> str:
    """The year in one line: Năm 2024: công nghiệp tăng 6,2%; in English from the headline numbers' growths."""
    if not wording.english():
        return f"Năm {told.year}: {told.headline}" if told.headline else f"Năm {told.year}"
    growths = [
        (tile.code, f) for tile in told.tiles for f in (tile.main, tile.beside) if f and f.transformation is _YOY
    ]
    said_ = [f"{wording.name(load().indicator(code)).lower()} {wording.brief(f)}" for code, f in growths[:2]]
    return f"{told.year}: {'; '.join(said_)}" if said_ else str(told.year)


@register.simple_tag(takes_context=True)
def home_lead(context: dict[str, Any], told: Home) -> SafeString:
    """The line under it: the sentence written from the ledger; in English the headline numbers by name."""
    if not wording.english():
        return runs(context, told.lead)
    pairs = (
        (wording.name(load().indicator(tile.code)), _both(n(context, tile.main), n(context, tile.beside)))
        for tile in told.tiles[:3]
    )
    return format_html("{}.", format_html_join("; ", "{}: {}", pairs))


def _both(main: SafeString | str, beside: SafeString | str) -> SafeString:
    return format_html("{}, {}", main, beside) if beside else format_html("{}", main)


# -- reports ----------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def report_paper(context: dict[str, Any], report: Report) -> SafeString:
    """The report as its Word file has it: each number opens its card, an address its page."""
    return mark_safe(html.render(report, lambda number: _number(context, number), address))  # noqa: S308 (escaped there)


# -- documents --------------------------------------------------------------------------------------------


@register.filter
def state_words(state: State) -> str:
    return state.words


@register.filter
def measure_words(read: Statement) -> str:
    """Mức, mức tăng, đóng góp … of a statement."""
    return wording.measure(read.measure)


@register.filter
def status_words(read: Statement) -> str:
    return wording.status(read.status)


@register.filter
def statement_series(read: Statement) -> str:
    return wording.series_name(SeriesKey(read.indicator, read.area_key, read.breakdown))


@register.filter
def series_code(read: Statement) -> str:
    """`exports` or `exports[commodity:textiles]`, as a mending takes it."""
    return f"{read.indicator}[{read.breakdown}]" if read.breakdown else read.indicator


@register.filter
def period_code(code: str) -> str:
    return wording.period(Period.parse(code))


@register.filter
def written(code: str) -> str:
    """A period as its source named it, where that is another name of the same months: 6 tháng đầu năm 2023."""
    return write_period(Period.parse(code))


# -- workbooks --------------------------------------------------------------------------------------------


@register.filter
def area_name(key: str) -> str:
    found = load().areas.get(key)
    return (found.short_name if found else key) if key else _("toàn quốc")


@register.filter
def add_row(column: str, row: int) -> str:
    """A cell's address from its column and row: "A"|add_row:7 → A7."""
    return f"{column}{row}"


@register.filter
def change_words(line: Any) -> str:
    """How far a restated value is from the one before: +0,4% or −3,2 điểm %."""
    return wording.change(line.change, line.relative)
