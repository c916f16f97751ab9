"""Batches of own texts (texts/*.yaml) scored as the annotation guide scores; each was written before it was read.

docs/why/reading.md holds the blind scores. The last batch is kept aside: its errors were never looked at.
"""

import pytest

from tests.kit.reading.scoring import TEXTS, Score, batch, kept_aside, statements_of

READ = {
    "batch1": 0.98,
    "batch2": 0.96,
    "batch3": 0.92,
    "batch4": 0.95,
    "batch5": 0.95,
    "batch6": 0.94,
    "batch7": 0.93,
    "batch8": 0.90,
    "batch9": 0.98,
    "batch10": 0.93,
    "batch11": 0.92,
    "batch12": 0.95,
    "batch13": 0.89,
    "batch14": 0.98,
    "batch15": 0.96,
    "batch16": 0.95,
}  # strict F1 at least
GOALS = {
    "measure": 0.97, "unit": 0.97, "comparator": 0.97, "status": 0.97,
    "period": 0.95, "area": 0.95, "baseline": 0.93, "subject": 0.93,
}  # fmt: skip
LATE = {"batch13", "batch14", "batch15", "batch16"}
BLIND = 0.87  # of the batch kept aside, as it was when nobody had looked at its errors


def test_the_batch_kept_aside_is_read_as_well_as_when_it_was_blind():
    score = Score(batch("aside"))
    assert score.detection >= 0.98
    assert score.strict_f1 >= BLIND


# The third of batches 13 and later is unseen for good and was not tuned to: its floors are what was measured.
@pytest.mark.parametrize(
    ("aside", "late", "strict", "subject"),
    [
        pytest.param(True, False, 0.94, 0.93, id="the third kept aside of batches 1 to 12"),
        pytest.param(True, True, 0.87, 0.82, id="the third kept aside of later batches"),
        pytest.param(False, None, 0.94, 0.93, id="the rest"),
    ],
)
def test_the_third_kept_aside_and_the_rest_reach_the_goals(aside, late, strict, subject):
    cases = [(path.stem in LATE, case) for path in TEXTS.glob("*.yaml") for case in batch(path.stem)]
    assert 0.28 < sum(kept_aside(case["text"]) for _late, case in cases) / len(cases) < 0.38
    score = Score([c for its_late, c in cases if kept_aside(c["text"]) is aside and late in {None, its_late}])
    assert score.detection >= 0.98
    assert score.strict_f1 >= strict
    goals = GOALS | {"subject": subject} | (dict.fromkeys(("measure", "status", "baseline"), 0.92) if late else {})
    assert {field for field, goal in goals.items() if score.share(field) < goal} == set()


@pytest.mark.parametrize(("name", "strict"), READ.items())
def test_a_batch_is_read_at_least_this_well(name, strict):
    score = Score(batch(name))
    assert score.detection >= 0.98, score.errors
    assert score.strict_f1 >= strict, score.errors


@pytest.mark.parametrize("name", sorted(path.stem for path in TEXTS.glob("*.yaml")))
def test_every_statement_stands_exactly_where_it_says(name):
    for case in batch(name):
        text = case["text"].strip()
        for statement in statements_of(case):
            assert text[statement.start : statement.end] == statement.quote
            assert statement.indicator or statement.unmatched
