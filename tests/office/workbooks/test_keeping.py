"""A workbook is previewed, kept whole or in part, and undone whole; every figure knows its cell."""

from fractions import Fraction

import pytest

from sct.catalogue.model import Transformation
from sct.errors import UserError
from sct.office.ledger import queries as ledger
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.workbooks import actions, queries
from sct.office.workbooks.models import Keeping, StoredWorkbook
from sct.office.workbooks.preview import Effect, preview
from sct.vietnamese.periods import Period

pytestmark = pytest.mark.django_db


def current(person, indicator, period, transformation=Transformation.LEVEL):
    found = ledger.current(person, indicators=[indicator])
    return next(f for f in found if f.period == Period.parse(period) and f.transformation is transformation)


def test_nothing_is_kept_before_somebody_says_so(chuyen_vien, april):
    view = preview(chuyen_vien, april)
    assert view.counts[Effect.NEW] == 10
    assert ledger.current(chuyen_vien) == []


def test_every_figure_keeps_its_file_sheet_and_cell(chuyen_vien, april):
    actions.keep(chuyen_vien, april)
    figure = current(chuyen_vien, "retail_services_total", "2026-04")
    assert figure.quantity.value == Fraction("1000.25") * 10**6
    assert (figure.origin.file, figure.origin.place) == ("4. TMDV T4.1999.xls", "Tổng mức!C4")
    assert queries.place_of(chuyen_vien, figure.origin.document, figure.origin.place) == (april, "Tổng mức", "C4")


def test_an_index_is_kept_as_growth_exactly(chuyen_vien, april):
    actions.keep(chuyen_vien, april)
    growth = current(chuyen_vien, "retail_services_total", "2026-M01-M04", Transformation.YOY)
    assert (growth.quantity.number, growth.quantity.decimals) == (Fraction("9.25"), 2)


def test_the_period_is_never_that_of_the_file_name(chuyen_vien, april):
    actions.keep(chuyen_vien, april)
    assert {f.period.year for f in ledger.current(chuyen_vien)} == {2026}


def test_the_next_month_shows_what_it_restates_and_by_how_much(chuyen_vien, april, may):
    actions.keep(chuyen_vien, april)
    view = preview(chuyen_vien, may)
    restated = {(line.cell.row_label, line.cell.column_meaning): line for line in view.restated}
    line = restated["Tổng số", "level_prev_month"]
    assert (line.change, round(float(line.relative), 4)) == (4 * 10**6, 0.3999)
    assert ("Bán lẻ hàng hóa", "level_prev_month") not in restated, "800 repeats 800"
    assert view.counts[Effect.SAME] == 1


def test_both_vintages_stay_and_the_later_one_is_current(chuyen_vien, april, may):
    actions.keep(chuyen_vien, april)
    done = actions.keep(chuyen_vien, may)
    assert done.restated == 1
    figure = current(chuyen_vien, "retail_services_total", "2026-04")
    assert figure.quantity.value == Fraction("1004.25") * 10**6
    assert len(ledger.vintages(chuyen_vien, *figure.cell)) == 2


def test_a_stray_row_is_shown_and_not_kept(chuyen_vien, may):
    view = preview(chuyen_vien, may)
    assert [line.cell.set_aside for line in view.lines if line.cell.row_label == "Hệ số lạ kỳ"][:2] == [
        "unknown-row"
    ] * 2
    actions.keep(chuyen_vien, may)
    assert len(ledger.current(chuyen_vien)) == 10


def test_chosen_rows_alone_are_kept(chuyen_vien, april):
    done = actions.keep(chuyen_vien, april, rows=["Tổng mức!5"])
    assert done.figures == 5
    assert {f.series.indicator for f in ledger.current(chuyen_vien)} == {"retail_goods"}


def test_keeping_twice_keeps_nothing_the_second_time(chuyen_vien, april):
    actions.keep(chuyen_vien, april)
    with pytest.raises(UserError, match="Không có"):
        actions.keep(chuyen_vien, april)
    assert Keeping.objects.count() == 1


def test_a_whole_import_is_undone_and_can_be_kept_again(chuyen_vien, april):
    done = actions.keep(chuyen_vien, april)
    assert actions.undo(chuyen_vien, done.pk, "gửi nhầm") == 10
    assert ledger.current(chuyen_vien) == []
    assert queries.keepings(april)[0].undone
    assert actions.keep(chuyen_vien, april).figures == 10


def test_an_error_in_the_middle_leaves_nothing(chuyen_vien, april, monkeypatch):
    def broken(*_arguments, **_options):
        raise RuntimeError("power cut")

    monkeypatch.setattr("sct.office.workbooks.actions.audit.record", broken)
    with pytest.raises(RuntimeError):
        actions.keep(chuyen_vien, april)
    assert ledger.current(chuyen_vien) == []


def test_the_same_bytes_come_in_once(chuyen_vien, hanoi, april, april_bytes):
    row, already = actions.upload(chuyen_vien, "other name.xls", april_bytes, hanoi)
    assert (row, already) == (april, True)
    assert StoredWorkbook.objects.count() == 1


def test_a_file_that_is_no_workbook_changes_nothing(chuyen_vien, hanoi):
    with pytest.raises(UserError) as refused:
        actions.upload(chuyen_vien, "5. TMDV.xlsx", b"Th\xc3\xa1ng,1\n2,3\n", hanoi)
    assert refused.value.code == "not-a-workbook"
    assert StoredWorkbook.objects.count() == 0


def test_an_answer_is_remembered_for_the_next_month(chuyen_vien, may):
    from sct.office.workbooks import reading

    question = next(q for q in reading.read(may).questions if q.kind == "row")
    actions.answer(chuyen_vien, may, question, {"series": "other_services_revenue"})
    book = reading.read(may)
    assert [q for q in book.questions if q.kind == "row"] == []
    assert {c.indicator for c in book.cells if c.row_label == "Hệ số lạ kỳ"} == {"other_services_revenue"}
    rows = queries.answers(chuyen_vien, may.area)
    assert [row["phrases"] for row in rows] == [["Hệ số lạ kỳ"]]
    actions.take_back(chuyen_vien, may.area, "row:" + rows[0]["code"])
    assert [q.kind for q in reading.read(may).questions] == ["row"]


def test_an_answer_is_a_declaration_that_passes_the_schema(chuyen_vien, may):
    from jsonschema import validate

    from sct import declared
    from sct.office.workbooks import reading

    question = next(q for q in reading.read(may).questions if q.kind == "row")
    made = actions.answer(chuyen_vien, may, question, {"series": "retail_goods[retail_group:food]"})
    validate(made.row, declared.schema("workbooks"))


def test_a_row_said_to_hold_no_figures_is_not_asked_about_again(chuyen_vien, may):
    from sct.office.workbooks import reading

    question = next(q for q in reading.read(may).questions if q.kind == "row")
    actions.answer(chuyen_vien, may, question, {"bo": "1"})
    book = reading.read(may)
    assert [q for q in book.questions if q.kind == "row"] == []
    assert {c.set_aside for c in book.cells if c.row_label == "Hệ số lạ kỳ"} == {"ignored"}


def test_a_bad_answer_is_refused(chuyen_vien, may):
    from sct.office.workbooks import reading

    question = next(q for q in reading.read(may).questions if q.kind == "row")
    with pytest.raises(UserError):
        actions.answer(chuyen_vien, may, question, {"series": "no_such_indicator"})


def test_the_head_may_look_and_not_keep(lanh_dao, april):
    assert preview(lanh_dao, april).counts[Effect.NEW] == 10
    with pytest.raises(NotAllowedError):
        actions.keep(lanh_dao, april)


def test_another_province_sees_nothing(nguoi_ngoai, april):
    with pytest.raises(NotVisibleError):
        queries.workbook(nguoi_ngoai, april.pk)
    with pytest.raises(NotVisibleError):
        actions.keep(nguoi_ngoai, april)


def test_keeping_stands_in_the_log_that_still_holds(chuyen_vien, april):
    from sct.office.people.audit import verify

    done = actions.keep(chuyen_vien, april)
    actions.undo(chuyen_vien, done.pk, "gửi nhầm")
    assert verify().holds


def test_a_preview_takes_few_queries(chuyen_vien, april, django_assert_max_num_queries):
    actions.keep(chuyen_vien, april)
    with django_assert_max_num_queries(6):
        preview(chuyen_vien, april)


PRODUCTS = (
    "Sản phẩm",
    [
        ["Sản phẩm chủ yếu ngành công nghiệp tháng 5 năm 2026", "", "", ""],
        ["Tên sản phẩm", "ĐVT", "Thực hiện tháng 4/2026", "Ước tính tháng 5/2026"],
        ["Xi măng", "Tấn", 10, 11],
        ["Sản phẩm lạ thứ nhất", "Tấn", 20, 21],
        ["Vật phẩm chưa gặp", "Tấn", 30, 31],
    ],
    [],
)


def test_two_unknown_products_are_each_asked_and_neither_is_kept_as_the_total(chuyen_vien, hanoi):
    from sct.office.workbooks import reading
    from tests.kit.reading.workbooks.making import xlsx

    book, _already = actions.upload(chuyen_vien, "sp.xlsx", xlsx([PRODUCTS]), hanoi)
    questions = [q for q in reading.read(book).questions if q.kind == "row"]
    assert [q.words for q in questions] == ["Sản phẩm lạ thứ nhất", "Vật phẩm chưa gặp"]
    assert actions.keep(chuyen_vien, book).figures == 2, "cement alone"
    actions.answer(chuyen_vien, book, questions[0], {"series": "main_products_output[product:sugar_rs]"})
    actions.answer(chuyen_vien, book, questions[1], {"bo": "1"})
    assert [q for q in reading.read(book).questions if q.kind == "row"] == []
    assert actions.keep(chuyen_vien, book).figures == 2
    assert {f.series.breakdown for f in ledger.current(chuyen_vien)} == {"product:cement", "product:sugar_rs"}


def test_answers_of_a_file_are_kept_for_the_area_once(chuyen_vien, hanoi, may):
    from sct.office.people.audit import verify
    from sct.office.workbooks import reading

    row = {"kind": "row", "code": "retail_total.la", "table": "retail_total", "phrases": ["Hệ số lạ kỳ"],
           "indicator": "other_services_revenue"}  # fmt: skip
    assert actions.declare(chuyen_vien, hanoi, [row], "tra-loi.yaml") == 1
    assert actions.declare(chuyen_vien, hanoi, [row], "tra-loi.yaml") == 0
    assert [q for q in reading.read(may).questions if q.kind == "row"] == []
    with pytest.raises(UserError, match="khai báo"):
        actions.declare(chuyen_vien, hanoi, [{"kind": "row"}], "tra-loi.yaml")
    assert verify().holds
