"""A figure and its row tell the same, to the last digit."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sct.catalogue import load
from sct.catalogue.model import Comparator, Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.office.ledger.figures import FILLED, exact, figure_of, printed, values_of
from sct.office.ledger.importing import read_figures
from sct.office.ledger.models import Observation
from sct.samples import FIGURES
from sct.vietnamese.periods import Period
from sct.vietnamese.quantities import Quantity

UNITS = ["pct", "pp", "nghin_ty_dong", "ty_dong", "ty_usd", "trieu_usd", "ha", "ty_kwh"]
PERIODS = ["2024-09", "2024-Q3", "2024-S1", "2024-M01-M09", "2024", "2021/2025"]
words = st.text(max_size=40)


@st.composite
def figures(draw):
    decimals = draw(st.integers(0, 6))
    published = draw(st.sampled_from(["", "2020", "2020-11", "2020-11-05"]))
    date = PartialDate(published) if published else None
    return Figure(
        series=SeriesKey(
            draw(st.sampled_from(["exports", "iip"])), "01@2008-08-01", draw(st.sampled_from(["", "industry:C"]))
        ),
        period=Period.parse(draw(st.sampled_from(PERIODS))),
        transformation=draw(st.sampled_from(Transformation)),
        quantity=Quantity(
            Fraction(draw(st.integers(-(10**15), 10**15)), 10**decimals),
            load().unit(draw(st.sampled_from(UNITS))),
            decimals,
        ),
        stage=draw(st.sampled_from(Stage)),
        origin=Origin(
            kind="citation",
            title=draw(words),
            url=draw(words),
            document=draw(words),
            file=draw(words),
            place=draw(words),
            published=date,
            note=draw(words),
        ),
        comparator=draw(st.sampled_from(Comparator)),
        bound=draw(st.sampled_from(["", "lower", "upper"])),
        basis=draw(words),
        published=date,
        note=draw(words),
    )


def row_of(figure, **more):
    return Observation(**dict(zip(FILLED, values_of(figure), strict=True)), **more)


def back(figure):
    """Through the columns of a row that was entered at some moment, which the figure itself does not tell."""
    return replace(figure_of(row_of(figure, entered=datetime(2020, 12, 18, 20, tzinfo=UTC))), entered=None, id=0)


@given(figures())
def test_a_figure_comes_back_from_its_row_as_it_was(figure):
    assert back(figure) == figure


@given(figures(), figures())
def test_rows_have_one_content_exactly_when_the_figures_are_one(one, other):
    assert (row_of(one).content == row_of(other).content) == (one == other)


@given(st.fractions(max_denominator=10**6))
def test_the_exact_text_of_a_number_is_the_number(number):
    assert Fraction(exact(number)) == number


@given(st.integers(-(10**20), 10**20), st.integers(0, 8), st.integers(0, 4))
def test_equal_values_have_equal_texts(digits, decimals, more):
    number = Fraction(digits, 10**decimals)
    assert exact(number) == exact(Fraction(digits * 10**more, 10 ** (decimals + more)))
    assert Fraction(printed(number, decimals)) == number
    assert len(printed(number, decimals).partition(".")[2]) == decimals


@pytest.mark.parametrize(
    ("number", "text"),
    [("3060.70", "3060.7"), ("-11.5", "-11.5"), ("16700000000", "16700000000"), ("0", "0"), ("1/3", "1/3")],
)
def test_the_canonical_text(number, text):
    assert exact(Fraction(number)) == text


def test_the_sample_is_kept_exactly():
    """Whatever the file says, the rows say after a way through the ledger's columns."""
    listed = read_figures(FIGURES.read_bytes(), "x.csv")
    assert [back(figure) for figure in listed] == listed
