"""Totals of communes beside the city's figure, and one series over July 2025 on old and on new boundaries."""

from fractions import Fraction

import pytest

from sct.catalogue import load
from sct.catalogue.model import Figure, Origin, PartialDate, SeriesKey, Stage, Transformation
from sct.collecting.boundaries import Carried, Gap, carried, shares, sides
from sct.collecting.duties import units
from sct.office.collection import actions
from sct.office.collection.ground import Ref
from sct.office.coordination.totals import bridge, totals
from sct.office.ledger import actions as ledger
from sct.office.ledger.actions import NewBatch
from sct.office.ledger.models import BatchKind
from sct.office.people.errors import NotVisibleError
from sct.vietnamese.periods import Period, PeriodKind
from sct.vietnamese.quantities import Quantity
from tests.office.collection.conftest import FILLED, MONTH, TRADE, type_in


def city(person, number, unit="ty_dong", decimals=1, area=None, period=MONTH, indicator="retail_goods"):
    """What the ledger says of an area itself."""
    figure = Figure(
        series=SeriesKey(indicator, area or load().home),
        period=Period.parse(period),
        transformation=Transformation.LEVEL,
        quantity=Quantity(Fraction(number), load().unit(unit), decimals),
        stage=Stage.ESTIMATE,
        origin=Origin("citation", "Thống kê", "https://thongke.example.vn"),
        published=PartialDate("2026-03-30"),
    )
    ledger.record(person, [figure], NewBatch(BatchKind.ENTRY))


@pytest.fixture
def everybody(people):
    root = people("goc")
    root.is_superuser = True
    root.save()
    return root


def all_send(by, values, but=()):
    form = load().form(TRADE)
    for unit in units(load(), form, Period.parse(MONTH), load().home):
        if unit.key not in but:
            ref = Ref(unit.key, TRADE, MONTH)
            type_in(by, ref, values)
            actions.act(by, ref, "send")
            actions.act(by, ref, "receive")


def row(found, code):
    return next(one for one in found.rows if one.field.code == code)


def test_a_total_says_of_how_many_units_and_is_not_yet_the_citys(received, chuyen_vien):
    city(chuyen_vien, "1600")
    found = totals(chuyen_vien, TRADE, MONTH)
    retail = row(found, "retail_goods")
    assert (found.got, retail.told, retail.of) == (1, 1, 126)
    assert retail.value == Fraction("12500.5")
    assert (retail.complete, retail.whole, retail.gap, retail.agrees) == (False, None, None, None)
    assert row(found, "travel").told == 1  # a dash is an answer, and adds nothing


@pytest.mark.long
def test_when_all_have_told_the_sum_is_the_engines_and_is_laid_beside_the_citys(everybody, chuyen_vien):
    city(chuyen_vien, "1575.1")  # 126 × 12.500,5 triệu = 1.575,063 tỷ
    all_send(everybody, FILLED)
    found = totals(chuyen_vien, TRADE, MONTH)
    retail = row(found, "retail_goods")
    assert retail.complete
    assert retail.value == 126 * Fraction("12500.5")
    assert retail.whole is not None
    printed = retail.whole.quantity  # rounded as the engine prints it
    assert abs(printed.value - retail.quantity.value) <= printed.half_step
    assert retail.gap is not None
    assert retail.gap.number == Fraction("1575063") - Fraction("1575100")
    assert retail.agrees is True  # 1.575,063 rounds to 1.575,1
    food = row(found, "food_lodging")
    assert (food.city, food.agrees) == (None, None)


def test_who_does_not_see_the_city_sees_no_totals(xa, nguoi_ngoai):
    for person in (xa, nguoi_ngoai):
        with pytest.raises(NotVisibleError):
            totals(person, TRADE, MONTH)
        with pytest.raises(NotVisibleError):
            bridge(person, "retail_goods", "", new=True, kind=PeriodKind.MONTH)


# -- over July 2025 ---------------------------------------------------------------------------------------------------


BOTH = sides(load(), load().home)


def one_district_commune():
    """A commune that lies whole within one district, and that district."""
    return next((a.key, next(iter(BOTH.touching[a.key]))) for a in BOTH.new if len(BOTH.touching[a.key]) == 1)


def test_thirty_districts_and_126_communes_touch_each_other_both_ways():
    assert (len(BOTH.old), len(BOTH.new)) == (30, 126)
    assert set(BOTH.touching) == {area.key for area in (*BOTH.old, *BOTH.new)}
    for area, others in BOTH.touching.items():
        assert all(area in BOTH.touching[other] for other in others)


def test_nothing_is_split_without_a_recorded_weight():
    commune, district = one_district_commune()
    made = carried(load(), BOTH, commune, "retail_goods", {district: Fraction(100)})
    assert made == Gap(without_weight=(district,))


def test_communes_that_lie_whole_within_a_district_add_up_to_it():
    whole = next(
        area.key
        for area in BOTH.old
        if all(BOTH.touching[commune] == {area.key} for commune in BOTH.touching[area.key])
    )
    communes = sorted(BOTH.touching[whole])
    made = carried(load(), BOTH, whole, "retail_goods", {key: Fraction(10) for key in communes})
    assert isinstance(made, Carried)
    assert made.value == 10 * len(communes)
    assert {share.weight for share in made.shares} == {Fraction(1)}
    missing = carried(load(), BOTH, whole, "retail_goods", {key: Fraction(10) for key in communes[1:]})
    assert missing == Gap(without_value=(communes[0],))


def test_what_does_not_add_over_areas_is_not_carried_over():
    commune, district = one_district_commune()
    made = carried(load(), BOTH, commune, "cluster_occupancy_rate", {district: Fraction(50)})
    assert made == Gap(not_additive=True)


@pytest.fixture
def weights(tmp_path, monkeypatch):
    """Recorded weights of one district for its communes; returns the district, a commune and its share."""
    commune, district = one_district_commune()
    targets = sorted(BOTH.touching[district])
    share = Fraction(1, len(targets))
    folder = tmp_path / "weights"
    folder.mkdir()
    lines = ["code,from,to,indicator,weight,source"]
    lines += [f"{district}>{t}:*,{district},{t},*,1/{len(targets)},Biên bản rà soát thử" for t in targets]
    (folder / "own.csv").write_text("\n".join(lines) + "\n", "utf-8")
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))
    return district, commune, share


def test_a_recorded_weight_carries_over_and_keeps_who_said_it(weights):
    district, commune, share = weights
    made = carried(load(), BOTH, commune, "retail_goods", {district: Fraction(700)})
    assert isinstance(made, Carried)
    assert made.value == 700 * share
    assert [(one.source, one.weight, one.said_by) for one in made.shares] == [(district, share, "Biên bản rà soát thử")]
    total = sum(
        carried(load(), BOTH, target, "retail_goods", {district: Fraction(700)}).value
        for target in BOTH.touching[district]
        if BOTH.touching[target] == {district}
    )
    whole = [target for target in BOTH.touching[district] if BOTH.touching[target] == {district}]
    assert total == 700 * share * len(whole)


def test_weights_that_do_not_add_up_are_a_fault(weights, tmp_path):
    from sct.catalogue import check

    assert weights
    own = tmp_path / "weights" / "own.csv"
    own.write_text("\n".join(own.read_text("utf-8").splitlines()[:-1]) + "\n", "utf-8")
    assert "weights-not-whole" in {error.code for error in check()}


def test_the_series_stands_on_both_boundaries_and_says_which_values_are_converted(chuyen_vien, client):
    district = next(area for area in BOTH.old if all(BOTH.touching[c] == {area.key} for c in BOTH.touching[area.key]))
    communes = sorted(BOTH.touching[district.key])
    city(chuyen_vien, "500", area=district.key, period="2025-05")
    for commune in communes:
        city(chuyen_vien, "120.5", area=commune, period="2025-08")
    old = bridge(chuyen_vien, "retail_goods", "", new=False, kind=PeriodKind.MONTH)
    cells = dict((area.key, told) for area, told in old.lines)[district.key]
    assert [period.code for period in old.periods] == ["2025-05", "2025-08"]
    assert cells[0].figure is not None
    assert cells[1].carried is not None
    assert cells[1].carried.value == Fraction("120.5") * len(communes) * 10**9
    new = bridge(chuyen_vien, "retail_goods", "", new=True, kind=PeriodKind.MONTH)
    told = dict((area.key, cells) for area, cells in new.lines)[communes[0]]
    assert told[0].gap is not None
    assert told[0].gap.without_weight == (district.key,)
    assert told[1].figure is not None
    client.force_login(chuyen_vien)
    page = client.get("/thu-thap/qua-7-2025/retail_goods/?theo=cu").content.decode()
    assert "quy đổi" in page
    assert shares(load().weights, BOTH, communes[0], "retail_goods") == Gap(without_weight=(district.key,))
