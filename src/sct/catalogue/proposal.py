"""A proposal (việc được nêu): what a text says somebody should do, until when, before anybody has taken it up.

It becomes a matter (assignment, petition, commitment) or a target only when a person says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]
KINDS = ("target", "assignment", "petition", "commitment")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who asks what of whom, until when, in a text's own words.

    `kind` is `target` (chỉ tiêu phấn đấu), `assignment` (nhiệm vụ giao), `petition` (kiến nghị) or `commitment`
    (cam kết). `text` is what is wanted, `start`/`end` where it stands; `sender` and `recipient` are as named there, ""
    where the text does not say, their spans then None. `cue` is the span of the word that told the kind. `due` is a
    day (2025-06-30) or a period code (2025, 2025-Q3, 2025-06, 2021/2025), None where unsaid. `figures` are the spans
    of the statements inside `text`. All spans are offsets in the document's text; `rules` names the rules that made it.
    """

    kind: str
    text: str
    start: int
    end: int
    cue: Span
    sender: str = ""
    sender_span: Span | None = None
    recipient: str = ""
    recipient_span: Span | None = None
    due: str | None = None
    due_span: Span | None = None
    figures: tuple[Span, ...] = ()
    sentence: Span = (0, 0)
    place: str = ""
    rules: tuple[str, ...] = field(default=(), compare=False)

    def as_json(self) -> dict[str, Any]:
        """Spans are [start, end]; `from` and `to` are null where the text names nobody."""
        return {
            "kind": self.kind,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "cue": list(self.cue),
            "from": _named(self.sender, self.sender_span),
            "to": _named(self.recipient, self.recipient_span),
            "due": self.due,
            "statements": [list(span) for span in self.figures],
        }


def _named(name: str, span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"name": name, "start": span[0], "end": span[1]}
