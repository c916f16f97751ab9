"""Every declared check: valid, and its own example sentences come out as they say, by the statements that stand there."""

import re

import pytest
from jsonschema import Draft202012Validator

from sct import declared
from sct.catalogue import load
from sct.proofing import Verdict, checks, proof, proof_together
from sct.proofing.guards import GUARDS
from sct.proofing.proof import ACROSS, WITHIN
from sct.reading import open_document, read
from tests.kit.proofing.making import read_example, shelf_of

CASES = [
    pytest.param(check.code, kind, example, id=f"{check.code}-{kind}-{at}")
    for check in checks().values()
    for kind, examples in (("passing", check.passing), ("failing", check.failing))
    for at, example in enumerate(examples, start=1)
]


def test_all_forty_six_checks_are_declared_and_each_has_something_to_do():
    assert sorted(checks(), key=lambda code: int(code[1:])) == [f"C{number}" for number in range(1, 47)]
    for check in checks().values():
        assert check.relations or check.explains or check.code in WITHIN or check.code in ACROSS


def test_every_declaration_fits_the_schema():
    validator = Draft202012Validator(declared.schema("checks"))
    for path in declared.files("checks"):
        for row in declared.rows(path):
            assert [error.message for error in validator.iter_errors(dict(row))] == [], row["code"]


def test_every_relation_names_known_guards_and_its_own_operands():
    for check in checks().values():
        for relation in check.relations:
            assert set(relation.guards) <= set(GUARDS)
            assert set(relation.formula.names) - {"years"} == set(relation.operands), check.code
            assert set(re.findall(r"\{(\w+)\}", relation.shown)) - {"years"} <= set(relation.operands), check.code


def test_every_check_has_three_sentences_that_pass_and_three_that_fail_and_real_figures_in_one():
    for check in checks().values():
        assert len(check.passing) >= 3, check.code
        assert len(check.failing) >= 3, check.code
        assert any(example.get("real") for example in (*check.passing, *check.failing)), check.code


@pytest.mark.parametrize(("code", "kind", "example"), CASES)
def test_an_example_sentence_comes_out_as_declared(code, kind, example):
    findings = proof_together(read_example(example), load(), shelf_of(example))
    comes_out_as_declared(code, kind, example, findings)
    shows_its_arithmetic(findings)


def comes_out_as_declared(code, kind, example, findings):
    mine = [finding for finding in findings if finding.check == code]
    if "verdict" in example:
        assert [finding.verdict.value for finding in mine] == [example["verdict"]], [f.arithmetic for f in mine]
    assert all(finding.cause == example.get("cause", finding.cause) for finding in mine), [f.cause for f in mine]
    problems = [f for f in findings if f.verdict not in (Verdict.HOLDS, Verdict.UNCHECKED)]
    if kind == "passing":
        assert problems == [], [(f.check, f.arithmetic) for f in problems]
    else:
        assert {f.check for f in problems} == {code, *example.get("also", ())}, [
            (f.check, f.arithmetic) for f in problems
        ]


def shows_its_arithmetic(findings):
    """Each finding says what was read, the computed interval, what would make it hold, and has a key of its own."""
    for finding in findings:
        assert finding.sentence
        assert finding.arithmetic
        assert "{" not in finding.sentence + finding.arithmetic + finding.repair
        assert all(operand.words for operand in finding.operands)
        if finding.verdict in (Verdict.WRONG, Verdict.DOUBT, Verdict.HINT):
            assert finding.repair
        assert (finding.severity != "") == (finding.verdict is Verdict.WRONG)
        assert re.fullmatch(rf"{finding.check}-[0-9a-f]{{20}}", finding.key)


def test_no_sentence_accuses():
    """Two numbers cannot both be right; which one is not said."""
    words = ("sai", "bịa", "gian", "cố ý", "nhầm lẫn của")
    for _code, _kind, example in (case.values for case in CASES):
        for finding in proof_together(read_example(example), load(), shelf_of(example)):
            assert not any(re.search(rf"\b{word}\b", finding.sentence) for word in words), finding.sentence


def test_a_check_can_be_switched_off_by_a_department(monkeypatch, tmp_path):
    own = tmp_path / "checks"
    own.mkdir()
    (own / "own.yaml").write_text("- {code: C26, enabled: false}\n", "utf-8")
    monkeypatch.setenv("SCT_DECLARATIONS", str(tmp_path))
    assert not checks()["C26"].enabled
    example = checks()["C26"].failing[0]
    assert [f.check for f in proof_together(read_example(example)) if f.check == "C26"] == []


def listed(count, items):
    rows = "".join(f"<li>{item}</li>" for item in items)
    page = f"<html><body><main><p>Sở tập trung {count} nhiệm vụ trọng tâm sau:</p><ul>{rows}</ul><p>Hết.</p></main></body></html>"
    return open_document(page.encode(), "bai.html")


@pytest.mark.parametrize(
    ("count", "items", "verdict"),
    [
        ("3", ["Xúc tiến thương mại.", "Bình ổn giá, quản lý chợ.", "Phát triển cụm."], Verdict.HOLDS),
        ("bốn", ["Xúc tiến thương mại.", "Bình ổn giá, quản lý chợ.", "Phát triển cụm."], Verdict.DOUBT),
        ("2", ["Xúc tiến thương mại.", "Bình ổn giá<ul><li>Gạo</li><li>Thịt</li></ul>"], Verdict.HOLDS),
        ("4", ["Xúc tiến thương mại.", "Bình ổn giá, v.v."], None),  # the list goes on
    ],
)
def test_a_count_is_held_against_the_items_of_the_list_below_it(count, items, verdict):
    """Items of a list in the file's own markup (role `item`), those of its first level alone."""
    document = listed(count, items)
    found = [f for f in proof(document, read(document), load()) if f.check == "C20"]
    assert [f.verdict for f in found] == ([] if verdict is None else [verdict])


def test_the_words_of_a_first_item_are_not_counted_as_the_list():
    document = listed(
        "3", ["Xúc tiến thương mại, bình ổn giá và quản lý chợ", "Phát triển cụm", "Phát triển làng nghề"]
    )
    assert [f.verdict for f in proof(document, read(document), load()) if f.check == "C20"] == [Verdict.HOLDS]
