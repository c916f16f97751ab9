"""Who asks what of whom, until when: own sentences (proposals.yaml), and what asks nothing."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sct.catalogue.proposal import KINDS
from sct.errors import UserError
from sct.reading import open_document, read_whole, to_json
from tests.kit.reading.test_properties import likely

CASES = yaml.safe_load((Path(__file__).parent / "proposals.yaml").read_text("utf-8"))


def told(text):
    document = open_document(text.encode(), "mau.txt")
    return document, read_whole(document).proposals


def shown(proposal):
    parts = (proposal.kind, proposal.sender or "-", proposal.recipient or "-", proposal.text, proposal.due or "-")
    return " | ".join(parts)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_a_sentence_tells_who_asks_what_of_whom(case):
    _document, proposals = told(case["text"])
    assert [shown(proposal) for proposal in proposals] == case["asks"], [p.rules for p in proposals]


def test_the_corpus_has_all_kinds_and_enough_of_what_asks_nothing():
    kinds = [ask.partition(" |")[0] for case in CASES for ask in case["asks"]]
    assert set(kinds) == set(KINDS)
    assert len(kinds) >= 40
    assert sum(not case["asks"] for case in CASES) >= 25


def test_the_statements_inside_are_linked_by_their_spans():
    document, (proposal,) = told(
        "Năm 2025, tỉnh Bắc Giang phấn đấu khởi công 5 cụm công nghiệp và xuất khẩu 35 tỷ USD."
    )
    assert [document.text[a:b] for a, b in proposal.figures] == ["5 cụm công nghiệp", "35 tỷ USD"]


def test_the_json_of_a_text_lists_its_proposals_beside_its_statements():
    document = open_document("UBND tỉnh yêu cầu Sở Công Thương kiểm tra 3 chợ trước ngày 5/6/2025.".encode(), "a.txt")
    found = read_whole(document)
    (row,) = to_json(document, found.statements, found.proposals)["proposals"]
    assert row["from"]["name"] == "UBND tỉnh"
    assert row["to"]["name"] == "Sở Công Thương"
    assert document.text[row["start"] : row["end"]] == row["text"]
    assert row["due"] == "2025-06-05"


ASKING = st.sampled_from(
    ["yêu cầu", "đề nghị", "giao", "phấn đấu", "cam kết", "kiến nghị", "Sở Công Thương", "UBND tỉnh", ":", ";", "\n- "]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(ASKING, likely), max_size=12).map(" ".join))
def test_any_text_is_answered_with_exact_spans(text):
    try:
        document, proposals = told(text)
    except UserError:
        return
    for proposal in proposals:
        assert document.text[proposal.start : proposal.end] == proposal.text.strip() != ""
        for name, span in ((proposal.sender, proposal.sender_span), (proposal.recipient, proposal.recipient_span)):
            assert (document.text[slice(*span)] if span else "") == name
        assert proposal.kind in KINDS
        assert proposal.rules
