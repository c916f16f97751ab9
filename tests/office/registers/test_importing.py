"""Files of entries: every bad cell named, the good rows in, undone without a trace, and an exported file taken in again."""

import io
from datetime import date

import pytest
import xlsxwriter
from django.utils import timezone

from sct.catalogue.registers import register
from sct.errors import UserError
from sct.office.registers import actions, exporting, importing, queries
from sct.office.registers.models import Event, Span
from sct.office.registers.questions import Question

TODAY = timezone.localdate()
HEAD = ["Tên", "Địa bàn", "Trạng thái", "Từ ngày", "Số điểm kinh doanh", "Nhà chợ", "Nguồn"]


def csv_of(rows, head=HEAD):
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in [head, *rows]).encode()


def xlsx_of(rows, head=HEAD, above=()):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for n, row in enumerate([*above, head, *rows]):
        for m, cell in enumerate(row):
            sheet.write_datetime(n, m, cell, day) if isinstance(cell, date) else sheet.write(n, m, cell)
    book.close()
    return stream.getvalue()


def read(person, data, code="markets", name="cho.xlsx"):
    return importing.read(person, register(code), data, name)


def listed(person, code="markets", **asked):
    return queries.lines(person, Question(register(code), TODAY, **asked), 1000)


GOOD = ["Chợ Hôm", "Quận Hai Bà Trưng", "Hoạt động", date(1990, 1, 1), 300, "Kiên cố", "https://vi-du.vn"]


def test_a_sheet_with_a_title_above_its_head_is_read(chuyen_vien):
    got = read(chuyen_vien, xlsx_of([GOOD], above=[["DANH SÁCH CHỢ"], []]))
    assert (len(got.new), got.faults) == (1, [])
    draft = got.new[0].draft
    assert draft.values == {"name": "Chợ Hôm", "area": "007@1900-01-01", "points": "300", "building": "solid"}
    assert (draft.state, draft.valid) == ("operating", date(1990, 1, 1))


def test_every_bad_cell_is_named_with_row_column_value_and_reason(chuyen_vien):
    rows = [
        GOOD,
        ["Chợ B", "Quận Không Có", "Hoạt động", "1/1/2000", 10, "Kiên cố", "x"],
        ["Chợ C", "Quận Ba Đình", "Mở toang", "31/2/2000", "mười", "gỗ", "x"],
        ["", "Quận Ba Đình", "Hoạt động", "1/1/2000", 10, "", "x"],
    ]
    got = read(chuyen_vien, xlsx_of(rows))
    told = {(fault.row, fault.column, fault.value) for fault in got.faults}
    assert told == {
        (3, "Địa bàn", "Quận Không Có"),
        (4, "Trạng thái", "Mở toang"),
        (4, "Từ ngày", "31/2/2000"),
        (4, "Số điểm kinh doanh", "mười"),
        (4, "Nhà chợ", "gỗ"),
        (5, "Tên", ""),
    }
    assert all(fault.reason for fault in got.faults)
    assert (len(got.new), got.bad_rows, got.total) == (1, 3, 4)


def test_ten_thousand_rows_with_three_hundred_bad_ones(chuyen_vien):
    """Small in the fast suite, the whole of it in the long one (below)."""
    _many(chuyen_vien, 400, 12)


@pytest.mark.long
def test_ten_thousand_rows_and_their_undoing(chuyen_vien):
    _many(chuyen_vien, 10_000, 300)


def _many(person, total, bad):
    step = total // bad
    broken = {n for n in range(0, total, step)}
    broken = set(sorted(broken)[:bad])
    rows = [
        [f"Chợ số {n}", "Huyện Ba Vì", "Hoạt động", "01/02/2010", "?" if n in broken else n, "Kiên cố", "x"]
        for n in range(total)
    ]
    got = read(person, csv_of(rows), name="cho.csv")
    assert {fault.row for fault in got.faults} == {n + 2 for n in broken}
    assert {(fault.column, fault.value) for fault in got.faults} == {("Số điểm kinh doanh", "?")}
    done = importing.commit(person, got)
    assert Span.objects.filter(open=True).count() == total - bad
    assert actions.withdraw(person, batch=done.batch, why="nạp nhầm tệp") == total - bad
    assert not Span.objects.exists()
    assert queries.found(person, ["markets"], "cho so") == []


def test_likely_duplicates_are_told_and_left_out_unless_wanted(make, chuyen_vien):
    make("markets", "Chợ Đồng Xuân", ("operating", "1990-01-01"), area="002@1900-01-01")
    rows = [
        ["cho dong xuan", "Quận Hoàn Kiếm", "Hoạt động", "1/1/1990", 1, "", "x"],
        ["Đồng Xuân", "Quận Ba Đình", "Hoạt động", "1/1/1990", 1, "", "x"],
        ["Chợ Hàng Bè", "Quận Hoàn Kiếm", "Hoạt động", "1/1/1990", 1, "", "x"],
        ["Hàng Bè", "", "Hoạt động", "1/1/1990", 1, "", "x"],
    ]
    got = read(chuyen_vien, csv_of(rows))
    assert {row: (like.name, like.row) for row, like in got.duplicates.items()} == {
        2: ("Chợ Đồng Xuân", 0),
        5: ("Chợ Hàng Bè", 4),
    }
    importing.commit(chuyen_vien, got)
    assert sorted(line.name for line in listed(chuyen_vien)) == ["Chợ Hàng Bè", "Chợ Đồng Xuân", "Đồng Xuân"]


@pytest.mark.parametrize(("lat", "same"), [("21,0400", True), ("21,2000", False)])
def test_distance_tells_things_of_one_name_apart(make, chuyen_vien, lat, same):
    make("markets", "Chợ Mới", ("operating", "1990-01-01"), area="002@1900-01-01", lat="21.04", lon="105.85")
    head = ["Tên", "Địa bàn", "Trạng thái", "Từ ngày", "Vĩ độ", "Kinh độ", "Nguồn"]
    got = read(chuyen_vien, csv_of([["Chợ Mới", "Quận Hoàn Kiếm", "Hoạt động", "1/1/1990", lat, "105,85", "x"]], head))
    assert bool(got.duplicates) is same


def exported(person, code="markets"):
    question = Question(register(code), TODAY)
    head = exporting.heads(person, question.register)
    rows = [[float(c) if hasattr(c, "numerator") else c for c in row] for row in exporting.rows(person, question)]
    return head, rows


def test_an_exported_file_taken_in_again_changes_nothing(make, chuyen_vien):
    make("markets", "Chợ Hôm", ("operating", "1990-01-01"), points="1250", building="solid", area="007@1900-01-01")
    make("markets", "Chợ Bé", ("operating", "2001-05-06"), area_m2="1.125", lat="21.04", lon="105.85")
    head, rows = exported(chuyen_vien)
    got = read(chuyen_vien, xlsx_of(rows, head))
    assert (got.unchanged, got.new, got.changed, got.faults) == (2, [], [], [])


def test_a_mended_export_changes_only_what_was_mended(make, chuyen_vien):
    number = make("markets", "Chợ Hôm", ("operating", "1990-01-01"), points="1250", building="solid")
    head, rows = exported(chuyen_vien)
    rows[0][head.index("Số điểm kinh doanh (điểm bán)")] = 900
    got = read(chuyen_vien, xlsx_of(rows, head))
    assert [(row.entry, dict(row.draft.values)) for row in got.changed] == [(number, {"points": "900"})]
    importing.commit(chuyen_vien, got)
    assert listed(chuyen_vien)[0].values["points"] == "900"
    assert Event.objects.filter(entry=number).count() == 2


def test_an_export_is_a_whole_register_for_an_empty_system(make, chuyen_vien):
    make("industrial_clusters", "Cầu Bầu", ("established", "2019-07-19"), total_area="5.29", kind="craft")
    head, rows = exported(chuyen_vien, "industrial_clusters")
    for row in rows:
        row[0] = ""
    actions.withdraw(chuyen_vien, list(Event.objects.values_list("pk", flat=True)), why="dọn")
    importing.commit(chuyen_vien, read(chuyen_vien, xlsx_of(rows, head), "industrial_clusters"))
    line = listed(chuyen_vien, "industrial_clusters")[0]
    assert (line.name, line.state, line.since) == ("Cầu Bầu", "established", date(2019, 7, 19))
    assert (line.values["total_area"], line.values["kind"]) == ("5.29", "craft")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"PK\x03\x04" + b"x" * 100, "damaged-file"),
        (b"\xff\xfe\x00", "wrong-encoding"),
        (b"a,b,c\n1,2,3", "no-header"),
        ("Tên,Địa bàn\n".encode(), "empty-file"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(chuyen_vien, data, code):
    with pytest.raises(UserError) as refused:
        read(chuyen_vien, data)
    assert refused.value.code == code


def test_a_zip_that_unpacks_without_end_is_not_opened(chuyen_vien):
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"0" * (30 * 2**20))
    with pytest.raises(UserError) as refused:
        read(chuyen_vien, stream.getvalue())
    assert refused.value.code == "zip-bomb"


def test_a_number_of_somebody_elses_entry_is_not_known(make, chuyen_vien, nguoi_ngoai):
    number = make("markets", "Chợ Hôm", ("operating", "1990-01-01"))
    got = read(nguoi_ngoai, csv_of([[number, "Chợ Tôi", "Hoạt động"]], ["Mã hồ sơ", "Tên", "Trạng thái"]))
    assert [(fault.column, fault.value) for fault in got.faults] == [("Mã hồ sơ", str(number))]


def test_areas_are_those_of_the_rows_day(chuyen_vien):
    rows = [
        ["Chợ X", "Ba Vì", "Hoạt động", "1/1/2020", 1, "", "x"],
        ["Chợ Y", "Ba Vì", "Hoạt động", "1/1/2026", 1, "", "x"],
        ["Chợ Z", "Xã Liên Hà, Đông Anh", "Hoạt động", "1/1/2020", 1, "", "x"],
    ]
    got = read(chuyen_vien, csv_of(rows))
    areas = [row.draft.values["area"] for row in got.new]
    assert areas[0] == "271@1900-01-01"
    assert areas[1].endswith("@2025-07-01")
    assert areas[2].endswith("@1900-01-01") and got.faults == []
