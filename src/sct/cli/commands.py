"""The table of commands: name, what it does, arguments, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Argument:
    names: tuple[str, ...]
    help: str
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """`run` is `module:function` inside `sct.cli`; it gets the parsed arguments and returns the exit code."""

    name: str
    help: str
    run: str
    arguments: tuple[Argument, ...] = ()


def _argument(*names: str, help: str, **options: Any) -> Argument:
    return Argument(names, help, options)


_FILES = _argument(
    "files", metavar="FILE", nargs="+", help="tệp văn bản: docx, pdf, html, txt; doc, odt, rtf nếu máy có LibreOffice"
)
_PUBLISHED = _argument("--published", metavar="DATE", help="ngày công bố của văn bản: 2020-12-18, 2020-12 hoặc 2020")
_PUBLISHED_FROM = _argument(
    "--published-from", metavar="CSV", help="bảng CSV hai cột file, published: ngày công bố của từng tệp"
)
_AS_OF = _argument("--as-of", metavar="DATE", help="như đã biết ngày này (theo ngày công bố)")
_ENTERED = _argument("--entered-by", metavar="DATE", help="chỉ kể số liệu đã vào sổ đến hết ngày này")

COMMANDS: tuple[Command, ...] = (
    Command(
        "up",
        "Mở trang web (tự tạo, nâng cấp cơ sở dữ liệu)",
        "office:up",
        (
            _argument("--host", default="127.0.0.1", help="địa chỉ nghe"),
            _argument("--port", type=int, default=8000, help="cổng"),
        ),
    ),
    Command(
        "demo",
        "Nạp số liệu thật của Hà Nội và văn bản mẫu, tính, soát, viết báo cáo năm 2024",
        "demo:demo",
        (
            _argument("--year", type=int, default=2024, help="năm của báo cáo"),
            _argument("--out", metavar="FILE", default="", help="nơi ghi báo cáo (mặc định: trong thư mục dữ liệu)"),
        ),
    ),
    Command(
        "import-figures",
        "Nạp số liệu kèm nguồn từ CSV: cả tệp hoặc không gì cả",
        "office:import_figures",
        (
            _argument("file", metavar="FILE.csv", help="các cột như tệp mẫu"),
            _argument("--person", default="", help="tên đăng nhập của người nạp (mặc định: tài khoản hệ thống)"),
        ),
    ),
    Command(
        "import",
        "Nạp bảng tính (xls, xlsx, ods) như cơ quan thống kê gửi: từng ô, có nguồn; --dry-run chỉ đọc",
        "workbooks:import_workbooks",
        (
            _argument("files", metavar="WORKBOOK", nargs="+", help="tệp bảng tính: xls, xlsx, ods"),
            _argument("--dry-run", action="store_true", help="chỉ đọc, không ghi gì"),
            _argument("--json", action="store_true", help="in danh sách các ô dạng JSON"),
            _argument("--area", default="", help="địa bàn của bảng tính, khi bảng không ghi: mã hoặc tên"),
            _argument("--answers", metavar="FILE.yaml", default="", help="tệp khai báo các câu đã trả lời"),
            _argument("--person", default="", help="tên đăng nhập của người nạp (mặc định: tài khoản hệ thống)"),
        ),
    ),
    Command(
        "read",
        "Đọc văn bản thành các phát biểu số liệu",
        "kit:read",
        (
            _FILES,
            _argument("--json", metavar="DIR", help="ghi mỗi văn bản một tệp JSON vào thư mục này"),
            _argument("--trace", action="store_true", help="kể mỗi mục của phát biểu do quy tắc nào đọc ra"),
            _PUBLISHED,
            _PUBLISHED_FROM,
        ),
    ),
    Command(
        "proof",
        "Soát số liệu trong văn bản: số nào khớp, số nào không cùng đúng được",
        "kit:proof",
        (
            _FILES,
            _argument("--json", action="store_true", help="in danh sách phát hiện dạng JSON"),
            _argument("--sarif", action="store_true", help="in các phát hiện dạng SARIF 2.1.0, cho phần mềm khác"),
            _argument("--account", action="store_true", help="in bảng đếm dạng JSON: đọc, ghép, kiểm, khớp, lỗi"),
            _argument("--ledger", action="store_true", help="so cả với sổ số liệu của hệ thống này"),
            _PUBLISHED,
            _PUBLISHED_FROM,
        ),
    ),
    Command("compute", "Tính lại các số tính được từ sổ", "office:compute"),
    Command(
        "report",
        "Viết báo cáo tổng kết năm ra tệp Word",
        "office:report",
        (
            _argument("--year", type=int, required=True, help="năm báo cáo"),
            _argument("--out", metavar="FILE.docx", required=True, help="tệp Word sẽ ghi"),
            _argument("--area", default="01", help="mã địa bàn"),
            _AS_OF,
        ),
    ),
    Command(
        "explain",
        "Vì sao có số này: các lần công bố, cách tính, số hạng, nguồn",
        "office:explain",
        (
            _argument("indicator", help="mã chỉ tiêu, ví dụ exports"),
            _argument("area", help="mã địa bàn, ví dụ 01"),
            _argument("period", help="kỳ, ví dụ 2020 hoặc 2024-M01-M09"),
            _AS_OF,
            _ENTERED,
            _argument("--json", action="store_true", help="in kết quả dạng JSON"),
        ),
    ),
    Command(
        "admin",
        "Tạo người quản trị đầu tiên và in mật khẩu dùng một lần",
        "office:admin",
        (
            _argument("username", help="tên đăng nhập: chữ không dấu, số và . _ -"),
            _argument("full_name", help="họ và tên"),
        ),
    ),
    Command(
        "remind",
        "Nhắc các đơn vị về việc quá hạn, sắp đến hạn; chạy mỗi sáng",
        "office:remind",
        (_argument("--area", default="01", help="mã địa bàn"),),
    ),
    Command("catalogue check", "Kiểm tra mọi tệp khai báo; chỉ rõ tệp, dòng, mục sai", "kit:check"),
    Command("audit verify", "Kiểm tra chuỗi nhật ký: có ai sửa sổ không", "office:audit_verify"),
    Command(
        "registers rebuild",
        "Dựng lại trạng thái từng ngày của sổ bộ từ các biến động; không đổi gì đã ghi",
        "office:registers_rebuild",
        (_argument("--register", default="", help="mã sổ, ví dụ industrial_clusters (mặc định: mọi sổ)"),),
    ),
    Command("backup", "Sao lưu toàn bộ ra một tệp", "office:backup", (_argument("file", help="tệp sẽ ghi"),)),
    Command(
        "restore",
        "Phục hồi từ tệp sao lưu vào hệ thống còn trống",
        "office:restore",
        (_argument("file", help="tệp sao lưu"),),
    ),
)
