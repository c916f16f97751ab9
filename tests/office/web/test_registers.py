"""The pages of the registers. Each declared register inherits these tests; a register of YAML alone passes them too."""

import io
import json
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sct.catalogue.registers import Kind, load_registers, register
from sct.office.registers.models import Entry, Event, Span

TODAY = timezone.localdate()
CODES = sorted(load_registers())

COLD_STORES = """
- code: cold_stores
  name: Kho lạnh
  name_en: Cold stores
  one: kho lạnh
  one_en: cold store
  group: trade
  public: true
  common_words: [kho lạnh]
  fields:
    - {code: capacity, name: Sức chứa, name_en: Capacity, type: number, unit: tan, column: true, public: true}
    - {code: kind, name: Loại kho, name_en: Kind, type: choice, facet: true, public: true, choices: [[deep, Cấp đông, Deep frozen], [cool, Mát, Cool]]}
    - {code: owner, name: Chủ kho, name_en: Owner, type: text, search: true}
  states:
    - {code: planned, name: Dự kiến, name_en: Planned}
    - {code: open, name: Hoạt động, name_en: Open, tone: good}
    - {code: closed, name: Đóng, name_en: Closed, tone: bad, ended: true}
  transitions:
    - {to: open, from: [planned], name: Khai trương, name_en: Open, evidence: [decision, date]}
    - {to: closed, from: any, name: Đóng, name_en: Close}
"""


def value_for(one):
    return {
        Kind.NUMBER: "12,5",
        Kind.INTEGER: "7",
        Kind.DATE: "2025-03-01",
        Kind.YES_NO: "yes",
        Kind.TEXT: "chữ thử",
        Kind.ENTRY: "",
    }.get(one.kind, one.choices[0].code if one.choices else "")


def filled(kind, name, hanoi):
    """A whole form of an entry of any register, in its last state that is not an end."""
    values = {f"v.{one.code}": value_for(one) for one in kind.fields.values() if one.kind is not Kind.RATIO}
    return {
        "name": name,
        "area": hanoi,
        "state": kind.living[-1],
        "valid": "2025-03-01",
        "source": "https://vi-du.vn/",
        **values,
    }


def sheet(rows):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet()
    for n, row in enumerate(rows):
        page.write_row(n, 0, row)
    book.close()
    return stream.getvalue()


def goes_all_the_way(code, browser, read, words, hanoi):
    """Form, list, facets, map, entry page, export, import, undo, API and open data of one register."""
    kind = register(code)
    assert "chưa có hồ sơ nào" in words(read(browser.get(f"/so-bo/{code}/")))
    form = read(browser.get(f"/so-bo/{code}/them/"))
    labels = words(form)
    assert all(one.told in labels for one in kind.fields.values() if one.kind is not Kind.RATIO)
    made = browser.post(f"/so-bo/{code}/them/", filled(kind, "Hồ Sơ Thử Một", hanoi))
    assert made.status_code == 302, words(read(made, 422))
    entry = Entry.objects.get().pk

    page = read(browser.get(f"/so-bo/{code}/", {"tim": "ho so thu"}))
    assert "Hồ Sơ Thử Một" in words(page)
    for one in kind.facets:
        value = value_for(one)
        assert "Hồ Sơ Thử Một" in words(read(browser.get(f"/so-bo/{code}/", {f"l.{one.code}": value})))
    assert "Hồ Sơ Thử Một" not in words(read(browser.get(f"/so-bo/{code}/?ngay=2025-02-28")))
    assert browser.get(f"/so-bo/{code}/ban-do.json").json()["type"] == "FeatureCollection"
    told = words(read(browser.get(f"/so-bo/ho-so/{entry}/")))
    assert kind.states[kind.living[-1]].told in told

    taken = browser.get(f"/so-bo/{code}/?dang=csv").content.decode("utf-8-sig")
    assert "Hồ Sơ Thử Một" in taken
    again = SimpleUploadedFile("xuat.csv", taken.encode())
    preview = read(browser.post(f"/so-bo/{code}/nap/", {"tep": again}))
    assert words(preview.find_class("sums")[0]) == "1dòng trong tệp0hồ sơ mới1không đổi"

    required = [one for one in kind.fields.values() if one.required]
    head = ["Tên", "Địa bàn", "Trạng thái", "Từ ngày", "Nguồn", *(one.name for one in required)]
    row = [
        "Hồ Sơ Thử Hai",
        "Hà Nội",
        kind.states[kind.living[0]].name,
        "01/02/2025",
        "x",
        *(value_for(r) for r in required),
    ]
    bad = ["Hồ Sơ Sai", "Hà Nội", "không có", "01/02/2025", "x", *(value_for(r) for r in required)]
    file = SimpleUploadedFile("hai.xlsx", sheet([head, row, bad]))
    preview = read(browser.post(f"/so-bo/{code}/nap/", {"tep": file}))
    assert "«không có»" in words(preview)
    token = preview.xpath('//input[@name="tep"]/@value')[0]
    browser.post(f"/so-bo/{code}/nap/ghi/", {"tep": token})
    assert Span.objects.filter(open=True, register=code).count() == 2

    api = browser.get(f"/api/so-bo/{code}/").json()
    assert {one["name"] for one in api["entries"]} == {"Hồ Sơ Thử Một", "Hồ Sơ Thử Hai"}
    batch = Event.objects.order_by("-pk").first().batch_id
    browser.post(f"/so-bo/dot/{batch}/rut/")
    assert Span.objects.filter(open=True, register=code).count() == 1
    return kind, entry


# One of each make in the fast suite, all of them in the long one.
FAST = {"industrial_clusters", "markets", "ocop_products", "craft_alcohol_licences", "grid_works"}


@pytest.mark.parametrize("code", [c if c in FAST else pytest.param(c, marks=pytest.mark.long) for c in CODES])
def test_every_register_goes_all_the_way(code, lan, read, words, hanoi):
    goes_all_the_way(code, lan, read, words, hanoi)


def test_a_register_of_yaml_alone_goes_all_the_way(lan, read, words, hanoi, tmp_path, monkeypatch):
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "own.yaml").write_text(COLD_STORES, "utf-8")
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))
    from sct.catalogue.check import check

    assert check() == []
    assert len(load_registers()) == len(CODES) + 1
    _kind, entry = goes_all_the_way("cold_stores", lan, read, words, hanoi)
    assert "Kho lạnh" in words(read(lan.get("/so-bo/")))
    lan.logout()
    assert "12,5 tấn" in words(read(lan.get(f"/cong-khai/ho-so/{entry}/"))).replace("\u00a0", " ")
    assert lan.get("/cong-khai/cold_stores.json").json()["entries"][0]["values"] == {"capacity": "12.5", "kind": "deep"}


# -- the packaged entries -----------------------------------------------------------------------------------------


def test_the_packaged_entries_stand_in_their_registers_with_their_sources(entries, lan, read, words):
    assert Span.objects.filter(open=True, register="industrial_clusters").count() == 57
    assert not Event.objects.filter(source="").exists()
    page = read(lan.get("/so-bo/industrial_clusters/"))
    assert "57 hồ sơ" in words(page.xpath("//h1")[0])
    assert {words(chip) for chip in page.find_class("state-chip")} >= {"◔ Đã thành lập 30", "● Đang hoạt động 6"}


def test_loading_them_twice_changes_nothing(entries, chuyen_vien):
    from sct.office.coordination.register_samples import load_entries

    before = Event.objects.count()
    load_entries(chuyen_vien)
    assert Event.objects.count() == before


def test_a_day_known_only_by_its_year_is_not_shown_as_a_day(entries, lan, read, words):
    number = Span.objects.get(open=True, name="Cụm công nghiệp Ngọc Liệp").entry_id
    told = words(read(lan.get(f"/so-bo/ho-so/{number}/")))
    assert "từ 2017" in told
    assert "01-01-2017" not in told
    assert "năm suy ra, nguồn không in" in told


def test_two_sources_of_one_cluster_are_two_events_of_its_life(entries, lan, read, words):
    number = Span.objects.get(open=True, name="Cụm công nghiệp Liên Hà 2").entry_id
    page = read(lan.get(f"/so-bo/ho-so/{number}/"))
    life = [words(one) for one in page.xpath('//ol[@class="life"]/li')]
    assert len(life) == 2
    assert "20 ha → 22 ha" in life[1].replace("\u00a0", " ")
    then = read(lan.get(f"/so-bo/ho-so/{number}/?ngay=2020-01-01"))
    assert "Đã thành lập" in words(then.find_class("entry-state")[0])


def test_the_cohort_of_2018_to_2020_is_told_by_states(entries, lan, read, words):
    page = read(lan.get("/so-bo/industrial_clusters/?nhom=established_2018_2020"))
    assert "Các cụm thành lập giai đoạn 2018-2020: 6 hồ sơ" in words(page)
    assert {words(chip) for chip in page.find_class("state-chip")} == {"◔ Đã thành lập 3", "◑ Đã khởi công hạ tầng 3"}


# -- counting -----------------------------------------------------------------------------------------------------


COMPLETE = """
- code: industrial_clusters
  complete: [{area: "01@2008-08-01", since: 2024-01-01, says: rà soát của phòng ngày 15-12-2024}]
"""


def row_of(page, words, name):
    return words(next(r for r in page.xpath("//tbody/tr") if words(r).startswith(name)))


def test_a_register_nobody_calls_complete_contradicts_no_report(sample, entries, lan, read, words):
    told = row_of(read(lan.get("/so-bo/dem/?ky=2024")), words, "Số cụm công nghiệp đang hoạt động")
    assert "5 cụm" in told and "70 cụm" in told
    assert "sổ chưa đủ để so" in told and "lệch" not in told
    assert "đang «Đang hoạt động, Lấp đầy, Hoạt động và mở rộng» ngày 31-12-2024" in told
    apart = read(lan.get("/chua-thong-nhat/?ky=2024"))
    assert not apart.xpath('//*[@id="by-register"]')
    assert "chỉ tiêu có số báo cáo mà sổ chưa đủ để so" in words(apart)
    series = words(read(lan.get("/chi-tieu/clusters_operating/")))
    assert "(sổ chưa đủ để so)" in series


def test_a_report_that_differs_from_a_complete_register_is_a_finding(
    sample, entries, lan, read, words, tmp_path, monkeypatch
):
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "own.yaml").write_text(COMPLETE, "utf-8")
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))
    from sct.catalogue.check import check

    assert check() == []
    told = row_of(read(lan.get("/so-bo/dem/?ky=2024&chi=lech")), words, "Số cụm công nghiệp đang hoạt động")
    assert "lệch −65" in told and "rà soát của phòng ngày 15-12-2024" in told
    assert "Số cụm công nghiệp đang hoạt động" in words(read(lan.get("/chua-thong-nhat/?ky=2024")))
    before = row_of(read(lan.get("/so-bo/dem/?ky=2023")), words, "Số cụm công nghiệp đang hoạt động")
    assert "lệch" not in before, "the register is complete since 2024 only"


def test_a_state_only_found_so_never_counts_as_come_into(entries, chuyen_vien, hanoi):
    from sct.office.registers.counting import count_all
    from sct.vietnamese.periods import Period

    found = {
        c.rule.indicator: c
        for c in count_all(chuyen_vien, hanoi, Period.of_year(TODAY.year), "clusters_established_new")
    }
    assert found["clusters_established_new"].value == 0
    in_2019 = count_all(chuyen_vien, hanoi, Period.of_year(2019), "clusters_established_new")
    assert [int(c.value) for c in in_2019] == [4]


def test_a_rate_states_its_denominator(chuyen_vien, hanoi):
    from sct.office.coordination.counted import question
    from sct.office.registers.actions import Draft, NewBatch, create
    from sct.office.registers.counting import count_all
    from sct.office.registers.models import BatchKind
    from sct.vietnamese.periods import Period

    def cluster(name, state, wastewater):
        values = {"name": name, "area": hanoi, **({"wastewater": wastewater} if wastewater else {})}
        return [Draft(date(2023, 1, 1), state, values, source="x")]

    made = [cluster("A", "operating", "compliant"), cluster("B", "operating", "none"), cluster("C", "operating", "")]
    made.append(cluster("D", "established", "compliant"))
    create(chuyen_vien, register("industrial_clusters"), made, NewBatch(BatchKind.FORM))
    (rate,) = count_all(chuyen_vien, hanoi, Period.of_year(2024), "cluster_wastewater_rate")
    assert (rate.base, rate.entries, rate.unknown) == (3, 1, 1)
    assert round(float(rate.value), 2) == 33.33
    told = question(rate)
    assert "mẫu số: 3 hồ sơ đang «Đang hoạt động, Lấp đầy, Hoạt động và mở rộng» ngày 31-12-2024" in told
    assert told.endswith("1 hồ sơ chưa có dữ liệu")


# -- desks --------------------------------------------------------------------------------------------------------


def test_the_licence_desk_tells_what_runs_out(lan, read, words, hanoi, chuyen_vien):
    from datetime import timedelta

    from sct.office.registers.actions import Draft, NewBatch, create
    from sct.office.registers.models import BatchKind

    for name, days in (("Sắp hết", 20), ("Còn lâu", 85), ("Đã quá", -3)):
        values = {"name": name, "area": hanoi, "valid_until": (TODAY + timedelta(days)).isoformat()}
        draft = Draft(date(2021, 1, 1), "issued", values, source="x")
        create(chuyen_vien, register("craft_alcohol_licences"), [[draft]], NewBatch(BatchKind.FORM))
    assert "Sắp hết" in words(read(lan.get("/so-bo/giay-phep/")).find_class("cards")[0])
    later = words(read(lan.get("/so-bo/giay-phep/?muc=90")).find_class("cards")[0])
    assert "còn 85 ngày" in later and "Đã quá" not in later
    assert "quá 3 ngày" in words(read(lan.get("/so-bo/giay-phep/?muc=het-han")))


def test_the_works_board_tells_who_must_act(lan, read, words, hanoi, chuyen_vien):
    from sct.office.registers.actions import Draft, NewBatch, create
    from sct.office.registers.models import BatchKind

    values = {
        "name": "TBA 110 kV Thử",
        "area": hanoi,
        "voltage": "110",
        "obstacle": "thiếu mặt bằng",
        "responsible": "UBND xã",
    }
    draft = Draft(date(2024, 1, 1), "clearing", {**values, "energise_planned": "2025-01-01"}, source="x")
    create(chuyen_vien, register("grid_works"), [[draft]], NewBatch(BatchKind.FORM))
    told = words(read(lan.get("/so-bo/vuong-mac/")))
    assert "thiếu mặt bằng" in told and "UBND xã 1" in told and "chậm" in told


def test_the_card_of_a_grid_work_sets_the_plan_beside_what_happened(lan, read, words, hanoi, chuyen_vien):
    from sct.office.registers.actions import Draft, NewBatch, create
    from sct.office.registers.models import BatchKind

    values = {"name": "TBA 110 kV Thử", "area": hanoi, "voltage": "110", "obstacle": "thiếu mặt bằng"}
    values |= {"start_planned": "2024-09-01", "energise_planned": "2024-12-31"}
    life = [Draft(date(2024, 3, 1), "clearing", values, source="x"), Draft(date(2024, 9, 10), "started", source="x")]
    number = create(chuyen_vien, register("grid_works"), [life], NewBatch(BatchKind.FORM)).entries[0]
    page = read(lan.get(f"/so-bo/ho-so/{number}/"))
    rows = [words(row) for row in page.find_class("milestones")[0].xpath(".//tbody/tr")]
    assert any("Khởi công" in row and "chậm 9 ngày" in row for row in rows)
    assert "Đóng điện: 31-12-2024" in words(read(lan.get("/so-bo/vuong-mac/")))


def test_the_card_of_a_cluster_tells_its_tenants_and_what_is_counted_from_them(lan, read, words, hanoi):
    lan.post("/so-bo/industrial_clusters/them/", filled(register("industrial_clusters"), "Cụm Thử", hanoi))
    number = Entry.objects.get().pk
    head = ["Tên", "Địa bàn", "Trạng thái", "Từ ngày", "Nguồn", "Cụm công nghiệp", "Loại", "Diện tích đất thuê (ha)"]
    rows = [
        ["Nhà máy một", "Hà Nội", "Đang hoạt động", "01/04/2025", "x", "cum thu", "Doanh nghiệp", 2.5],
        ["Nhà máy hai", "Hà Nội", "Đang hoạt động", "01/04/2025", "x", number, "Doanh nghiệp", 1],
        ["Nhà máy ba", "Hà Nội", "Đang hoạt động", "01/04/2025", "x", "Cụm Không Có", "Doanh nghiệp", 1],
    ]
    file = SimpleUploadedFile("don-vi.xlsx", sheet([head, *rows]))
    preview = read(lan.post("/so-bo/cluster_tenants/nap/", {"tep": file}))
    assert "«Cụm Không Có»" in words(preview)
    lan.post("/so-bo/cluster_tenants/nap/ghi/", {"tep": preview.xpath('//input[@name="tep"]/@value')[0]})
    page = read(lan.get(f"/so-bo/ho-so/{number}/"))
    told = words(page).replace("\u00a0", " ")
    assert "Đơn vị trong cụm công nghiệp 2" in told
    row = next(words(r) for r in page.xpath("//tr") if words(r).startswith("Đất công nghiệp đã cho thuê"))
    assert row.replace("\u00a0", " ") == "Đất công nghiệp đã cho thuê3,5 ha12,5 ha ! khác"
    narrowed = read(lan.get(page.xpath('//a[text()="Xem cả danh sách"]/@href')[0]))
    assert "Nhà máy một" in words(narrowed) and "Cụm Thử" in words(narrowed)
    assert "Cụm Thử" in words(read(lan.get("/so-bo/cluster_tenants/them/")))


# -- writing ------------------------------------------------------------------------------------------------------


def test_a_mistake_in_a_form_is_named_at_its_field_and_nothing_is_lost(lan, read, words, hanoi):
    given = {**filled(register("markets"), "Chợ Thử", hanoi), "v.points": "mười"}
    page = read(lan.post("/so-bo/markets/them/", given), 422)
    assert "số nguyên không âm" in words(page.xpath('//*[@id="wrong-v.points"]')[0])
    assert page.xpath('//input[@name="v.points"]/@value') == ["mười"]
    assert page.xpath('//input[@name="name"]/@value') == ["Chợ Thử"]
    assert not Entry.objects.exists()


def test_an_illegal_step_by_form_is_refused_with_the_way_out(entries, lan, read, words):
    number = Span.objects.get(open=True, name="Cụm công nghiệp Tín An").entry_id
    page = read(lan.post(f"/so-bo/ho-so/{number}/bien-dong/", {"state": "operating", "valid": "2025-01-01"}), 422)
    assert "không chuyển thẳng" in words(page.find_class("wrong")[0])


def test_the_api_answers_a_mistake_with_its_parts(entries, lan):
    number = Span.objects.get(open=True, name="Cụm công nghiệp Tín An").entry_id
    body = json.dumps({"valid": "2025-01-01", "state": "operating", "source": "x"})
    answer = lan.post(f"/api/so-bo/ho-so/{number}/", body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "illegal-transition"
    good = json.dumps({"valid": "2025-01-01", "state": "established", "source": "x", "values": {"total_area": "12,5"}})
    assert lan.post(f"/api/so-bo/ho-so/{number}/", good, content_type="application/json").status_code == 201
    assert lan.get(f"/api/so-bo/ho-so/{number}/").json()["values"]["total_area"] == "12.5"


# -- who sees what ------------------------------------------------------------------------------------------------


def test_the_public_card_shows_public_fields_alone(lan, read, words, hanoi, client):
    given = filled(register("industrial_clusters"), "Cụm Công Khai", hanoi) | {
        "v.revenue": "987",
        "v.obstacle": "chuyện nội bộ",
    }
    lan.post("/so-bo/industrial_clusters/them/", given)
    number = Entry.objects.get().pk
    lan.logout()
    told = words(read(client.get(f"/cong-khai/ho-so/{number}/")))
    assert "Cụm Công Khai" in told
    assert "987" not in told and "chuyện nội bộ" not in told
    for kind in ("csv", "json", "geojson"):
        text = client.get(f"/cong-khai/industrial_clusters.{kind}").content.decode()
        assert "987" not in text and "chuyện nội bộ" not in text


def test_what_is_not_public_is_404_without_an_account(lan, hanoi, client):
    lan.post("/so-bo/inspections/them/", filled(register("inspections"), "Vụ Kín", hanoi))
    number = Entry.objects.get().pk
    lan.logout()
    assert client.get(f"/cong-khai/ho-so/{number}/").status_code == 404
    assert client.get("/cong-khai/inspections/").status_code == 404
    assert client.get("/cong-khai/inspections.csv").status_code == 404


def test_who_sees_nothing_of_hanoi_gets_404_and_an_empty_map(entries, client, nguoi_ngoai):
    client.force_login(nguoi_ngoai)
    number = Entry.objects.first().pk
    assert client.get(f"/so-bo/ho-so/{number}/").status_code == 404
    assert client.get(f"/so-bo/ho-so/{number}/bien-dong/").status_code == 404
    assert client.get(f"/api/so-bo/ho-so/{number}/").status_code == 404
    assert client.get("/so-bo/industrial_clusters/ban-do.json?diaban=01").json()["features"] == []
    event = Event.objects.first().pk
    assert client.post(f"/so-bo/bien-dong/{event}/rut/", {"ly_do": "thử"}).status_code == 404


def test_a_leader_has_no_button_to_write_and_no_way_round(entries, client, lanh_dao, read):
    client.force_login(lanh_dao)
    page = read(client.get("/so-bo/industrial_clusters/"))
    assert page.xpath('//a[contains(@href,"/them/")]') == []
    assert client.get("/so-bo/industrial_clusters/them/").status_code == 403
    assert client.post("/so-bo/industrial_clusters/nap/").status_code == 403


def test_a_cell_a_spreadsheet_would_run_is_disarmed(lan, hanoi):
    lan.post("/so-bo/markets/them/", {**filled(register("markets"), "=1+1", hanoi)})
    assert "'=1+1" in lan.get("/so-bo/markets/?dang=csv").content.decode()
    assert "'=1+1" in lan.get("/cong-khai/markets.csv").content.decode()


def test_the_search_box_finds_entries(entries, lan, read, words):
    page = read(lan.get("/tim/", {"q": "kim bai"}))
    assert "Cụm công nghiệp Kim Bài" in words(page.find_class("results")[-1])


def test_what_a_list_is_narrowed_by_stays_out_of_the_search_of_the_head(lan, read):
    page = read(lan.get("/so-bo/industrial_clusters/?tim=kim bai"))
    assert page.get_element_by_id("find").get("value") == ""
    assert "tim=kim" in page.get_element_by_id("map").get("data-places")
