"""The real figures of Hà Nội: all of them load, and what disagrees in them shows as disagreeing."""

import csv
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from sct.catalogue import load
from sct.catalogue.model import Comparator, SeriesKey, Stage, Transformation
from sct.office.ledger import queries
from sct.office.ledger.disagreement import Disagreement
from sct.office.ledger.models import Observation
from sct.office.ledger.queries import AsOf
from sct.office.ledger.rows import BASES, MEASURES
from sct.samples import FIGURES
from sct.vietnamese.periods import Period

SHARED = Path(__file__).resolve().parents[4] / "shared" / "samples" / "data" / "conflicts.csv"
YEAR_2020 = Period.of_year(2020)


@pytest.fixture
def exports(hanoi):
    return SeriesKey("exports", hanoi)


def test_every_row_of_the_sample_is_one_observation(sample):
    with FIGURES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 1097
    assert (sample.rows, sample.recorded, sample.already) == (1097, 1097, 0)
    assert Observation.objects.count() == 1097
    assert Counter(row["unit"] for row in rows if row["measure"] == "level")["ty_usd"] == (
        Observation.objects.filter(unit="ty_usd", transformation="level", actual=True).count()
    )


def test_the_words_of_a_source_are_not_kept():
    assert "quote" not in FIGURES.read_text("utf-8").splitlines()[0].split(",")


def test_a_stored_figure_is_the_printed_one(sample, chuyen_vien, exports):
    told = queries.vintages(chuyen_vien, exports, YEAR_2020, Transformation.YOY)
    assert [(f.quantity.number, f.quantity.decimals, f.published.text) for f in told] == [
        (Fraction("3.5"), 1, "2020-11"),
        (Fraction("2.2"), 1, "2020-12-18"),
        (Fraction("1.8"), 1, "2021-01-12"),
    ]
    assert told[0].origin.url.startswith("https://hanoitimes.vn/")
    assert told[0].origin.published_basis == "inferred"
    assert told[1].origin.file == "001_57ea59901c2ba4b6.txt"


@pytest.mark.parametrize(
    ("day", "growth"),
    [
        (date(2020, 11, 29), None),
        (date(2020, 11, 30), "3.5"),
        (date(2020, 12, 17), "3.5"),
        (date(2020, 12, 20), "2.2"),
        (date(2021, 1, 11), "2.2"),
        (date(2021, 1, 20), "1.8"),
        (None, "1.8"),
    ],
)
def test_exports_of_2020_as_known_on_a_day(sample, chuyen_vien, hanoi, exports, day, growth):
    known = queries.current(chuyen_vien, indicators=["exports"], areas=[hanoi], as_of=AsOf(published=day))
    found = [f for f in known if f.cell == (exports, YEAR_2020, Transformation.YOY)]
    assert [f.quantity.number for f in found] == ([] if growth is None else [Fraction(growth)])


def test_the_history_of_a_cell_tells_the_size_of_each_revision(sample, chuyen_vien, exports, hanoi):
    steps = queries.revisions(chuyen_vien, exports, YEAR_2020, Transformation.YOY)
    assert [step.change for step in steps] == [None, Fraction("-1.3"), Fraction("-0.4")]
    level = queries.revisions(chuyen_vien, exports, Period.of_year(2019), Transformation.LEVEL)
    assert [step.change for step in level] == [None, Fraction(-800_000_000)]
    assert level[1].relative == Fraction(-800, 175)


def test_targets_are_never_the_current_value(sample, chuyen_vien, hanoi):
    assert all(f.stage.is_actual for f in queries.current(chuyen_vien))
    targets = queries.plans(chuyen_vien, areas=[hanoi])
    assert len(targets) == Observation.objects.filter(stage="plan", area=hanoi).count() == 112
    assert {f.stage for f in targets} == {Stage.PLAN}


def test_a_range_keeps_both_ends(sample, chuyen_vien, hanoi):
    told = queries.plans(chuyen_vien, indicators=["clusters_established_new"], areas=[hanoi])
    ends = {(f.bound, f.quantity.number) for f in told if f.period == Period.of_year(2026)}
    assert ends == {("lower", 5), ("upper", 10)}


def test_a_target_for_growth_is_not_a_level(sample, chuyen_vien, hanoi):
    targets = queries.plans(chuyen_vien, indicators=["exports"], areas=[hanoi])
    kinds = {(f.period.code, f.transformation) for f in targets}
    assert ("2021", Transformation.YOY) in kinds
    assert ("2016/2020", Transformation.AVERAGE_YEARLY) in kinds
    assert ("2019", Transformation.LEVEL) in kinds


def test_growth_a_year_over_a_span_is_its_own_transformation(sample, chuyen_vien, hanoi):
    known = queries.current(chuyen_vien, indicators=["grdp"], areas=[hanoi])
    spans = [f for f in known if f.period == Period.of_years(2011, 2015)]
    assert [(f.transformation, f.quantity.number) for f in spans] == [(Transformation.AVERAGE_YEARLY, Fraction("6.93"))]


def test_more_than_and_nearly_are_kept_beside_the_number(sample, chuyen_vien, hanoi):
    known = queries.current(chuyen_vien, indicators=["key_industrial_products_revenue"], areas=[hanoi])
    assert Comparator.APPROX in {f.comparator for f in known}
    assert Observation.objects.filter(comparator="gt").count() == 17


def test_a_misprint_is_kept_but_is_not_the_current_value(sample, chuyen_vien, hanoi):
    known = queries.current(chuyen_vien, indicators=["grdp"], areas=[hanoi])
    growth = [f for f in known if f.period == Period.of_year(2022) and f.transformation is Transformation.YOY]
    assert [f.quantity.number for f in growth] == [Fraction("8.89")]
    told = queries.vintages(chuyen_vien, SeriesKey("grdp", hanoi), Period.of_year(2022), Transformation.YOY)
    assert Fraction("8.29") in {f.quantity.number for f in told}


# -- conflicts ----------------------------------------------------------------------------------------------------


def group(row):
    """A row of conflicts.csv as (cell without basis): what the file groups by."""
    indicator, breakdown = load().resolve(row["indicator"])
    transformation = BASES.get((row["measure"], row["basis"])) if "basis" in row else None
    period = Period.parse(row["period"]).canonical.code  # the list says M01-M06 where the ledger says S1
    return indicator, breakdown, row["area"], period, (transformation or MEASURES[row["measure"]]).value


def known_groups():
    """The groups of the file, the transformation of each taken from the sample row it repeats."""
    if not SHARED.exists():
        pytest.skip("the shared list of conflicts is not here")
    with FIGURES.open(encoding="utf-8", newline="") as stream:
        bases = {(r["indicator"], r["period"], r["measure"], r["value"]): r["basis"] for r in csv.DictReader(stream)}
    with SHARED.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 83
    for row in rows:
        row["basis"] = bases[row["indicator"], row["period"], row["measure"], row["value"]]
    return {group(row) for row in rows}


def key(conflict, hanoi):
    series, period, transformation = conflict.cell
    assert series.area == hanoi
    return series.indicator, series.breakdown, "Hà Nội", period.code, transformation.value


def test_the_conflicts_are_exactly_the_known_groups(sample, chuyen_vien, hanoi):
    known = known_groups()
    assert len(known) == 34
    assert {key(conflict, hanoi) for conflict in queries.conflicts(chuyen_vien)} == known


def test_each_conflict_says_whether_both_can_be_right(sample, chuyen_vien):
    conflicts = queries.conflicts(chuyen_vien)
    found = {(c.cell[0].indicator, c.cell[0].breakdown, c.cell[1].code, c.cell[2].value): c.kind for c in conflicts}

    def kind(code, period, transformation):
        return found[*load().resolve(code), period, transformation]

    assert Counter(c.kind for c in conflicts) == {
        Disagreement.CONTRADICTORY: 27,
        Disagreement.RECONCILABLE: 6,
        Disagreement.FORECAST: 1,
    }
    assert kind("exports", "2020", "yoy") is Disagreement.CONTRADICTORY
    assert kind("iip", "2019", "yoy") is Disagreement.RECONCILABLE  # 8 and 8,5 meet at 8,45..8,5
    assert kind("ocop_products_3star", "2019/2025", "level") is Disagreement.RECONCILABLE  # hơn 1.700 and 1.718
    assert kind("va_industry", "2018", "yoy") is Disagreement.FORECAST
    assert all(c.cannot_both_be_right == (c.kind is Disagreement.CONTRADICTORY) for c in conflicts)


def test_the_three_growths_of_exports_stand_in_order_of_publication(sample, chuyen_vien, exports):
    found = {c.cell: c for c in queries.conflicts(chuyen_vien, indicators=["exports"])}
    conflict = found[exports, YEAR_2020, Transformation.YOY]
    assert [str(f.quantity.number) for f in conflict.values] == ["7/2", "11/5", "9/5"]
    assert {f.quantity.number for f in conflict.worst} == {Fraction("3.5"), Fraction("1.8")}


def test_a_conflict_is_not_there_before_its_second_value(sample, chuyen_vien, exports):
    def cells(day):
        found = queries.conflicts(chuyen_vien, indicators=["exports"], as_of=AsOf(published=day))
        return {conflict.cell for conflict in found}

    cell = (exports, YEAR_2020, Transformation.YOY)
    assert cell not in cells(date(2020, 12, 17))
    assert cell in cells(date(2020, 12, 18))


def test_the_newest_conflicts_can_be_asked_for_a_few(sample, chuyen_vien):
    few = queries.conflicts(chuyen_vien, limit=5)
    assert len(few) == 5
    assert len(queries.conflicts(chuyen_vien, limit=100)) == 34
