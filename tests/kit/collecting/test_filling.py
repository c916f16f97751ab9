"""What is typed into a cell: numbers as officials write them; empty, a dash and 0 told apart; sums and checks."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.catalogue import load
from sct.collecting.checking import missing, remarks
from sct.collecting.filling import number_of, tidied, with_sums
from sct.errors import UserError
from sct.vietnamese.write import write_number

C = load()
TRADE, MARKETS, CLUSTERS = (
    C.form(code) for code in ("commune_trade_monthly", "market_infrastructure", "cluster_report")
)
COUNTED = ("class1", "class2", "class3", "class_none")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12500,5", "12.500,5"),
        ("12.500,50", "12.500,5"),
        (" 1 250 ", "1.250"),
        ("0", "0"),
        ("007", "7"),
        ("–", "-"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_number_is_kept_as_officials_write_it(typed, kept):
    assert tidied(TRADE, "retail_goods", typed) == kept


@pytest.mark.parametrize(
    ("path", "typed", "code"),
    [
        ("retail_goods", "1,234.5", "bad-number"),
        ("retail_goods", "12.50", "bad-number"),
        ("retail_goods", "=1+1", "bad-number"),
        ("retail_goods", "mười", "bad-number"),
        ("retail_goods", "1,25", "too-fine"),
        ("retail_goods", "-5", "negative"),
        ("retail_goods", "9" * 19, "long-number"),
        ("convenience_new", "1,5", "too-fine"),
        ("retail_total", "5", "computed-field"),
        ("nowhere", "5", "unknown-field"),
        ("remarks", "x" * 2001, "long-text"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name(path, typed, code):
    with pytest.raises(UserError) as caught:
        tidied(TRADE, path, typed)
    assert caught.value.code == code
    assert caught.value.place.field == path


def test_a_choice_is_known_without_diacritics_and_a_date_as_it_is_written():
    assert tidied(CLUSTERS, "clusters.0.state", "Dang hoat dong") == "Đang hoạt động"
    petitions = C.form("petitions")
    assert tidied(petitions, "petitions.3.since", "5/11/2026") == "05-11-2026"
    with pytest.raises(UserError):
        tidied(petitions, "petitions.3.since", "31-02-2026")
    for path in ("clusters.30.area", "clusters.03.area", "clusters.x.area", "clusters.0.nowhere"):
        with pytest.raises(UserError):
            tidied(CLUSTERS, path, "1")


@given(st.integers(0, 10**15), st.integers(0, 1))
def test_a_written_number_is_read_back(number, decimals):
    value = Fraction(number, 10**decimals)
    assert number_of(tidied(TRADE, "retail_goods", write_number(value, decimals))) == value


@given(st.text(max_size=40))
def test_any_text_is_kept_or_refused_and_keeping_it_twice_changes_nothing(text):
    for path in ("retail_goods", "remarks"):
        try:
            once = tidied(TRADE, path, text)
        except UserError:
            continue
        assert tidied(TRADE, path, once) == once


def test_a_sum_waits_while_a_part_is_empty_and_a_dash_adds_nothing():
    parts = {"class1": "1", "class2": "-", "class3": "10"}
    assert "markets" not in with_sums(MARKETS, parts)
    assert with_sums(MARKETS, {**parts, "class_none": "0"})["markets"] == "11"
    assert with_sums(MARKETS, dict.fromkeys(COUNTED, "-"))["markets"] == "-"


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_a_column_adds_up_exactly(areas):
    values = {f"clusters.{n}.area": write_number(Fraction(area, 100), 2) for n, area in enumerate(areas)}
    assert number_of(with_sums(CLUSTERS, values)["area_total"]) == Fraction(sum(areas), 100)


def test_what_is_empty_and_may_not_be_is_named_also_in_a_row_that_was_begun():
    found = {one.path for one in missing(CLUSTERS, {"clusters.2.name": "Cụm thử"})}
    assert found == {f"clusters.2.{column}" for column in ("state", "area", "industrial", "leased")}
    assert missing(CLUSTERS, {}) == []


@pytest.mark.parametrize(
    ("form", "values", "before", "expected"),
    [
        (MARKETS, {**dict.fromkeys(COUNTED, "1"), "wholesale": "5"}, {}, [("wholesale", "at-most", "error")]),
        (MARKETS, {"wholesale": "5"}, {}, []),  # waits for the total
        (MARKETS, {**dict.fromkeys(COUNTED, "-"), "wholesale": "1"}, {}, [("wholesale", "at-most", "error")]),
        (TRADE, {"retail_goods": "151"}, {"retail_goods": "100"}, [("retail_goods", "change", "warning")]),
        (TRADE, {"retail_goods": "150"}, {"retail_goods": "100"}, []),
        (TRADE, {"retail_goods": "150"}, {"retail_goods": "0"}, []),
        (TRADE, {"spots_left": "2"}, {}, [("remarks", "explain", "warning")]),
        (TRADE, {"spots_left": "2", "remarks": "Ở chợ cũ"}, {}, []),
        (
            CLUSTERS,
            {
                "clusters.0.industrial": "5",
                "clusters.0.leased": "6",
                "clusters.1.industrial": "5",
                "clusters.1.leased": "5",
            },
            {},
            [("clusters.0.leased", "at-most", "error")],
        ),
        (
            C.form("price_stabilisation"),
            {"points_supermarket": "5", "points_store": "3", "points_market": "3", "points": "10"},
            {},
            [("points", "parts", "error")],
        ),
        (
            C.form("price_stabilisation"),
            {"points_supermarket": "5", "points_store": "3", "points_market": "1", "points": "10"},
            {},
            [],
        ),
    ],
)
def test_a_rule_speaks_when_it_is_broken_and_only_then(form, values, before, expected):
    assert [(one.path, one.code, one.severity) for one in remarks(form, values, before)] == expected


def test_a_remark_shows_its_arithmetic():
    told = remarks(TRADE, {"retail_goods": "1.510"}, {"retail_goods": "100"})[0].text
    assert "1.410,0%" in told
    assert "(100)" in told
