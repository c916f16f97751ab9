"""Accept, reject, mend, undo: every decision is kept, and the ledger has the figure or has it withdrawn."""

import pytest

from sct.catalogue.model import Stage, Transformation
from sct.errors import UserError
from sct.office.documents import queries
from sct.office.documents.actions import accept, accept_all, mend, reject, reproof, undo, upload
from sct.office.documents.models import Decision
from sct.office.documents.states import State
from sct.office.ledger import queries as ledger
from sct.office.people.append_only import AppendOnlyError
from sct.office.people.audit import verify
from sct.office.people.errors import NotAllowedError, NotVisibleError
from sct.proofing import Verdict


def current_of(person, indicator, transformation=Transformation.LEVEL):
    return [f for f in ledger.current(person, indicators=[indicator]) if f.transformation is transformation]


def test_an_accepted_statement_is_in_the_ledger_at_once_with_its_words(chuyen_vien, december, pick):
    decision = accept(chuyen_vien, pick(december, "18,9 tỷ USD").pk)
    (figure,) = current_of(chuyen_vien, "exports")
    assert decision.observations == [figure.id]
    assert str(figure.quantity.to(figure.quantity.unit)) == "189/10"
    assert figure.quantity.unit.code == "ty_usd"
    assert figure.stage is Stage.ESTIMATE
    assert str(figure.published) == "2024-12-20"
    assert (figure.origin.kind, figure.origin.document) == ("document", str(december.pk))
    found = queries.excerpt(chuyen_vien, figure)
    assert found.words == "18,9 tỷ USD"
    assert found.before.endswith("ước đạt ")
    assert pick(december, "18,9 tỷ USD").state is State.ACCEPTED
    assert verify().holds


def test_a_growth_goes_under_its_transformation(chuyen_vien, december, pick):
    accept(chuyen_vien, pick(december, "11,9%").pk)
    (figure,) = current_of(chuyen_vien, "exports", Transformation.YOY)
    assert figure.quantity.value == pick(december, "11,9%").read.value


def test_undo_withdraws_the_figure_and_keeps_the_history(chuyen_vien, december, pick):
    chosen = pick(december, "18,9 tỷ USD").pk
    (observation,) = accept(chuyen_vien, chosen).observations
    undo(chuyen_vien, chosen)
    assert current_of(chuyen_vien, "exports") == []
    assert ledger.entry(chuyen_vien, observation).withdrawn_by == str(chuyen_vien)
    assert [d.kind for d in queries.decisions(chuyen_vien, chosen)] == ["accept", "undo"]
    assert queries.statement(chuyen_vien, chosen).state is State.PROPOSED
    accept(chuyen_vien, chosen)
    assert len(current_of(chuyen_vien, "exports")) == 1
    assert [d.kind for d in queries.decisions(chuyen_vien, chosen)] == ["accept", "undo", "accept"]
    assert verify().holds


def test_a_statement_is_decided_once(chuyen_vien, december, pick):
    chosen = pick(december, "18,9 tỷ USD").pk
    accept(chuyen_vien, chosen)
    for again in (lambda: accept(chuyen_vien, chosen), lambda: reject(chuyen_vien, chosen, "trùng")):
        with pytest.raises(UserError, match="Hoàn tác quyết định trước"):
            again()
    assert Decision.objects.count() == 1


def test_a_rejection_needs_a_reason_and_can_be_taken_back(chuyen_vien, december, pick):
    chosen = pick(december, "11,9%").pk
    with pytest.raises(UserError, match="vì sao"):
        reject(chuyen_vien, chosen, "  ")
    reject(chuyen_vien, chosen, "số của tháng trước")
    view = queries.statement(chuyen_vien, chosen)
    assert (view.state, view.reason, view.who) == (State.REJECTED, "số của tháng trước", "Nguyễn Thị Lan")
    undo(chuyen_vien, chosen)
    assert queries.statement(chuyen_vien, chosen).state is State.PROPOSED
    with pytest.raises(UserError, match="chưa có quyết định"):
        undo(chuyen_vien, chosen)


def test_a_statement_without_an_indicator_is_refused_by_name(chuyen_vien, pick):
    text = "Năm 2024, số hộ trồng hoa của Hà Nội đạt 1.250 hộ."
    document = upload(chuyen_vien, "hoa.txt", text.encode()).document
    with pytest.raises(UserError) as caught:
        accept(chuyen_vien, pick(document, "1.250").pk)
    assert "chỉ tiêu" in str(caught.value)
    assert "hoa.txt" in str(caught.value)
    assert Decision.objects.count() == 0


def test_a_mended_statement_can_be_accepted(chuyen_vien, pick, hanoi):
    text = "Năm 2024, hàng bán ra nước ngoài của Hà Nội đạt 18,9 tỷ USD."
    document = upload(chuyen_vien, "mo-ho.txt", text.encode()).document
    chosen = pick(document, "18,9 tỷ USD").pk
    mend(chuyen_vien, chosen, {"indicator": "exports", "period": "2024", "area_key": hanoi})
    view = queries.statement(chuyen_vien, chosen)
    assert view.mended
    assert (view.read.indicator, view.read.unmatched) == ("exports", "")
    accept(chuyen_vien, chosen)
    assert len(current_of(chuyen_vien, "exports")) == 1


@pytest.mark.parametrize(
    "fields",
    [{"indicator": "khong-co"}, {"period": "2024-13"}, {"measure": "lạ"}, {"quote": "khác"}, {"area_key": "zz"}, {}],
)
def test_a_mending_is_checked_against_the_catalogue(chuyen_vien, december, pick, fields):
    with pytest.raises(UserError):
        mend(chuyen_vien, pick(december, "18,9 tỷ USD").pk, fields)
    assert Decision.objects.count() == 0


def test_accept_all_takes_what_has_a_cell_and_is_not_called_wrong(chuyen_vien, december):
    before = queries.document(chuyen_vien, december.pk)
    wrong = {statement for one in before.found if one.verdict is Verdict.WRONG for statement in one.statements}
    done = accept_all(chuyen_vien, december.pk)
    page = queries.document(chuyen_vien, december.pk)
    accepted = {view.pk for view in page.statements if view.state is State.ACCEPTED}
    assert len(accepted) == done.accepted >= 3
    assert not accepted & wrong
    assert done.left["called-wrong"] == 1
    assert sum(done.left.values()) + done.accepted == len(page.statements)
    assert len(ledger.batches(chuyen_vien)) == 1
    assert verify().holds


def test_a_document_does_not_prove_itself(chuyen_vien, december):
    accept_all(chuyen_vien, december.pk)
    reproof(chuyen_vien, december.pk)
    assert [one for one in queries.document(chuyen_vien, december.pk).found if one.check == "C42"] == []


def test_a_second_document_is_proofed_against_what_the_first_put_into_the_ledger(chuyen_vien, december):
    accept_all(chuyen_vien, december.pk)
    text = "Năm 2024, tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng của Hà Nội đạt 835,3 nghìn tỷ đồng."
    draft = upload(chuyen_vien, "du-thao.txt", text.encode()).document
    (found,) = [f for f in queries.findings(chuyen_vien, queries.document(chuyen_vien, draft.pk)) if f.check == "C37"]
    assert (found.verdict, found.cause) == (Verdict.WRONG, "digits-swapped")
    assert [figure.origin.document for figure in found.figures] == [str(december.pk)]


def test_proofing_again_keeps_the_old_run(chuyen_vien, december):
    first = december.proofings.get()
    second = reproof(chuyen_vien, december.pk)
    assert list(december.proofings.order_by("id")) == [first, second]
    assert queries.document(chuyen_vien, december.pk).proofed_at == second.at
    assert len(queries.document(chuyen_vien, december.pk).found) == first.findings.count()


def test_a_range_becomes_its_two_ends(chuyen_vien, pick):
    text = "Năm 2025, mục tiêu kim ngạch xuất khẩu của Hà Nội tăng 7-8%."
    document = upload(chuyen_vien, "ke-hoach.txt", text.encode()).document
    accept(chuyen_vien, pick(document, "7-8%").pk)
    ends = {figure.bound: str(figure.quantity.value) for figure in ledger.plans(chuyen_vien, indicators=["exports"])}
    assert ends == {"lower": "7", "upper": "8"}


def test_the_leader_decides_nothing_and_the_outsider_finds_nothing(lanh_dao, nguoi_ngoai, december, pick):
    chosen = pick(december, "18,9 tỷ USD").pk
    for person, error in ((lanh_dao, NotAllowedError), (nguoi_ngoai, NotVisibleError)):
        for act in (
            lambda p: accept(p, chosen),
            lambda p: reject(p, chosen, "vì"),
            lambda p: mend(p, chosen, {"period": "2024"}),
            lambda p: undo(p, chosen),
            lambda p: accept_all(p, december.pk),
            lambda p: reproof(p, december.pk),
        ):
            with pytest.raises(error):
                act(person)
    assert Decision.objects.count() == 0
    assert queries.decisions(nguoi_ngoai, chosen) == []


def test_a_failing_ledger_leaves_no_decision(chuyen_vien, december, pick, monkeypatch):
    from sct.office.ledger import actions

    def fail(*_arguments, **_options):
        raise RuntimeError("đĩa đầy")

    monkeypatch.setattr(actions.audit, "append", fail)
    with pytest.raises(RuntimeError):
        accept(chuyen_vien, pick(december, "18,9 tỷ USD").pk)
    assert Decision.objects.count() == 0
    assert ledger.is_empty()


def test_nothing_of_a_document_can_be_changed(december, chuyen_vien, pick):
    december.title = "khác"
    with pytest.raises(AppendOnlyError):
        december.save()
    with pytest.raises(AppendOnlyError):
        december.statements.all().delete()


def test_accept_all_leaves_a_cell_that_is_told_in_two_ways_to_a_person(chuyen_vien):
    text = (
        "Năm 2024, kim ngạch xuất khẩu của Hà Nội đạt 18,9 tỷ USD. "
        "Năm 2024, kim ngạch xuất khẩu của Hà Nội đạt 19,4 tỷ USD. "
        "Năm 2024, kim ngạch nhập khẩu của Hà Nội đạt 40,2 tỷ USD."
    )
    document = upload(chuyen_vien, "hai-so.txt", text.encode()).document
    done = accept_all(chuyen_vien, document.pk)
    assert (done.accepted, done.left) == (1, {"told-twice": 2})
    assert [f.series.indicator for f in ledger.current(chuyen_vien)] == ["imports"]
