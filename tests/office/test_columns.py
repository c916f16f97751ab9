"""The columns say what the ledger says: current values, as-of days, withdrawals, years, whatever was recorded since."""

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sct.catalogue import load
from sct.catalogue.model import SeriesKey, Transformation
from sct.engine import derive
from sct.office.coordination import columns
from sct.office.coordination.columns import Columns, Scope
from sct.office.coordination.derived import derived
from sct.office.coordination.state import forget, fresh_stamp
from sct.office.ledger import actions, queries
from sct.office.ledger.actions import NewBatch
from sct.office.ledger.models import BatchKind
from sct.office.ledger.queries import NOW, AsOf
from sct.vietnamese.periods import Period

DAYS = [
    NOW,
    AsOf(date(2020, 12, 20)),
    AsOf(date(2024, 1, 1)),
    AsOf(None, date(2000, 1, 1)),
    AsOf(None, date(2100, 1, 1)),
]


@pytest.fixture(autouse=True)
def fresh():
    forget()


def kept(person):
    fresh_stamp(person)
    return columns.of(person)


def now_current(person, as_of=NOW):
    known = kept(person)
    return known.ids(known.actual(known.rows(Scope(as_of=as_of))))


@pytest.mark.parametrize("as_of", DAYS)
def test_the_current_values_are_those_of_the_ledger(sample, chuyen_vien, as_of):
    assert Counter(now_current(chuyen_vien, as_of)) == Counter(f.id for f in queries.current(chuyen_vien, as_of=as_of))


def test_a_figure_of_the_columns_is_the_figure_of_the_ledger(sample, chuyen_vien):
    known = kept(chuyen_vien)
    for position, figure in enumerate(queries.figures(chuyen_vien, [int(n) for n in known["id"]])):
        light = known.figure(position)
        assert light == replace(figure, origin=light.origin, entered=None, note="", written="")
        assert known["value"][position] == pytest.approx(float(figure.quantity.value), rel=1e-12)


def test_what_is_recorded_and_withdrawn_is_there_at_once(sample, chuyen_vien):
    first = queries.current(chuyen_vien, indicators=["exports"])[0]
    before = now_current(chuyen_vien)
    newer = replace(first, quantity=replace(first.quantity, number=first.quantity.number + 1))
    made = actions.record(chuyen_vien, [newer], NewBatch(BatchKind.ENTRY)).ids[0]
    assert set(now_current(chuyen_vien)) == {*before, made} - {first.id}
    actions.withdraw(chuyen_vien, [made], why="gõ nhầm")
    assert now_current(chuyen_vien) == before


def test_the_computed_values_are_those_of_the_figures(sample, chuyen_vien, hanoi):
    """Fed by columns or by figures, the engine says the same."""
    told = [*queries.current(chuyen_vien), *queries.plans(chuyen_vien)]
    fresh_stamp(chuyen_vien)
    by_figures = {(c.series, c.period, c.transformation): c for c in derive(told, load()).cells()}
    by_columns = {(c.series, c.period, c.transformation): c for c in derived(chuyen_vien, None).cells()}
    assert by_figures.keys() == by_columns.keys()
    for cell, one in by_figures.items():
        other = by_columns[cell]
        assert (one.exact, one.quantity, one.formula, one.interval()) == (
            other.exact,
            other.quantity,
            other.formula,
            other.interval(),
        )
        assert [f.id for f in one.operands] == [f.id for f in other.operands]


def test_somebody_of_another_place_has_no_rows(sample, nguoi_ngoai):
    known = kept(nguoi_ngoai)
    assert not len(known.rows(columns.scope(nguoi_ngoai, None)))
    assert known.years(fresh_stamp(nguoi_ngoai).areas) == {}


def test_columns_kept_in_a_file_are_the_same(sample, chuyen_vien, tmp_path):
    known = kept(chuyen_vien)
    known.save(tmp_path / "ledger.parquet")
    again = Columns.stored(tmp_path / "ledger.parquet")
    assert again is not None
    assert again.stamp == known.stamp
    assert again.years(None) == known.years(None)
    assert [again.figure(n) for n in range(again.size)] == [known.figure(n) for n in range(known.size)]


def test_a_broken_file_is_read_again_from_the_ledger(tmp_path):
    (tmp_path / "ledger.parquet").write_bytes(b"PAR1 no more")
    assert Columns.stored(tmp_path / "ledger.parquet") is None
    assert Columns.stored(tmp_path / "none.parquet") is None


def test_a_ledger_that_was_put_back_is_read_anew(sample, chuyen_vien):
    known = kept(chuyen_vien)
    last, taken, _entered = known.stamp
    known.stamp = (last, taken, None)  # as if the last row known had come at another time
    assert not known.holds()


def test_years_count_figures_and_yearly_indicators(sample, chuyen_vien, hanoi):
    from sct.office.ledger.models import Observation

    told = kept(chuyen_vien).years(None)[hanoi]
    rows = Observation.objects.filter(area=hanoi, first_month__gte=2024 * 12, first_month__lt=2025 * 12)
    yearly = {row.indicator for row in rows if row.actual and row.last_month == row.first_month + 11}
    assert told[2024] == (rows.count(), len(yearly))


def test_a_number_that_no_decimal_tells_is_kept_exactly(sample, chuyen_vien, hanoi):
    one = queries.current(chuyen_vien, indicators=["exports"])[0]
    third = replace(one, quantity=replace(one.quantity, number=Fraction(1, 3)))
    actions.record(chuyen_vien, [third], NewBatch(BatchKind.ENTRY))
    known = kept(chuyen_vien)
    assert known.exact(known.size - 1) == Fraction(1, 3)


def test_two_names_of_the_same_months_are_one_cell(sample, chuyen_vien, hanoi):
    """2030-S1 and 2030-M01-M06; the ledger keeps how each source wrote it."""
    one = next(
        f for f in queries.current(chuyen_vien, indicators=["exports"]) if f.transformation is Transformation.YOY
    )
    half = replace(one, period=Period.parse("2030-S1"), quantity=replace(one.quantity, number=Fraction(3)))
    six = replace(one, period=Period.parse("2030-M01-M06"), quantity=replace(one.quantity, number=Fraction(4)))
    actions.record(chuyen_vien, [half], NewBatch(BatchKind.ENTRY))
    actions.record(chuyen_vien, [six], NewBatch(BatchKind.ENTRY))
    key = SeriesKey("exports", hanoi)
    told = queries.vintages(chuyen_vien, key, Period.parse("2030-M01-M06"), Transformation.YOY)
    assert [(f.period.code, f.written) for f in told] == [("2030-S1", ""), ("2030-S1", "2030-M01-M06")]
    assert [f.id for f in queries.current(chuyen_vien, indicators=["exports"]) if f.period.year == 2030] == [told[1].id]
    assert [c.cell[1].code for c in queries.conflicts(chuyen_vien, indicators=["exports"])].count("2030-S1") == 1
