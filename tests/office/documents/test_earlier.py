"""What people said of last month's words is understood in this month's draft."""

import pytest

from sct.office.documents import queries
from sct.office.documents.actions import mend, undo, upload
from sct.office.documents.drafts import proof_files
from sct.proofing import Verdict

MARCH = "Tháng 3 năm 2025, doanh số thị trường của Hà Nội đạt 71,4 nghìn tỷ đồng."
APRIL = "Tháng 4 năm 2025, doanh số thị trường của Hà Nội đạt 72,9 nghìn tỷ đồng."
KNOWN = "Tháng 4 năm 2025, tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng của Hà Nội đạt 79,2 nghìn tỷ đồng."


@pytest.fixture
def taught(chuyen_vien):
    """A paper of March whose words nobody knew until the officer said what they mean."""
    paper = upload(chuyen_vien, "thang-3.txt", MARCH.encode()).document
    (view,) = queries.document(chuyen_vien, paper.pk).statements
    assert view.read.unmatched == "no-indicator"
    mend(chuyen_vien, view.pk, {"indicator": "retail_services_total"})
    return view.pk


@pytest.fixture
def ledger(chuyen_vien):
    """April's figure, published under its full name."""
    from sct.office.documents.actions import accept_all

    accept_all(chuyen_vien, upload(chuyen_vien, "thang-4.txt", KNOWN.encode()).document.pk)


def remarks(person, text=APRIL):
    return [f for f in proof_files(person, [("du-thao.txt", text.encode())]).findings if f.check in ("C37", "C42")]


def test_a_mended_word_of_last_month_is_a_candidate_this_month(chuyen_vien, taught, ledger):
    (found,) = remarks(chuyen_vien)
    assert found.verdict is Verdict.DOUBT  # a candidate is never called LỖI
    assert "79,2" in found.sentence


def test_without_an_earlier_paper_the_words_stay_open(chuyen_vien, ledger):
    assert remarks(chuyen_vien) == []


def test_a_mending_that_was_undone_teaches_nothing(chuyen_vien, taught, ledger):
    undo(chuyen_vien, taught)
    assert remarks(chuyen_vien) == []


def test_what_others_keep_teaches_nobody_else(chuyen_vien, nguoi_ngoai, taught, ledger):
    assert remarks(nguoi_ngoai) == []


def test_a_kept_draft_is_proofed_with_them_too_but_does_not_teach_itself(chuyen_vien, taught, ledger):
    paper = upload(chuyen_vien, "du-thao.txt", APRIL.encode()).document
    assert {one.check for one in queries.document(chuyen_vien, paper.pk).found} & {"C37", "C42"}
    undo(chuyen_vien, taught)
    (view,) = queries.document(chuyen_vien, paper.pk).statements
    mend(chuyen_vien, view.pk, {"period": "2025-05"})
    assert remarks(chuyen_vien) == []
