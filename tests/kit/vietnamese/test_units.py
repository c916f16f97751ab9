"""Units are declared; numbers typed by people are read strictly."""

import csv
import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given

from sct import declared
from sct.errors import UserError
from sct.vietnamese.numerals import parse_number, read_digits
from sct.vietnamese.quantities import Quantity
from sct.vietnamese.units import lexicon, noun_unit, per_unit, scaled, spelling, unit, units
from tests import strategies as own

SAMPLE = Path(__file__).resolve().parents[3].parent / "shared" / "samples" / "data"


def test_every_row_follows_the_schema():
    schema = declared.schema("units")
    for path in declared.files("units"):
        for row in declared.rows(path):
            jsonschema.validate(dict(row), schema)


def test_no_code_is_declared_twice():
    codes = [row["code"] for path in declared.files("units") for row in declared.rows(path)]
    assert sorted({c for c in codes if codes.count(c) > 1}) == []


def test_no_spelling_stands_for_two_units():
    known = lexicon()
    said = [
        (word, row["code"])
        for path in declared.files("units")
        for row in declared.rows(path)
        if row["kind"] != "scale"
        for word in [row["name"], *row.get("spellings", ())]
        if word
    ]
    lost = [(word, code) for word, code in said if known.unit_words[spelling(word)].code != code]
    assert lost == []


def test_every_unit_of_the_sample_figures_is_known():
    if not SAMPLE.exists():
        pytest.skip("the sample figures are not beside this checkout")
    with (SAMPLE / "hanoi-series.csv").open(encoding="utf-8") as stream:
        codes = {row["unit"] for row in csv.DictReader(stream)}
    assert {unit(code).code for code in codes} == codes


@pytest.mark.parametrize(
    ("code", "dimension", "factor"),
    [
        ("nghin_ty_dong", "VND", 10**12), ("ty_dong", "VND", 10**9), ("trieu_ty_dong", "VND", 10**15),
        ("trieu_dong", "VND", 10**6), ("ty_usd", "USD", 10**9), ("trieu_usd", "USD", 10**6), ("pct", "percent", 1),
        ("pp", "percentage_point", 1), ("count", "count", 1), ("ha", "ha", 1), ("points", "điểm", 1),
        ("trieu_kwh", "kWh", 10**6), ("ty_kwh", "kWh", 10**9), ("m2", "ha", Fraction(1, 10000)), ("gw", "MW", 1000),
    ],
)  # fmt: skip
def test_codes_lead_to_base_units(code, dimension, factor):
    assert (unit(code).dimension, unit(code).factor) == (dimension, factor)


def test_any_scale_goes_with_any_unit():
    assert unit("trieu_luot").factor == 10**6
    assert unit("trieu_luot").name == "triệu lượt"


def test_an_unknown_unit_names_its_neighbours():
    with pytest.raises(UserError) as error:
        unit("ty_dongg")
    assert error.value.code == "unknown-unit"
    assert "ty_dong" in error.value.expected


def test_any_noun_is_a_unit():
    assert noun_unit("Cụm") == unit("cum")
    assert noun_unit("nhà kính") == noun_unit("Nhà kính")
    assert (noun_unit("nhà kính").code, noun_unit("nhà kính").counted) == ("nha_kinh", True)


def test_a_denominator_makes_another_dimension():
    price = per_unit(unit("usd"), "tấn")
    assert (price.name, price.dimension) == ("USD/tấn", "USD/tonne")
    with pytest.raises(UserError, match="đơn vị"):
        Quantity(Fraction(1), price) + Quantity(Fraction(1), unit("usd"))


def test_counts_are_exact_and_scaled_counts_are_rounded():
    assert Quantity(Fraction(70), unit("cum")).half_step == 0
    assert Quantity(Fraction(2), scaled(unit("luot"), lexicon().scales["trieu"])).half_step == 500_000


def test_a_department_adds_its_own_units(tmp_path, monkeypatch):
    (tmp_path / "units").mkdir()
    row = {"kind": "noun", "code": "be_ca", "name": "bè cá", "name_en": "fish rafts"}
    (tmp_path / "units" / "ours.yaml").write_text(json.dumps([row]), "utf-8")
    assert "be_ca" not in units()
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))
    assert units()["be_ca"].counted
    from sct.vietnamese.scanning import scan

    assert [a.low.unit.code for a in scan("có hai mươi bè cá")] == ["be_ca"]


@pytest.mark.parametrize(
    "text", ["3,060.7", "853.3", "1.2.3", "3.060,7,1", "", "abc", "12.34.567", "7%", "1 234", "--1"]
)
def test_numbers_that_vietnamese_do_not_write_are_refused(text):
    with pytest.raises(UserError) as error:
        parse_number(text)
    assert error.value.code == "bad-number"
    assert "3.060,7" in str(error.value)


@pytest.mark.parametrize(
    ("text", "number", "note"),
    [
        ("3.060,7", "3060.7", ""), ("16.324", "16324", "dot-ambiguous"), ("1.234.567", "1234567", ""),
        ("853.3", "853.3", "dot-decimal"), ("0.125", "0.125", "dot-decimal"), ("07", "7", ""), ("1,563", "1.563", ""),
    ],
)  # fmt: skip
def test_digits_keep_their_oddities(text, number, note):
    printed = read_digits(text)
    assert printed is not None
    assert (printed.number, printed.note) == (Fraction(number), note)


@given(own.quantities(), own.comparators(), own.periods(), own.ranges())
def test_strategies_make_what_they_promise(quantity, comparator, period, ends):
    assert quantity.decimals == 0 or not quantity.unit.counted
    assert (quantity.number * 10**quantity.decimals).denominator == 1
    assert comparator in own.COMPARATORS
    assert type(period).parse(period.code) == period
    assert ends[0].value < ends[1].value
    assert ends[0].unit == ends[1].unit
