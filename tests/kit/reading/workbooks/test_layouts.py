"""What is read is what was written, whatever the layout: hypothesis over sheet names, headers, orders, units, notes."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sct.catalogue import load
from sct.catalogue.workbook import letter_of
from sct.reading.workbooks import read_workbook
from tests.kit.reading.workbooks import making
from tests.kit.reading.workbooks.making import Plan

TOTAL = [
    "Tổng số",
    "Bán lẻ hàng hóa",
    "Dịch vụ lưu trú",
    "Dịch vụ ăn uống",
    "Dịch vụ lữ hành và hoạt động hỗ trợ du lịch",
    "Dịch vụ khác",
]
GROUPS = ["Tổng số", *[f"{n}. {m.name}" for n, m in enumerate(load().breakdowns.members("retail_group"), 1)]]
INDUSTRIES = [
    m
    for m in load().breakdowns.members("industry")
    if m.parent in ("industry:B", "industry:C", "industry:D", "industry:E") or m.code[9:] in "BCDE" or m.level == 4
]
PRODUCTS = load().breakdowns.members("product")
UNITS = {"tan": "Tấn", "nghin_lit": "1000 lít", "nghin_bao": "1000 bao", "nghin_m2": "1000 m2", "nghin_cai": "1000 cái",
         "nghin_doi_giay": "1000 đôi", "trieu_kwh": "Triệu KWh", "nghin_m3": "1000 m3", "trieu_dong": "Triệu đồng"}  # fmt: skip
NAMES = ["Tổng mức", "11.TM", "TM T", "12. TM tháng", "DT bán lẻ", "IIP T", "SPCNT", "Sheet1", "Trang tính 2"]


def levels():
    return st.floats(100, 2e7).map(lambda v: round(v, 2))


def indexes():
    return st.floats(60, 180).map(lambda v: round(v, 2))


@st.composite
def rows(draw, kind):
    if kind == "retail_total":
        named = [(label, "") for label in TOTAL]
    elif kind == "retail_goods":
        named = [(label, "") for label in GROUPS]
    elif kind == "iip":
        some = draw(st.lists(st.sampled_from(INDUSTRIES), min_size=4, max_size=25, unique=True))
        some.sort(key=INDUSTRIES.index)
        named = [("TOÀN NGÀNH", ""), *[(m.name, "") for m in some if m.code not in ("industry:D", "industry:35")]]
        named += [(INDUSTRIES_D, "")] * draw(st.integers(0, 2))
    else:
        some = draw(st.lists(st.sampled_from(PRODUCTS), min_size=4, max_size=20, unique=True))
        named = [(m.name, UNITS[m.unit]) for m in some]
    made = []
    for label, unit in named:
        values = {}
        for measure in making.MEASURES[kind]:
            value = draw(indexes() if measure.startswith("index") else levels())
            blank = kind == "products" and measure.startswith("index") and draw(st.integers(0, 9)) == 0
            values[measure] = None if blank else value
        made.append((label, unit, values))
    return made


INDUSTRIES_D = load().breakdowns["industry:D"].name


@st.composite
def plans(draw, kind=None):
    kind = kind or draw(st.sampled_from(sorted(making.TITLES)))
    month = draw(st.integers(1, 12))
    flag = st.booleans()
    return Plan(
        kind=kind,
        year=draw(st.integers(2019, 2031)),
        month=month,
        rows=draw(rows(kind)),
        sheet=draw(st.sampled_from(NAMES)),
        style=draw(st.integers(0, 11)),
        depth=draw(st.sampled_from([1, 2, 3] if kind != "iip" else [1, 5])),
        merged=draw(flag),
        title_row=draw(st.integers(0, 3)),
        unit_place=draw(st.integers(0, 2)),
        blank_columns=tuple(draw(st.lists(st.integers(0, 7), max_size=2, unique=True))),
        order=tuple(draw(st.permutations(range(len(making.MEASURES[kind]))))) if draw(flag) else (),
        numbered=draw(flag),
        numbering=draw(flag),
        group_rows=draw(flag),
        note=draw(flag),
        stray=draw(flag) and kind != "products",
        codes=draw(flag),
        upper_total=draw(flag),
        loose_spaces=draw(flag),
        letterhead=draw(flag),
        subtitle=draw(flag),
        province=draw(st.sampled_from(["", "", "Hà Nội", "Bắc Ninh", "Tây Ninh", "Đồng Nai"])),
        label_header=draw(st.sampled_from(["Chỉ tiêu", "", "Tên ngành", "Nhóm hàng", "Nội dung"])),
    )


def ordered_for_reading(plan):
    """Unsaid ratios go by their order: a header that names no period keeps month before months to date."""
    order = list(plan.order)
    if order and plan.kind != "iip" and order.index(3) > order.index(4):
        a, b = order.index(3), order.index(4)
        order[a], order[b] = order[b], order[a]
        plan.order = tuple(order)
    return plan


def assert_read(data, name, expected):
    """Every expected cell with its label, meaning, period, value, unit and series; and nothing else."""
    book = read_workbook(data, name)
    read = {(c.row - 1, c.column - 1): c for c in book.cells if not c.set_aside}
    for place, (label, measure, period, value, unit) in expected.items():
        cell = read.get(place)
        where = f"{letter_of(place[1] + 1)}{place[0] + 1}"
        assert cell is not None, (where, label, measure, [q for q in book.questions], book.tables)
        assert (cell.row_label, cell.column_meaning, cell.period) == (label, measure, period), where
        assert cell.value == (None if value is None else Fraction(str(value))), where
        assert cell.unit == unit, where
        assert cell.indicator, where
    assert set(read) == set(expected), "stray rows and notes are not figures"
    return book


@settings(max_examples=60)
@given(plans(), st.booleans())
def test_what_is_read_is_what_was_written(plan, old):
    plan = ordered_for_reading(plan)
    cells, merged = making.grid_of(plan)
    data = (making.xls if old else making.xlsx)([(plan.sheet, cells, merged)])
    book = assert_read(data, "số liệu T1.1999." + ("xls" if old else "xlsx"), plan.expected)
    if plan.province:
        assert {load().areas[c.area].short_name for c in book.cells} == {plan.province}


@settings(max_examples=25)
@given(st.lists(plans(), min_size=2, max_size=3), st.integers(0, 2), st.booleans())
def test_tables_side_by_side_are_each_read_as_if_alone(several, gap, old):
    for plan in several:
        plan.year, plan.month = several[0].year, several[0].month
        plan.letterhead = False
        ordered_for_reading(plan)
    cells, merged, expected = making.beside(several, gap)
    data = (making.xls if old else making.xlsx)([("Biểu", cells, merged)])
    assert_read(data, "x." + ("xls" if old else "xlsx"), expected)


def test_an_empty_column_may_have_taken_its_number_out_of_the_row_of_numbers():
    """ "A | 1 | | 3 | 4": else the row of numbers was data, and an empty column of indexes took its number for growth."""
    empty = dict.fromkeys(("index_yoy", "index_ytd_yoy"))
    levels = dict.fromkeys(("level_prev_month", "level_month_estimate", "level_ytd"), 100.0)
    named = ("Gạo đã xát toàn bộ hoặc sơ bộ, đã hoặc chưa đánh bóng hạt hoặc hồ", "Đường RE")
    plan = making.Plan(
        kind="products",
        year=2019,
        month=1,
        rows=[(name, "Tấn", levels | empty) for name in named],
        numbering=True,
        blank_columns=(2,),
    )
    cells, merged = making.grid_of(ordered_for_reading(plan))
    assert_read(making.xlsx([("Biểu", cells, merged)]), "x.xlsx", plan.expected)
