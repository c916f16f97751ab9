"""Findings for machines: flat JSON, SARIF, and a key that lasts until an operand changes."""

import json
from fractions import Fraction

from sct.catalogue import load
from sct.proofing import Verdict, proof
from sct.reading import open_document, read
from sct.reporting.findings import as_json, place_of, sarif
from sct.reporting.mending import with_value

TEXT = (
    "Năm 2031, ngành công nghiệp thành phố Hà Nội tăng 6,39%, đóng góp 1,43% điểm phần trăm vào mức tăng 3,98% GRDP. "
    "Khởi công 43 cụm công nghiệp, trong đó hoàn thành ít nhất 20 cụm."
)


def findings_of(text, name="du-thao.txt"):
    document = open_document(text.encode(), name)
    return document, proof(document, read(document), load())


def test_a_finding_is_a_flat_object_with_its_place_and_operands():
    document, found = findings_of(TEXT)
    told = [as_json(f) for f in found]
    json.dumps(told)
    wrong = next(one for one in told if one["verdict"] == "LỖI")
    assert {"check", "verdict", "document", "place", "operands", "interval", "message"} <= set(wrong)
    assert wrong["document"] == "du-thao.txt"
    assert document.text[wrong["place"]["start"] : wrong["place"]["end"]] == wrong["operands"][0]["quote"]
    assert all(operand["document"] and operand["place"] for operand in wrong["operands"])


def test_sarif_has_a_rule_a_check_and_points_at_the_words():
    document, found = findings_of(TEXT)
    log = sarif(found)
    [run] = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert log["version"] == "2.1.0" and run["columnKind"] == "unicodeCodePoints"
    assert [r["ruleId"] for r in run["results"]] == [
        f.check for f in found if f.verdict in (Verdict.WRONG, Verdict.DOUBT, Verdict.HINT)
    ]
    for result in run["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert (
            document.text[region["charOffset"] : region["charOffset"] + region["charLength"]]
            == region["snippet"]["text"]
        )
        assert result["level"] in {"error", "warning", "note"}


def test_the_key_of_a_finding_lasts_while_its_operands_do():
    wrong = next(f for f in findings_of(TEXT)[1] if f.verdict is Verdict.WRONG)
    moved = next(f for f in findings_of("Báo cáo nhanh.\n" + TEXT, "khac.txt")[1] if f.verdict is Verdict.WRONG)
    changed = next(f for f in findings_of(TEXT.replace("1,43%", "1,44%"))[1] if f.verdict is Verdict.WRONG)
    assert wrong.key == moved.key != changed.key


def test_the_place_of_a_figure_in_a_workbook_is_its_cell():
    from dataclasses import replace

    document, _found = findings_of(TEXT)
    statement = read(document)[0]
    assert place_of(replace(statement, place="8.SPCN!C7")) == {"sheet": "8.SPCN", "cell": "C7"}
    assert place_of(statement) == {"start": statement.start, "end": statement.end}


def test_new_words_keep_unit_and_digits_of_the_draft():
    document = open_document("Năm 2031 xuất khẩu của Hà Nội ước đạt 16,2 tỷ USD, giảm 7-8%.".encode(), "a.txt")
    level, fall = read(document)
    assert with_value(level, Fraction(17_449_000_000)) == level.quote.replace("16,2", "17,4")
    assert with_value(level, level.value) == ""
    assert with_value(fall, Fraction(5)) == ""  # two numbers: a person chooses
