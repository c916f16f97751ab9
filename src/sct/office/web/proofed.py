"""A proofing as the page shows it: each draft with its marks, the findings in a list, what may be done with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import PurePath

from django.urls import reverse

from sct.catalogue.model import Figure
from sct.office.documents.drafts import Draft, Proofed
from sct.office.documents.models import Keeping
from sct.office.web import paper
from sct.office.web.given import PASTED
from sct.office.web.marked import LOOKS
from sct.office.web.paper import Mark, Part
from sct.proofing import Finding, Verdict, checks
from sct.proofing.account import reason_words
from sct.proofing.finding import Operand
from sct.proofing.wording import cell_number
from sct.reporting import same_kind
from sct.reporting.mended_cells import is_own
from sct.reporting.mending import with_figure
from sct.words import _

MOST_ROWS = 600  # of a sheet that are shown
MOST_HINTS = 200  # of one check that are listed
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
    "letter-order": lambda: _("Số văn bản và ngày không theo thứ tự"),
    "leading-zero": lambda: _("Có thể đảo hoặc sót chữ số"),
    "plan-term": lambda: _("Số năm của giai đoạn không khớp"),
    "unknown-scope": lambda: _("Có thể khác phạm vi"),
    "earlier-match": lambda: _("Hiểu theo bài tháng trước"),
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
    place: str = ""  # of the claim, where it is a cell of a workbook
    mendable: bool = True  # whether the claim is words of a draft, or a cell, that comes back mended

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

    @property
    def pasted(self) -> bool:
        return PurePath(self.draft.document.name).stem == PASTED

    @property
    def own_kind(self) -> bool:
        """Whether a workbook comes back as the file it is."""
        return is_own(self.draft.document.name)

    @property
    def comes_back(self) -> bool:
        """Whether its mended words come back in another way than as Word."""
        return self.pasted or self.draft.document.kind in same_kind.KINDS


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

    @property
    def has_papers(self) -> bool:
        """Whether there is anything that the documents can keep: workbooks have a page of their own."""
        return any(sheet.draft.workbook is None for sheet in self.sheets)


def view(proofed: Proofed) -> View:
    """The page of a proofing."""
    marks = Marks(proofed)
    every = [_shown(proofed, place, marks) for place in _in_order(proofed)]
    holding = [one for one in every if one.verdict is Verdict.HOLDS]
    others = _few([one for one in every if one.verdict is not Verdict.HOLDS])
    listed = others + holding[:MOST_HOLDING]
    shown = tuple(_numbered(one, number) for number, one in enumerate(listed, 1))
    standing = [one for one in shown if one.keeping is None]
    verdicts = Counter(one.verdict for one in every if one.keeping is None)
    kinds = Counter(one.kind for one in standing)
    names = {code: name for _last, code, name in KINDS}
    return View(
        proofed=proofed,
        sheets=tuple(_sheet(number, draft, shown, every, marks) for number, draft in enumerate(proofed.drafts)),
        shown=shown,
        verdicts=tuple((verdict, verdicts[verdict]) for verdict in ORDER if verdicts[verdict]),
        kinds=tuple((code, names[code](), kinds[code]) for _last, code, _name in KINDS if kinds[code]),
        kept=sum(1 for one in shown if one.keeping is not None),
        unlisted=len(every) - len(listed),
        reasons=tuple((reason_words(code), count) for code, count in proofed.account.reasons.items()),
    )


def _few(listed: list[Shown]) -> list[Shown]:
    """At most so many hints and unchecked relations of one check; what is wrong or doubtful is always listed."""
    counted: Counter[tuple[str, Verdict]] = Counter()
    kept = []
    for one in listed:
        counted[one.check, one.verdict] += 1
        if one.verdict.is_problem or counted[one.check, one.verdict] <= MOST_HINTS:
            kept.append(one)
    return kept


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
    failed = finding.verdict in (Verdict.WRONG, Verdict.DOUBT, Verdict.HINT)
    named = (known.fails if failed and known.fails else known.name) if known is not None else finding.check
    title = cause() if cause is not None else named
    first = finding.operands[0] if finding.operands else None
    at = first.place if first is not None and "!" in first.place else ""
    told = first is not None and (first.start < first.end if not at else first.statement is not None)
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
        place=at,
        mendable=told,
    )


def _fix(finding: Finding) -> str:
    """The words of the claim as they should be, "" where a person must find them."""
    if not finding.operands or finding.verdict is Verdict.HOLDS:
        return ""
    claim = finding.operands[0].statement
    if claim is None:
        return ""
    if "!" in claim.place and claim.quote != _plain(claim.quantity.number):
        return ""  # a fraction shown as per cent: the number of the cell is another than the one that is read
    if finding.cause == "double-unit":
        return _DOUBLE.sub(" ", claim.quote)
    return next((words for figure in finding.figures[:1] if (words := with_figure(claim, figure))), "")


def _plain(number: Fraction) -> str:
    """A number as a cell has it: 835.3."""
    return str(float(number)).removesuffix(".0")


def kind_of(check: str) -> str:
    """The kind of a check by its number."""
    number = int(re.sub(r"\D", "", check) or "0")
    return next((code for last, code, _name in KINDS if number <= last), KINDS[-1][1])


class Marks:
    """Which mark of the page stands for an operand: a statement's, a cell's, or one of its own for plain words."""

    def __init__(self, proofed: Proofed) -> None:
        self.numbers = {draft.document.name: number for number, draft in enumerate(proofed.drafts)}
        self.sheets = {
            (number, grid.name): position
            for number, draft in enumerate(proofed.drafts)
            for position, grid in enumerate(draft.grids)
        }
        self.of_statement = {
            id(statement): f"{number}-{position}"
            for number, draft in enumerate(proofed.drafts)
            if draft.workbook is None
            for position, statement in enumerate(draft.statements)
        }
        self.words: dict[tuple[int, int, int], str] = {}  # document, start, end → mark
        for finding in proofed.findings:
            for operand in finding.operands:
                place = (self.numbers.get(operand.document, -1), operand.start, operand.end)
                plain = operand.statement is None and operand.figure is None
                if plain and place[0] >= 0 and place[1] < place[2]:
                    self.words.setdefault(place, f"{place[0]}-w{len(self.words)}")

    def of(self, operand: Operand) -> str:
        number = self.numbers.get(operand.document, -1)
        sheet, found, cell = operand.place.rpartition("!")
        if found and (number, sheet) in self.sheets:
            return self.cell(number, sheet, cell)
        if operand.statement is not None:
            return self.of_statement.get(id(operand.statement), "")
        return self.words.get((number, operand.start, operand.end), "")

    def cell(self, number: int, sheet: str, cell: str) -> str:
        return f"{number}-{self.sheets[number, sheet]}-{cell}"

    def on(self, number: int, draft: Draft) -> list[tuple[str, int, int]]:
        """The marks of one draft's text: key, start, end."""
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
        quote = cell_number(quote) if "!" in operand.place else quote
        found.append(Ref(quote, operand.document, mark, href, operand.place))
    return found


def _sheet(number: int, draft: Draft, shown: tuple[Shown, ...], every: list[Shown], marks: Marks) -> Sheet:
    """One draft with its marks."""
    looks = _Looks(shown, every)
    if draft.workbook is not None:
        return Sheet(number, draft, tuple(_grids(number, draft, looks, marks)))
    made = [looks.mark(key, start, end) for key, start, end in marks.on(number, draft)]
    return Sheet(number, draft, tuple(paper.parts(draft.document, made)))


def _grids(number: int, draft: Draft, looks: _Looks, marks: Marks) -> Iterator[Part]:
    """The sheets that figures were read from, from the first row to a little below the last of them."""
    by_sheet: dict[str, dict[str, Mark]] = {}
    for statement in draft.statements:
        sheet, _found, cell = statement.place.rpartition("!")
        if (number, sheet) in marks.sheets:
            by_sheet.setdefault(sheet, {})[cell] = looks.mark(marks.cell(number, sheet, cell), 0, 1)
    for grid in draft.grids:
        if grid.name in by_sheet:
            last = max(int(re.sub(r"\D", "", cell)) for cell in by_sheet[grid.name])
            yield Part("heading", (paper.Piece(grid.name),), 2)
            yield paper.sheet(grid, by_sheet[grid.name], range(min(last + 3, len(grid.rows), MOST_ROWS)))


class _Looks:
    """How a mark looks: the worst of its open findings, numbered where it is the claim."""

    def __init__(self, shown: tuple[Shown, ...], every: list[Shown]) -> None:
        self.worst: dict[str, int] = {}
        self.kept: set[str] = set()
        self.numbers: dict[str, list[str]] = {}
        for one in every:
            for ref in one.operands:
                if one.keeping is not None:
                    self.kept.add(ref.mark)
                elif ref.mark and one.verdict is not Verdict.UNCHECKED:
                    self.worst[ref.mark] = min(self.worst.get(ref.mark, len(ORDER)), ORDER.index(one.verdict))
        for one in shown:
            if one.claim and one.is_open:
                self.numbers.setdefault(one.claim, []).append(str(one.number))

    def mark(self, key: str, start: int, end: int) -> Mark:
        rank = self.worst.get(key, len(ORDER))
        css, sign = LOOKS.get(ORDER[rank], ("unchecked", "")) if rank < len(ORDER) else ("unchecked", "")
        if key in self.kept and css in ("unchecked", "holds"):
            css = "kept-mark"
        numbers = self.numbers.get(key, [])
        href = f"#f{numbers[0]}" if numbers else f"#s{key}"
        shown = numbers[:3] + (["…"] if len(numbers) > 3 else [])
        return Mark(key, start, end, css, href, sign if numbers else "", ",".join(shown))
