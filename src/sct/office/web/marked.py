"""A stored document with its statements marked in place."""

from __future__ import annotations

from django.urls import reverse

from sct.office.documents.queries import Page, StatementView
from sct.office.documents.rows import document_of
from sct.office.documents.states import State
from sct.office.web import paper
from sct.office.web.paper import Mark, Part
from sct.proofing import Verdict

# Worst first: a statement shows the worst of its findings, by a class and by a sign.
LOOKS = {
    Verdict.WRONG: ("wrong-mark", "✕"),
    Verdict.DOUBT: ("doubt-mark", "!"),
    Verdict.HINT: ("hint-mark", "→"),
    Verdict.HOLDS: ("holds", ""),
}


def look(page: Page, view: StatementView) -> str:
    """The classes of a statement's mark: verdict and state."""
    return _look({one.verdict for one in page.of(view.pk)}, view)


def _look(verdicts: set[Verdict], view: StatementView) -> str:
    verdict = next((css for verdict, (css, _sign) in LOOKS.items() if verdict in verdicts), "unchecked")
    state = "" if view.state is State.PROPOSED else f" {view.state.value}"
    return verdict + state


def parts(page: Page, chosen: int, query: str = "") -> list[Part]:
    """The parts of the document with a mark on every statement; `chosen` is the one being looked at."""
    numbers = _numbers(page)
    verdicts: dict[int, set[Verdict]] = {}
    for one in page.found:
        for statement in one.statements:
            verdicts.setdefault(statement, set()).add(one.verdict)
    marks = [
        Mark(
            key=str(view.pk),
            start=view.read.start,
            end=view.read.end,
            css=_look(verdicts.get(view.pk, set()), view),
            href=reverse("statement", args=[page.document.pk, view.pk]) + query,
            note=numbers.get(view.pk, ""),
            here=view.pk == chosen,
        )
        for view in page.statements
    ]
    return paper.parts(document_of(page.document), marks)


def _numbers(page: Page) -> dict[int, str]:
    """Which numbered problems a statement is the claim of."""
    found: dict[int, list[str]] = {}
    for number, one in enumerate((f for f in page.found if f.is_problem), 1):
        for statement in one.statements[:1]:
            found.setdefault(statement, []).append(str(number))
    return {pk: ",".join(numbers) for pk, numbers in found.items()}
