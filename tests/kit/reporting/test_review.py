"""The annual review: sentences and tables out of figures, every number bound to its source."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.catalogue.model import PartialDate, Stage, Transformation
from sct.reporting.blocks import Heading, Number, Paragraph, Table
from sct.reporting.targets import EXCEEDED, MISSED, NO_FIGURE, PARTIAL, REACHED
from tests.kit.reporting.world import YOY, figure, review, year_2024


def said(report):
    return " ".join(block.text for block in report.blocks if isinstance(block, Paragraph))


def tables(report):
    blocks = [*report.blocks, *(block for annex in report.annexes for block in annex.blocks)]
    return [block for block in blocks if isinstance(block, Table)]


def text(cell):
    return "".join(run if isinstance(run, str) else run.text for run in cell)


def judged(figures):
    """The judgements of the table of results."""
    found = [table for table in tables(review(figures)) if table.head[-1] == "Đánh giá"]
    return [text(row[-1]) for table in found for row in table.rows]


def target(printed, code="exports", **changes):
    return figure(code, "2024", printed, stage=Stage.PLAN, number=100, **changes)


def test_a_sentence_tells_the_growth_and_how_far_it_is_from_the_year_before():
    assert "năm 2024 tăng 6,52% so với năm trước, cao hơn 0,25 điểm phần trăm so với mức tăng của năm 2023" in said(
        review()
    )


def test_the_part_in_brackets_falls_away_with_its_figure():
    without = [f for f in year_2024() if f.period.code != "2023"]
    assert "năm 2024 tăng 6,52% so với năm trước." in said(review(without))


def test_a_section_without_figures_is_named_as_unfilled_and_invents_nothing():
    empty = review([])
    assert not empty.numbers
    assert "I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU" in empty.unfilled
    assert not [table for table in tables(empty) if table.rows]


def test_every_number_stands_in_the_annex_of_sources_with_its_address():
    report = review()
    rows = {row.row: row for row in report.sources}
    assert report.numbers
    for number in report.numbers:
        row = rows[number.row]
        assert row.url == "https://congthuong.hanoi.gov.vn/tong-ket" or number.formula or not number.figures
    assert sorted(rows) == list(range(1, len(rows) + 1))


def test_the_same_figures_give_the_same_report_in_any_order():
    assert review() == review(year_2024()[::-1])


def test_a_later_publication_is_told_and_the_earlier_one_named_beside_it():
    later = figure("grdp", "2024", "6,6", how=YOY, number=50)
    report = review([*year_2024(), replace(later, published=PartialDate("2025-03-01"))])
    assert "năm 2024 tăng 6,6% so với năm trước" in said(report)
    earlier = [row.earlier for row in report.sources if row.number == "tăng 6,6%"]
    assert earlier
    assert any("6,52" in words for row in earlier for words in row)


def test_what_was_not_yet_published_on_a_day_is_not_told():
    assert not review(as_of=date(2025, 1, 8)).numbers


# -- targets ------------------------------------------------------------------------------------------------------


def test_a_growth_told_for_ten_months_does_not_reach_the_year():
    assert judged([target("5", how=YOY), figure("exports", "2024-M01-M10", "12,3", how=YOY)]) == [PARTIAL]


def test_an_amount_reached_in_ten_months_is_reached_for_the_year():
    ten = figure("exports", "2024-M01-M10", "15,5", unit="ty_usd")
    assert judged([target("15", unit="ty_usd"), ten]) == [EXCEEDED]
    assert judged([target("18", unit="ty_usd"), ten]) == [PARTIAL]


def test_a_target_without_figures_is_not_called_missed():
    assert judged([target("5", how=YOY)]) == [NO_FIGURE]


@given(st.integers(-200, 400), st.integers(0, 300))
def test_a_year_is_judged_by_its_figures_alone(result, asked):
    told = judged([target(_tenths(asked), how=YOY), figure("exports", "2024", _tenths(result), how=YOY)])
    assert told == [EXCEEDED if result > asked else MISSED if result < asked else REACHED]


def _tenths(number):
    return f"{number / 10:.1f}"


# -- tables -------------------------------------------------------------------------------------------------------


def test_two_names_of_the_same_months_are_one_column():
    figures = [
        figure("iip", "2024-Q1", "3,6", how=YOY, number=1),
        figure("iip", "2024-M01-M03", "3,6", how=YOY, number=2),
        figure("iip", "2024-M01-M07", "5,2", how=YOY, number=3),
    ]
    heads = [table.head for table in tables(review(figures)) if "lũy kế" in table.title]
    assert heads == [("Chỉ tiêu", "Quý I/2024", "7 tháng 2024")]


def test_tables_are_numbered_in_reading_order_and_their_rows_are_whole():
    found = tables(review())
    assert [table.title.split(".")[0] for table in found] == [f"Bảng {n}" for n in range(1, len(found) + 1)]
    for table in found:
        assert {len(row) for row in table.rows} == {len(table.head)} == {len(table.align)} == {len(table.widths)}


def test_a_heading_stands_only_where_something_stands_under_it():
    blocks = review().blocks
    for one, after in zip(blocks, [*blocks[1:], None], strict=True):
        if isinstance(one, Heading) and one.level == 3:
            assert not isinstance(after, Heading)


@pytest.mark.parametrize("how", [Transformation.LEVEL, YOY])
def test_a_number_is_printed_with_the_digits_it_was_published_with(how):
    unit = "" if how is YOY else "nghin_ty_dong"
    report = review([figure("retail_services_total", "2024", "853,30", how=how, unit=unit, number=1)])
    told = {number.text for number in report.numbers if isinstance(number, Number)}
    assert any("853,30" in words for words in told), told
