"""Formulas: what is written is read again, and a slip is shown with its place."""

from fractions import Fraction

import pytest
from hypothesis import given

from sct.engine import check_formulas, derive, families
from sct.engine.formulas import compiled
from sct.engine.grammar import Binary, Name, Negative, Number, names, parse, write
from sct.errors import UserError
from tests.kit.engine.world import Tiny, catalogue, figure, get, indicator
from tests.strategies_engine import formulas


@given(formulas())
def test_a_written_formula_reads_back_the_same(formula):
    assert parse(write(formula)) == formula


@given(formulas())
def test_names_are_those_of_the_text(formula):
    assert set(names(formula)) == set(names(parse(write(formula))))


def test_multiplication_binds_before_addition_and_subtraction_from_the_left():
    assert parse("a - b - c * 2") == Binary(
        "-", Binary("-", Name("a"), Name("b")), Binary("*", Name("c"), Number(Fraction(2)))
    )
    assert write(parse("a-(b-c)")) == "a - (b - c)"
    assert write(parse("(a*b)/c")) == "a * b / c"
    assert parse("-a + 1.50") == Binary("+", Negative(Name("a")), Number(Fraction(3, 2)))


def test_a_breakdown_stands_in_square_brackets():
    assert parse("exports[ownership:fdi] / exports") == Binary("/", Name("exports", "ownership:fdi"), Name("exports"))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("exports + ", 9, 10),
        ("exports ** imports", 9, 10),
        ("(exports + imports", 18, 19),
        ("exports imports", 8, 15),
        ("exports; imports", 7, 8),
        ("3,5 * exports", 1, 2),
        ("exports[]", 7, 9),
        ("", 0, 1),
        ("exports)", 7, 8),
        ("__import__('os')", 11, 12),
        ("1..2", 1, 2),
    ],
)
def test_a_slip_is_shown_with_its_place(text, start, end):
    with pytest.raises(UserError) as caught:
        parse(text)
    assert caught.value.code == "bad-formula"
    assert (caught.value.place.start, caught.value.place.end) == (start, end)
    assert caught.value.expected


def test_a_mountain_of_parentheses_is_refused_not_a_crash():
    for text in ("(" * 5000 + "a" + ")" * 5000, "-" * 5000 + "a"):
        with pytest.raises(UserError, match="60"):
            parse(text)


def test_a_formula_computes_the_same_as_its_arithmetic():
    kernel = compiled("100 * (a - b) / (a + b * 2)").kernel
    assert kernel.arithmetic(Fraction(5), Fraction(2)) == Fraction(300, 9)
    assert kernel.arithmetic(5.0, 2.0) == 100.0 * (5.0 - 2.0) / (5.0 + 2.0 * 2.0)
    assert kernel.show(["x", "y"]) == "100·(x − y)/(x + y·2)"


def test_division_by_zero_in_a_formula_gives_no_value():
    figures = [figure("exports", "2023", 4), figure("imports", "2023", 4)]
    world = catalogue()
    world.indicators["r"] = indicator("r", formula="exports / (exports - imports)")
    d = derive(figures, world)
    assert get(d, "r", "2023") is None
    assert not [cell for cell in d.cells() if cell.series.indicator == "r"]


def test_faults_of_declared_formulas_are_all_listed():
    world = Tiny(
        {
            "a": indicator("a", formula="b + 1"),
            "b": indicator("b", formula="c - a"),
            "c": indicator("c", formula="d *"),
            "d": indicator("d", formula="nowhere / 2"),
        }
    )
    faults = {fault.code: fault for fault in check_formulas(world)}
    assert set(faults) == {"bad-formula", "unknown-indicator", "formula-circle"}
    assert faults["bad-formula"].place.field == "c.formula"
    assert "a → b → a" in str(faults["formula-circle"])


def test_a_circle_of_formulas_stops_computing_with_its_names():
    world = Tiny({"a": indicator("a", formula="b"), "b": indicator("b", formula="a"), "exports": indicator("exports")})
    with pytest.raises(UserError, match="a → b → a"):
        derive([figure("exports", "2023", 4)], world)


def test_families_are_what_formulas_parents_and_partitions_tie():
    found = families(catalogue())
    assert found["exports"] == ("exports", "imports", "openness", "trade")
    assert found["goods"] == ("goods", "meals", "sales", "travel")
    assert found["alone"] == ("alone",)
    assert sorted(code for codes in found.values() for code in codes) == sorted(catalogue().indicators)
