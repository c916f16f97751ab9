"""Formulas of the checks against brute force: no value that the operands allow lies outside, and the hull is tight."""

from fractions import Fraction as F
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sct.proofing import checks
from sct.proofing.expression import expression
from sct.proofing.intervals import Interval, root
from sct.proofing.ratios import apart, hull, interval, stretch

numbers = st.fractions(min_value=F(1, 10), max_value=500, max_denominator=50)
widths = st.fractions(min_value=0, max_value=F(1, 2), max_denominator=20)
intervals = st.builds(lambda middle, half: Interval(middle, middle + half), numbers, widths)

FORMULAS = sorted({relation.formula.text for check in checks().values() for relation in check.relations})
PLAIN = [text for text in FORMULAS if not any(word in text for word in ("root", "upto", "onward", "span", "side"))]


def python(text, values):
    """The formula by Python itself, over numbers: the brute force that the intervals are held against."""
    several = {name: value for name, value in values.items() if isinstance(value, tuple)}
    if not several:
        return eval(text, {"sum": sum}, dict(values))
    if text.startswith("sum(") and text.count("(") == 1:
        return sum(next(iter(several.values())))
    assert text == "100 * (sum(v) / sum(v / (1 + g / 100)) - 1)", text
    v, g = several["v"], several["g"]
    return 100 * (sum(v) / sum(a / (1 + b / 100) for a, b in zip(v, g, strict=True)) - 1)


def points(interval):
    return (interval.low, (interval.low + interval.high) / 2, interval.high)


@pytest.mark.parametrize("text", PLAIN)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_value_that_the_operands_allow_lies_in_the_computed_interval(text, data):
    formula = expression(text)
    many = {name for name in formula.names if f"sum({name})" in text or text.startswith("100 * (sum")}
    drawn = {
        name: tuple(data.draw(intervals) for _ in range(2)) if name in many else data.draw(intervals)
        for name in formula.names
    }
    computed = formula.over(drawn)
    if computed is None:
        return
    choices = [tuple(product(*map(points, v))) if isinstance(v, tuple) else points(v) for v in drawn.values()]
    found = []
    for chosen in list(product(*choices))[:400]:
        try:
            found.append(python(text, dict(zip(drawn, chosen, strict=True))))
        except ZeroDivisionError:
            return
    assert all(value in computed for value in found)


@given(intervals, intervals)
def test_an_operand_that_occurs_twice_is_taken_once(a, b):
    """100·(V/(V − d)) written with V twice has the hull of its corners, not the wider one of plain intervals."""
    b = Interval(b.low / 1000, b.high / 1000)
    twice = expression("V / (V - d)").over({"V": a, "d": b})
    once = expression("1 / (1 - d / V)").over({"V": a, "d": b})
    if twice is not None and once is not None:
        assert once.low <= twice.low <= twice.high <= once.high


REPEATED = [text for text in PLAIN if expression(text).repeated]
near = st.fractions(min_value=F(1, 10), max_value=2, max_denominator=10**6)
hardly = st.sampled_from([F(0), F(1, 10**14), F(1, 10**6), F(1, 20)])
alike = st.builds(lambda low, wide: Interval(low, low + wide), near, hardly)


@pytest.mark.parametrize("text", REPEATED)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_formula_in_which_a_name_occurs_twice_is_the_hull_of_its_corners(text, data):
    """Exactly, also where corners lie closer together than floats can tell."""
    formula = expression(text)
    many = {name for name in formula.names if f"sum({name})" in text or text.startswith("100 * (sum")}
    drawn = {
        name: tuple(data.draw(alike) for _ in range(2)) if name in many else data.draw(alike) for name in formula.names
    }
    ends = [tuple(product(*((i.low, i.high) for i in v))) if isinstance(v, tuple) else (v.low, v.high)
            for v in drawn.values()]  # fmt: skip
    try:
        found = [python(text, dict(zip(drawn, corner, strict=True))) for corner in product(*ends)]
    except ZeroDivisionError:
        return
    computed = formula.over(drawn)
    if computed is not None:
        assert (computed.low, computed.high) == (min(found), max(found))


huge = st.builds(lambda low, wide: Interval(10**15 + low, 10**15 + low + wide), near, hardly)
signed = st.builds(lambda middle, half: Interval(-middle, half), near, hardly)


@pytest.mark.parametrize("text", [text for text in FORMULAS if expression(text).stretches])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_is_taken_without_corners_holds_all_that_the_formula_gives(text, data):
    """Also where huge levels that differ by little are taken from each other, and where a divisor may be nothing."""
    formula = expression(text)
    several = {name for name in formula.names if f"sum({name})" in text or text.startswith("100 * (sum")}
    one = st.one_of(alike, huge, signed, intervals)
    drawn = {
        name: tuple(data.draw(one) for _ in range(2)) if name in several else data.draw(one) for name in formula.names
    }
    outer = formula.outer(
        {name: [stretch(i) for i in v] if isinstance(v, tuple) else stretch(v) for name, v in drawn.items()}
    )
    exact = formula.over(drawn)
    assert (outer is None) == (exact is None)
    if outer is not None:
        assert F(outer[0], outer[1]) <= exact.low <= exact.high <= F(outer[2], outer[3])


@given(st.lists(numbers, min_size=1, max_size=6), intervals, intervals)
def test_whole_numbers_say_what_fractions_say(several, one, other):
    points = [(value.numerator, value.denominator) for value in several]
    assert interval(hull(points)) == Interval(min(several), max(several))
    assert apart(stretch(one), stretch(other)) == (not one.meets(other))


@given(st.fractions(min_value=0, max_value=1000, max_denominator=1000), st.integers(1, 8))
def test_a_root_lies_between_its_bounds_and_they_are_close(value, count):
    found = root(Interval.exact(value), count)
    assert found.low**count <= value <= found.high**count
    assert found.high - found.low <= F(1, 10**12)


@given(st.lists(intervals, min_size=1, max_size=4), numbers)
def test_a_span_holds_each_of_its_members(members, other):
    span = expression("span(least(g), most(g))").over({"g": tuple(members)})
    assert all(end in span for one in members for end in (one.low, one.high))
    upto = expression("upto(w)").over({"w": members[0]})
    assert (other in upto) == (other <= members[0].high)


def test_a_division_by_what_may_be_nothing_says_nothing():
    assert expression("100 * (V1 / V0 - 1)").over({"V1": Interval.exact(F(3)), "V0": Interval(F(-1), F(1))}) is None


@pytest.mark.parametrize("text", ["__import__('os')", "V.real", "[V]", "V if V else 1", "lambda: 1", "V ** 2"])
def test_nothing_but_the_grammar_of_the_checks_is_parsed(text):
    with pytest.raises((ValueError, SyntaxError)):
        expression(text)
