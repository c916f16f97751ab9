"""Makes the Word file among the sample documents again: `python scripts/sample_document.py`.

The figures are published ones; one slip (a double unit) and one false number are planted, and the text says so.
"""

from pathlib import Path

from docx import Document

TARGET = Path(__file__).parents[1] / "src/sct/samples/documents/du-thao-tong-ket-2024.docx"
LINES = (
    ("Heading 1", "DỰ THẢO TỔNG KẾT NĂM 2024 NGÀNH CÔNG THƯƠNG HÀ NỘI"),
    ("Normal", "Hà Nội, ngày 09 tháng 01 năm 2025"),
    (
        "Normal",
        "Văn bản minh họa. Số liệu là số đã công bố, trừ hai chỗ cố ý viết sai để thấy phần mềm soát ra: "
        "đơn vị của mức đóng góp và mức tăng của bán lẻ.",
    ),
    ("Heading 2", "1. Công nghiệp"),
    (
        "Normal",
        "Năm 2024, GRDP của Hà Nội tăng 6,52%. Giá trị tăng thêm ngành công nghiệp của Hà Nội năm 2024 tăng 6,2%, "
        "đóng góp 0,82% điểm phần trăm vào mức tăng GRDP. "
        "Đến hết năm 2024, Thành phố có 70 cụm công nghiệp đang hoạt động.",
    ),
    ("Heading 2", "2. Thương mại, giá cả"),
    (
        "Normal",
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng năm 2024 của Hà Nội đạt 853,3 nghìn tỷ đồng, "
        "tăng 18,0% so với năm 2023. Chỉ số giá tiêu dùng bình quân năm 2024 tăng 4,25% so với năm 2023.",
    ),
    ("Heading 2", "3. Xuất nhập khẩu"),
    (
        "Normal",
        "Tổng kim ngạch xuất nhập khẩu của Hà Nội năm 2024 đạt 60,1 tỷ USD, tăng 11,1% so với năm 2023.",
    ),
)


def main() -> None:
    document = Document()
    for style, text in LINES:
        document.add_paragraph(text, style=style)
    document.core_properties.author = ""
    document.core_properties.title = "Dự thảo tổng kết năm 2024 (minh họa)"
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(TARGET))


if __name__ == "__main__":
    main()
