"""Indicators counted from registers, where people look for figures: beside what was reported, with the question as origin."""

import json
from datetime import date

from sct.catalogue.registers import register


def test_a_counted_indicator_stands_on_its_page_beside_what_was_reported(sample, entries, lan, read, words):
    page = read(lan.get("/chi-tieu/clusters_operating/?ky=2024"))
    row = page.xpath("//tr[@aria-current]")[0]
    assert "70" in words(row) and "đếm từ sổ: 5" in words(row)
    assert "(sổ chưa đủ để so)" in words(row) and "lệch" not in words(row)
    address = row.xpath('.//a[contains(@href, "so-lieu/tinh")]/@href')[0]
    card = words(read(lan.get(address)))
    assert "Đếm từ sổ «Cụm công nghiệp»" in card
    assert "đang «Đang hoạt động, Lấp đầy, Hoạt động và mở rộng» ngày 31-12-2024" in card
    points = json.loads(page.get_element_by_id("chart-spec").text)["data"]["values"]
    assert [point["value"] for point in points if point.get("value") is not None] == [70, 70]  # no count among them


def test_an_indicator_that_nobody_reported_is_counted_on_the_list_and_on_its_page(entries, lan, read, words):
    listed = words(read(lan.get("/chi-tieu/?tim=cum cong nghiep dang hoat dong&ky=2024")))
    assert "5 cụm" in listed.replace("\u00a0", " ")
    assert "5 cụm" in words(read(lan.get("/chi-tieu/clusters_operating/?ky=2024"))).replace("\u00a0", " ")


def test_reported_and_counted_that_differ_are_among_what_disagrees(
    sample, entries, lan, read, words, tmp_path, monkeypatch
):
    (tmp_path / "registers").mkdir()
    stated = "- {code: industrial_clusters, complete: [{since: 2024-01-01, says: rà soát năm 2024}]}"
    (tmp_path / "registers" / "own.yaml").write_text(stated, "utf-8")
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))
    page = read(lan.get("/chua-thong-nhat/?ky=2024"))
    section = page.xpath('//section[@aria-labelledby="by-register"]')[0]
    row = next(r for r in section.xpath(".//tbody/tr") if "đang hoạt động" in words(r))
    assert "70 cụm" in words(row).replace("\u00a0", " ") and "5 cụm" in words(row).replace("\u00a0", " ")


def test_occupancy_is_reckoned_from_counted_land(lan, hanoi, chuyen_vien):
    from sct.catalogue.model import SeriesKey, Transformation
    from sct.office.coordination.tallies import Tallies
    from sct.office.registers.actions import Draft, NewBatch, create
    from sct.office.registers.models import BatchKind
    from sct.vietnamese.periods import Period

    values = {"name": "A", "area": hanoi, "industrial_area": "40", "leased_area": "30"}
    draft = Draft(date(2023, 1, 1), "operating", values, source="x")
    create(chuyen_vien, register("industrial_clusters"), [[draft]], NewBatch(BatchKind.FORM))
    found = Tallies(chuyen_vien).get(
        SeriesKey("cluster_occupancy_rate", hanoi), Period.of_year(2024), Transformation.LEVEL
    )
    assert found.quantity.number == 75
    assert found.figure.origin.kind == "register"
    assert "chia tổng «Đất công nghiệp» của 1 hồ sơ có cả hai số" in found.figure.origin.place


def test_a_part_of_an_area_is_not_told_as_the_whole(entries, people, chuyen_vien, hanoi):
    from sct.catalogue import load
    from sct.catalogue.model import SeriesKey
    from sct.office.coordination.tallies import Tallies
    from sct.office.people.models import Role
    from sct.office.registers.counting import count_all
    from sct.vietnamese.periods import Period

    commune = next(a for a in load().areas.children(hanoi) if a.level == "commune").key
    clerk = people("can.bo.xa", Role.LOCAL, commune)
    year = Period.of_year(2024)
    assert Tallies(chuyen_vien).count(SeriesKey("clusters_operating", hanoi), year) is not None
    assert Tallies(clerk).count(SeriesKey("clusters_operating", hanoi), year) is None
    assert count_all(clerk, hanoi, year) == []
