"""What can happen to an entry, what it was on any day, and that nothing recorded is ever changed."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from sct.catalogue.registers import register
from sct.errors import UserError
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.office.registers import actions, queries
from sct.office.registers.actions import Draft
from sct.office.registers.models import Batch, Entry, Event, EventWithdrawal, Span
from sct.office.registers.questions import Question

TODAY = timezone.localdate()


def listed(person, code="industrial_clusters", day=TODAY, **asked):
    return queries.lines(person, Question(register(code), day, **asked))


def test_the_state_of_a_register_on_any_past_day(make, chuyen_vien):
    make("industrial_clusters", "Cầu Bầu", ("established", "2019-07-19"), ("building", "2023-09-06"))
    assert listed(chuyen_vien, day=date(2019, 7, 18)) == []
    assert [line.state for line in listed(chuyen_vien, day=date(2019, 7, 19))] == ["established"]
    assert [line.state for line in listed(chuyen_vien, day=date(2023, 9, 5))] == ["established"]
    assert [line.state for line in listed(chuyen_vien)] == ["building"]


def test_an_event_entered_late_takes_its_place_in_time(make, chuyen_vien):
    number = make("industrial_clusters", "Dục Tú", ("established", "2019-10-29"), total_area="15")
    actions.add(chuyen_vien, number, Draft(date(2024, 1, 1), "", {"total_area": "18"}))
    actions.add(chuyen_vien, number, Draft(date(2021, 1, 1), "", {"total_area": "16", "developer": "Ban QLDA"}))
    areas = [listed(chuyen_vien, day=date(y, 6, 1))[0].values["total_area"] for y in (2020, 2022, 2025)]
    assert areas == ["15", "16", "18"]
    assert listed(chuyen_vien)[0].values["developer"] == "Ban QLDA"


def test_an_illegal_step_changes_nothing(make, chuyen_vien):
    number = make("industrial_clusters", "Xà Cầu", ("planned", "2018-01-01"))
    before = Event.objects.count(), Batch.objects.count()
    with pytest.raises(UserError, match="không chuyển thẳng"):
        actions.add(chuyen_vien, number, Draft(date(2020, 1, 1), "operating", source="báo"))
    assert (Event.objects.count(), Batch.objects.count()) == before


def test_a_day_to_come_is_refused_with_the_way_out(make, chuyen_vien):
    number = make("industrial_clusters", "Xà Cầu", ("planned", "2018-01-01"))
    with pytest.raises(UserError) as refused:
        actions.add(chuyen_vien, number, Draft(date(TODAY.year + 1, 1, 1), "established", source="báo"))
    assert refused.value.code == "future-event"


def test_a_withdrawn_event_is_gone_from_views_and_stays_in_the_history(make, chuyen_vien):
    number = make("industrial_clusters", "Kim Bài", ("established", "2020-01-01"), ("building", "2024-09-20"))
    last = Event.objects.filter(entry=number).order_by("-pk").first()
    actions.withdraw(chuyen_vien, [last.pk], why="ghi nhầm cụm")
    assert listed(chuyen_vien)[0].state == "established"
    page = queries.entry(chuyen_vien, number, TODAY)
    assert [told.withdrawn for told in page.events] == [False, True]


def test_a_step_others_stand_on_cannot_be_withdrawn_first(make, chuyen_vien):
    steps = [("planned", "2018-01-01"), ("established", "2020-01-01"), ("building", "2024-01-01")]
    number = make("industrial_clusters", "Kim Bài", *steps)
    middle = Event.objects.filter(entry=number, state="established").get()
    with pytest.raises(UserError, match="không còn đứng được"):
        actions.withdraw(chuyen_vien, [middle.pk], why="thử")
    assert not EventWithdrawal.objects.exists()


@pytest.mark.parametrize("table", ["batch", "entry", "event", "eventwithdrawal"])
@pytest.mark.parametrize("statement", ["UPDATE registers_{t} SET id = id", "DELETE FROM registers_{t}"])
def test_the_database_itself_refuses_changes(make, chuyen_vien, table, statement):
    number = make("markets", "Chợ Hôm", ("operating", "2010-01-01"), ("renovating", "2020-01-01"))
    actions.withdraw(chuyen_vien, [Event.objects.filter(entry=number).last().pk], why="thử")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(t=table))


def snapshot_of_spans():
    names = [f.attname for f in Span._meta.concrete_fields if f.attname != "id"]
    return sorted(map(repr, Span.objects.values_list(*names)))


def test_the_views_can_be_built_again_from_the_events(make, chuyen_vien):
    for n in range(4):
        make(
            "markets", f"Chợ số {n}", ("operating", f"201{n}-01-01"), ("renovating", "2020-01-01"), points=str(100 * n)
        )
    before = snapshot_of_spans()
    Span.objects.all().delete()
    assert actions.rebuild() == 4
    assert snapshot_of_spans() == before


def test_the_command_rebuilds_one_register_and_the_log_tells_it(make, capsys, monkeypatch):
    from sct.cli import main, office
    from sct.office.people.audit import verify
    from sct.office.people.models import AuditEntry

    monkeypatch.setattr(office, "setup", lambda: None)
    make("markets", "Chợ Hôm", ("operating", "2010-01-01"))
    make("supermarkets", "Siêu thị Hôm", ("operating", "2010-01-01"))
    before = snapshot_of_spans()
    Span.objects.filter(register="markets").delete()
    assert main(["registers", "rebuild", "--register", "markets"]) == 0
    assert "1 hồ sơ" in capsys.readouterr().out
    assert snapshot_of_spans() == before
    assert AuditEntry.objects.order_by("-pk").first().action == "registers.rebuild"
    assert verify().holds
    assert main(["registers", "rebuild", "--register", "khong_co"]) != 0


def past_the_triggers(sql):
    """What somebody with the keys of the database could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql)
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'registers_event_no_update'")
        trigger = cursor.fetchone()[0]
        cursor.execute("DROP TRIGGER registers_event_no_update")
        cursor.execute(sql)
        cursor.execute(trigger)


def test_the_log_finds_a_changed_event(make, chuyen_vien):
    from sct.office.people.audit import verify

    make("markets", "Chợ Hôm", ("operating", "2010-01-01"))
    assert verify().holds
    past_the_triggers("UPDATE registers_event SET decision = 'giả'")
    assert not verify().holds


# -- who sees and does what ---------------------------------------------------------------------------------------


def test_who_sees_nothing_of_hanoi_sees_no_entry(make, nguoi_ngoai):
    number = make("markets", "Chợ Hôm", ("operating", "2010-01-01"))
    assert listed(nguoi_ngoai, "markets") == []
    assert queries.found(nguoi_ngoai, ["markets"], "hom") == []
    with pytest.raises(NotVisibleError):
        queries.entry(nguoi_ngoai, number, TODAY)
    with pytest.raises(NotVisibleError):
        actions.add(nguoi_ngoai, number, Draft(date(2020, 1, 1), "renovating", source="x"))


def test_a_leader_reads_but_records_nothing(make, lanh_dao, hanoi):
    number = make("markets", "Chợ Hôm", ("operating", "2010-01-01"))
    assert len(listed(lanh_dao, "markets")) == 1
    with pytest.raises(NotAllowedError):
        actions.add(lanh_dao, number, Draft(date(2020, 1, 1), "renovating", source="x"))


def test_an_officer_of_a_commune_sees_only_the_entries_there(make, people, chuyen_vien):
    from sct.catalogue import load
    from sct.office.people.models import Role

    areas = load().areas.on(TODAY, "commune")
    mine, other = areas[0].key, areas[1].key
    make("markets", "Chợ Trong", ("operating", "2010-01-01"), area=mine)
    make("markets", "Chợ Ngoài", ("operating", "2010-01-01"), area=other)
    officer = people("can.bo.xa", Role.LOCAL, mine)
    assert [line.name for line in listed(officer, "markets")] == ["Chợ Trong"]
    assert [line.name for line in listed(chuyen_vien, "markets", area=mine)] == ["Chợ Trong"]


def test_a_field_of_some_roles_is_not_in_the_values_of_others(make, lanh_dao, people):
    from sct.office.people.models import Role

    make("industrial_clusters", "Quất Động", ("operating", "2020-01-01"), revenue="120")
    assert listed(lanh_dao)[0].values["revenue"] == "120"
    viewer = people("nguoi.xem", Role.VIEWER)
    assert "revenue" not in listed(viewer)[0].values


def test_a_register_of_some_roles_refuses_others(people, hanoi):
    from sct.office.people.models import Role
    from sct.office.registers.actions import NewBatch, create
    from sct.office.registers.models import BatchKind

    officer = people("can.bo", Role.LOCAL)
    draft = Draft(date(2024, 1, 1), "inspected", {"name": "Vụ 1", "area": hanoi, "force": "qltt"})
    with pytest.raises(NotAllowedError):
        create(officer, register("inspections"), [[draft]], NewBatch(BatchKind.FORM))
    assert not Entry.objects.exists()


# -- finding ------------------------------------------------------------------------------------------------------


def test_search_finds_without_diacritics_by_beginnings_of_words(make, chuyen_vien):
    make("markets", "Chợ Đồng Xuân", ("operating", "1990-01-01"))
    make("markets", "Chợ Hôm", ("operating", "1990-01-01"))
    found = queries.found(chuyen_vien, ["markets", "industrial_clusters"], "dong xu")
    assert [line.name for line in found] == ["Chợ Đồng Xuân"]
    assert [line.name for line in listed(chuyen_vien, "markets", words="Đồng")] == ["Chợ Đồng Xuân"]


@pytest.mark.parametrize("text", ['"', "a* OR b", "') OR 1=1 --", "NEAR(", "&|!", "search:x", "đ" * 300])
def test_no_text_typed_breaks_the_search(make, chuyen_vien, text):
    make("markets", "Chợ Hôm", ("operating", "1990-01-01"))
    listed(chuyen_vien, "markets", words=text)
    queries.found(chuyen_vien, ["markets"], text)


def test_an_old_name_is_found_too(make, chuyen_vien):
    number = make("markets", "Chợ Trời", ("operating", "1990-01-01"))
    actions.add(chuyen_vien, number, Draft(date(2015, 1, 1), "", {"name": "Chợ Hòa Bình"}))
    assert [line.name for line in queries.found(chuyen_vien, ["markets"], "troi")] == ["Chợ Hòa Bình"]


def test_facets_count_as_if_they_were_not_filtered_themselves(make, chuyen_vien):
    from sct.office.registers.facets import counted

    make("markets", "A", ("operating", "1990-01-01"), mode="civil", capital="state")
    make("markets", "B", ("operating", "1990-01-01"), mode="wholesale", capital="state")
    make("markets", "C", ("renovating", "1990-01-01"), mode="civil", capital="non_state")
    got = counted(chuyen_vien, Question(register("markets"), TODAY, facets=(("mode", "civil"),)))
    facets = {facet.code: facet.counts for facet in got.facets}
    assert got.total == 2
    assert facets["mode"] == {"civil": 2, "wholesale": 1}
    assert facets["capital"] == {"state": 1, "non_state": 1}
    assert got.states == {"operating": 1, "renovating": 1}
    assert got.everything == 3


def test_facets_of_a_past_day_are_of_that_day(make, chuyen_vien):
    from sct.office.registers import facets

    make("markets", "A", ("operating", "1990-01-01"), ("renovating", "2020-01-01"))
    make("markets", "B", ("operating", "2010-01-01"))
    then = facets.counted(chuyen_vien, Question(register("markets"), date(2015, 1, 1)))
    assert (then.total, then.states) == (2, {"operating": 2})


def test_a_list_takes_one_query_beside_rights(make, chuyen_vien, django_assert_num_queries):
    for n in range(5):
        make("markets", f"Chợ {n}", ("operating", "1990-01-01"))
    listed(chuyen_vien, "markets")
    with django_assert_num_queries(1):
        assert len(listed(chuyen_vien, "markets")) == 5
