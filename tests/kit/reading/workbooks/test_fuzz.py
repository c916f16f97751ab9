"""Broken workbooks are read or refused with a sentence, and mended or refused: no crash, no hang, no flood of memory.

A small sample runs always; `SCT_FUZZ_FILES=10000` asks for the whole, as for the other kinds (`tests/kit/reading/test_fuzz.py`).
"""

import io
import random
import resource
from collections import Counter
from pathlib import Path

import pytest

from sct.errors import UserError
from sct.reading.workbooks import read_workbook
from sct.reporting.mended_cells import CellChange, mended_cells
from tests.kit.reading.mutating import mutated
from tests.kit.reading.test_fuzz import FILES, MEMORY, SECONDS, SEED, keep, processor

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "samples" / "workbooks"


def specimen() -> bytes:
    """A sheet of ours with merged heads, a formula, a note and a date."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("Tổng mức")
    sheet.merge_range("A1:D1", "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng")
    sheet.write("D2", "Đơn vị tính: Triệu đồng")
    sheet.write_row(2, 0, ["", "Thực hiện tháng 4 năm 2031", "Ước tính tháng 5 năm 2031", "Cộng dồn 5 tháng năm 2031"])
    for row, (label, *numbers) in enumerate(
        (["Tổng số", 100, 110.5, 500], ["Bán lẻ", 60, 66, 300], ["Dịch vụ", 40, 44.5, 200])
    ):
        sheet.write_row(row + 3, 0, [label, *numbers])
    sheet.write_formula("B8", "=SUM(B5:B6)", value=100)
    sheet.write_comment("B5", "ghi chú")
    book.close()
    return stream.getvalue()


def ended(data: bytes, name: str) -> tuple[str, float]:
    began = processor()
    try:
        workbook = read_workbook(data, name)
        if name.endswith(".xlsx") and workbook.cells:
            cell = workbook.cells[0]
            mended_cells(data, name, [CellChange(cell.sheet, cell.cell, "7,5")])
    except UserError as refused:
        assert refused.sentence().endswith((".", "!", "?"))
        return refused.code, processor() - began
    return "read", processor() - began


def run(kind: str, whole: bytes, files: int) -> None:
    name = f"a.{kind}"
    assert ended(whole, name)[0] == "read"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    chance, ends, slowest = random.Random(SEED), Counter(), 0.0
    for number in range(files):
        broken = mutated(whole, "a.docx" if kind == "xlsx" else name, chance)  # a package is broken inside its parts
        try:
            end, seconds = ended(broken, name)
        except Exception:
            keep(broken, name, number)
            raise
        ends[end] += 1
        slowest = max(slowest, seconds)
        assert seconds <= SECONDS, (number, seconds)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    print(f"\n{kind}: {files} files, slowest {slowest:.2f} s, memory +{grown / 2**20:.0f} MB, {dict(ends)}")
    assert grown < MEMORY


@pytest.mark.long
def test_broken_xlsx_files_are_read_and_mended_or_refused_with_a_sentence():
    run("xlsx", specimen(), max(60, FILES // 5))


@pytest.mark.long
def test_broken_xls_files_are_read_or_refused_with_a_sentence():
    found = sorted(SAMPLES.glob("*.xls"))
    if not found:
        pytest.skip("the sample workbooks lie beside the checkout, in ../shared/samples/workbooks, and are absent")
    run("xls", found[0].read_bytes(), max(60, FILES // 5))
