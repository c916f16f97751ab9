"""The words around a figure: qualifiers, verbs of change, labels, words that end a noun. Tables, no code.

Domain rules §7 (pattern catalogue) and the evaluation guide §2 (comparator) say what each means.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words right before a number and how they bound it; "" changes nothing ("cả 4 ngành").
QUALIFIERS: dict[str, str] = {
    "gần": "approx", "gần như": "approx", "khoảng": "approx", "khoảng chừng": "approx", "vào khoảng": "approx",
    "ước khoảng": "approx", "xấp xỉ": "approx", "chừng": "approx", "độ khoảng": "approx", "ngót": "approx",
    "trên dưới": "approx", "gần bằng": "approx", "suýt soát": "approx", "cỡ": "approx",
    "hơn": "gt", "trên": "gt", "vượt mốc": "gt", "vượt ngưỡng": "gt", "vượt con số": "gt", "vượt mức": "gt",
    "lớn hơn": "gt", "nhiều hơn": "gt", "cao hơn": "gt", "quá": "gt", "hơn mức": "gt", "cao hơn mức": "gt",
    "thấp hơn mức": "lt", "cao hơn con số": "gt", "thấp hơn con số": "lt", "cao hơn so với mức": "gt",
    "thấp hơn so với mức": "lt",
    "vượt trên": "gt",
    "ít nhất": "ge", "tối thiểu": "ge", "không dưới": "ge", "không thấp hơn": "ge", "không ít hơn": "ge",
    "không kém": "ge", "lớn hơn hoặc bằng": "ge", "cao hơn hoặc bằng": "ge", "thấp nhất là": "ge",
    "ít nhất là": "ge", "tối thiểu là": "ge", "bằng hoặc lớn hơn": "ge", "bằng hoặc cao hơn": "ge",
    "dưới": "lt", "chưa đến": "lt", "chưa tới": "lt", "chưa đầy": "lt", "thấp hơn": "lt", "nhỏ hơn": "lt",
    "ít hơn": "lt", "không đầy": "lt", "không đến": "lt", "không tới": "lt", "kém hơn": "lt",
    "tối đa": "le", "không quá": "le", "không vượt quá": "le", "không vượt": "le", "thấp hơn hoặc bằng": "le",
    "nhỏ hơn hoặc bằng": "le", "nhiều nhất": "le", "không cao hơn": "le", "không lớn hơn": "le", "tối đa là": "le",
    "không nhiều hơn": "le", "cao nhất là": "le", "bằng hoặc thấp hơn": "le", "tối đa lên tới": "le",
    "cả": "", "toàn bộ": "", "tất cả": "", "từ": "",
}  # fmt: skip

# Words of change: sign and what the number then is. `growth`: a change; `share`, `contribution`, `multiple`;
# `reach`: a level or a percent of plan; `equal`: a percent of something; `exceed`, `short`: beyond or below something;
# `difference`: against another figure; `to`: the new level after a change.
DIRECTIONS: dict[str, tuple[int, str]] = {
    "tăng": (1, "growth"), "tăng trưởng": (1, "growth"), "mức tăng": (1, "growth"), "tăng thêm": (1, "growth"),
    "mức tăng trưởng": (1, "growth"), "tốc độ tăng": (1, "growth"), "tốc độ tăng trưởng": (1, "growth"),
    "đà tăng": (1, "growth"), "tăng mức": (1, "growth"), "gia tăng": (1, "growth"), "làm tăng": (1, "contribution"),
    "tăng cao": (1, "growth"), "nhích": (1, "growth"), "tăng trưởng dương": (1, "growth"),
    "giảm": (-1, "growth"), "mức giảm": (-1, "growth"), "sụt giảm": (-1, "growth"), "sụt": (-1, "growth"),
    "suy giảm": (-1, "growth"), "giảm mức": (-1, "growth"), "giảm bớt": (-1, "growth"), "cắt giảm": (-1, "growth"),
    "tốc độ giảm": (-1, "growth"), "tăng trưởng âm": (-1, "growth"), "âm": (-1, "growth"), "hạ": (-1, "growth"),
    "tăng âm": (-1, "growth"), "giảm đi": (-1, "growth"), "tụt": (-1, "growth"), "giảm tới": (-1, "growth"),
    "làm giảm": (-1, "contribution"), "kéo giảm": (-1, "contribution"), "làm tăng chung": (1, "contribution"),
    "chiếm": (0, "share"), "chiếm tỷ trọng": (0, "share"), "chiếm tỷ lệ": (0, "share"), "tỷ trọng": (0, "share"),
    "chiếm tỉ trọng": (0, "share"), "chiếm tỉ lệ": (0, "share"), "tỉ trọng": (0, "share"),
    "đóng góp": (1, "contribution"), "góp": (1, "contribution"), "đóng góp thêm": (1, "contribution"),
    "gấp": (0, "multiple"), "tăng gấp": (1, "multiple"), "giảm gấp": (-1, "multiple"),
    "đạt": (0, "reach"), "ước đạt": (0, "reach"), "đạt được": (0, "reach"), "mới đạt": (0, "reach"),
    "hoàn thành": (0, "reach"), "thực hiện": (0, "reach"), "đạt mức": (0, "reach"), "đạt tỷ lệ": (0, "reach"),
    "bằng": (0, "equal"), "chỉ bằng": (0, "equal"), "tương đương": (0, "equal"), "mới bằng": (0, "equal"),
    "vượt": (1, "exceed"), "vượt hơn": (1, "exceed"), "vượt thêm": (1, "exceed"),
    "hụt": (-1, "short"), "thiếu": (-1, "short"), "hụt thu": (-1, "short"),
    "cao hơn": (1, "difference"), "thấp hơn": (-1, "difference"), "nhiều hơn": (1, "difference"),
    "ít hơn": (-1, "difference"), "lớn hơn": (1, "difference"), "nhỏ hơn": (-1, "difference"),
    "kém": (-1, "difference"),
    "lên": (1, "to"), "lên đến": (1, "to"), "lên tới": (1, "to"), "tăng lên": (1, "to"), "nâng lên": (1, "to"),
    "tăng lên đến": (1, "to"), "xuống": (-1, "to"), "xuống còn": (-1, "to"), "còn": (-1, "to"),
    "giảm xuống": (-1, "to"), "giảm còn": (-1, "to"), "chỉ còn": (-1, "to"), "giảm xuống còn": (-1, "to"),
}  # fmt: skip

# Between verb and number, changing nothing.
FILLERS = frozenset(
    {
        "nhẹ", "mạnh", "cao", "khá", "sâu", "tới", "đến", "chỉ", "thêm", "đột biến", "bình quân", "trung bình", "nhanh",
        "chậm", "đều", "cũng", "ở mức", "vọt", "tốt", "ước", "được", "lên", "là", "thấp", "ước tính", "mức", "đủ",
    }
)  # fmt: skip

# After these words a number is a name or a rank, not a quantity.
LABELS = _words(
    """thứ số hạng điều khoản mục luật bậc đợt trang bảng biểu câu mẫu lộ km quận phường bước top mùng mồng rằm
    vòng euro ron covid iso tcvn qcvn hotline fax tel chương quyển kỳ khóa"""
)
# Labels only where no declared unit follows: "đường 32", but "đường 5 km".
WEAK_LABELS = _words("cấp đường tuyến nhóm lô tổ tầng phòng mã đội trục khối gói lớp khu nhà tết hè vụ mức quyển")
LABEL_PHRASES = frozenset(
    {
        "nghị định", "thông tư", "quyết định", "nghị quyết", "chỉ thị", "kế hoạch số", "chương trình số", "phụ lục",
        "đề án số", "quốc lộ", "tỉnh lộ", "vành đai", "giai đoạn", "công văn", "pháp lệnh", "điện thoại", "biểu số",
        "phương án", "tuyến số", "cảng số", "nhóm số", "lần thứ", "hàng thứ", "vị trí", "xếp hạng", "đứng hạng",
        "cao tốc", "luật số",
        "nghị định số", "mức độ", "cấp độ",
        "phiên bản", "lớp học", "khu đô thị", "đường số", "quyết định số", "kết luận",
    }
)  # fmt: skip
# "số" and "cấp" are no labels behind these, "bảng" is none in "máy tính bảng", "điều" none in "hạt điều".
SUMS = frozenset(
    {
        "nâng",
        "cung",
        "trợ",
        "tổng",
        "trong",
        "con",
        "dân",
        "doanh",
        "hệ",
        "chỉ",
        "đa",
        "thiểu",
        "bội",
        "trên",
        "với",
        "tính",
        "hạt",
        "nhân",
        "khẩu",
        "ngành",
        "cây",
        "trồng",
    }
)

# A noun after a number ends before these; a number before them is bare.
STOPS = _words(
    """và hoặc hay đến tới từ của trong ngoài so vào ra với tại ở là được bị đã đang sẽ có cho do về theo trên dưới
    nhưng mà thì bằng tăng giảm đạt chiếm cùng này đó kia ấy nữa nay trước sau để khi nếu vì nên cũng còn lên xuống
    qua gồm như không chưa nhằm thuộc trở tương cao thấp hơn gần khoảng vượt góp đóng gấp ước bao kể kèm cả đều mới
    chỉ vẫn vừa rồi cần phải nhờ đối giữa lại thành toàn bởi tuy riêng song trừ nằm mỗi các những một hai ba bốn sáu bảy
    tám chín mười quý tháng năm ngày tuần đồng trung nhập xuất tính thuộc bình tạo giúp nâng đưa đứng xếp sang ông
    bà chủ hiện rất quá lũy luỹ tổng đầu cuối đợt giai kỳ"""
)
DURATIONS = _words("năm tháng quý tuần ngày giờ giây tuổi đêm buổi hôm kỳ thập thế tết")


# Nouns whose number is furniture of a page.
NOT_COUNTED = frozenset({"lượt xem", "lượt đọc", "bình luận", "lượt thích", "chữ số", "con số"})
# Before these "năm" is the year: "trong năm", "cả năm", "kế hoạch năm".
YEAR_BEFORE = _words(
    """trong của hằng hàng cả mỗi từng đầu cuối giữa một quý tháng hoạch tiêu với so mấy nhiều các những qua suốt theo
    bình quân vòng đến hết sau trước từ vào dự toán bốn ba hai nghìn mười"""
)

# Verbs that belong to the quoted figure ("tăng 7,9%"); the others stay outside ("đạt 16 tỷ USD").
INSIDE = frozenset({"growth", "share", "contribution", "multiple", "exceed", "short", "difference"})
