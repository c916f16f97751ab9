"""A true report never raises LỖI: true values printed with any digits, through the writer and the real reader."""

from fractions import Fraction as F

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sct.catalogue import load
from sct.proofing import Verdict, proof
from sct.reading import open_document, read
from sct.vietnamese.quantities import Quantity
from sct.vietnamese.units import units
from sct.vietnamese.write import write_growth, write_quantity

levels = st.fractions(min_value=1, max_value=300, max_denominator=10**4)
digits = st.integers(0, 3)
NAME = "tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"


def money(value, decimals, unit):
    return write_quantity(Quantity(value, units()[unit], decimals))


def growth(now, then, decimals):
    return write_growth(Quantity((now / then - 1) * 100, units()["pct"], decimals))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(levels, levels, levels, levels, st.tuples(digits, digits, digits, digits))
def test_trade_told_truly_with_any_digits_is_never_called_wrong(x, m, x0, m0, places):
    a, b, c, d = places
    text = (
        f"Năm 2024, kim ngạch xuất khẩu của Hà Nội đạt {money(x, a, 'ty_usd')}, {growth(x, x0, b)} so với năm 2023; "
        f"kim ngạch nhập khẩu đạt {money(m, c, 'ty_usd')}, {growth(m, m0, d)} so với năm 2023. "
        f"Năm 2024, tổng kim ngạch xuất nhập khẩu của Hà Nội đạt {money(x + m, b, 'ty_usd')}, "
        f"{growth(x + m, x0 + m0, a)} so với năm 2023. "
        f"Năm 2023, kim ngạch xuất khẩu của Hà Nội đạt {money(x0, d, 'ty_usd')}; "
        f"kim ngạch nhập khẩu đạt {money(m0, a, 'ty_usd')}."
    )
    never_wrong(text)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(levels, min_size=4, max_size=4), st.tuples(digits, digits, digits))
def test_parts_and_shares_told_truly_are_never_called_wrong(parts, places):
    a, b, c = places
    whole = sum(parts, F(0))
    names = (
        "doanh thu bán lẻ hàng hóa",
        "doanh thu dịch vụ lưu trú, ăn uống",
        "doanh thu du lịch lữ hành",
        "doanh thu dịch vụ khác",
    )
    told = "; ".join(
        f"{name} đạt {money(part, b, 'nghin_ty_dong')}, chiếm {write_quantity(Quantity(100 * part / whole, units()['pct'], c))} tổng mức"
        for name, part in zip(names, parts, strict=True)
    )
    never_wrong(f"Năm 2024, {NAME} của Hà Nội đạt {money(whole, a, 'nghin_ty_dong')}; {told}.")


def never_wrong(text):
    document = open_document(text.encode(), "bao-cao.txt")
    found = proof(document, read(document, catalogue=load()), load())
    wrong = [(f.check, f.sentence, f.arithmetic) for f in found if f.verdict is Verdict.WRONG]
    assert wrong == [], text
