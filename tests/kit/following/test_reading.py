"""Deadlines as people write them; conclusions cut into matters with the words they come from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.errors import UserError
from sct.following.cutting import cut
from sct.following.deadlines import deadline_of, read_deadline, split_task
from sct.following.rhythm import Rhythm


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("(hoàn thành trong tháng 02/2026)", date(2026, 2, 28)),
        ("(hoàn thành trình trong tháng 11/2026)", date(2026, 11, 30)),
        ("(hoàn thành trong Quý I/2026)", date(2026, 3, 31)),
        ("(hoàn thành trong quý 4 năm 2026)", date(2026, 12, 31)),
        ("(hoàn thành trước ngày 15/03/2026)", date(2026, 3, 15)),
        ("(hoàn thành trước 15/02/2026)", date(2026, 2, 15)),
        ("thời gian ban hành trước ngày 15/01/2026", date(2026, 1, 15)),
        ("báo cáo ngày 5 tháng 9 năm 2026", date(2026, 9, 5)),
        ("chậm nhất 20-12-2026", date(2026, 12, 20)),
        ("trong tháng 2 năm 2028", date(2028, 2, 29)),
        ("xong trước tháng 6/2026", date(2026, 5, 31)),
        ("trong 6 tháng đầu năm 2026", date(2026, 6, 30)),
        ("trong năm 2026", date(2026, 12, 31)),
        ("xong", None),
    ],
)
def test_a_deadline_is_read_as_it_is_written(text, due):
    assert read_deadline(text).due == due


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("(thực hiện thường xuyên trong năm)", Rhythm.MONTH),
        ("báo cáo hằng quý", Rhythm.QUARTER),
        ("định kỳ 6 tháng", Rhythm.HALF),
        ("cập nhật hàng tuần", Rhythm.WEEK),
    ],
)
def test_regular_work_has_a_rhythm_and_no_due_date(text, rhythm):
    found = read_deadline(text)
    assert (found.due, found.rhythm) == (None, rhythm)


def test_of_several_deadlines_the_last_is_due():
    assert deadline_of(["2026-01-15", "2026-12-15"]).due == date(2026, 12, 15)
    assert deadline_of(["2028-02"]).due == date(2028, 2, 29)
    assert deadline_of(["recurring"]).rhythm is Rhythm.MONTH
    assert not deadline_of([]).found


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(UserError) as caught:
        read_deadline("trước ngày 31/02/2026")
    assert caught.value.code == "bad-date"


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_what_is_written_in_digits_or_words_is_the_same_day(day):
    assert read_deadline(f"ngày {day:%d/%m/%Y}").due == day
    assert read_deadline(f"ngày {day.day} tháng {day.month} năm {day.year}").due == day


def test_the_bracket_at_the_end_is_the_deadline_and_not_the_task():
    task, words = split_task("Trình kế hoạch phát triển chợ (hoàn thành trong Quý I/2026)")
    assert (task, words) == ("Trình kế hoạch phát triển chợ", "hoàn thành trong Quý I/2026")
    assert split_task("Rà soát chợ (hạng 2, hạng 3)")[0] == "Rà soát chợ (hạng 2, hạng 3)"


PAPER = """Kết luận hội nghị
1. Giao Phòng Quản lý Công nghiệp chủ trì rà soát hạ tầng, báo cáo trước ngày 15/03/2025.
2. Đẩy nhanh hạ tầng cụm: hoàn thiện 07 cụm công nghiệp đã đầu tư; triển khai 27 cụm công nghiệp đã động thổ và khởi công 09 cụm công nghiệp còn lại.
Năm qua kết quả khá. Đề nghị các xã phối hợp kiểm tra chợ trong quý II/2025.
"""


def test_a_conclusion_becomes_matters_with_their_words_in_place():
    found = cut(PAPER)
    assert [one.number for one in found] == ["1", "2", ""]
    for one in found:
        assert PAPER[one.start : one.end].startswith(one.text[:20])
    assert found[0].lead == "Phòng Quản lý công nghiệp"
    assert found[0].deadline.due == date(2025, 3, 15)
    assert found[2].deadline.due == date(2025, 6, 30)


def test_amounts_of_one_thing_become_children():
    clusters = cut(PAPER)[1]
    assert [part.amount for part in clusters.parts] == [7, 27, 9]
    assert sum(part.amount for part in clusters.parts) == 43
    for part in clusters.parts:
        assert PAPER[part.start : part.end] == part.text


@given(st.text(max_size=300))
def test_any_text_can_be_cut_and_every_piece_stands_where_it_says(text):
    for one in cut(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.text in text[one.start : one.end]
