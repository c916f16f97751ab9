"""A proofing as the page shows it: each draft with its marks, the findings in a list, what may be done with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from sct.catalogue.model import Figure
from sct.office.documents.drafts import Draft, Proofed
from sct.office.documents.models import Keeping
from sct.office.web import paper
from sct.office.web.marked import LOOKS
from sct.office.web.paper import Mark, Part
from sct.proofing import Finding, Verdict, checks
from sct.proofing.account import reason_words
from sct.proofing.finding import Operand
from sct.reporting.mending import with_figure
from sct.words import _

MOST_HOLDING = 400  # relations that hold are many in a long report; the rest is counted, not listed
# Verdicts in the order of the list.
ORDER = (Verdict.WRONG, Verdict.DOUBT, Verdict.HINT, Verdict.UNCHECKED, Verdict.HOLDS)

# The number of the last check of a kind, its code, its name.
KINDS: tuple[tuple[int, str, Callable[[], str]], ...] = (
    (11, "tang-truong", lambda: _("Mức và tăng trưởng")),
    (20, "tong-phan", lambda: _("Tổng và phần")),
    (26, "dong-gop", lambda: _("Đóng góp, điểm phần trăm")),
    (34, "so-lan", lambda: _("Số lần, kế hoạch, khoảng")),
    (39, "don-vi", lambda: _("Đơn vị, cách ghi số")),
    (45, "so", lambda: _("Sổ và các lần công bố")),
)
CAUSES: Mapping[str, Callable[[], str]] = {
    "double-unit": lambda: _("Đơn vị viết hai lần"),
    "percent-or-points": lambda: _("Nhầm % với điểm phần trăm"),
    "newer-vintage": lambda: _("Đã có lần công bố mới hơn"),
    "other-vintage": lambda: _("Khác lần công bố"),
    "two-vintages": lambda: _("Hai lần công bố khác nhau"),
    "digits-swapped": lambda: _("Có thể đảo hoặc sót chữ số"),
    "scale": lambda: _("Có thể nhầm nghìn, triệu, tỷ"),
    "opposite-sign": lambda: _("Có thể ngược chiều tăng, giảm"),
    "previous-period": lambda: _("Có thể là số của kỳ trước"),
    "near-name": lambda: _("Có thể là số của chỉ tiêu khác"),
    "truncated": lambda: _("Cắt bớt chữ số thay vì làm tròn"),
    "base-revised": lambda: _("Số gốc đã được chỉnh lại"),
    "range-end-only": lambda: _("Chỉ đúng với một đầu của khoảng"),
    "round-number": lambda: _("Số đã làm tròn"),
    "two-readings": lambda: _("Có thể hiểu hai cách"),
    "other-publication": lambda: _("Khác lần công bố"),
    "other-currency": lambda: _("Khác đồng tiền"),
    "two-spellings": lambda: _("Một số, hai cách viết"),
    "no-such-day": lambda: _("Ngày không có trong lịch"),
    "plan-term": lambda: _("Số năm của giai đoạn không khớp"),
    "unknown-scope": lambda: _("Có thể khác phạm vi"),
}


_DOUBLE = re.compile(r"\s*%\s*(?=điểm)")


@dataclass(frozen=True, slots=True)
class Ref:
    """An operand of a finding: a mark on this page (`mark`), or the page of another document (`href`)."""

    quote: str
    document: str
    mark: str = ""
    href: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding in the list; `number` counts from 1, `fix` is the claim as it should be: mostly with
    the ledger's figure in it."""

    number: int
    finding: Finding
    key: str
    area: str
    kind: str
    title: str
    operands: tuple[Ref, ...]
    keeping: Keeping | None = None
    claim: str = ""  # its mark
    quote: str = ""
    span: tuple[int, int] = (0, 0)  # of the claim in its document
    fix: str = ""

    @property
    def verdict(self) -> Verdict:
        return self.finding.verdict

    @property
    def check(self) -> str:
        return self.finding.check

    @property
    def given(self) -> dict[str, str]:
        """What letting it stand asks for."""
        return {"key": self.key, "check": self.check, "verdict": self.verdict.value, "area": self.area}

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.finding.figures if figure.id)

    @property
    def is_open(self) -> bool:
        """Whether somebody should look at it: no match, and nobody let it stand."""
        return self.keeping is None and self.verdict in (Verdict.WRONG, Verdict.DOUBT, Verdict.HINT)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft as it looks."""

    number: int
    draft: Draft
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything the page shows of a proofing."""

    proofed: Proofed
    sheets: tuple[Sheet, ...]
    shown: tuple[Shown, ...]
    verdicts: tuple[tuple[Verdict, int], ...]
    kinds: tuple[tuple[str, str, int], ...]
    kept: int
    unlisted: int
    reasons: tuple[tuple[str, int], ...]


def view(proofed: Proofed) -> View:
    """The page of a proofing."""
    marks = Marks(proofed)
    every = [_shown(proofed, place, marks) for place in _in_order(proofed)]
    holding = [one for one in every if one.verdict is Verdict.HOLDS]
    listed = [one for one in every if one.verdict is not Verdict.HOLDS] + holding[:MOST_HOLDING]
    shown = tuple(_numbered(one, number) for number, one in enumerate(listed, 1))
    standing = [one for one in shown if one.keeping is None]
    verdicts = Counter(one.verdict for one in standing)
    kinds = Counter(one.kind for one in standing)
    names = {code: name for _last, code, name in KINDS}
    return View(
        proofed=proofed,
        sheets=tuple(_sheet(number, draft, shown, every, marks) for number, draft in enumerate(proofed.drafts)),
        shown=shown,
        verdicts=tuple((verdict, verdicts[verdict]) for verdict in ORDER if verdicts[verdict]),
        kinds=tuple((code, names[code](), kinds[code]) for _last, code, _name in KINDS if kinds[code]),
        kept=sum(1 for one in shown if one.keeping is not None),
        unlisted=len(holding) - len(holding[:MOST_HOLDING]),
        reasons=tuple((reason_words(code), count) for code, count in proofed.account.reasons.items()),
    )


def _in_order(proofed: Proofed) -> list[int]:
    """Worst verdict first, then in the order of the text; findings that were kept come after the open ones."""
    return sorted(
        range(len(proofed.findings)),
        key=lambda place: (
            proofed.keys[place] in proofed.keepings,
            ORDER.index(proofed.findings[place].verdict),
            place,
        ),
    )


def _numbered(one: Shown, number: int) -> Shown:
    return replace(one, number=number)


def _shown(proofed: Proofed, place: int, marks: Marks) -> Shown:
    finding, key = proofed.findings[place], proofed.keys[place]
    refs = tuple(_refs(finding, proofed, marks))
    known = checks().get(finding.check)
    cause = CAUSES.get(finding.cause)
    title = cause() if cause is not None else known.name if known is not None else finding.check
    first = finding.operands[0] if finding.operands else None
    return Shown(
        number=0,
        finding=finding,
        key=key,
        area=proofed.area,
        kind=kind_of(finding.check),
        title=title,
        operands=refs,
        keeping=proofed.keepings.get(key),
        claim=refs[0].mark if refs else "",
        quote=refs[0].quote if refs else "",
        span=(first.start, first.end) if first is not None else (0, 0),
        fix=_fix(finding),
    )


def _fix(finding: Finding) -> str:
    """The words of the claim as they should be, "" where a person must find them."""
    if not finding.operands or finding.verdict is Verdict.HOLDS:
        return ""
    claim = finding.operands[0].statement
    if claim is None:
        return ""
    if finding.cause == "double-unit":
        return _DOUBLE.sub(" ", claim.quote)
    return next((words for figure in finding.figures[:1] if (words := with_figure(claim, figure))), "")


def kind_of(check: str) -> str:
    """The kind of a check by its number."""
    number = int(re.sub(r"\D", "", check) or "0")
    return next((code for last, code, _name in KINDS if number <= last), KINDS[-1][1])


class Marks:
    """Which mark of the page stands for an operand: a statement's, or one of its own for plain words."""

    def __init__(self, proofed: Proofed) -> None:
        self.of_statement = {
            id(statement): f"{number}-{position}"
            for number, draft in enumerate(proofed.drafts)
            for position, statement in enumerate(draft.statements)
        }
        self.words: dict[tuple[int, int, int], str] = {}  # document, start, end → mark
        numbers = {draft.document.name: number for number, draft in enumerate(proofed.drafts)}
        for finding in proofed.findings:
            for operand in finding.operands:
                place = (numbers.get(operand.document, -1), operand.start, operand.end)
                if operand.statement is None and operand.figure is None and place[0] >= 0 and place[1] < place[2]:
                    self.words.setdefault(place, f"{place[0]}-w{len(self.words)}")
        self.numbers = numbers

    def of(self, operand: Operand) -> str:
        if operand.statement is not None:
            return self.of_statement.get(id(operand.statement), "")
        return self.words.get((self.numbers.get(operand.document, -1), operand.start, operand.end), "")

    def on(self, number: int, draft: Draft) -> list[tuple[str, int, int]]:
        """The marks of one draft: key, start, end."""
        told = [(self.of_statement[id(s)], s.start, s.end) for s in draft.statements]
        return [*told, *((key, place[1], place[2]) for place, key in self.words.items() if place[0] == number)]


def _refs(finding: Finding, proofed: Proofed, marks: Marks) -> list[Ref]:
    found = []
    for operand in finding.operands:
        if operand.figure is not None:
            continue
        mark, href = marks.of(operand), ""
        known = (proofed.elsewhere or {}).get(id(operand.statement)) if operand.statement is not None else None
        if not mark and known is not None:
            href = f"{reverse('document', args=[known[0]])}?phatbieu={known[1]}#s{known[1]}"
        quote = operand.statement.quote if operand.statement is not None else operand.words
        found.append(Ref(quote, operand.document, mark, href, operand.place))
    return found


def _sheet(number: int, draft: Draft, shown: tuple[Shown, ...], every: list[Shown], marks: Marks) -> Sheet:
    """The marks of one draft: each statement by the worst of its open findings, numbered where it is the claim."""
    worst: dict[str, int] = {}
    kept: set[str] = set()
    numbers: dict[str, list[str]] = {}
    for one in every:
        for ref in one.operands:
            if one.keeping is not None:
                kept.add(ref.mark)
            elif ref.mark:
                rank = ORDER.index(one.verdict) if one.verdict is not Verdict.UNCHECKED else len(ORDER)
                worst[ref.mark] = min(worst.get(ref.mark, len(ORDER)), rank)
    for one in shown:
        if one.claim and one.is_open:
            numbers.setdefault(one.claim, []).append(str(one.number))
    made = []
    for key, start, end in marks.on(number, draft):
        rank = worst.get(key, len(ORDER))
        css, sign = LOOKS.get(ORDER[rank], ("unchecked", "")) if rank < len(ORDER) else ("unchecked", "")
        if key in kept and css in ("unchecked", "holds"):
            css = "kept-mark"
        first = numbers.get(key, [""])[0]
        href = f"#f{first}" if first else f"#s{key}"
        note = ",".join(numbers.get(key, []))
        made.append(Mark(key, start, end, css, href, sign if note else "", note))
    return Sheet(number, draft, tuple(paper.parts(draft.document, made)))
