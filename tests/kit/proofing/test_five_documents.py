"""The five sample articles, read by the real reader: the two real troubles are found, and nothing else is called one."""

from pathlib import Path

import pytest

from sct.proofing import Verdict, account, proof_together

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "documents"


@pytest.fixture(scope="module")
def read_documents():
    if not SAMPLES.is_dir():
        pytest.skip("the five sample documents lie beside the checkout, in ../shared/samples/documents, and are absent")
    reading = pytest.importorskip("sct.reading", reason="the reading room is not there")
    from sct.catalogue import load

    documents = []
    for path in sorted(SAMPLES.glob("*.txt")):
        document = reading.open_document(path.read_bytes(), path.name)
        documents.append((document, reading.read(document, catalogue=load())))
    return documents


@pytest.fixture(scope="module")
def findings(read_documents):
    from sct.catalogue import load

    return proof_together(read_documents, load())


def quotes(finding):
    return {statement.quote for statement in finding.statements}


SIX = {
    # R9: two units for one number
    ("C26", "loi", "double-unit"),
    # X1: two publications of the growth of exports in 2020
    ("C41", "nghi", "two-vintages"),
    # R22: "gần 100" of 43 + 46
    ("C31", "nghi", "qualifier"),
    # R4: a multiple of a range that holds at one end alone
    ("C32", "goi_y", "range-end-only"),
    # R24: six years under the name of a plan of five
    ("C44", "goi_y", "plan-term"),
    # R28: three branches with hardly more than two of them have
    ("C18", "goi_y", "scope"),
}


def test_exactly_the_six_findings_of_the_study_are_made(findings):
    """A proofing that reports more than about six findings on these five articles is crying wolf."""
    remarks = [f for f in findings if f.verdict not in (Verdict.HOLDS, Verdict.UNCHECKED)]
    assert sorted((f.check, f.verdict.value, f.cause) for f in remarks) == sorted(SIX)


def test_the_double_unit_says_what_to_write(findings):
    (wrong,) = [f for f in findings if f.verdict is Verdict.WRONG]
    assert "1,43%" in wrong.statements[0].quote
    assert "1,43 điểm phần trăm" in wrong.repair


def test_the_two_export_growths_are_shown_with_their_documents(findings):
    (vintages,) = [f for f in findings if f.cause == "two-vintages"]
    assert {str(statement.value) for statement in vintages.statements} == {"11/5", "9/5"}
    assert len(set(vintages.documents)) == 2


def test_relations_that_hold_are_told_too(findings):
    held = [f for f in findings if f.verdict is Verdict.HOLDS]
    assert len(held) >= 14
    assert {"C13", "C18", "C21", "C25", "C27", "C41"} <= {f.check for f in held}


def test_the_growth_share_and_the_multiple_of_the_plan_hold(findings):
    held = [f for f in findings if f.verdict is Verdict.HOLDS]
    shares = [f for f in held if f.check == "C21"]
    assert [f.arithmetic for f in shares] == ["1,5 / 3,98 → 36,4…39,0%; đã viết 37,5…38,5%: khớp"]
    multiples = [f for f in held if f.check == "C27"]
    assert [f.arithmetic for f in multiples] == ["5 / 1,8 → 2,70…2,86; đã viết 2,70…2,80: khớp"]


def test_figures_repeated_in_two_articles_agree(findings):
    held = [f for f in findings if f.check == "C41" and f.verdict is Verdict.HOLDS]
    assert len(held) >= 3


def test_a_missing_base_is_said_and_not_guessed(findings):
    unchecked = [f for f in findings if f.verdict is Verdict.UNCHECKED]
    assert {f.cause for f in unchecked} == {"no-operand", "no-plan", "series-short"}
    assert len(unchecked) == 3


def test_the_account_says_what_was_not_compared(read_documents, findings):
    told = account([s for _document, statements in read_documents for s in statements], findings)
    assert told.wrong == 1
    assert told.doubtful == 2
    assert told.hints == 3
    assert told.holds == told.checked - told.wrong - told.doubtful - told.hints
    assert told.unchecked == sum(told.reasons.values()) > 0
    assert told.line().startswith(f"đọc {told.read} số liệu, ghép được {told.matched} với sổ")


def test_against_the_real_ledger_nothing_more_is_called_wrong_or_doubtful(read_documents):
    """The 1,097 cited figures hold other vintages of the same facts: hints at most."""
    import csv

    from sct.catalogue import load

    office = pytest.importorskip("sct.office.ledger.rows", reason="the rows of a CSV are read by the office")
    from sct.errors import Place
    from sct.samples import FIGURES
    from tests.kit.proofing.making import Shelf

    with FIGURES.open(encoding="utf-8") as stream:
        reader = office.RowReader()
        figures = [reader.figure(row, Place()) for row in csv.DictReader(stream)]
    found = proof_together(read_documents, load(), Shelf(figures))
    problems = [(f.check, f.cause) for f in found if f.verdict.is_problem]
    assert sorted(problems) == [("C26", "double-unit"), ("C31", "qualifier"), ("C41", "two-vintages")]
    assert len([f for f in found if f.verdict is Verdict.HINT]) <= 9
    (vintages,) = [f for f in found if f.cause == "two-vintages"]
    assert vintages.arithmetic.startswith("2,2% (2020-12-18")
