"""The runs of a Word part: numbered as they stand, their characters as they are read.

`word/document.xml#r12` is the 12th `w:r` of that part in document order; offsets count the characters that
`run_text` gives of it. ECMA-376 part 1, 17.3.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sct.reading.docx_styles import Styles, W
from sct.reading.weaving import Strand

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SKIPPED = {W + "del", W + "moveFrom", W + "instrText", _MC + "Fallback", W + "pPr", W + "rPr"}
SIGNS = {W + "tab": "\t", W + "br": " ", W + "cr": " ", W + "noBreakHyphen": "-", W + "softHyphen": ""}
TEXT, RUN, BOX = W + "t", W + "r", W + "txbxContent"
_NOTE_MARK = re.compile(r"\[\d+\]")


class Runs:
    """The runs of one part in document order, and the strands of a paragraph made of them."""

    def __init__(self, root: _Element, part: str, styles: Styles) -> None:
        self.part, self.styles = part, styles
        self._numbers = {run: number for number, run in enumerate(root.iter(RUN), start=1)}

    def strands(self, paragraph: _Element, style: str, boxes: list[_Element]) -> Iterator[Strand]:
        """The strands of a paragraph, a run each; text boxes met on the way are put into `boxes`."""
        for child in paragraph:
            tag = child.tag
            if tag in SKIPPED or not isinstance(tag, str):
                continue
            if tag == BOX:
                boxes.append(child)
            elif tag == RUN:
                boxes += _boxes(child)
                if not _is_unseen(child):
                    text = run_text(child)
                    if text:
                        place = f"{self.part}#r{self._numbers[child]}"
                        yield Strand(text, place, charset=self.styles.charset(child, style))
            else:
                yield from self.strands(child, style, boxes)


def run_text(run: _Element) -> str:
    """The characters of a run as they are read; those of a text box inside it are not its own."""
    return "".join(text for _element, text in run_parts(run))


def run_parts(run: _Element) -> Iterator[tuple[_Element, str]]:
    """The elements of a run that carry characters, in order."""
    for child in run:
        tag = child.tag
        if tag == TEXT:
            yield child, child.text or ""
        elif tag in SIGNS:
            yield child, SIGNS[tag]
        elif isinstance(tag, str) and tag not in SKIPPED and tag not in (BOX, RUN):
            yield from run_parts(child)


def _boxes(run: _Element) -> Iterator[_Element]:
    for child in run:
        if child.tag == BOX:
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield from _boxes(child)


def _is_unseen(run: _Element) -> bool:
    """Hidden text, and a raised "[12]" that refers to a list of sources: no part of the sentence."""
    look = run.find(W + "rPr")
    if look is None:
        return False
    hidden = look.find(W + "vanish")
    if hidden is not None and hidden.get(W + "val", "1") not in {"0", "false", "off"}:
        return True
    raised = look.find(W + "vertAlign")
    if raised is None or raised.get(W + "val") != "superscript":
        return False
    return _NOTE_MARK.fullmatch(run_text(run)) is not None
