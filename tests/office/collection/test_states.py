"""The life of a submission: what is typed is kept, what is sent is a version, what is received stands in the ledger."""

from datetime import timedelta

import pytest

from sct.errors import UserError
from sct.office.collection import actions
from sct.office.collection.actions import IncompleteError, Reason
from sct.office.collection.ground import Ref, today, whole
from sct.office.collection.models import Edit, State, Submission, Version
from sct.office.ledger import queries as ledger
from sct.office.ledger.models import Observation
from sct.office.people.models import AuditEntry
from tests.office.collection.conftest import CLUSTERS, FILLED, type_in


def told(person, ref):
    return {f.series.indicator: f for f in ledger.current(person, areas=[ref.unit])}


def test_what_is_typed_is_there_for_whoever_opens_the_form_next(xa, ref):
    first = type_in(xa, ref, {"retail_goods": "12500,50", "remarks": "Chợ đông"})
    second = type_in(xa, ref, {"remarks": ""}, base=first.number)
    held = whole(xa, ref)
    assert second.number == 2
    assert held.fold.values == {"retail_goods": "12.500,5"}
    assert held.state is State.DRAFT


def test_a_cell_that_cannot_be_read_is_refused_and_the_others_are_kept(xa, ref):
    done = type_in(xa, ref, {"retail_goods": "1,234.5", "travel": "7", "nowhere": "1", "retail_total": "9"})
    assert done.values == {"travel": "7"}
    assert {path: error.code for path, error in done.refused.items()} == {
        "retail_goods": "bad-number",
        "nowhere": "unknown-field",
        "retail_total": "computed-field",
    }
    assert "1234,5" in done.refused["retail_goods"].way_out


def test_a_save_sent_again_because_its_answer_got_lost_is_made_once(xa, ref):
    first = type_in(xa, ref, {"travel": "7"}, token="same")
    again = type_in(xa, ref, {"travel": "7"}, token="same")
    assert (first.number, again.number, again.again) == (1, 1, True)
    assert Edit.objects.count() == 1
    assert Submission.objects.count() == 1


def test_two_people_typing_into_different_cells_do_not_disturb_each_other(xa, people, ref):
    from sct.office.people.models import Role

    colleague = people("dong.nghiep", Role.LOCAL, ref.unit)
    type_in(xa, ref, {"travel": "7"})
    done = type_in(colleague, ref, {"retail_goods": "5"}, base=0)
    assert done.clashes == {}
    assert done.values == {"travel": "7", "retail_goods": "5"}


def test_two_people_typing_into_one_cell_see_both_texts_until_one_is_chosen(xa, people, ref):
    from sct.office.people.models import Role

    colleague = people("dong.nghiep", Role.LOCAL, ref.unit)
    type_in(xa, ref, {**FILLED, "travel": "7"})
    done = type_in(colleague, ref, {"travel": "8"}, base=0)
    assert done.values["travel"] == "7"
    assert (done.clashes["travel"].mine, done.clashes["travel"].who) == ("8", colleague.pk)
    with pytest.raises(UserError) as caught:
        actions.act(xa, ref, "send")
    assert caught.value.code == "clash"
    type_in(xa, ref, {"travel": "8"}, base=done.number, settles=("travel",))
    assert whole(xa, ref).fold.clashes == {}
    assert actions.act(xa, ref, "send").state == State.SENT


def test_a_form_with_holes_is_not_sent_and_says_where(xa, ref):
    type_in(xa, ref, {path: text for path, text in FILLED.items() if path != "travel"})
    with pytest.raises(IncompleteError) as caught:
        actions.act(xa, ref, "send")
    assert [(one.path, one.code) for one in caught.value.remarks] == [("travel", "empty")]
    assert not Version.objects.exists()


def test_a_broken_rule_stops_the_sending_a_warning_does_not(xa, ref, dong_anh):
    infrastructure = Ref(ref.unit, "market_infrastructure", "2026-Q1")
    counted = dict.fromkeys(
        ["class1", "class2", "class3", "class_none", "built", "renovated", "supermarkets", "malls", "convenience"], "1"
    )
    type_in(xa, infrastructure, {**counted, "petrol": "0", "wholesale": "5"})
    with pytest.raises(IncompleteError) as caught:
        actions.act(xa, infrastructure, "send")
    assert [one.code for one in caught.value.remarks] == ["at-most"]
    type_in(xa, ref, {**FILLED, "spots_left": "3"})  # the remark on it is only a warning
    assert actions.act(xa, ref, "send").state == State.SENT


def test_what_was_sent_is_a_version_that_later_typing_does_not_touch(sent, xa, phong):
    actions.act(phong, sent, "return", Reason("", {"retail_goods": "cao gấp mười tháng trước"}))
    held = whole(xa, sent)
    assert held.state is State.RETURNED
    assert held.steps[-1].cells == {"retail_goods": "cao gấp mười tháng trước"}
    type_in(xa, sent, {"retail_goods": "1.250"}, base=held.fold.number)
    actions.act(xa, sent, "send")
    first, second = Version.objects.order_by("number")
    assert (first.values["retail_goods"], second.values["retail_goods"]) == ("12.500,5", "1.250")
    assert (first.base, second.base) == (0, 1)


def test_a_sent_report_is_not_edited_until_it_is_recalled(sent, xa):
    with pytest.raises(UserError) as caught:
        type_in(xa, sent, {"travel": "1"})
    assert caught.value.code == "not-editable"
    actions.act(xa, sent, "recall")
    assert whole(xa, sent).state is State.DRAFT
    assert type_in(xa, sent, {"travel": "1"}, base=9).values["travel"] == "1"


def test_received_figures_stand_in_the_ledger_with_the_field_they_came_from(received, chuyen_vien):
    figures = told(chuyen_vien, received)
    retail = figures["retail_goods"]
    assert (str(retail.quantity.number), retail.quantity.unit.code, retail.period.code) == (
        "25001/2",
        "trieu_dong",
        "2026-03",
    )
    assert retail.origin.kind == "form"
    assert retail.origin.place == "retail_goods: Bán lẻ hàng hóa"
    assert retail.origin.document.startswith("submission:")
    assert "15-02-2026 đến 14-03-2026" in retail.origin.note
    assert "travel_revenue" not in figures  # a dash is no figure
    assert figures["supermarkets_new"].quantity.number == 0  # a zero is
    total = figures["retail_services_total"]
    assert str(total.quantity.number) == "33401/2"
    assert "retail_goods + food_lodging + travel + other_services" in total.origin.note


def test_a_received_report_sent_back_leaves_the_ledger_and_stays_in_its_history(received, phong, chuyen_vien):
    before = Observation.objects.count()
    actions.act(phong, received, "return", Reason("sai đơn vị tính"))
    assert told(chuyen_vien, received) == {}
    assert Observation.objects.count() == before


def test_a_correction_after_the_lock_keeps_the_old_value_the_reason_and_who(locked, xa, phong, chuyen_vien):
    with pytest.raises(UserError):
        type_in(xa, locked, {"spots_cleared": "3"})
    until = today() + timedelta(days=5)
    actions.act(chuyen_vien, locked, "reopen", Reason("đếm thiếu một điểm", until=until))
    held = whole(xa, locked)
    assert (held.state, held.steps[-1].until, held.steps[-1].why) == (State.REOPENED, until, "đếm thiếu một điểm")
    kept = told(chuyen_vien, locked)["retail_goods"].id
    old = told(chuyen_vien, locked)["illegal_trading_spots_cleared"]
    type_in(xa, locked, {"spots_cleared": "3"}, base=held.fold.number)
    assert told(chuyen_vien, locked)["illegal_trading_spots_cleared"].id == old.id  # until it is received
    actions.act(xa, locked, "send")
    actions.act(phong, locked, "receive")
    now = told(chuyen_vien, locked)
    assert now["illegal_trading_spots_cleared"].quantity.number == 3
    assert now["retail_goods"].id == kept  # what did not change is not told anew
    entry = ledger.entry(chuyen_vien, old.id)
    assert entry.withdrawn_by == str(phong)
    assert "đính chính" in entry.why


def test_a_correction_that_is_not_sent_by_its_day_is_over(locked, xa, chuyen_vien, monkeypatch):
    actions.act(chuyen_vien, locked, "reopen", Reason("đếm thiếu", until=today()))
    tomorrow = today() + timedelta(days=1)
    for module in ("actions", "ground"):
        monkeypatch.setattr(f"sct.office.collection.{module}.today", lambda: tomorrow)
    assert whole(xa, locked).state is State.LOCKED
    with pytest.raises(UserError) as caught:
        type_in(xa, locked, {"spots_cleared": "3"})
    assert caught.value.code == "not-editable"


def test_a_form_of_two_levels_is_checked_before_it_is_approved(people, division, chuyen_vien):
    from sct.office.people.models import Role

    unit = clusters()[0]
    officer = people("xa.co.cum", Role.LOCAL, unit)
    industry = division("industry")
    ref = Ref(unit, "cluster_report", "2026-S1")
    type_in(officer, ref, CLUSTERS)
    actions.act(officer, ref, "send")
    with pytest.raises(UserError):
        actions.act(chuyen_vien, ref, "approve")
    assert actions.act(industry, ref, "check").state == State.CHECKED
    assert told(chuyen_vien, ref) == {}
    assert actions.act(chuyen_vien, ref, "approve").state == State.RECEIVED
    assert str(told(chuyen_vien, ref)["cluster_leased_area"].quantity.number) == "41/4"


def clusters():
    from sct.catalogue import load

    return sorted(key for key in load().traits["clusters"] if key.endswith("@2025-07-01"))


def test_a_step_needs_its_reason_and_its_state(sent, xa, phong, chuyen_vien):
    with pytest.raises(UserError) as caught:
        actions.act(phong, sent, "return")
    assert caught.value.code == "no-reason"
    with pytest.raises(UserError) as caught:
        actions.act(chuyen_vien, sent, "lock")
    assert caught.value.code == "wrong-state"
    actions.act(phong, sent, "receive")
    with pytest.raises(UserError) as caught:
        actions.act(xa, sent, "recall")
    assert caught.value.code == "wrong-state"


def test_every_save_and_step_is_in_the_log_and_the_log_holds(locked):
    actions_logged = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
    mine = [action for action in actions_logged if action.startswith("collection.")]
    assert mine == [f"collection.{one}" for one in ("save", "step", "step", "post", "step")]
    from sct.office.people import audit

    assert audit.verify().holds


def test_what_a_reception_puts_into_the_ledger_is_sealed_with_it(received):
    from sct.office.people import audit

    assert audit.verify().holds


def test_a_save_of_nothing_that_can_be_kept_opens_nothing(xa, ref):
    done = type_in(xa, ref, {"retail_goods": "nhiều"})
    assert (done.number, list(done.refused)) == (0, ["retail_goods"])
    assert not Submission.objects.exists()


def test_an_illustration_never_reaches_the_ledger(xa, ref, phong, chuyen_vien):
    type_in(xa, ref, FILLED, via="demo")
    actions.act(xa, ref, "send")
    actions.act(phong, ref, "receive")
    assert told(chuyen_vien, ref) == {}


def test_nothing_is_due_before_the_day_collection_begins(chuyen_vien, settings):
    from datetime import date

    from sct.office.collection.queries import due_between

    year = date(2026, 1, 1), date(2026, 6, 30)
    assert min(duty.due for duty in due_between(chuyen_vien, *year)) < date(2026, 4, 1)
    settings.COLLECT_FROM = date(2026, 4, 1)
    assert min(duty.due for duty in due_between(chuyen_vien, *year)) >= date(2026, 4, 1)


def test_the_matrix_the_calendar_and_the_reminders_count_nothing_before_that_day(
    chuyen_vien, xa, ref, client, settings
):
    from datetime import date

    from sct.office.collection.queries import calendar, own_units

    (unit,) = own_units(xa)
    client.force_login(chuyen_vien)
    address = f"/thu-thap/?bieu={ref.form}&thang=2026-03&ten=ba dinh"
    reminders = f"/thu-thap/nhac/?bieu={ref.form}&thang=2026-03"
    assert "Tháng 3/2026" in client.get(address + "&dang=csv").content.decode()
    assert "BM-TM-01" in client.get(reminders).content.decode()
    settings.COLLECT_FROM = date(2100, 1, 1)
    assert calendar(xa, unit, 2026) == []
    assert "Tháng 3/2026" not in client.get(address + "&dang=csv").content.decode()
    assert "Kính gửi" not in client.get(reminders).content.decode()
