"""Weights of July 2025 recorded on a page: with a source, adding up, by version; and the series that follows."""

from fractions import Fraction

import pytest

from sct.catalogue import load
from sct.collecting.boundaries import Gap
from sct.errors import UserError
from sct.office.collection import weights
from sct.office.collection.models import Weighting
from sct.office.coordination.totals import bridge
from sct.office.people import audit
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.vietnamese.periods import PeriodKind
from tests.office.collection.test_totals import BOTH, city

DISTRICT = next(area.key for area in BOTH.old if 2 < len(BOTH.touching[area.key]) < 6)
COMMUNES = sorted(BOTH.touching[DISTRICT])
SOURCE = "Biên bản rà soát thử số 1"


def parts(*percents):
    return dict(zip(COMMUNES, percents, strict=False))


def told(person, new=True):
    found = bridge(person, "retail_goods", "", new=new, kind=PeriodKind.MONTH)
    return {area.key: cells for area, cells in found.lines}


def test_a_district_is_divided_by_the_recorded_weights_and_only_by_them(chuyen_vien, client):
    city(chuyen_vien, "500", area=DISTRICT, period="2025-05")
    assert told(chuyen_vien)[COMMUNES[0]][0].gap == Gap(without_weight=tuple(sorted(BOTH.touching[COMMUNES[0]])))
    # The other districts that touch the commune keep nothing there.
    for other in BOTH.touching[COMMUNES[0]] - {DISTRICT}:
        keys = sorted(BOTH.touching[other] - {COMMUNES[0]})
        weights.record(chuyen_vien, other, {keys[0]: "100"}, SOURCE)
    client.force_login(chuyen_vien)
    address = f"/thu-thap/trong-so/{DISTRICT}/"
    given = {f"p.{key}": text for key, text in parts("35,5", "64,5").items()}
    page = client.post(address, {**given, "nguon": SOURCE}, follow=True).content.decode()
    assert "35,5" in page
    assert SOURCE in page
    carried = told(chuyen_vien)[COMMUNES[0]][0].carried
    assert carried is not None
    assert carried.value == Fraction("177.5") * 10**9
    assert [(s.source, s.weight, s.said_by) for s in carried.shares] == [(DISTRICT, Fraction(71, 200), SOURCE)]
    series = client.get("/thu-thap/qua-7-2025/retail_goods/").content.decode()
    assert "quy đổi" in series
    assert "× 0,355" in series
    # The figure of the district itself is untouched: what is carried over is never recorded.
    assert told(chuyen_vien, new=False)[DISTRICT][0].figure.quantity.number == 500
    assert audit.verify().holds


@pytest.mark.parametrize(
    ("percents", "source", "code"),
    [
        (("35,5", "64"), SOURCE, "weights-not-whole"),
        (("35,5", "65"), SOURCE, "weights-not-whole"),
        (("một phần", "64,5"), SOURCE, "bad-number"),
        (("-5", "105"), SOURCE, "bad-number"),
        (("35,5", "64,5"), " ", "no-source"),
    ],
)
def test_weights_that_do_not_add_up_or_have_no_source_are_refused(chuyen_vien, percents, source, code):
    with pytest.raises(UserError) as caught:
        weights.record(chuyen_vien, DISTRICT, parts(*percents), source)
    assert caught.value.code == code
    assert not Weighting.objects.exists()


def test_a_refusal_keeps_what_was_typed_and_says_what_is_missing(chuyen_vien, client):
    client.force_login(chuyen_vien)
    given = {f"p.{key}": text for key, text in parts("35,5", "64").items()}
    answer = client.post(f"/thu-thap/trong-so/{DISTRICT}/", {**given, "nguon": SOURCE})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "còn thiếu 0,5%" in page
    assert 'value="35,5"' in page


def test_an_area_that_does_not_touch_gets_nothing(chuyen_vien):
    stranger = next(area.key for area in BOTH.new if area.key not in BOTH.touching[DISTRICT])
    with pytest.raises(UserError) as caught:
        weights.record(chuyen_vien, DISTRICT, {stranger: "100"}, SOURCE)
    assert caught.value.code == "not-touching"


def test_the_newest_version_holds_the_older_stay_and_an_empty_one_ends_the_weights(chuyen_vien):
    weights.record(chuyen_vien, DISTRICT, parts("40", "60"), SOURCE)
    weights.record(chuyen_vien, DISTRICT, parts("35,5", "64,5"), "Biên bản số 2")
    mine = {w.target_area: (w.share, w.source) for w in weights.in_force() if w.source_area == DISTRICT}
    assert mine[COMMUNES[0]] == (Fraction(71, 200), "Biên bản số 2")
    assert [one.source for one in weights.versions(DISTRICT)] == ["Biên bản số 2", SOURCE]
    weights.record(chuyen_vien, DISTRICT, {}, "thôi dùng")
    assert [w for w in weights.in_force() if w.source_area == DISTRICT] == []


def test_weights_of_one_indicator_go_before_those_of_all(chuyen_vien):
    weights.record(chuyen_vien, DISTRICT, parts("40", "60"), SOURCE)
    weights.record(chuyen_vien, DISTRICT, parts("10", "90"), SOURCE, "retail_goods")
    from sct.collecting.boundaries import _recorded

    held = weights.in_force()
    assert _recorded(held, DISTRICT, COMMUNES[0], "retail_goods").weight == Fraction(1, 10)
    assert _recorded(held, DISTRICT, COMMUNES[0], "food_lodging").weight == Fraction(2, 5)


def test_only_who_approves_for_the_city_records_weights(phong, xa, nguoi_ngoai, client):
    with pytest.raises(NotAllowedError):
        weights.record(phong, DISTRICT, parts("40", "60"), SOURCE)
    for person in (xa, nguoi_ngoai):
        with pytest.raises(NotVisibleError):
            weights.record(person, DISTRICT, parts("40", "60"), SOURCE)
        client.force_login(person)
        assert client.get("/thu-thap/trong-so/").status_code == 404
        assert client.get(f"/thu-thap/trong-so/{DISTRICT}/").status_code == 404
    client.force_login(phong)
    page = client.get(f"/thu-thap/trong-so/{DISTRICT}/").content.decode()
    assert 'name="nguon"' not in page
    assert client.post(f"/thu-thap/trong-so/{DISTRICT}/", {"nguon": SOURCE}).status_code == 403
    assert load().weights == ()


def test_the_list_says_plainly_that_nothing_is_divided_without_weights(chuyen_vien, client):
    client.force_login(chuyen_vien)
    page = client.get("/thu-thap/trong-so/").content.decode()
    assert "chưa có trọng số nào" in page
    assert page.count("chưa có</span>") == 94  # 30 districts, 64 communes over more than one
