"""What words of headers, cells and labels mean: one case a sentence of the layout notes."""

from fractions import Fraction

import pytest

from sct.reading.workbooks import read_workbook
from sct.reading.workbooks.headers import read_header
from sct.reading.workbooks.meaning import Reporting, resolve
from sct.reading.workbooks.tasks import deadlines_of
from sct.reading.workbooks.units import unit_code
from sct.reading.workbooks.values import read_amounts, read_cell
from sct.reading.workbooks.words import load_words
from tests.kit.reading.workbooks.making import xlsx

WORDS = load_words()

# header → meaning, period; the report is of June 2026
HEADERS = {
    "Thực hiện tháng trước": ("level_prev_month", "2026-05"),
    "Thực hiện \ntháng 5 \nnăm 2026": ("level_prev_month", "2026-05"),
    "TH tháng 05/2026": ("level_prev_month", "2026-05"),
    "Ước tính tháng báo cáo": ("level_month_estimate", "2026-06"),
    "Dự tính tháng 6/2026": ("level_month_estimate", "2026-06"),
    "Ước TH tháng 6": ("level_month_estimate", "2026-06"),
    "Uoc tinh thang 6 nam 2026": ("level_month_estimate", "2026-06"),
    "Cộng dồn từ đầu năm đến cuối tháng 06/2026": ("level_ytd", "2026-M01-M06"),
    "Luỹ kế  6 tháng": ("level_ytd", "2026-M01-M06"),
    "6 tháng đầu năm 2026": ("level_ytd", "2026-M01-M06"),
    "Thực hiện cùng kỳ năm 2025": ("level_month_last_year", "2025-06"),
    "Lũy kế cùng kỳ năm trước": ("level_ytd_last_year", "2025-M01-M06"),
    "Kế hoạch năm 2026": ("plan", "2026"),
    "Thực hiện quý I năm 2026": ("level_quarter", "2026-Q1"),
    "Ước tính \nquý II \nnăm 2026": ("level_quarter_estimate", "2026-Q2"),
    "Tháng 5/2026 so với cùng kỳ": ("prev_month_yoy", "2026-05"),
    "Tháng 6/2026 so tháng trước": ("mom", "2026-06"),
    "Tháng 6/2026 so với tháng 5/2026 (%)": ("mom", "2026-06"),
    "Tháng 6/2026 so với tháng 6/2025 (%)": ("yoy", "2026-06"),
    "Tháng 6/2026 so với tháng 12/2025 (%)": ("since_december", "2026-06"),
    "6 tháng đầu năm 2026 so với cùng kỳ": ("ytd_yoy", "2026-M01-M06"),
    "Lũy kế cuối tháng 6/2026 so với cùng kỳ": ("ytd_yoy", "2026-M01-M06"),
    "So với cùng kỳ (%)\nTháng báo cáo": ("yoy", "2026-06"),
    "Quý II/2026 so với cùng kỳ năm trước (%)": ("yoy", "2026-Q2"),
    "Tháng 6\nnăm báo cáo\nso với\ncùng kỳ\nnăm trước": ("yoy", "2026-06"),
    "So với kế hoạch năm (%)": ("plan_completion", "2026-M01-M06"),
}


@pytest.mark.parametrize("words", HEADERS)
def test_a_header_says_what_its_column_is(words):
    (column,) = resolve([(1, read_header(words, WORDS))], Reporting(2026, 6))
    meaning, period = HEADERS[words]
    assert (column.meaning or column.ratio, [p.code for p in column.periods]) == (meaning, [period])


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("STT", "order"),
        ("Đơn \nvị tính", "unit"),
        ("ĐVT", "unit"),
        ("Mã số", "code"),
        ("Ghi chú", "note"),
        ("Chỉ tiêu", "label"),
    ],
)
def test_a_header_without_figures_says_its_part(words, role):
    assert read_header(words, WORDS).role == role


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tấn", "tan"), ("1000 lít", "nghin_lit"), ("1.000 lít", "nghin_lit"), ("Nghìn lít", "nghin_lit"), ("1000m2", "nghin_m2"),
        ("Triệu KWh", "trieu_kwh"), ("Triệu đồng", "trieu_dong"), ("tr.đồng", "trieu_dong"), ("Tỷ đồng", "ty_dong"),
        ("triệu USD", "trieu_usd"), ("%", "pct"), ("1000 đôi", "nghin_doi_giay"), ("Triệuphú", ""), ("Sản xuất đồ uống", ""),
    ],
)  # fmt: skip
def test_units_are_read_as_sheets_write_them(text, code):
    assert unit_code(text, WORDS) == code


@pytest.mark.parametrize(
    ("cell", "value", "printed"),
    [
        (118.23, Fraction("118.23"), "118.23"), (0.0, 0, "0"), ("", None, ""), ("-", None, "-"), ("…", None, "…"), (0, 0, "0"),
        (18350223.456230618, Fraction("18350223.456230618"), "18350223.456230618"), ("1.234,5", Fraction("1234.5"), "1.234,5"),
        ("(12,5)", Fraction("-12.5"), "(12,5)"), (1e-07, Fraction("0.0000001"), "0.0000001"),
    ],
)  # fmt: skip
def test_blank_dash_and_zero_are_told_apart_and_numbers_stay_exact(cell, value, printed):
    reading = read_cell(cell, WORDS)
    assert (reading.value, reading.printed) == (value, printed)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8.290 tỷ đồng (↓3,32%)", [("level", Fraction(8290), "tỷ đồng"), ("growth_yoy", Fraction("-3.32"), "%")]),
        ("829,86 triệu USD (↑27%)", [("level", Fraction("829.86"), "triệu USD"), ("growth_yoy", Fraction(27), "%")]),
        ("↑ 6,01%", [("growth_yoy", Fraction("6.01"), "%")]),
        ("á 2,2%", [("growth_yoy", Fraction("2.2"), "%")]),
        ("â 2,2%", [("growth_yoy", Fraction("-2.2"), "%")]),
        ("56..537,447 tỷ đồng", [("level", Fraction("56537.447"), "tỷ đồng")]),
    ],
)
def test_amounts_in_words_are_read_by_the_language_kit(text, found):
    assert [(r.measure, r.value, r.unit) for r in read_amounts(text, WORDS)] == found


def test_an_impossible_number_is_flagged():
    (reading,) = read_amounts("56..537,447 tỷ đồng", WORDS)
    assert reading.flags == ("odd-spelling",)


@pytest.mark.parametrize(
    ("text", "deadlines"),
    [
        ("Lập kế hoạch (hoàn thành trong tháng 02/2026)", ("2026-02",)),
        ("Đề án A (hoàn thành trình trong tháng 11/2026)", ("2026-11",)),
        ("Kế hoạch B (hoàn thành trong Quý I/2026)", ("2026-Q1",)),
        ("Tổng kết (hoàn thành trước ngày 15/03/2026)", ("2026-03-15",)),
        ("Tổng kết (hoàn thành trước 15/02/2026)", ("2026-02-15",)),
        ("C (Thời gian ban hành kế hoạch trước ngày 15/01/2026; hoàn thành trước ngày 15/12/2026)", ("2026-01-15", "2026-12-15")),
        ("D (thực hiện thường xuyên trong năm)", ("recurring",)),
        ("Đề án kinh tế biên giới đến năm 2035", ()),
    ],
)  # fmt: skip
def test_deadlines_are_read_in_their_spellings(text, deadlines):
    assert deadlines_of(text, WORDS, 2026) == deadlines


def sheet(*rows):
    width = max(map(len, rows))
    return [("S", [[*row, *[""] * (width - len(row))] for row in rows], [])]


def test_the_changed_column_of_january_is_proved_by_its_rows():
    rows = [
        (
            f"Sản phẩm {n}",
            "Tấn",
            100.0 + n,
            130.0 + 3 * n,
            130.0 + 3 * n,
            round(100 * (130.0 + 3 * n) / (100.0 + n), 5),
            150.0,
        )
        for n in range(6)
    ]
    book = read_workbook(
        xlsx(
            sheet(
                ("Sản phẩm chủ yếu tháng 01 năm 2026",),
                ("Tên sản phẩm", "ĐVT", "Thực hiện tháng 12/2025", "Ước tính tháng 01/2026", "Cộng dồn 01 tháng năm 2026",
                 "Tháng 01 so với cùng kỳ (%)", "01 tháng so với cùng kỳ (%)"),
                *rows,
            )
        ),
        "x.xlsx",
    )  # fmt: skip
    changed = {c.column_meaning for c in book.cells if c.column == 6}
    assert changed == {"index_mom"}
    assert all("column-meaning-changed" in c.flags for c in book.cells if c.column == 6)


def test_two_columns_of_one_period_are_told_apart_by_their_words():
    book = read_workbook(
        xlsx(
            sheet(
                ("7. Sản lượng một số sản phẩm công nghiệp chủ yếu tháng 9 và 9 tháng năm 2025",),
                (
                    "Tên sản phẩm",
                    "ĐVT",
                    "Thực hiện tháng 8 năm 2025",
                    "Ước tính 9 tháng năm 2025",
                    "Cộng dồn 9 tháng năm 2025",
                ),
                ("Xi măng", "Tấn", 10, 11, 95),
                ("Đường RE", "Tấn", 10, 11, 95),
            )
        ),
        "x.xlsx",
    )
    assert [c.column_meaning for c in book.cells][:3] == ["level_prev_month", "level_month_estimate", "level_ytd"]


@pytest.mark.parametrize(
    ("values", "meaning", "unit"),
    [
        ((118.23, 96.1, 105.0), "index_yoy", "%"),
        ((18.23, -3.9, 5.0), "growth_yoy", "%"),
        ((1.1823, 0.961, 1.05), "index_yoy", "fraction"),
    ],
)
def test_index_growth_and_fraction_are_told_apart(values, meaning, unit):
    labels = ("Tổng số", "Bán lẻ hàng hóa", "Dịch vụ khác")
    book = read_workbook(
        xlsx(
            sheet(
                ("Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tháng 5 năm 2026",),
                ("Đơn vị tính: tỷ đồng",),
                ("Chỉ tiêu", "Ước tính tháng 5/2026", "Tháng 5 so với cùng kỳ"),
                *[(label, 10 + n, values[n]) for n, label in enumerate(labels)],
            )
        ),
        "x.xlsx",
    )
    assert [(c.column_meaning, c.unit) for c in book.cells if c.column == 3] == [(meaning, unit)] * 3


def test_two_tables_of_one_sheet_are_both_read():
    book = read_workbook(
        xlsx(
            sheet(
                ("Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tháng 5 năm 2026",),
                ("Đơn vị tính: tỷ đồng",),
                ("Chỉ tiêu", "Thực hiện tháng 4/2026", "Ước tính tháng 5/2026"),
                ("Tổng số", 10.5, 11),
                ("Dịch vụ khác", 1.5, 2),
                ("",),
                ("Chỉ số sản xuất công nghiệp tháng 5 năm 2026",),
                ("Ngành", "Tháng 5/2026 so với tháng trước", "Tháng 5/2026 so với cùng kỳ"),
                ("TOÀN NGÀNH", 101.5, 110.25),
                ("Khai khoáng", 99.5, 88),
            )
        ),
        "x.xlsx",
    )
    assert [t.code for t in book.tables] == ["retail_total", "iip"]
    assert {c.unit for c in book.cells if c.row < 6} == {"tỷ đồng"}
    assert {c.unit for c in book.cells if c.row > 6} == {"%"}


def test_the_province_is_the_one_the_title_names():
    from sct.catalogue import load

    book = read_workbook(
        xlsx(
            sheet(
                ("Chỉ số sản xuất công nghiệp tỉnh Bắc Ninh tháng 5 năm 2026",),
                ("Ngành", "Tháng 5/2026 so với tháng trước", "Tháng 5/2026 so với cùng kỳ"),
                ("TOÀN NGÀNH", 101.5, 110.25),
                ("Dệt", 99.5, 88),
            )
        ),
        "x.xlsx",
    )
    assert {load().areas[c.area].short_name for c in book.cells} == {"Bắc Ninh"}
    assert [q.kind for q in book.questions] == []


def test_a_quarterly_sheet_is_read_as_quarters():
    book = read_workbook(
        xlsx(
            sheet(
                ("6. Chỉ số sản xuất công nghiệp các quý năm 2025",),
                ("", "Thực hiện quý I năm 2025", "Thực hiện quý II năm 2025", "Ước tính quý III năm 2025"),
                ("So với cùng kỳ năm trước",),
                ("TOÀN NGÀNH", 110.1, 111.2, 112.3),
                ("Khai khoáng", 90.1, 91.2, 92.3),
            )
        ),
        "x.xlsx",
    )
    assert [(c.column_meaning, c.period) for c in book.cells][:3] == [
        ("index_yoy", "2025-Q1"), ("index_yoy", "2025-Q2"), ("index_yoy", "2025-Q3"),
    ]  # fmt: skip
