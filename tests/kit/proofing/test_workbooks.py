"""The real workbooks: each error that arithmetic can show is found, and no other is called one.

Restatements between months are vintages, never LỖI. What arithmetic cannot show is listed with its reason.
"""

import csv
from pathlib import Path

import pytest

from sct.catalogue import load
from sct.proofing import Verdict, account, proof_together
from sct.proofing.cells import text_of
from sct.reading.workbooks import read_workbook

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples" / "workbooks"

# Errors of known-errors.csv that no arithmetic on these files can show, and why.
NOT_SHOWN = {
    "E003": "the plan it differs from stands in no file here",
    "E005": "the public figures it differs from stand in no file here",
    "E036": "a sheet that is missing; the reader sets the empty ones aside",
    "E037": "two heads with one period over blank cells; the reader asks",
    "E038": "the file's name, which nobody reads",
    "E039": "the file's name, which nobody reads",
    "E045": "blank cells: no data, told in the account",
    "E052": "estimates of two months that are equal: unlikely, yet no relation says that a series must move",
    "E053": "digits of a column, no relation between figures",
    "E184": "a plan among letters: plans may be numbered apart, and the other plan named is in order with it",
    "E185": "two amounts of what may be two budget lines",
    "E186": "a matter of reading deadlines",
    "E187": "the state of a task",
    "E188": "the state of a task",
    "E189": "a task's deadline against its letter's date: the room of matters",
    "E190": "what a task and its progress are about",
    "E191": "what a task and its progress are about",
}


@pytest.fixture(scope="module")
def workbooks():
    if not SAMPLES.is_dir():
        pytest.skip("the sample workbooks lie beside the checkout, in ../shared/samples/workbooks, and are absent")
    return [read_workbook(path.read_bytes(), path.name) for path in sorted(SAMPLES.glob("*.xls*"))]


@pytest.fixture(scope="module")
def findings(workbooks):
    return proof_together([], load(), workbooks=workbooks)


@pytest.fixture(scope="module")
def errors(workbooks):
    with (SAMPLES / "known-errors.csv").open(encoding="utf-8") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def places(found):
    return [(finding.check, finding.operands[0].place) for finding in found]


def test_what_is_called_wrong_is_wrong_by_its_arithmetic_and_nothing_more_is(findings):
    wrong = [f for f in findings if f.verdict is Verdict.WRONG]
    assert sorted(places(wrong)) == [
        ("C1", "XNK!D9"),  # E001: 4.636,53 / 3.966,32 is 116,9%, not 313,1%
        ("C1", "XNK!I5"),  # E002: 15.600 / 13.614,47 is +14,6%, not +8%
        ("C10", "Năm 2022!C10"),  # E097: eight months less than seven
        ("C10", "Năm 2022!E10"),  # E098: eight months less than seven
    ]


def test_a_plan_that_is_rounded_holds(findings):
    """E004: +10% for +9,80% is rounding, not an error."""
    held = [f for f in findings if f.verdict is Verdict.HOLDS]
    assert ("C1", "XNK!E5") in places(held)


@pytest.mark.parametrize(
    ("error", "label"), [("E033", "Dịch vụ khác"), ("E034", "Dịch vụ lữ hành"), ("E035", "TỔNG SỐ")]
)
def test_a_base_that_was_restated_is_shown_as_such(findings, error, label):
    restated = [
        f for f in findings if f.cause == "base-restated" and f.operands[0].statement.period.startswith("2026-M01-M01")
    ]
    assert [f.verdict for f in restated if f.operands[0].statement.subject.startswith(label)] == [Verdict.HINT]


def test_a_column_that_means_another_thing_than_its_head_says_is_shown_once(findings):
    """E041, E042: forty rows of January compare with December."""
    (column,) = [f for f in findings if f.cause == "column-meaning"]
    assert len(column.operands) == 40
    assert "cột F" in column.sentence


def test_a_letter_whose_date_is_not_in_the_order_of_its_number_is_a_doubt(findings):
    """E183: number 1157 stands between 1086 (25 February) and 1224 (3 March), and is dated 27 March."""
    (found,) = [f for f in findings if f.cause == "letter-order"]
    assert (found.check, found.verdict, found.operands[0].place) == (
        "C44",
        Verdict.DOUBT,
        "Tiến độ nhiệm vụ trọng tâm 2026!A33",
    )
    assert found.arithmetic == "1157 < 1224, 27/03/2026 > 03/03/2026"


def test_every_large_restatement_is_a_doubt_and_none_is_called_wrong(findings, errors):
    large = [f for f in findings if f.cause == "large-revision"]
    told = {(s.subject, round(float(s.value) / float(s.quantity.unit.factor), 2)) for f in large for s in f.statements}
    for error, row in errors.items():
        if row["category"] != "vintage" or error in ("E033", "E034", "E035"):
            continue
        values = [float(part.replace(",", "")) for part in _numbers(row["arithmetic"])]
        label = row["where"][:30]
        assert any(s.startswith(label) and value == values[0] for s, value in told), error
    assert {f.verdict for f in findings if f.check == "C41"} <= {Verdict.HOLDS, Verdict.HINT, Verdict.DOUBT}


def _numbers(arithmetic):
    import re

    return re.findall(r"\d+\.\d+", arithmetic)


def test_every_known_error_is_found_or_said_to_be_beyond_arithmetic(errors):
    found = {"E001", "E002", "E004", "E033", "E034", "E035", "E041", "E042", "E097", "E098", "E183"}
    vintages = {error for error, row in errors.items() if row["category"] == "vintage"}
    assert set(errors) == found | vintages | set(NOT_SHOWN)


def test_totals_and_chains_are_checked_and_hold(findings):
    held = [f for f in findings if f.verdict is Verdict.HOLDS]
    count = {code: sum(f.check == code for f in held) for code in ("C1", "C10", "C12", "C30")}
    assert count["C1"] >= 60  # ratios to last year and to last month
    assert count["C10"] >= 200  # months, quarters, cumulative chains from file to file
    assert count["C12"] >= 30  # totals against their rows
    assert count["C30"] >= 20  # per cent of plan


def test_the_account_says_how_many_cells_had_nothing_to_be_compared_with(workbooks, findings):
    texts = [text_of(workbook, load()) for workbook in workbooks]
    statements = [statement for text in texts for statement in text.statements]
    left = {reason: sum(text.left.get(reason, 0) for text in texts) for text in texts for reason in text.left}
    told = account(statements, findings, left)
    assert told.read == len(statements) > 1500
    assert told.unchecked == sum(told.reasons.values())
    assert {"blank", "no-period"} <= set(told.reasons)
