"""The corpus: a value and all its spellings, and what must not be read."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from sct.vietnamese.period_words import scan_periods
from sct.vietnamese.scanning import scan

HERE = Path(__file__).parent


def corpus(name):
    return yaml.safe_load((HERE / name).read_text("utf-8"))


def spoken(name):
    return [pytest.param(row, text, id=text) for row in corpus(name) for text in row["said"]]


CHECKS = {
    "value": lambda a, v: a.signed.value == Fraction(v),
    "high": lambda a, v: a.high is not None and a.high.value == Fraction(v),
    "whole": lambda a, v: a.whole is not None and a.whole.value == Fraction(v),
    "dimension": lambda a, v: a.low.unit.dimension == v,
    "comparator": lambda a, v: a.comparator == v,
    "verb": lambda a, v: a.verb == v,
    "plan": lambda a, v: a.plan is v,
    "double": lambda a, v: a.double_unit is v,
    "implied": lambda a, v: a.implied_unit is v,
    "per": lambda a, v: a.per == v,
}


@pytest.mark.parametrize(("row", "text"), spoken("amounts.yaml"))
def test_each_spelling_gives_its_value(row, text):
    (amount,) = scan(text)
    wrong = {key: value for key, value in row.items() if key != "said" and not CHECKS[key](amount, value)}
    assert wrong == {}, amount
    assert (amount.high is None) == ("high" not in row)
    assert (amount.whole is None) == ("whole" not in row)


@pytest.mark.parametrize("text", corpus("not_amounts.yaml"))
def test_what_is_no_amount_is_not_read(text):
    assert [text[a.start : a.end] for a in scan(text)] == []
    if not text[0].isdigit():  # a heading's number stands at the beginning of a line; the others anywhere
        assert scan(f"Theo báo cáo, {text}.") == []


@pytest.mark.parametrize(("row", "text"), spoken("periods.yaml"))
def test_each_spelling_gives_its_period(row, text):
    found = scan_periods(f"Kết quả: {text}.")
    if row.get("none"):
        assert found == []
        return
    (mention,) = found
    if "period" in row:
        assert str(mention.period) == row["period"]
    if "in_2024" in row:
        assert mention.period is None
        assert str(mention.in_year(2024)) == row["in_2024"]
    assert mention.relation in {row.get("relation", ""), "current"}
    assert mention.baseline == row.get("baseline", False)
    assert mention.until == row.get("until", False)
