"""The trace: for each field of a statement the rule that made it, and what that rule says."""

import re
from pathlib import Path

import pytest

import sct.reading
from sct.catalogue.statement import TRACED
from sct.cli import main
from sct.reading import open_document, read
from sct.reading.lexicon import lexicon
from tests.kit.reading.scoring import TEXTS, batch, statements_of


@pytest.mark.parametrize("name", sorted(path.stem for path in TEXTS.glob("*.yaml")))
def test_every_field_names_a_rule_that_is_told_in_vietnamese(name):
    for case in batch(name):
        for statement in statements_of(case):
            assert [field for field, _value, _rule in statement.trace] == list(TRACED)
            assert set(statement.rules) <= set(lexicon().rules)


def test_no_rule_is_told_that_the_reader_does_not_have():
    source = "".join(path.read_text("utf-8") for path in Path(sct.reading.__file__).parent.glob("*.py"))
    made = {f"status-{cue}" for cue in ("estimate", "plan", "decided", "forecast", "expected", "conditional", "actual")}
    named = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', source)) | made
    assert set(lexicon().rules) - named == set()


def test_the_command_prints_the_trace_under_each_statement(tmp_path, capsys):
    path = tmp_path / "mau.txt"
    path.write_text("Năm 2023, xuất khẩu của Hải Dương ước đạt 9 tỷ USD, tăng 4% so với cùng kỳ.", "utf-8")
    assert main(["read", str(path), "--trace"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"status +estimate +← status-estimate", shown)
    assert re.search(r"baseline +2022 +← compared-behind", shown)
    assert "có chữ ước" in shown


def test_what_held_a_subject_is_told():
    first, second = read(open_document("Năm 2023, xuất khẩu đạt 9 tỷ USD, tăng 4%.".encode(), "a.txt"))
    assert first.rules[TRACED.index("subject")] == "subject-named"
    assert second.rules[TRACED.index("subject")] == "subject-held"
