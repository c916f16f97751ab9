"""A document as blocks of text with its statements marked in place."""

from __future__ import annotations

from dataclasses import dataclass

from sct.office.documents.queries import Page, StatementView
from sct.office.documents.states import State
from sct.proofing import Verdict

# Worst first: a statement shows the worst of its findings.
_MARKS = {
    Verdict.WRONG: "wrong-mark",
    Verdict.DOUBT: "doubt-mark",
    Verdict.HINT: "hint-mark",
    Verdict.HOLDS: "holds",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, or a part of a marked statement (`statement` its number, `css` its look, `note` its findings' numbers)."""

    text: str
    statement: int = 0
    css: str = ""
    first: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    role: str
    pieces: tuple[Piece, ...]


def look(page: Page, view: StatementView) -> str:
    """The classes of a statement's mark: verdict and state."""
    verdicts = {finding.verdict for finding in page.findings_of(view.pk)}
    verdict = next((css for verdict, css in _MARKS.items() if verdict in verdicts), "unchecked")
    state = "" if view.state is State.PROPOSED else f" {view.state.value}"
    return verdict + state


def blocks(page: Page) -> list[Block]:
    """The paragraphs, headings and cells of the document. Overlapping statements: the shorter one owns the words."""
    numbers = _numbers(page)
    owner = _owners(page)
    views = {view.pk: view for view in page.statements}
    looks = {pk: look(page, view) for pk, view in views.items()}
    seen: set[int] = set()
    made = []
    for start, end, _place, role in page.document.segments:
        pieces = []
        for piece_start, piece_end, pk in _cuts(start, end, owner):
            text = page.document.text[piece_start:piece_end]
            if not pk:
                pieces.append(Piece(text))
                continue
            last = piece_end == views[pk].read.end
            pieces.append(Piece(text, pk, looks[pk], pk not in seen, numbers.get(pk, "") if last else ""))
            seen.add(pk)
        made.append(Block(role, tuple(pieces)))
    return made


def _numbers(page: Page) -> dict[int, str]:
    """Which numbered problems a statement is the claim of."""
    found: dict[int, list[str]] = {}
    for number, finding in enumerate((f for f in page.findings if f.is_problem), 1):
        for operand in finding.mentions[:1]:
            found.setdefault(operand.statement, []).append(str(number))
    return {pk: ",".join(numbers) for pk, numbers in found.items()}


def _owners(page: Page) -> list[tuple[int, int, int]]:
    """Spans without overlap, (start, end, statement), in the order of the text."""
    spans = sorted(
        (view.read.end - view.read.start, view.read.start, view.read.end, view.pk) for view in page.statements
    )
    taken: list[tuple[int, int, int]] = []
    for _length, start, end, pk in spans:
        free = [(start, end)]
        for other_start, other_end, _pk in taken:
            free = [
                part
                for a, b in free
                for part in ((a, min(b, other_start)), (max(a, other_end), b))
                if part[0] < part[1]
            ]
        taken += [(a, b, pk) for a, b in free]
    return sorted(taken)


def _cuts(start: int, end: int, owner: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """A block cut into unmarked text (statement 0) and parts of statements."""
    found, at = [], start
    for first, last, pk in owner:
        a, b = max(first, start), min(last, end)
        if a >= b:
            continue
        if at < a:
            found.append((at, a, 0))
        found.append((a, b, pk))
        at = b
    if at < end:
        found.append((at, end, 0))
    return found
