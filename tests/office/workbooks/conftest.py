"""Workbooks of our own making, as a statistics office sends them: April, then May which restates April."""

import pytest

from tests.kit.reading.workbooks.making import xls, xlsx


def retail(month, values, *, extra=()):
    """A sheet of total retail; `values` are (label, month before, this month, to date, index, index to date)."""
    rows = [
        [f"Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tháng {month} năm 2026", "", "", "", "", ""],
        ["", "", "", "", "Đơn vị tính: Triệu đồng", ""],
        ["Chỉ tiêu", f"Thực hiện tháng {month - 1}/2026", f"Ước tính tháng {month}/2026", f"Cộng dồn {month} tháng năm 2026",
         f"Tháng {month} so với cùng kỳ (%)", f"{month} tháng so với cùng kỳ (%)"],
        *[list(row) for row in values],
        *[list(row) for row in extra],
        ["Ghi chú: số ước tính.", "", "", "", "", ""],
    ]  # fmt: skip
    return ("Tổng mức", rows, [])


APRIL = [("Tổng số", 900.5, 1000.25, 3800.75, 110.5, 109.25), ("Bán lẻ hàng hóa", 700, 800, 3000, 111, 109)]
MAY = [("Tổng số", 1004.25, 1100, 4904.75, 111.5, 109.75), ("Bán lẻ hàng hóa", 800, 850, 3850, 112, 110)]
UNKNOWN = [("Hệ số lạ kỳ", 1.006, 2.5, "", "", "")]


@pytest.fixture
def april_bytes():
    return xls([retail(4, APRIL)])


@pytest.fixture
def may_bytes():
    return xlsx([retail(5, MAY, extra=UNKNOWN)])


@pytest.fixture
def april(chuyen_vien, hanoi, april_bytes):
    from sct.office.workbooks.actions import upload

    return upload(chuyen_vien, "4. TMDV T4.1999.xls", april_bytes, hanoi)[0]


@pytest.fixture
def may(chuyen_vien, hanoi, may_bytes):
    from sct.office.workbooks.actions import upload

    return upload(chuyen_vien, "5. TMDV.xlsx", may_bytes, hanoi)[0]
