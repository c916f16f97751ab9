"""Reading in characters a second: the scan for amounts alone, and the whole reader with all fields."""

from __future__ import annotations

from bench.frame import Bench, Peer

# Our own sentences, in the manner of a monthly report.
SENTENCES = (
    "Tháng {m}/{y}, chỉ số sản xuất công nghiệp của Hà Nội ước tăng 2,{m}% so với tháng trước và tăng 6,{m}% so với cùng kỳ.",
    "Tính chung {m} tháng đầu năm {y}, tổng mức bán lẻ hàng hóa và doanh thu dịch vụ ước đạt {m}12,4 nghìn tỷ đồng, tăng 10,{m}%.",
    "Kim ngạch xuất khẩu đạt 1.{m}45 triệu USD, giảm 3,{m}% so với tháng trước; kim ngạch nhập khẩu đạt 3,2 tỷ USD.",
    "Toàn thành phố có 4{m} chợ được cải tạo, bằng 6{m},5% kế hoạch năm; phấn đấu đến hết năm hoàn thành ít nhất 70 chợ.",
    "Các phòng chuyên môn tiếp tục phối hợp với xã, phường rà soát quy hoạch, tháo gỡ khó khăn cho cơ sở sản xuất.",
)


def text(characters: int) -> str:
    """A generated report of about that many characters, a paragraph a month."""
    parts: list[str] = []
    size = month = 0
    while size < characters:
        paragraph = " ".join(s.format(m=month % 12 + 1, y=2015 + month // 12 % 10) for s in SENTENCES)
        parts.append(paragraph)
        size += len(paragraph) + 1
        month += 1
    return "\n".join(parts)


def bench(characters: int = 200_000) -> Bench:
    """The entry; `work` is characters."""
    from sct.reading import open_document, read
    from sct.vietnamese.scanning import scan

    whole = text(characters)
    document = open_document(whole.encode(), "bench.txt")
    return Bench(
        name="reading",
        title=f"Reading {len(whole):,} characters of a generated report",
        peers=(
            Peer(
                "the whole reader",
                lambda: len(read(document)),
                ("so-cong-thuong",),
                "all fields, matched to the catalogue",
            ),
            Peer(
                "scan for amounts",
                lambda: len(scan(whole)),
                ("so-cong-thuong",),
                "amounts with unit, bounds, direction",
            ),
        ),
        work=len(whole),
        unit="characters",
        note="The peers do different work; the ratio tells what the fields cost above the amounts.",
    )
