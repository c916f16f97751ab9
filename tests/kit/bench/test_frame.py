"""The bench frame: peers that disagree are not timed, small entries run."""

import numpy as np
import pytest

pytest.importorskip("duckdb", reason="the peers are installed by the bench extra")

from bench import country, engine, reading
from bench.frame import Bench, Peer, agree, measure, table


def test_peers_that_disagree_are_not_timed():
    peers = (Peer("one", lambda: {"sum": (1, 2.0)}), Peer("other", lambda: {"sum": (1, 2.1)}))
    with pytest.raises(AssertionError, match="other disagrees with one"):
        measure(Bench("x", "x", peers, 1, "rows", same=agree), 1)


def test_all_peers_of_the_engine_compute_the_same_measures():
    small = engine.bench(areas=4, indicators=5, months=36)
    answers = [peer.run() for peer in small.peers]
    assert answers[0]["yoy"][0] == 4 * 5 * 24
    assert answers[0]["quarter"][0] == 4 * 5 * 12
    assert all(agree(answers[0], answer) for answer in answers[1:])


def test_threads_of_the_country_give_the_same_bits():
    small = country.bench(communes=68, indicators=5, months=24)
    one, more = (peer.run() for peer in small.peers)
    assert one == more
    assert set(one) == set(country.NINE.values())
    assert one["area"][0] == 5 * (68 + 34 + 1) * 24
    assert all(np.isfinite(last) and last != 0 for _cells, last in one.values())


def test_a_table_tells_every_peer_with_its_ratio():
    small = country.bench(communes=68, indicators=5, months=24)
    shown = table(small, measure(small, 1))
    assert shown.count("\n| ") == 1 + 1 + len(small.peers)


def test_a_peer_of_the_reader_is_scored_by_number_value_and_unit():
    gold = [[reading.Gold(4, 9, 853.3e12, "VND"), reading.Gold(20, 24, 10.8, "percent")]]
    answers = [[(0, 9, 853.3e12, "VND"), (20, 24, 10.8, "lần"), (30, 34, 2024.0, "")]]
    row = reading.score(reading.Row("x", "1", "", 1.0), answers, gold)
    assert (row.found, row.value, row.unit, row.other) == (2, 2, 1, 1)


def test_the_texts_that_peers_read_are_annotated():
    texts, golds = reading.texts()
    assert len(texts) == len(golds) >= 120
    assert all(text[figure.start].isdigit() for text, gold in zip(texts, golds, strict=True) for figure in gold)
