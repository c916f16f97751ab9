"""Phenomena of the language, one own sample text each (sentences.yaml)."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from sct.reading import open_document, read

CASES = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text("utf-8"))


def found(case):
    document = open_document(case["text"].encode(), "mau.txt")
    published = case.get("published")
    return read(document, None if published is None else str(published))


def shown(statement, field):
    value = getattr(statement, field)
    return float(value) if isinstance(value, Fraction) else value


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_sentence_is_read_as_meant(case):
    statements = found(case)
    assert [
        s.quote for s in statements if not any(f["quote"] in s.quote or s.quote in f["quote"] for f in case["figures"])
    ] == []
    assert len(statements) == len(case["figures"]), [s.quote for s in statements]
    wrong = []
    for wanted, statement in zip(case["figures"], statements, strict=True):
        for field, value in wanted.items():
            got = shown(statement, field)
            if field == "quote":
                same = value in got or got in value
            elif field == "subject":
                same = value.lower() == got.lower()
            else:
                same = got == value
            if not same:
                wrong.append(f"{statement.quote}: {field} {got!r}, not {value!r} {statement.rules}")
    assert wrong == []
