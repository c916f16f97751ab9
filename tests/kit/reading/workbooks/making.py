"""Workbooks as offices write them, made from a plan: the same figures under other names, orders, headers, units.

A `Plan` says what a table holds and how it is laid out; `written` gives the bytes and what a reader must find in them.
"""

import io
import random
from dataclasses import dataclass, field

MONTHS = range(1, 13)
TYPE = {"Hà Nội": "thành phố"}


@dataclass
class Plan:
    """One sheet. `rows` are (label, unit, values by measure); values may be None (blank)."""

    kind: str  # retail_total | retail_goods | iip | products
    year: int
    month: int
    rows: list
    sheet: str = "Sheet1"
    style: int = 0  # wording of the header
    depth: int = 1  # header rows: 1, 2, 3 or 5
    merged: bool = True
    title_row: int = 0
    unit_place: int = 0  # rows between title and unit row
    blank_columns: tuple = ()  # positions at which an empty column is inserted
    order: tuple = ()  # order of the value columns
    numbered: bool = False  # a leading column STT
    numbering: bool = False  # a row A B 1 2 3 below the header
    group_rows: bool = True
    note: bool = True
    stray: bool = False
    codes: bool = False  # product codes in place of units
    upper_total: bool = False
    loose_spaces: bool = False
    accents: int = 0  # 0 as is, 1 other tone placement
    texts: bool = False  # numbers stored as text, Vietnamese writing
    letterhead: bool = False
    subtitle: bool = False
    province: str = ""
    label_header: str = "Chỉ tiêu"
    expected: dict = field(default_factory=dict)


TITLES = {
    "retail_total": (
        "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ",
        "11. Tổng mức bán lẻ hàng hoá và doanh thu dịch vụ tiêu dùng",
    ),
    "retail_goods": ("Doanh thu bán lẻ hàng hóa", "12. Doanh thu bán lẻ hàng hoá phân theo nhóm hàng"),
    "iip": ("Chỉ số sản xuất công nghiệp", "7. Chỉ số sản xuất công nghiệp (IIP)"),
    "products": ("Sản phẩm chủ yếu ngành công nghiệp", "8. Sản lượng một số sản phẩm công nghiệp chủ yếu"),
}
MEASURES = {
    "retail_total": ("level_prev_month", "level_month_estimate", "level_ytd", "index_yoy", "index_ytd_yoy"),
    "iip": ("index_prev_month_yoy", "index_mom", "index_yoy", "index_ytd_yoy"),
}
MEASURES["retail_goods"] = MEASURES["products"] = MEASURES["retail_total"]


def before(plan):
    return (plan.year, plan.month - 1) if plan.month > 1 else (plan.year - 1, 12)


def periods(plan):
    year, month = before(plan)
    now, ytd = f"{plan.year}-{plan.month:02d}", f"{plan.year}-01/{plan.year}-{plan.month:02d}"
    return {
        "level_prev_month": f"{year}-{month:02d}",
        "index_prev_month_yoy": f"{year}-{month:02d}",
        "level_month_estimate": now,
        "index_mom": now,
        "index_yoy": now,
        "level_ytd": ytd,
        "index_ytd_yoy": ytd,
    }


def title(plan):
    month, year = plan.month, plan.year
    tails = [f"tháng {month} năm {year}", f"tháng {month:02d}/{year}", f"tháng {month} và {month} tháng đầu năm {year}"]
    if month % 3 == 0:
        tails.append(f"tháng {month} và quý {['I', 'II', 'III', 'IV'][month // 3 - 1]} năm {year}")
    text = TITLES[plan.kind][plan.style % 2] + " " + tails[plan.style % len(tails)]
    return text + (f" {TYPE.get(plan.province, 'tỉnh')} {plan.province}" if plan.province else "")


def headers(plan):
    """Header texts of each measure, from top to bottom; the depth decides how they are cut."""
    (year0, month0), year, month = before(plan), plan.year, plan.month
    deep = plan.depth > 1
    if plan.kind == "iip":
        if plan.depth == 5:
            cut = lambda m, what: (f"Tháng {m}", "năm báo cáo", "so với", *what)  # noqa: E731
            return (
                {
                    "index_prev_month_yoy": cut(month0, ("cùng kỳ", "năm trước")),
                    "index_mom": cut(month, ("tháng trước", "")),
                    "index_yoy": cut(month, ("cùng kỳ", "năm trước")),
                    "index_ytd_yoy": (f"{month} tháng", "năm báo cáo", "so với", "cùng kỳ", "năm trước"),
                }
                if year0 == year
                else headers_of_iip(plan)
            )
        return headers_of_iip(plan)
    levels = [
        ("Thực hiện tháng trước", "Ước tính tháng báo cáo", "Lũy kế từ đầu năm đến cuối tháng báo cáo"),
        (
            f"Thực hiện \ntháng {month0} \nnăm {year0}",
            f"Ước tính \ntháng {month} \nnăm {year}",
            f"Cộng dồn \n{month} tháng \nnăm {year}",
        ),
        (
            f"Thực hiện  tháng trước\n(Tháng {month0}/{year0})",
            f"Dự tính tháng {month}/{year}",
            f"Lũy kế {month} tháng  đầu năm {year}",
        ),
        (
            f"TH tháng {month0:02d}/{year0}",
            f"Ước TH tháng {month:02d}/{year}",
            f"Cộng dồn từ đầu năm đến cuối tháng {month:02d}/{year}",
        ),
    ][plan.style % 4]
    ratios = [
        ("Tháng báo cáo so với cùng kỳ năm trước (%)", "Lũy kế so với cùng kỳ năm trước (%)"),
        (f"Tháng {month}/{year} so với cùng kỳ (%)", f"{month} tháng năm {year} so với cùng kỳ (%)"),
    ][plan.style % 2]
    if deep:
        parent = ("So với cùng kỳ (%)", "So với cùng kỳ năm trước (%)", "So cùng kỳ năm trước (%)")[plan.style % 3]
        child = [
            (f"Tháng {month} năm {year}", f"{month} tháng năm {year}"),
            ("Tháng báo cáo", "Lũy kế"),
            (f"Tháng {month}", f"{month:02d} tháng"),
        ][plan.style % 3]
        ratios = tuple((parent, *([""] * (plan.depth - 2)), c) for c in child)
    else:
        ratios = tuple((r,) for r in ratios)
    names = MEASURES[plan.kind]
    return dict(zip(names, [*((text,) for text in levels), *ratios], strict=True))


def headers_of_iip(plan):
    (year0, month0), year, month = before(plan), plan.year, plan.month
    so = ("so", "so với")[plan.style % 2]
    ytd = (f"Lũy kế cuối tháng {month:02d}/{year} so với cùng kỳ", f"{month} tháng đầu năm {year} so với cùng kỳ")[
        plan.style % 2
    ]
    return {
        "index_prev_month_yoy": (f"Tháng {month0}/{year0} {so} cùng kỳ",),
        "index_mom": (f"Tháng {month}/{year} {so} tháng trước",),
        "index_yoy": (f"Tháng {month}/{year} {so} cùng kỳ",),
        "index_ytd_yoy": (ytd,),
    }


def slots_of(plan):
    """The columns from left to right: ("lead", text), ("value", measure) or ("blank", "")."""
    texts = headers(plan)
    names = list(texts)
    lead = (["STT"] if plan.numbered else []) + [plan.label_header]
    if plan.kind == "products":
        lead.append(("Đơn \nvị tính", "ĐVT", "Đơn vị tính")[plan.style % 3])
    order = plan.order or tuple(range(len(names)))
    slots = [*[("lead", text) for text in lead], *[("value", names[i]) for i in order]]
    for at in sorted(plan.blank_columns, reverse=True):
        slots.insert(min(at, len(slots)), ("blank", ""))
    return slots


def grid_of(plan):
    """(rows of cells, merged ranges); fills `plan.expected` with (row, column) → label, measure, period, value, unit."""
    slots = slots_of(plan)
    rows, merged = [], []
    unit = _above(plan, rows, merged, len(slots))
    _header(plan, rows, merged, slots)
    if plan.kind == "products":
        rows.append([""] * len(slots))
    _body(plan, rows, slots, unit)
    if plan.note:
        rows.append([""] * len(slots))
        rows.append(["Ghi chú: số tháng này là ước tính.", *[""] * (len(slots) - 1)])
    return rows, merged


def _above(plan, rows, merged, width):
    """Letterhead, title, subtitle, unit row; returns the unit."""
    if plan.letterhead:
        rows.append(["CỤC THỐNG KÊ", *[""] * (width - 2), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
    rows += [[""] * width for _ in range(plan.title_row)]
    rows.append([title(plan), *[""] * (width - 1)])
    if plan.merged:
        merged.append((len(rows) - 1, 0, len(rows) - 1, width - 1))
    if plan.subtitle:
        rows.append(["(Số liệu ước tính)", *[""] * (width - 1)])
        merged.append((len(rows) - 1, 0, len(rows) - 1, width - 1))
    rows += [[""] * width for _ in range(plan.unit_place)]
    unit = {"iip": "%", "products": ""}.get(plan.kind, ("Triệu đồng", "triệu đồng", "Tỷ đồng")[plan.style % 3])
    if unit:
        row = [""] * width
        row[random.Random(plan.style).randrange(width)] = f"{('Đơn vị tính', 'ĐVT')[plan.style % 2]}: {unit}"
        rows.append(row)
    return unit


def _header(plan, rows, merged, slots):
    texts, head = headers(plan), len(rows)
    depth = max(len(t) for t in texts.values())
    rows += [[""] * len(slots) for _ in range(depth)]
    for column, (sort, name) in enumerate(slots):
        parts = {"blank": ("",), "lead": (name,)}.get(sort) or texts[name]
        for n, part in enumerate(parts):
            rows[head + n][column] = part
        if len(parts) == 1 and depth > 1 and plan.merged and sort != "blank":
            merged.append((head, column, head + depth - 1, column))
    parents = [
        c for c, (sort, name) in enumerate(slots) if sort == "value" and plan.kind != "iip" and len(texts[name]) > 1
    ]
    if len(parents) == 2 and parents[1] == parents[0] + 1:
        rows[head][parents[1]] = ""  # the parent stands over its first column
        if plan.merged:
            merged.append((head, parents[0], head, parents[1]))
    if plan.numbering:
        width = len(slots)
        rows.append(["A" if c == 0 else "" if slots[c][0] == "blank" else c for c in range(width)])


def _body(plan, rows, slots, unit):
    label_at = 1 if plan.numbered else 0
    labels = [c for c, (sort, _n) in enumerate(slots) if sort == "lead"]
    for number, (label, row_unit, values) in enumerate(plan.rows):
        if plan.group_rows and number == 1:
            row = [""] * len(slots)
            row[labels[label_at]] = "Phân theo ngành"
            rows.append(row)
        row = [""] * len(slots)
        shown = label.upper() if plan.upper_total and number == 0 else label
        shown = shown.replace(" ", "  ", 1) if plan.loose_spaces else shown
        row[labels[label_at]] = shown
        if plan.numbered:
            row[labels[0]] = number + 1
        if plan.kind == "products":
            row[labels[label_at + 1]] = 10_200_100 + number if plan.codes else row_unit
        for column, (sort, name) in enumerate(slots):
            if sort != "value":
                continue
            value = values[name]
            row[column] = "" if value is None else vietnamese(value) if plan.texts else value
            given = "" if plan.codes else row_unit
            key = (len(rows), column)
            measured = "%" if name.startswith("index") else given if plan.kind == "products" else _lower(unit)
            plan.expected[key] = (shown.strip(), name, periods(plan)[name], value, measured)
        rows.append(row)
    if plan.stray:
        row = [""] * len(slots)
        row[labels[label_at]] = "  "
        for column, (sort, _name) in enumerate(slots):
            if sort == "value":
                row[column] = 1.0061234
        rows.append(row)
        row = list(row)
        row[labels[label_at]] = "Hệ số dùng thử"
        rows.append(row)


def _lower(unit):
    return {"Triệu đồng": "triệu đồng", "Tỷ đồng": "tỷ đồng"}.get(unit, unit)


def vietnamese(value):
    """853300.25 → 853.300,25"""
    whole, _dot, part = repr(float(value)).partition(".")
    return f"{int(whole):,}".replace(",", ".") + ("," + part if part != "0" else "")


def beside(plans, gap):
    """Tables of several plans side by side on one sheet with `gap` empty columns between; expected cells move along."""
    parts = [grid_of(plan) for plan in plans]
    height = max(len(rows) for rows, _merged in parts)
    whole, ranges, expected, left = [[] for _ in range(height)], [], {}, 0
    for plan, (rows, merged) in zip(plans, parts, strict=True):
        width = max(len(row) for row in rows)
        for n, line in enumerate(whole):
            line.extend([""] * (left - len(line)))
            line.extend(rows[n] if n < len(rows) else [""] * width)
        ranges += [(top, a + left, bottom, b + left) for top, a, bottom, b in merged]
        expected |= {(row, column + left): cell for (row, column), cell in plan.expected.items()}
        left += width + gap
    for line in whole:
        line.extend([""] * (left - len(line)))
    return whole, ranges, expected


def xlsx(sheets):
    """Bytes of an xlsx of (name, rows, merged) sheets."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    for name, rows, merged in sheets:
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value != "":
                    sheet.write_number(r, c, value) if isinstance(value, int | float) else sheet.write_string(
                        r, c, value
                    )
        for top, left, bottom, right in merged:
            if (top, left) != (bottom, right):
                value = rows[top][left]
                sheet.merge_range(top, left, bottom, right, value)
    book.close()
    return stream.getvalue()


def xls(sheets):
    """Bytes of an old xls of the same."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for name, rows, merged in sheets:
        sheet = book.add_sheet(name)
        covered = {(t, left) for t, left, _b, _r in merged}
        for top, left, bottom, right in merged:
            sheet.write_merge(top, bottom, left, right, rows[top][left])
        inside = {(r, c) for t, left, b, right in merged for r in range(t, b + 1) for c in range(left, right + 1)}
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value != "" and (r, c) not in covered and (r, c) not in inside:
                    sheet.write(r, c, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
