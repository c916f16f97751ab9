"""Tables of documents, read by their heads and proofed with their totals, ratios and chains."""

import io

import docx
import pytest

from sct.catalogue import load
from sct.proofing import Verdict, proof
from sct.proofing.cells import take
from sct.reading import open_document
from sct.reading.workbooks import read_tables

TITLE = "Bảng 1. Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng tháng 9 và 9 tháng năm 2024"
HEADS = ["Chỉ tiêu", "Thực hiện tháng 8/2024", "Ước tính tháng 9/2024", "Lũy kế 9 tháng năm 2024"]
ROWS = [
    ["Tổng số", "71.200,0", "72.335,0", "630.100,0"],
    ["Bán lẻ hàng hóa", "46.000,0", "46.850,0", "408.000,0"],
    ["Dịch vụ lưu trú, ăn uống", "9.100,0", "9.235,0", "80.100,0"],
    ["Du lịch lữ hành", "2.000,0", "2.050,0", "17.500,0"],
    ["Dịch vụ khác", "14.100,0", "14.200,0", "124.500,0"],
]


def findings_of(rows, title=TITLE, heads=HEADS):
    made = docx.Document()
    made.add_paragraph(title)
    made.add_paragraph("Đơn vị tính: tỷ đồng")
    table = made.add_table(rows=len(rows) + 1, cols=len(heads))
    for at, row in enumerate([heads, *rows]):
        for column, words in enumerate(row):
            table.cell(at, column).text = words
    stream = io.BytesIO()
    made.save(stream)
    document = open_document(stream.getvalue(), "bang.docx")
    found = read_tables(document)
    cells = take(found.cells, found.spans, load()).statements
    assert all(document.text[cell.start : cell.end] == cell.quote for cell in cells)
    return cells, proof(document, cells, load())


def with_cell(row, column, words):
    rows = [list(one) for one in ROWS]
    rows[row][column] = words
    return rows


def problems(found):
    return [(f.check, f.verdict.value, f.cause) for f in found if f.verdict is not Verdict.HOLDS]


def test_a_right_table_holds_in_every_column():
    cells, found = findings_of(ROWS)
    assert len(cells) == 15
    assert problems(found) == []
    assert sum(f.check == "C12" for f in found) >= 3


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [(0, 1, "72.100,0"), (1, 2, "48.650,0"), (4, 3, "142.500,0"), (2, 1, "91.000,0")],
)
def test_a_wrong_cell_breaks_the_sum_of_its_column_alone(row, column, words):
    _cells, found = findings_of(with_cell(row, column, words))
    wrong = [f for f in found if f.verdict is Verdict.WRONG and f.check in ("C12", "C35")]
    assert wrong
    columns = {operand.place.rpartition("/")[2] for f in wrong for operand in f.operands}
    assert columns == {f"c{column + 1}"}


def test_a_total_that_is_none_costs_the_check_and_raises_no_alarm():
    """The rows are not the parts of what the label calls a total: no column adds up, so nothing is said."""
    rows = [["Tổng số", "10,0", "11,0", "90,0"], ["Bán lẻ hàng hóa", "46,0", "46,8", "408,0"], *ROWS[2:3]]
    _cells, found = findings_of(rows)
    assert [f for f in found if f.check == "C12"] == []


def test_a_table_nobody_understands_gives_nothing():
    cells, found = findings_of([["a", "x", "y", "z"]], "Phụ lục", ["A", "B", "C", "D"])
    assert (len(cells), found) == (0, [])
