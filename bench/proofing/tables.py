"""Tables of a Word file, clean and with one cell changed: what a sum of rows and a ratio of columns find."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from fractions import Fraction

from bench.proofing.pages import RETAIL, Slot
from bench.proofing.sowing import Sown, digit_swap, dropped_digit
from sct.catalogue import load
from sct.proofing import Finding, Verdict, proof
from sct.proofing.cells import take
from sct.reading import open_document
from sct.reading.workbooks import read_tables
from sct.vietnamese.write import write_number

HEADS = (
    "Chỉ tiêu",
    "Thực hiện tháng 8/2024",
    "Ước tính tháng 9/2024",
    "Lũy kế 9 tháng năm 2024",
    "Lũy kế 8 tháng năm 2024",
)
NAMES = ("Tổng số", "Bán lẻ hàng hóa", "Dịch vụ lưu trú, ăn uống", "Du lịch lữ hành", "Dịch vụ khác")


def values(seed: int) -> list[list[Fraction]]:
    """Rows of a table: the total first, then its parts; each month and both cumulations."""
    world = random.Random(seed)
    parts = []
    for _code, _name, weight in RETAIL:
        august, september = (Fraction(round(weight * world.uniform(60000, 80000) * 10), 10) for _month in range(2))
        eight = august * 8 + Fraction(world.randint(0, 99), 10)
        parts.append([august, september, eight + september, eight])
    return [[sum(column, Fraction(0)) for column in zip(*parts, strict=True)], *parts]


def word_file(rows: Sequence[Sequence[str]]) -> bytes:
    """A Word file with one table."""
    import docx

    made = docx.Document()
    made.add_paragraph("Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng tháng 9 và 9 tháng năm 2024")
    made.add_paragraph("Đơn vị tính: tỷ đồng")
    table = made.add_table(rows=len(rows) + 1, cols=len(HEADS))
    for at, row in enumerate([HEADS, *rows]):
        for column, words in enumerate(row):
            table.cell(at, column).text = words
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def remarks(rows: Sequence[Sequence[str]]) -> list[Finding]:
    """What is said of the table, without what holds."""
    document = open_document(word_file(rows), "bang.docx")
    found = read_tables(document)
    findings = proof(document, take(found.cells, found.spans, load()).statements, load())
    return [f for f in findings if f.verdict not in (Verdict.HOLDS, Verdict.UNCHECKED)]


def measure(tables: int) -> tuple[int, int, dict[str, tuple[int, int]]]:
    """Cells, false remarks of clean tables, and by kind of error how many were sown and found."""
    cells = false = 0
    found: dict[str, list[int]] = {"hai chữ số đảo chỗ · digit swap": [0, 0], "thiếu một chữ số · dropped digit": [0, 0],
                                   "tổng sai · wrong sum": [0, 0]}  # fmt: skip
    for seed in range(1, tables + 1):
        told = values(seed)
        rows = [[name, *(write_number(value, 1) for value in row)] for name, row in zip(NAMES, told, strict=True)]
        cells += sum(len(row) for row in told)
        false += len(remarks(rows))
        world = random.Random(seed)
        for kind, sow in zip(found, (digit_swap, dropped_digit, _wrong_sum), strict=True):
            row = 0 if sow is _wrong_sum else world.randrange(len(rows))
            column = world.randrange(len(HEADS) - 1)
            sown = sow(Slot("cell", told[row][column], 1, "", "level"), world)
            if sown is None:
                continue
            changed = [list(one) for one in rows]
            changed[row][column + 1] = sown.words.strip()
            place = f"r{row + 2}/c{column + 2}"
            said = remarks(changed)
            found[kind][0] += 1
            found[kind][1] += any(operand.place.endswith(place) for f in said for operand in f.operands)
    return cells, false, {kind: (count[0], count[1]) for kind, count in found.items()}


def _wrong_sum(slot: Slot, world: random.Random) -> Sown:
    off = Fraction(world.randint(20, 100), 1000) * world.choice((1, -1))
    return Sown(write_number(slot.value * (1 + off), 1), abs(slot.value * off) * 10)
