"""Batches of own texts (texts/*.yaml) scored as the annotation guide scores; each was written before it was read.

docs/why/reading.md holds the blind scores. The last batch is kept aside: its errors were never looked at.
"""

import pytest

from tests.kit.reading.scoring import TEXTS, Score, batch, statements_of

TUNED = [pytest.param(name, strict, id=name) for name, strict in (("batch1", 0.98), ("batch2", 0.96), ("batch3", 0.92))]


@pytest.mark.parametrize(("name", "strict"), TUNED)
def test_a_batch_is_read_at_least_this_well(name, strict):
    score = Score(batch(name))
    assert score.detection >= 0.99, score.errors
    assert score.strict_f1 >= strict, score.errors


@pytest.mark.parametrize("name", sorted(path.stem for path in TEXTS.glob("*.yaml")))
def test_every_statement_stands_exactly_where_it_says(name):
    for case in batch(name):
        text = case["text"].strip()
        for statement in statements_of(case):
            assert text[statement.start : statement.end] == statement.quote
            assert statement.indicator or statement.unmatched
