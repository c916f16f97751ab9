"""Areas: counts on a day, succession, names with and without type and diacritics."""

from datetime import date

import pytest

from sct.catalogue import load
from sct.errors import UserError

LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)
FIRST_DAY_OF_TWO_LEVELS = date(2025, 7, 1)


def named(name: str, on: date | None = None) -> str:
    return load().area_named(name, on).key


def test_63_provinces_became_34_overnight():
    areas = load().areas
    assert len(areas.on(LAST_DAY_OF_DISTRICTS, "province")) == 63
    assert len(areas.on(FIRST_DAY_OF_TWO_LEVELS, "province")) == 34


def test_hanois_30_districts_ended_and_126_communes_began():
    areas = load().areas
    hanoi = named("Hà Nội")
    before = areas.children(hanoi, LAST_DAY_OF_DISTRICTS)
    after = areas.children(hanoi, FIRST_DAY_OF_TWO_LEVELS)
    assert [area.level for area in before] == ["district"] * 30
    assert [area.level for area in after] == ["commune"] * 126
    assert sum(area.type == "Phường" for area in after) == 51
    assert sum(len(areas.children(district.key, LAST_DAY_OF_DISTRICTS)) for district in before) == 526


def test_hanoi_is_one_area_through_2025_but_another_before_the_merger_of_2008():
    hanoi = named("Hà Nội")
    assert named("Hà Nội", LAST_DAY_OF_DISTRICTS) == named("Hà Nội", FIRST_DAY_OF_TWO_LEVELS) == hanoi
    assert named("Hà Nội", date(2008, 7, 31)) != hanoi
    assert named("Hà Tây", date(2008, 7, 31)) in load().area(hanoi).predecessors


def test_a_code_alone_means_different_units_on_different_days():
    areas = load().areas
    assert areas.find("00004", LAST_DAY_OF_DISTRICTS).name == "Phường Trúc Bạch"
    assert areas.find("00004", FIRST_DAY_OF_TWO_LEVELS).name == "Phường Ba Đình"
    assert areas.find("01").name == "Thành phố Hà Nội"


def test_chuong_my_is_a_district_before_and_a_ward_after():
    assert load().area_named("Chương Mỹ", LAST_DAY_OF_DISTRICTS).name == "Huyện Chương Mỹ"
    assert load().area_named("Chương Mỹ", FIRST_DAY_OF_TWO_LEVELS).name == "Phường Chương Mỹ"
    assert load().area_named("chuong my", FIRST_DAY_OF_TWO_LEVELS).name == "Phường Chương Mỹ"


@pytest.mark.parametrize(
    "name", ["Hà Nội", "TP. Hà Nội", "thành phố Hà Nội", "TP Hà Nội", "Thủ đô", "ha noi", "HÀ NỘI"]
)
def test_hanoi_goes_by_many_names(name):
    assert load().area_named(name).code == "01"


@pytest.mark.parametrize(
    "name", ["TP HCM", "TP.HCM", "Tp. Hồ Chí Minh", "TPHCM", "Thành phố Hồ Chí Minh", "ho chi minh"]
)
def test_ho_chi_minh_city_too(name):
    assert load().area_named(name).code == "79"


@pytest.mark.parametrize("name", ["cả nước", "Việt Nam", "toàn quốc"])
def test_the_country_is_an_area(name):
    assert load().area_named(name).level == "country"


def test_the_tone_may_stand_on_either_vowel():
    assert named("Thanh Hoá") == named("Thanh Hóa")
    assert named("Hoà Bình", date(2020, 1, 1)) == named("Hòa Bình", date(2020, 1, 1))


def test_a_decomposed_name_is_found():
    import unicodedata

    assert named(unicodedata.normalize("NFD", "Bắc Ninh")) == named("Bắc Ninh")


def test_the_type_chooses_between_a_district_and_a_ward_of_one_name():
    day = date(2020, 1, 1)
    assert load().area_named("Thanh Trì", day).level == "district"
    assert load().area_named("phường Thanh Trì", day).level == "commune"
    assert load().area_named("H. Thanh Trì", day).level == "district"


def test_an_area_that_is_gone_is_still_found_by_its_name():
    assert load().area_named("Bình Dương").valid_to == LAST_DAY_OF_DISTRICTS
    with pytest.raises(UserError) as caught:
        load().area_named("Bình Dương", date(2026, 1, 1))
    assert caught.value.code == "unknown-area"
    assert "2025-06-30" in caught.value.expected


def test_a_name_of_several_communes_is_ambiguous_and_names_them():
    with pytest.raises(UserError) as caught:
        load().area_named("Minh Khai", date(2020, 1, 1))
    assert caught.value.code == "ambiguous-area"
    for district in ("Hai Bà Trưng", "Bắc Từ Liêm", "Hoài Đức"):
        assert district in caught.value.expected


def test_an_unknown_name_is_refused():
    with pytest.raises(UserError) as caught:
        load().area_named("Atlantis")
    assert caught.value.code == "unknown-area"


def test_a_new_commune_knows_what_it_took_whole_and_what_in_part():
    ba_dinh = load().areas["00004@2025-07-01"]
    assert "00004@1900-01-01" in ba_dinh.predecessors
    assert "00019@1900-01-01" in ba_dinh.partial_predecessors
    assert not set(ba_dinh.predecessors) & set(ba_dinh.partial_predecessors)


def test_succession_closes_both_ways():
    areas = load().areas
    for key, area in areas.items():
        for heir in area.successors:
            if areas[heir].level == area.level:
                assert key in areas[heir].predecessors + areas[heir].partial_predecessors
    split = {key for area in areas.values() for key in area.partial_predecessors if areas[key].level == "commune"}
    assert len(split) == 199
    assert all(len(areas[key].successors) > 1 for key in split)


def test_tu_liem_was_split_in_2014():
    day = date(2013, 1, 1)
    tu_liem = load().area_named("Từ Liêm", day)
    heirs = [load().area(key).short_name for key in tu_liem.successors]
    assert sorted(heirs) == ["Bắc Từ Liêm", "Nam Từ Liêm"]


def test_the_licence_of_the_areas_stands_beside_them():
    from sct.declared import PACKAGED

    assert (
        "Copyright (c) 2025 Tran Ngoc Minh Hieu" in (PACKAGED / "areas" / "LICENSE-vietnamadminunits.txt").read_text()
    )
