"""One family of errors that a person can act on.

A `UserError` names the thing, the value found, what was expected and the way out, as fields a machine can
read, and says them in one sentence (Vietnamese first). Programmer errors are asserts and are not in this family.
"""

from __future__ import annotations

from dataclasses import dataclass

from sct.words import _


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input the trouble is: a file, and whichever of sheet, cell, line, field, span applies."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int | None = None
    field: str = ""
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(_("trang {sheet}").format(sheet=self.sheet))
        if self.cell:
            parts.append(_("ô {cell}").format(cell=self.cell))
        if self.line is not None:
            parts.append(_("dòng {line}").format(line=self.line))
        if self.field:
            parts.append(_("mục {field}").format(field=self.field))
        if self.start is not None:
            parts.append(_("ký tự {start}–{end}").format(start=self.start, end=self.end))
        return ", ".join(part for part in parts if part)


class UserError(Exception):
    """Something a user gave cannot be used; nothing has been changed.

    `code` is stable and English (`unknown-indicator`), `what` names the thing, `value` is what was found,
    `expected` says what would have been right, `way_out` what to do now, `place` where it stands.
    """

    def __init__(
        self,
        code: str,
        what: str,
        *,
        value: object = None,
        expected: str = "",
        way_out: str = "",
        place: Place | None = None,
    ) -> None:
        self.code = code
        self.what = what
        self.value = value
        self.expected = expected
        self.way_out = way_out
        self.place = place
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """One sentence: place, thing, value, expectation, way out."""
        text = self.what
        if self.value is not None:
            text += " " + _("(gặp: {value})").format(value=_shown(self.value))
        if self.expected:
            text += "; " + _("cần: {expected}").format(expected=self.expected)
        if self.way_out:
            text += ". " + self.way_out
        if self.place is not None and str(self.place):
            text = f"{self.place}: {text}"
        return text if text.endswith((".", "!", "?")) else text + "."

    def at(self, place: Place) -> UserError:
        """The same error with its place filled in by whoever knows it."""
        return type(self)(
            self.code,
            self.what,
            value=self.value,
            expected=self.expected,
            way_out=self.way_out,
            place=place,
        )

    def as_dict(self) -> dict[str, object]:
        """The fields for JSON; values become text."""
        return {
            "code": self.code,
            "what": self.what,
            "value": None if self.value is None else str(self.value),
            "expected": self.expected,
            "way_out": self.way_out,
            "place": "" if self.place is None else str(self.place),
        }


def _shown(value: object, limit: int = 60) -> str:
    text = str(value).replace("\n", " ")
    return "«" + (text if len(text) <= limit else text[: limit - 1] + "…") + "»"
