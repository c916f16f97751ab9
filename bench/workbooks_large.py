"""A workbook of 100,100 data rows into the ledger: reading alone, reading and keeping, on SQLite and PostgreSQL.

The file is what an office that hands over its archive sends: four sheets (production, consumption, inventory, labour),
each with 91 monthly tables of 275 industries one below another, 1, 2 or 5 value columns.
"""

from __future__ import annotations

import io
import random

ROWS = ("Chỉ số sản xuất công nghiệp", "Chỉ số tiêu thụ", "Chỉ số tồn kho", "Chỉ số sử dụng lao động")
MONTHS = [(year, month) for year in range(2018, 2026) for month in range(1, 13)][:91]
COLUMNS = {
    1: ("yoy",),
    2: ("yoy", "ytd"),
    5: ("prev", "mom", "yoy", "ytd", "dec"),
}


def _head(column: str, year: int, month: int) -> str:
    before = f"{month - 1}/{year}" if month > 1 else f"12/{year - 1}"
    return {
        "prev": f"Tháng {before} so với cùng kỳ năm trước",
        "mom": f"Tháng {month}/{year} so với tháng trước",
        "yoy": f"Tháng {month}/{year} so với cùng kỳ năm trước",
        "ytd": f"Lũy kế {month} tháng năm {year} so với cùng kỳ năm trước",
        "dec": f"Tháng {month}/{year} so với tháng 12/{year - 1}",
    }[column]


def large(values: int, months: int = len(MONTHS)) -> bytes:
    """The workbook with so many value columns; the month before repeats what was said of it, as most do."""
    import xlsxwriter

    from sct.catalogue import load

    names = [one.name for one in load().breakdowns.members("industry")]
    stream, rng = io.BytesIO(), random.Random(7)
    book = xlsxwriter.Workbook(stream, {"constant_memory": False, "in_memory": True})
    for title in ROWS:
        sheet, row, last = book.add_worksheet(title[:31]), 0, [104.25] * len(names)
        for year, month in MONTHS[:months]:
            sheet.write(row, 0, f"{title} tháng {month} năm {year}")
            sheet.write(row + 1, 0, "Đơn vị tính: %")
            sheet.write_row(row + 2, 0, ["Ngành", *(_head(one, year, month) for one in COLUMNS[values])])
            row += 3
            for at, name in enumerate(names):
                now = round(rng.uniform(80, 130), 2)
                told = {"prev": last[at], "mom": round(rng.uniform(90, 110), 2), "yoy": now,
                        "ytd": round(rng.uniform(90, 120), 2), "dec": round(rng.uniform(80, 130), 2)}  # fmt: skip
                last[at] = now
                sheet.write(row, 0, name)
                sheet.write_row(row, 1, [told[one] for one in COLUMNS[values]])
                row += 1
    book.close()
    return stream.getvalue()
