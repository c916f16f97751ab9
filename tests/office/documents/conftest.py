"""Documents of our own wording, uploaded by the planning officer."""

import pytest

DECEMBER = (
    "Năm 2024, kim ngạch xuất khẩu của Hà Nội ước đạt 18,9 tỷ USD, tăng 11,9% so với năm 2023. "
    "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng của Hà Nội năm 2024 đạt 853,3 nghìn tỷ đồng. "
    "Ngành công nghiệp đóng góp 0,82% điểm phần trăm vào mức tăng chung của GRDP năm 2024."
)
JANUARY = "Năm 2024, kim ngạch xuất khẩu của Hà Nội đạt 18,9 tỷ USD, tăng 10,4% so với năm 2023."


@pytest.fixture
def december(chuyen_vien):
    from sct.office.documents.actions import upload

    return upload(chuyen_vien, "thang-12.txt", DECEMBER.encode(), "2024-12-20").document


@pytest.fixture
def january(chuyen_vien, december):
    from sct.office.documents.actions import upload

    return upload(chuyen_vien, "thang-1.txt", JANUARY.encode(), "2025-01-09", title="Tin tháng Một").document


@pytest.fixture
def pick(chuyen_vien):
    """The statement of a document whose quote holds some words."""
    from sct.office.documents import queries

    def find(document, words, person=None):
        page = queries.document(person or chuyen_vien, document.pk)
        return next(view for view in page.statements if words in view.read.quote)

    return find
