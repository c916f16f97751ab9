"""Cards of findings as HTML: a long draft has hundreds, and a template takes a millisecond for each.

Every word of a document or of the ledger is escaped where it is put in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString, mark_safe

from sct.catalogue.model import Figure
from sct.office.documents.models import Keeping
from sct.office.web import wording
from sct.office.web.choice import Choice
from sct.office.web.proofed import Ref, Shown
from sct.proofing import Verdict
from sct.words import _

_CLOSED = (Verdict.HOLDS, Verdict.UNCHECKED)  # listed when they are asked for


@dataclass(frozen=True, slots=True)
class Desk:
    """What all cards of a page share: the choice in addresses, the token, whether the person may keep findings."""

    query: str
    token: str
    may_record: bool
    several: bool = False  # drafts on the page

    @classmethod
    def of(cls, request: HttpRequest, *, may_record: bool, several: bool = False) -> Desk:
        choice: Choice | None = getattr(request, "choice", None)
        return cls(choice.query() if choice else "", get_token(request), may_record, several)

    @property
    def hidden_token(self) -> str:
        return f'<input type="hidden" name="csrfmiddlewaretoken" value="{self.token}">'


def cards(shown: Iterable[Shown], desk: Desk) -> SafeString:
    """The list of findings."""
    return mark_safe("\n".join(_card(one, desk) for one in shown))  # noqa: S308 (each word is escaped)


def _card(one: Shown, desk: Desk) -> str:
    finding, verdict = one.finding, one.verdict
    css, sign, word = wording.VERDICTS[verdict]
    hidden = " hidden" if verdict in _CLOSED else ""
    kept = " kept" if one.keeping else ""
    place = f' data-place="{safe(one.place)}"' if one.place else ""
    lines = [
        f'<section class="finding {verdict.value}{kept}" id="f{one.number}" tabindex="-1" data-finding '
        f'data-verdict="{verdict.value}" data-kind="{one.kind}" data-claim="{safe(one.claim)}" '
        f'data-start="{one.span[0]}" data-end="{one.span[1]}"{place}{hidden}>',
        f'<h3><span class="tag {css}">{sign} {safe(word())}</span> {one.number} · {safe(one.title)}</h3>',
        f'<p lang="vi">{safe(finding.sentence)}</p>',
    ]
    if finding.arithmetic:
        lines.append(f'<div class="sum" lang="vi">{safe(finding.arithmetic)}</div>')
    if finding.repair:
        lines.append(f'<p lang="vi"><span class="soft">{_("Cách sửa")}:</span> {safe(finding.repair)}</p>')
    lines.append(f'<p class="soft tight operands">{_operands(one, desk)}</p>')
    if verdict is not Verdict.HOLDS:
        if one.claim and one.mendable:
            lines.append(_mending(one))
        lines.append(f'<div class="stand">{stand(one.keeping, one.given, desk)}</div>')
    return "\n".join([*lines, "</section>"])


def _operands(one: Shown, desk: Desk) -> str:
    several = desk.several and len({ref.document for ref in one.operands}) > 1
    told = [_ref(ref, several=several) for ref in one.operands]
    if desk.several and not several and one.operands:
        told.append(f'<span class="where">{safe(one.operands[0].document)}</span>')
    return " · ".join([*told, *(f"{_('sổ')}: {_figure(figure, desk)}" for figure in one.figures)])


def _ref(ref: Ref, *, several: bool) -> str:
    if ref.mark:
        where = f' <span class="where">{safe(ref.place)}</span>' if "!" in ref.place else ""
        where += f' <span class="where">{safe(ref.document)}</span>' if several else ""
        mark = safe(ref.mark)
        return f'<a data-jump="{mark}" href="#s{mark}" lang="vi">“{safe(ref.quote)}”</a>{where}'
    words = f"“{safe(ref.quote)}”, {safe(ref.document)}"
    return f'<a href="{safe(ref.href)}" lang="vi">{words}</a>' if ref.href else f'<span lang="vi">{words}</span>'


def _figure(figure: Figure, desk: Desk) -> str:
    address = safe(wording.card_address(figure) + desk.query)
    stage = wording.STAGES[figure.stage]()
    when = f" · {wording.day(str(figure.published))}" if figure.published else ""
    if when and figure.origin.published_basis == "inferred":
        when = f" · {_('khoảng {day}').format(day=wording.day(str(figure.published)))}"
    said = f'<a class="n" data-card href="{address}">{safe(wording.said(figure))}</a>'
    return f'{said} <span class="status">{safe(stage)}{safe(when)}</span>'


def _mending(one: Shown) -> str:
    """Buttons that mend the words of the draft, in the page and in what is taken away."""
    fix = ""
    if one.fix:
        label = _("Lấy số của sổ") if one.figures else _("Sửa thành")
        words = safe(one.fix)
        fix = (
            f'<button class="btn small main" type="button" data-act="r" data-words="{words}">'
            f'{label}: <span lang="vi">{words}</span></button>'
        )
    return f"""<div class="btns noprint">{fix}<button class="btn small" type="button" data-act="e" \
aria-expanded="false">{_("Sửa…")}</button>\
<button class="btn small" type="button" data-act="i">{_("Bỏ qua")}</button></div>
<form class="mend noprint" data-mend hidden><label for="mend-{one.number}">{_("Ghi lại trong bản nháp")}</label>\
<input id="mend-{one.number}" class="filter" value="{safe(one.quote)}" maxlength="200" lang="vi">\
<button class="btn small main">{_("Sửa")}</button></form>
<p class="soft tight mended" data-mended hidden>{_("Trong bản tải về")}: <ins lang="vi"></ins> \
<button class="link" type="button" data-act="u">{_("Hoàn tác")}</button></p>"""


def stand(keeping: Keeping | None, given: dict[str, str], desk: Desk, wrong: str = "") -> SafeString:
    """Whether a finding stands: kept and why, or the form that keeps it."""
    told = f'<p class="wrong" role="alert">{safe(wrong)}</p>' if wrong else ""
    if keeping is not None:
        told += _kept(keeping, desk)
    elif desk.may_record:
        told += _keep(given, desk)
    return mark_safe(told)  # noqa: S308 (each word is escaped)


def _kept(keeping: Keeping, desk: Desk) -> str:
    who = f"({safe(str(keeping.who))}, {wording.day(timezone.localtime(keeping.at).date().isoformat())})"
    back = ""
    if desk.may_record:
        address = safe(reverse("finding-take-back", args=[keeping.pk]) + desk.query)
        back = (
            f' <form class="in-line noprint" method="post" action="{address}" hx-post="{address}" '
            f'hx-target="closest .stand">{desk.hidden_token}'
            f'<button class="link" data-act="u">{_("Hoàn tác")}</button></form>'
        )
    kept = f"<b>{_('Giữ nguyên')}</b>: {safe(keeping.reason)}"
    return f'<div class="tight" data-kept>{kept} <span class="soft">{who}</span>{back}</div>'


def _keep(given: dict[str, str], desk: Desk) -> str:
    address = safe(reverse("finding-keep") + desk.query)
    hidden = "".join(f'<input type="hidden" name="{name}" value="{safe(value)}">' for name, value in given.items())
    hint = _("Ví dụ: hai phạm vi khác nhau; số của cơ quan thống kê ngày 6-1")
    return f"""<details class="noprint" data-act-open="a"><summary>{_("Giữ nguyên, vì…")}</summary>\
<form method="post" action="{address}" hx-post="{address}" hx-target="closest .stand">{desk.hidden_token}{hidden}\
<label><span class="unseen">{_("Lý do giữ nguyên")}</span>\
<textarea name="ly_do" rows="2" maxlength="500" required placeholder="{safe(hint)}"></textarea></label>\
<div class="btns"><button class="btn small">{_("Giữ nguyên")}</button>\
<span class="soft">{_("có hiệu lực đến khi một số hạng thay đổi")}</span></div></form></details>"""
