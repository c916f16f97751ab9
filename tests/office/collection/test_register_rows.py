"""Forms over a register: they open with what is known, and what is received goes back to the register."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from sct.catalogue import load
from sct.catalogue.registers import register
from sct.errors import UserError
from sct.office.collection import actions
from sct.office.collection.actions import IncompleteError, Reason
from sct.office.collection.ground import Ref, whole
from sct.office.collection.models import Edit, Submission
from sct.office.collection.sheet import sheet
from sct.office.people import audit
from sct.office.people.actions import system_person
from sct.office.registers.actions import Draft, NewBatch, create, standing
from sct.office.registers.models import BatchKind, Entry, Span
from tests.office.collection.conftest import type_in

NEW = {
    "clusters.0.name": "Cụm công nghiệp Mới",
    "clusters.0.state": "Đang hoạt động",
    "clusters.0.area": "20",
    "clusters.0.industrial": "14,5",
    "clusters.0.leased": "10,25",
}


def clusters():
    return sorted(key for key in load().traits["clusters"] if key.endswith("@2025-07-01"))


@pytest.fixture
def commune():
    """A commune that must tell of its clusters, with an old commune that came to it whole."""
    return next(key for key in clusters() if load().areas[key].predecessors)


def entry(name, area, state="operating", **values):
    """One cluster in the register."""
    given = {"name": name, "area": area, **values}
    draft = Draft(date(2020, 1, 1), state, given, source="https://vi-du.vn/")
    made = create(system_person(), register("industrial_clusters"), [[draft]], NewBatch(BatchKind.FORM))
    return made.entries[0]


@pytest.fixture
def known(commune):
    values = {
        "total_area": "30.5",
        "industrial_area": "20",
        "leased_area": "12",
        "wastewater": "plant",
        "workers": "90",
    }
    return entry("Cụm công nghiệp Cũ", commune, **values)


@pytest.fixture
def officer(people, commune):
    from sct.office.people.models import Role

    return people("xa.co.cum", Role.LOCAL, commune, full_name="Vũ Thị Cúc")


@pytest.fixture
def industry(division):
    return division("industry")


@pytest.fixture
def ref(commune):
    return Ref(commune, "cluster_report", "2026-S1")


def row(page, number):
    line = next(line for part in page.parts for line in part.rows if line.entry == number)
    return {cell.field.code: (cell.text, cell.before) for cell in line.cells}


def take(ref, officer, industry, chuyen_vien):
    actions.act(officer, ref, "send")
    actions.act(industry, ref, "check")
    actions.act(chuyen_vien, ref, "approve")


def test_a_form_opens_with_what_lasts_and_shows_what_is_asked_anew_beside_the_cell(officer, ref, known):
    page = sheet(officer, ref)
    told = row(page, known)
    assert told["name"] == ("Cụm công nghiệp Cũ", "Cụm công nghiệp Cũ")
    assert told["state"][0] == "Đang hoạt động"
    assert told["area"][0] == "30,5"
    assert told["wastewater"][0] == "Có trạm"
    assert told["leased"] == ("", "12")
    assert told["jobs"] == ("", "90")
    assert not Submission.objects.exists()  # looking opens nothing


def test_what_the_register_keeps_from_some_people_is_not_shown_in_the_form(officer, ref, commune):
    number = entry("Cụm kín", commune, revenue="5")
    assert row(sheet(officer, ref), number)["revenue"] == ("", "")


def test_an_entry_of_an_old_commune_that_came_whole_is_a_row_and_one_of_a_divided_area_is_offered(
    officer, ref, commune
):
    areas = load().areas
    old = areas[commune].predecessors[0]
    whole_one, divided = entry("Cụm trọn", old), entry("Cụm huyện", areas[old].parent)
    elsewhere = entry("Cụm nơi khác", next(key for key in clusters() if key != commune))
    page = sheet(officer, ref)
    assert {line.entry for part in page.parts for line in part.rows} - {0} == {whole_one}
    assert [one.entry for part in page.parts for one in part.offered] == [divided]
    taken = type_in(officer, ref, {f"clusters.e{divided}.name": "Cụm huyện"})
    assert f"clusters.e{divided}.name" in taken.values
    refused = type_in(officer, ref, {f"clusters.e{elsewhere}.name": "Cụm nơi khác"}, base=1)
    assert [error.code for error in refused.refused.values()] == ["not-your-entry"]


def test_the_first_save_keeps_the_rows_it_opened_with_and_two_people_do_not_clash_over_them(
    officer, people, ref, known
):
    from sct.office.people.models import Role

    colleague = people("dong.nghiep", Role.LOCAL, ref.unit)
    type_in(officer, ref, {f"clusters.e{known}.leased": "13"})
    done = type_in(colleague, ref, {f"clusters.e{known}.area": "31"}, base=0)
    assert done.clashes == {}
    assert done.values[f"clusters.e{known}.area"] == "31"
    assert done.values[f"clusters.e{known}.wastewater"] == "Có trạm"
    assert Edit.objects.order_by("number").first().changes == {f"clusters.e{known}.leased": "13"}


def test_what_changed_becomes_an_event_and_a_new_row_an_entry_once_it_is_approved(
    officer, industry, chuyen_vien, ref, known
):
    type_in(officer, ref, {f"clusters.e{known}.leased": "13,5", f"clusters.e{known}.state": "Lấp đầy", **NEW})
    before = Entry.objects.count()
    take(ref, officer, industry, chuyen_vien)
    last = standing([known])[known][-1]
    assert (last.state, dict(last.values), last.valid, last.found) == (
        "full",
        {"leased_area": "13.5"},
        date(2026, 6, 14),
        True,
    )
    assert last.source == f"BM-CN-01 2026-S1, {load().areas[ref.unit].name}, lần gửi 1"
    assert Entry.objects.count() == before + 1
    fresh = Span.objects.get(name="Cụm công nghiệp Mới", open=True)
    assert (fresh.area, fresh.state, fresh.values["industrial_area"]) == (ref.unit, "operating", "14.5")
    assert audit.verify().holds
    # The next form opens with the new entry among its rows and the figures received beside the cells.
    following = row(sheet(officer, ref._replace(period="2026")), fresh.entry_id)
    assert following["leased"] == ("", "10,25")


def test_the_total_of_the_period_before_counts_no_row_twice(officer, industry, chuyen_vien, ref, known):
    type_in(officer, ref, {f"clusters.e{known}.leased": "13,5", **NEW})
    take(ref, officer, industry, chuyen_vien)
    page = sheet(officer, ref._replace(period="2027-S1"))
    assert next(cell.before for cell in page.cells if cell.path == "leased_total") == "23,75"


def test_nothing_changed_in_a_row_makes_no_event(officer, industry, chuyen_vien, ref, known):
    type_in(officer, ref, {f"clusters.e{known}.leased": "12"})
    take(ref, officer, industry, chuyen_vien)
    assert len(standing([known])[known]) == 1


def test_an_entry_that_was_taken_from_an_old_area_moves_to_the_commune(officer, industry, chuyen_vien, ref, commune):
    number = entry("Cụm huyện", load().areas[load().areas[commune].predecessors[0]].parent)
    cells = {"name": "Cụm huyện", "state": "Đang hoạt động", "area": "10", "industrial": "8", "leased": "1"}
    type_in(officer, ref, {f"clusters.e{number}.{code}": text for code, text in cells.items()})
    take(ref, officer, industry, chuyen_vien)
    assert Span.objects.get(entry=number, open=True).area == commune


def test_a_step_that_the_life_of_an_entry_does_not_allow_is_told_while_typing_and_stops_the_sending(
    officer, ref, known
):
    type_in(officer, ref, {f"clusters.e{known}.leased": "1", f"clusters.e{known}.state": "Đề xuất"})
    (remark,) = sheet(officer, ref).remarks
    assert "từ «Đang hoạt động» không chuyển thẳng sang «Đề xuất» được" in remark.text
    with pytest.raises(IncompleteError):
        actions.act(officer, ref, "send")


def test_a_report_sent_back_takes_its_events_and_entries_out_and_sent_again_makes_them_once(
    officer, industry, chuyen_vien, ref, known
):
    type_in(officer, ref, {f"clusters.e{known}.leased": "13,5", **NEW})
    take(ref, officer, industry, chuyen_vien)
    actions.act(chuyen_vien, ref, "return", Reason("sai"))
    assert len(standing([known])[known]) == 1
    assert not Span.objects.filter(name="Cụm công nghiệp Mới").exists()
    type_in(officer, ref, {"clusters.0.leased": "11"}, base=1)
    take(ref, officer, industry, chuyen_vien)
    assert Span.objects.get(name="Cụm công nghiệp Mới", open=True).values["leased_area"] == "11"
    assert standing([known])[known][-1].values == {"leased_area": "13.5"}


def test_a_correction_changes_the_entry_it_had_made_and_makes_no_second_one(officer, industry, chuyen_vien, ref):
    type_in(officer, ref, NEW)
    take(ref, officer, industry, chuyen_vien)
    actions.act(chuyen_vien, ref, "lock")
    actions.act(chuyen_vien, ref, "reopen", Reason("đo lại", until=date(2100, 1, 1)))
    type_in(officer, ref, {"clusters.0.leased": "11"}, base=1)
    take(ref, officer, industry, chuyen_vien)
    assert [span.values["leased_area"] for span in Span.objects.filter(name="Cụm công nghiệp Mới", open=True)] == ["11"]


def test_an_illustration_never_reaches_the_register(officer, industry, chuyen_vien, ref):
    type_in(officer, ref, NEW, via="demo")
    take(ref, officer, industry, chuyen_vien)
    assert not Span.objects.filter(name="Cụm công nghiệp Mới").exists()


def test_another_commune_neither_reads_nor_changes_the_rows(people, ref, known):
    from sct.office.people.models import Role

    other = people("xa.khac", Role.LOCAL, next(key for key in clusters() if key != ref.unit))
    with pytest.raises(UserError) as caught:
        sheet(other, ref)
    assert caught.value.code == "not-found"
    with pytest.raises(UserError):
        type_in(other, ref, {f"clusters.e{known}.leased": "1"})


def test_a_workbook_carries_the_rows_under_their_keys_there_and_back(officer, ref, known):
    from sct.office.collection.books import download, upload

    entry("Cụm công nghiệp An", ref.unit, total_area="5")
    data = download(officer, ref)
    book = load_workbook(io.BytesIO(data))
    sheet_ = book["Từng cụm công nghiệp"]
    named = {sheet_.cell(line, 2).value: line for line in range(3, 6)}
    line = named["Cụm công nghiệp Cũ"]
    assert "Kỳ trước: 12" in sheet_.cell(line, 6).comment.text
    sheet_.cell(line, 6).value = 13.5
    # Somebody unlocked the sheet and moved the row: its key moves with it.
    moved = [sheet_.cell(line, column).value for column in range(1, 12)]
    for column, value in enumerate(moved, 1):
        sheet_.cell(30, column).value, sheet_.cell(line, column).value = value, None
    done = upload(officer, ref, "biểu.xlsx", saved(book))
    assert (done.read, done.refused) == (1, ())
    assert whole(officer, ref).fold.values[f"clusters.e{known}.leased"] == "13,5"


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
