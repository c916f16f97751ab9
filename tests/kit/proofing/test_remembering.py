"""What proofing remembers: accepted findings by their key, and last month's matches."""

from sct.catalogue import load
from sct.proofing import Verdict, matches, proof
from tests.kit.proofing.making import Shelf, figure, statement

LEDGER = Shelf([figure("853,3", "nghin_ty_dong", indicator="retail_services_total", period="2024")])


def told(quote, start=0, **more):
    return statement(quote, period="2024", unit="nghin_ty_dong", subject="tổng mức", start=start, **more)


def key_of(quote, start=0, **more):
    (found,) = proof("x", [told(quote, start, indicator="retail_services_total", **more)], load(), LEDGER)
    return found.key


def test_a_finding_keeps_its_key_when_its_figure_moves_in_the_text():
    assert key_of("812,6 nghìn tỷ đồng") == key_of("812,6 nghìn tỷ đồng", start=400)


def test_the_key_changes_with_the_figure_its_period_and_the_ledgers_figure():
    other = Shelf([figure("853,4", "nghin_ty_dong", indicator="retail_services_total", period="2024")])
    one = told("812,6 nghìn tỷ đồng", indicator="retail_services_total")
    (mended,) = proof("x", [one], load(), other)
    keys = {key_of("812,6 nghìn tỷ đồng"), key_of("812,7 nghìn tỷ đồng"), mended.key}
    assert len(keys) == 3


def test_words_that_meant_a_series_last_month_are_tried_as_that_series_first():
    last = [told("790,0 nghìn tỷ đồng", indicator="retail_services_total")]
    now = told("812,6 nghìn tỷ đồng")
    assert now.unmatched == "no-indicator"
    assert proof("x", [now], load(), LEDGER) == []
    (found,) = proof("x", [now], load(), LEDGER, earlier=matches(last))
    assert (found.check, found.verdict) == ("C42", Verdict.DOUBT)  # a candidate is never called LỖI
    assert found.statements[0] is now


def test_words_that_meant_two_series_are_no_match():
    both = [
        told("1 nghìn tỷ đồng", indicator="retail_services_total"),
        told("2 nghìn tỷ đồng", indicator="goods_sales_total"),
    ]
    assert matches(both) == {}


def test_a_match_of_this_month_is_not_overruled():
    now = told("853,3 nghìn tỷ đồng", indicator="retail_services_total")
    (found,) = proof("x", [now], load(), LEDGER, earlier={"tong muc|level": ("exports", "")})
    assert found.verdict is Verdict.HOLDS
