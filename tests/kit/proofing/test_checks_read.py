"""The example sentences of every check through the real reader: what a user sees when such a sentence is uploaded."""

import pytest

from sct.catalogue import load
from sct.proofing import checks, proof_together
from sct.reading import open_document, read
from tests.kit.proofing.making import shelf_of

CASES = [
    pytest.param(check.code, example, id=f"{check.code}-{kind}-{at}")
    for check in checks().values()
    for kind, examples in (("passing", check.passing), ("failing", check.failing))
    for at, example in enumerate(examples, start=1)
]


def read_by_the_reader(example):
    for at, part in enumerate(example.get("texts", [example])):
        document = open_document(part["text"].encode(), part.get("name", f"van-ban-{at}.txt"))
        published = part.get("published")
        if published:
            from dataclasses import replace

            document = replace(document, published=published)
        yield document, read(document, published, load())


@pytest.mark.parametrize(("code", "example"), CASES)
def test_an_example_comes_out_the_same_when_really_read(code, example):
    findings = proof_together(list(read_by_the_reader(example)), load(), shelf_of(example))
    mine = [f for f in findings if f.check == code]
    expected = [example["verdict"]] if "verdict" in example else []
    assert [f.verdict.value for f in mine] == expected, [(f.cause, f.arithmetic) for f in mine]
