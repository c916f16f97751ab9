"""The indicators as declared: the list of 134, the codes of the sample, names, kinds, partitions."""

import csv
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from sct.catalogue import load, reference
from sct.catalogue.load import _load
from sct.catalogue.model import Adds, Kind, Transformation
from sct.errors import UserError

SHARED = Path(__file__).resolve().parents[4] / "shared"


def shared(*parts: str) -> Path:
    path = SHARED.joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"{'/'.join(parts)} lies beside the checkout, in ../shared, and is absent")
    return path


def test_the_printed_list_has_134_numbers_each_once():
    numbers = Counter(entry.number for entry in load().entries if entry.number)
    assert len(numbers) == 134
    assert set(numbers.values()) == {1}


def test_the_numbers_are_those_of_the_domain_note():
    text = shared("domain", "domain-rules.md").read_text("utf-8")
    rows = re.findall(r"^\| ([A-Z]{2}\d\d) \|", text, flags=re.MULTILINE)
    assert sorted(rows) == sorted(entry.number for entry in load().entries if entry.number)


def test_what_the_domain_note_is_unsure_of_is_not_confirmed():
    text = shared("domain", "domain-rules.md").read_text("utf-8")
    rows = re.findall(r"^\| ([A-Z]{2}\d\d) \|.*\|([^|]*)\|$", text, flags=re.MULTILINE)
    unsure = {number for number, mark in rows if "[unsure]" in mark}
    assert unsure == {entry.number for entry in load().entries if not entry.confirmed}


def test_every_code_of_the_sample_resolves_to_a_declared_series():
    catalogue = load()
    with shared("samples", "data", "indicators.csv").open(encoding="utf-8", newline="") as stream:
        codes = [row["code"] for row in csv.DictReader(stream)]
    assert len(codes) == 139
    for code in codes:
        indicator, breakdown = catalogue.resolve(code)
        assert indicator in catalogue.indicators
        assert breakdown == "" or breakdown in catalogue.breakdowns


def test_units_of_the_sample_are_of_the_dimension_of_their_indicator():
    catalogue = load()
    with shared("samples", "data", "hanoi-series.csv").open(encoding="utf-8", newline="") as stream:
        levels = {(row["indicator"], row["unit"]) for row in csv.DictReader(stream) if row["measure"] == "level"}
    for code, unit in levels:
        own = catalogue.indicator(code).unit
        if unit != "count":
            assert catalogue.unit(unit).dimension == own.dimension, code
        else:
            assert own.counted, code


def test_no_real_figure_of_hanoi_but_the_known_misprints_is_implausible():
    catalogue = load()
    odd = set()
    kinds = {4: "year", 7: "month", 12: "cumulative"}
    with shared("samples", "data", "hanoi-series.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            code, breakdown = catalogue.resolve(row["indicator"])
            wanted = {"level": Transformation.LEVEL, "yoy_pct": Transformation.YOY, "mom_pct": Transformation.MOM}
            transformation = wanted.get(row["measure"])
            per = "quarter" if "Q" in row["period"] else kinds.get(len(row["period"]), "")
            for plausible in catalogue.indicators[code].plausible:
                if breakdown or plausible.transformation is not transformation or plausible.per not in ("any", per):
                    continue
                factor = catalogue.unit(row["unit"]).factor if transformation is Transformation.LEVEL else 1
                if not plausible.low <= float(row["value"]) * factor <= plausible.high:
                    odd.add((row["indicator"], row["period"], row["value"]))
    assert odd == {("exports", "2023-02", "1.25"), ("imports", "2020-Q3", "7.01")}


def test_industries_commodities_and_ownership_are_breakdowns():
    catalogue = load()
    assert catalogue.resolve("exports_textiles") == ("exports", "commodity:textiles")
    assert catalogue.resolve("exports_fdi") == ("exports", "ownership:fdi")
    assert catalogue.resolve("iip_manufacturing") == ("iip", "industry:C")
    assert catalogue.resolve("exports") == ("exports", "")
    assert catalogue.resolve("exports[commodity:wood]") == ("exports", "commodity:wood")
    assert "exports_textiles" not in catalogue.indicators


def test_an_indicator_is_also_found_by_its_printed_number():
    assert load().indicator("XK07").code == "trade_total"


def test_a_wrong_code_names_the_nearest_ones():
    with pytest.raises(UserError) as caught:
        load().indicator("exprts")
    assert caught.value.code == "unknown-indicator"
    assert "exports" in caught.value.expected


def test_a_breakdown_that_an_indicator_does_not_have_is_refused():
    with pytest.raises(UserError) as caught:
        load().resolve("exports[industry:C]")
    assert caught.value.code == "unknown-breakdown"
    assert "commodity" in caught.value.expected


def test_a_view_of_a_whole_breakdown_has_the_series_of_the_total():
    catalogue = load()
    assert catalogue.resolve("exports_by_commodity") == ("exports", "")
    assert catalogue.indicator("grdp_contribution").headline is Transformation.CONTRIBUTION


def test_near_names_keep_the_usual_confusions_apart():
    def near(code: str) -> set[str]:
        return {name.code for name in load().indicator(code).near_names}

    assert "retail_services_total" in near("goods_sales_total")
    assert {"grdp_industry_construction", "iip"} <= near("va_industry")
    assert "trade_total" in near("exports")
    assert "ocop_products" in near("ocop_points")
    assert all(name.why for entry in load().entries for name in entry.near_names)


def test_an_index_is_never_summed_and_a_share_comes_from_its_parts():
    for indicator in load().indicators.values():
        if indicator.kind is Kind.INDEX:
            assert indicator.over_time is Adds.NEVER
            assert indicator.over_areas is Adds.NEVER
        if indicator.kind is Kind.SHARE:
            assert indicator.over_time is Adds.PARTS


def test_a_stock_takes_its_last_value_over_time_and_sums_over_areas():
    markets = load().indicator("markets_total")
    assert (markets.over_time, markets.over_areas) == (Adds.LAST, Adds.SUM)
    assert load().indicator("peak_load").over_time is Adds.MAXIMUM


def test_parts_of_a_sum_measure_in_one_dimension():
    catalogue = load()
    for partition in catalogue.partitions:
        whole = catalogue.indicators[partition.whole[0]]
        for code, _breakdown in partition.parts:
            assert catalogue.indicators[code].unit.dimension == whole.unit.dimension
            assert catalogue.indicators[code].over_time is whole.over_time


def test_retail_is_made_of_four_groups_and_iip_sections_do_not_add():
    catalogue = load()
    (groups,) = catalogue.indicator("retail_services_total").partitions
    assert [code for code, _breakdown in groups.parts] == [
        "retail_goods",
        "accommodation_food_revenue",
        "travel_revenue",
        "other_services_revenue",
    ]
    (sections,) = catalogue.indicator("iip").partitions
    assert not sections.additive
    assert [breakdown for _code, breakdown in sections.parts] == [f"industry:{letter}" for letter in "BCDE"]


def test_plausible_ranges_are_in_base_units():
    (yearly,) = [p for p in load().indicator("exports").plausible if p.per == "year"]
    assert yearly.low < 16 * 10**9 < yearly.high < 10**12


def test_rounding_follows_the_kind_of_value():
    catalogue = load()
    assert catalogue.indicator("grdp").decimals_of(Transformation.YOY) == 2
    assert catalogue.indicator("iip").decimals_of(Transformation.YOY) == 1
    assert catalogue.indicator("va_industry").decimals_of(Transformation.CONTRIBUTION) == 2
    assert catalogue.indicator("markets_total").decimals_of(Transformation.LEVEL) == 0


def test_an_alias_leads_to_one_series_and_the_longest_stands_first():
    aliases = load().aliases
    assert [len(alias.text) for alias in aliases] == sorted((len(alias.text) for alias in aliases), reverse=True)
    by_text = {alias.text.lower(): (alias.code, alias.breakdown) for alias in aliases}
    assert by_text["tổng mức bán lẻ hàng hóa và doanh thu dịch vụ"] == ("retail_services_total", "")
    assert by_text["tổng mức lưu chuyển hàng hóa bán ra và doanh thu dịch vụ"] == ("goods_sales_total", "")
    assert by_text["khai khoáng"] == ("iip", "industry:B")


def test_a_series_has_a_name_also_without_a_view():
    catalogue = load()
    assert catalogue.name_of("exports", "ownership:fdi") == catalogue.indicator("exports_fdi").name
    assert catalogue.name_of("exports", "commodity:rice") == "Kim ngạch xuất khẩu: Gạo"


def test_vsic_2018_has_21_sections_and_88_divisions_and_the_classes_of_industry_with_their_version():
    industries = load().breakdowns.members("industry")
    assert Counter(member.level for member in industries) == {1: 21, 2: 88, 4: 166}
    assert all(member.parent == member.code[:-2] for member in industries if member.level == 4)
    assert {member.version for member in industries} == {"VSIC 2018"}
    assert len(load().breakdowns.children("industry:C")) == 24


def test_the_reference_lists_every_entry():
    text = reference()
    for entry in load().entries:
        assert f"`{entry.code}`" in text
    assert "| XK01 | `exports` | Kim ngạch xuất khẩu | Merchandise exports |" in text


def test_the_catalogue_is_loaded_once_and_quickly():
    first = load()
    assert load() is first
    _load.cache_clear()
    start = time.process_time()
    fresh = load()
    assert time.process_time() - start < 1.0  # 0.1–0.2 s on the slow machine; the limit only catches a blunder
    assert fresh is not first
    assert "areas" not in vars(fresh)
