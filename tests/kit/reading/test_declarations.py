"""The words of the reader are declared, each row as the schema says."""

from jsonschema import Draft202012Validator

from sct import declared
from sct.reading.lexicon import folded, lexicon


def test_every_row_follows_the_schema():
    validator = Draft202012Validator(declared.schema("reading"))
    faults = [
        f"{row.place}: {error.message}"
        for path in declared.files("reading")
        for row in declared.rows(path)
        for error in validator.iter_errors(dict(row))
    ]
    assert faults == []


def test_no_cue_has_two_meanings():
    rows = [row for path in declared.files("reading") for row in declared.rows(path) if row["group"] == "cue"]
    words = [folded(word) for row in rows for word in row["words"]]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_the_longest_cue_wins():
    words = lexicon()
    assert [words.meaning[m[0]] for m in words.cue.finditer("sở kế hoạch và đầu tư ước tính")] == ["name", "estimate"]
