"""The form as a workbook: what is written is read back; what is wrong is named with sheet and cell."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from sct.catalogue import load
from sct.collecting import book
from sct.collecting.duties import Duty, due_day, units
from sct.errors import UserError
from sct.vietnamese.periods import Period
from sct.vietnamese.write import write_number

C = load()


def duty(form="cluster_report", period="2026-S1"):
    declared, asked = C.form(form), Period.parse(period)
    unit = units(C, declared, asked, C.home)[0]
    return Duty(unit, declared, asked, *due_day(declared, asked, C.holidays))


VALUES = {
    "clusters.0.name": "=cmd|' /C calc'!A0",
    "clusters.0.state": "Đang hoạt động",
    "clusters.0.area": "20,25",
    "clusters.0.industrial": "14,5",
    "clusters.0.leased": "-",
    "clusters.29.name": "Dòng cuối",
    "obstacles": "Thiếu vốn\nthiếu đất",
}


def filled(read):
    return {path: text for path, text in read.values.items() if text}


def test_what_is_written_is_read_back():
    data = book.write(duty(), VALUES, {}, 7)
    read = book.read(duty(), data, "x.xlsx")
    assert filled(read) == VALUES
    assert (read.refused, read.base) == ((), 7)


def test_no_cell_of_a_workbook_is_a_formula_but_our_own_sums():
    data = book.write(duty(), VALUES, {}, 0)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        formulas = [
            line
            for name in archive.namelist()
            if name.startswith("xl/worksheets/sheet")
            for line in archive.read(name).decode().split("<f>")[1:]
        ]
    assert formulas
    assert all(line.startswith("SUM('Từng cụm công nghiệp'!") for line in formulas)


def test_the_period_before_stands_beside_and_choices_are_offered():
    data = book.write(duty("price_stabilisation", "2026-03"), {}, {"firms": "12"}, 0)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Biểu").to_python()
    line = next(row for row in rows if row[0].startswith("Đơn vị tham gia"))
    assert (line[2], line[3]) == ("", 12.0)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "ổn định,tăng nhẹ,tăng mạnh,giảm" in main
    assert "sheetProtection" in main


@settings(max_examples=20, deadline=None)
@given(st.dictionaries(st.sampled_from(["area", "industrial", "leased"]), st.integers(0, 10**9), min_size=1))
def test_a_number_keeps_its_digits_through_a_spreadsheet(numbers):
    from fractions import Fraction

    values = {
        f"clusters.3.{c}": write_number(Fraction(n, 100), 2).rstrip("0").rstrip(",")
        if n % 100
        else write_number(n // 100)
        for c, n in numbers.items()
    }
    assert filled(book.read(duty(), book.write(duty(), values, {}, 0), "x.xlsx")) == values


def edited(cells):
    """A workbook of the monthly report in which somebody typed into cells of the main sheet."""
    import xlsxwriter

    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    main, hidden = made.add_worksheet("Biểu"), made.add_worksheet("_sct")
    for name, value in cells.items():
        main.write(name, value)
    mine = duty("commune_trade_monthly", "2026-03")
    for row, text in enumerate((book.KIND, "commune_trade_monthly", "1", "2026-03", mine.unit.key, "0")):
        hidden.write_string(row, 0, text)
    made.close()
    return book.read(mine, stream.getvalue(), "bieu.xlsx")


def test_a_cell_that_cannot_be_read_is_named_with_sheet_and_cell():
    read = edited({"C8": "mười hai", "C9": 12.5, "C10": "-", "C11": -3})
    assert [(e.code, e.place.sheet, e.place.cell) for e in read.refused] == [
        ("bad-number", "Biểu", "C8"),
        ("negative", "Biểu", "C11"),
    ]
    assert filled(read) == {"food_lodging": "12,5", "travel": "-"}


def test_a_workbook_of_another_form_unit_or_period_is_refused():
    data = book.write(duty("commune_trade_monthly", "2026-03"), {}, {}, 0)
    for other in (duty("commune_trade_monthly", "2026-04"), duty("price_stabilisation", "2026-03"), duty()):
        with pytest.raises(UserError) as caught:
            book.read(other, data, "x.xlsx")
        assert caught.value.code == "not-this-form"


def far_cell():
    """A small workbook whose one cell stands in the last row and column there can be."""
    data = book.write(duty(), {}, {}, 0)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            body = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                body = body.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                )
            new.writestr(entry, body)
    return out.getvalue()


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 300_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-a-workbook"),
        (b"xin chao", "not-a-workbook"),
        (b"PK\x03\x04rubbish", "not-a-workbook"),
        (bomb(), "zip-bomb"),
        (far_cell(), "far-cell"),
    ],
)
def test_what_is_no_workbook_or_meant_to_harm_is_refused_before_it_is_read(data, code):
    with pytest.raises(UserError) as caught:
        book.read(duty(), data, "x.xlsx")
    assert caught.value.code == code
