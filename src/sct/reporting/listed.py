"""The findings of a paper or workbook as a list in a Word file: what a person takes to the next desk."""

from __future__ import annotations

import io
from collections.abc import Sequence

from sct.proofing.finding import Finding, Operand, Verdict
from sct.reporting.findings import VERDICTS, message_of
from sct.words import _


def listed(name: str, findings: Sequence[Finding]) -> bytes:
    """A table of the findings of `name` that somebody should look at: place, verdict, what was found, arithmetic."""
    import docx

    made = docx.Document()
    made.add_heading(_("Soát số liệu: {name}").format(name=name), 1)
    told = [f for f in findings if f.operands and f.operands[0].document == name]
    shown = [f for f in told if f.verdict in (Verdict.WRONG, Verdict.DOUBT, Verdict.HINT)]
    counted = _("{n} phép so, {open} chỗ cần xem").format(n=len(told), open=len(shown))
    made.add_paragraph(counted)
    grid = made.add_table(1, 4, style="Table Grid")
    heads = (_("Chỗ"), _("Kết luận"), _("Nội dung"), _("Phép tính"))
    for cell, words in zip(grid.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for finding in shown:
        row = grid.add_row().cells
        verdict = f"{VERDICTS[finding.verdict]} ({finding.check})"
        cells = (place(finding.operands[0]), verdict, message_of(finding), finding.arithmetic)
        for cell, words in zip(row, cells, strict=True):
            cell.text = words
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def place(operand: Operand) -> str:
    """A cell by its address, words by themselves."""
    return f"{operand.place}: {operand.words}" if "!" in operand.place else f"«{operand.words}»"
