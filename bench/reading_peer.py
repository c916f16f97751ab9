"""One peer reads the texts given on standard input: `python reading_peer.py NAME < texts.json`.

It runs in the peers' own environment (`SCT_BENCH_PEERS`), so it imports nothing of this project. The answer is JSON: for each
text a list of [start, end, value or null, unit or ""], and the CPU seconds of the quickest of three rounds.
"""

from __future__ import annotations

import json
import re
import sys
import time
import warnings
from collections.abc import Callable

Found = list[tuple[int, int, float | None, str]]
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def duckling() -> Callable[[str], Found]:
    """Its Vietnamese rules: money, number, quantity."""
    import duckling as lib

    zones = lib.load_time_zones("/usr/share/zoneinfo")
    clock = lib.parse_ref_time(zones, "Asia/Ho_Chi_Minh", 1700000000)
    language = lib.parse_lang("VI")
    context = lib.Context(clock, lib.parse_locale("VI_XX", lib.default_locale_lang(language)))
    wanted = lib.parse_dimensions(["number", "amount-of-money", "quantity"])

    def read(text: str) -> Found:
        rows = lib.parse(text, context, wanted, False)
        return [(r["start"], r["end"], r["value"].get("value"), r["value"].get("unit", "") or "") for r in rows]

    return read


def quantulum3() -> Callable[[str], Found]:
    from quantulum3 import parser

    def read(text: str) -> Found:
        return [(q.span[0], q.span[1], q.value, q.unit.name) for q in parser.parse(text)]

    return read


def recognizers() -> Callable[[str], Found]:
    """The culture with the same marks for thousands and decimals; there is none for Vietnamese."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency

    def read(text: str) -> Found:
        found: Found = []
        for ask, unit in ((recognize_percentage, "%"), (recognize_currency, ""), (recognize_number, "")):
            for row in ask(text, "pt-br"):
                told = row.resolution or {}
                number = _float(str(told.get("value", "")).rstrip("%").replace(".", "").replace(",", "."))
                found.append((row.start, row.end + 1, number, unit or str(told.get("unit", "") or "")))
        return found

    return read


def pyvi() -> Callable[[str], Found]:
    """A tagger: words tagged as numbers, without values."""
    from pyvi import ViPosTagger, ViTokenizer

    def read(text: str) -> Found:
        words, tags = ViPosTagger.postagging(ViTokenizer.tokenize(text))
        return _placed(text, [word.replace("_", " ") for word, tag in zip(words, tags, strict=True) if tag == "M"])

    return read


def underthesea() -> Callable[[str], Found]:
    """A tagger: words tagged as numbers, without values."""
    from underthesea import pos_tag

    def read(text: str) -> Found:
        return _placed(text, [word for word, tag in pos_tag(text) if tag == "M"])

    return read


PEERS: dict[str, Callable[[], Callable[[str], Found]]] = {
    "duckling": duckling, "quantulum3": quantulum3, "recognizers": recognizers, "pyvi": pyvi, "underthesea": underthesea,
}  # fmt: skip


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _placed(text: str, words: list[str]) -> Found:
    """Where words without offsets stand, one after the other."""
    found: Found = []
    at = 0
    for word in words:
        start = text.find(word, at)
        if start >= 0:
            found.append((start, start + len(word), None, ""))
            at = start + len(word)
    return found


def main() -> None:
    warnings.filterwarnings("ignore")
    texts = json.load(sys.stdin)
    read = _kept_going(PEERS[sys.argv[1]]())
    answer = [read(text) for text in texts]
    best = min(_round(read, texts) for _ in range(3))
    json.dump({"found": answer, "cpu": best}, sys.stdout)


def _kept_going(read: Callable[[str], Found]) -> Callable[[str], Found]:
    """A text on which a peer fails counts as one in which it finds nothing."""

    def safe(text: str) -> Found:
        try:
            return read(text)
        except Exception:
            return []

    return safe


def _round(read: Callable[[str], Found], texts: list[str]) -> float:
    begun = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - begun


if __name__ == "__main__":
    main()
