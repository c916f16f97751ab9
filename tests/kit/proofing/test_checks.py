"""Every declared check: valid, and its own example sentences come out as they say, by hand-made statements."""

import pytest
from jsonschema import Draft202012Validator

from sct import declared
from sct.catalogue import load
from sct.proofing import Verdict, checks, proof_together
from sct.proofing.proof import ACROSS, WITHIN
from tests.kit.proofing.making import read_example, shelf_of

CASES = [
    pytest.param(check.code, kind, example, id=f"{check.code}-{kind}-{at}")
    for check in checks().values()
    for kind, examples in (("passing", check.passing), ("failing", check.failing))
    for at, example in enumerate(examples, start=1)
]


def test_every_relation_is_declared_and_every_declared_check_has_a_relation():
    assert set(checks()) == set(WITHIN) | set(ACROSS)


def test_every_declaration_fits_the_schema():
    validator = Draft202012Validator(declared.schema("checks"))
    for path in declared.files("checks"):
        for row in declared.rows(path):
            assert [error.message for error in validator.iter_errors(dict(row))] == [], row["code"]


def test_every_check_has_three_sentences_that_pass_and_three_that_fail():
    for check in checks().values():
        assert len(check.passing) >= 3
        assert len(check.failing) >= 3


@pytest.mark.parametrize(("code", "kind", "example"), CASES)
def test_an_example_sentence_comes_out_as_declared(code, kind, example):
    findings = proof_together(read_example(example), load(), shelf_of(example))
    mine = [finding for finding in findings if finding.check == code]
    told = [finding.verdict.value for finding in mine]
    if "verdict" in example:
        assert told == [example["verdict"]], [f.arithmetic for f in mine]
    assert all(finding.cause == example.get("cause", finding.cause) for finding in mine), [f.cause for f in mine]
    problems = [f for f in findings if f.verdict not in (Verdict.HOLDS, Verdict.UNCHECKED)]
    if kind == "passing":
        assert problems == []
    else:
        assert [f.check for f in problems] == [code]


@pytest.mark.parametrize(("code", "kind", "example"), CASES)
def test_a_finding_shows_its_arithmetic_and_what_would_make_it_hold(code, kind, example):
    for finding in proof_together(read_example(example), load(), shelf_of(example)):
        assert finding.sentence
        assert finding.arithmetic
        assert "{" not in finding.sentence + finding.arithmetic + finding.repair
        assert len(finding.documents) == len(finding.statements)
        if finding.verdict in (Verdict.WRONG, Verdict.DOUBT, Verdict.HINT):
            assert finding.repair
        assert (finding.severity != "") == (finding.verdict is Verdict.WRONG)


def test_a_check_can_be_switched_off_by_a_department(monkeypatch, tmp_path):
    own = tmp_path / "checks"
    own.mkdir()
    (own / "own.yaml").write_text("- {code: C26, enabled: false}\n", "utf-8")
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))
    assert not checks()["C26"].enabled
    example = checks()["C26"].failing[0]
    assert [f.check for f in proof_together(read_example(example)) if f.check == "C26"] == []
