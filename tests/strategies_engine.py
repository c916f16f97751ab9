"""Strategies of the engine: formulas, months of values, panels of figures."""

from fractions import Fraction

from hypothesis import strategies as st

from sct.engine.grammar import Binary, Formula, Name, Negative, Number
from tests.kit.engine.world import EAST, WEST, figure

codes = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
breakdowns = st.just("") | st.from_regex(r"[a-z]{2,8}:[a-z0-9_]{1,8}", fullmatch=True)
decimals = st.builds(lambda whole, digits: Fraction(whole, 10**digits), st.integers(0, 10**9), st.integers(0, 6))


def formulas() -> st.SearchStrategy[Formula]:
    """Formula trees of any shape; numbers are not negative, a sign is a node of its own."""
    leaves = st.builds(Number, decimals) | st.builds(Name, codes, breakdowns)
    return st.recursive(
        leaves,
        lambda inner: st.builds(Binary, st.sampled_from("+-*/"), inner, inner) | st.builds(Negative, inner),
        max_leaves=12,
    )


values = st.integers(1, 10**6).map(lambda tenths: Fraction(tenths, 10)).map(lambda value: f"{float(value):.1f}")
year_of_months = st.lists(values, min_size=12, max_size=12)


@st.composite
def ledgers(draw, codes=("exports", "imports", "goods", "meals", "travel", "markets")):
    """Figures of months, quarters, cumulative periods and years with holes in them, in two provinces."""
    periods = st.one_of(
        st.builds("{}-{:02d}".format, st.integers(2021, 2023), st.integers(1, 12)),
        st.builds("{}-Q{}".format, st.integers(2021, 2023), st.integers(1, 4)),
        st.builds("{}-M01-M{:02d}".format, st.integers(2021, 2023), st.integers(1, 12)),
        st.integers(2021, 2023).map(str),
    )
    cells = draw(
        st.lists(
            st.tuples(st.sampled_from(codes), periods, st.sampled_from([EAST, WEST])),
            unique=True,
            min_size=1,
            max_size=30,
        )
    )
    return [
        figure(code, period, draw(st.integers(1, 999)), place, number=number)
        for number, (code, period, place) in enumerate(cells, 1)
    ]
