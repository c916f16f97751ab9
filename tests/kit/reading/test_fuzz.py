"""Broken files of every kind are read or refused with a sentence: no crash, no hang, no flood of memory.

A small sample runs always. The whole, ten thousand files, runs by

    SCT_FUZZ_FILES=10000 python -m pytest tests/kit/reading/test_fuzz.py -n 0 -s

and its last run is recorded in docs/why/files.md. `SCT_FUZZ_SEED` begins elsewhere.
"""

import os
import random
import resource
import time
from collections import Counter

import pytest

from sct.errors import UserError
from sct.reading import libreoffice, open_document, read
from sct.reading.resolving import check
from tests.kit.reading.mutating import mutated, specimens

FILES = int(os.environ.get("SCT_FUZZ_FILES", "250"))
SEED = int(os.environ.get("SCT_FUZZ_SEED", "1"))
OFFICE = int(os.environ.get("SCT_FUZZ_OFFICE", "40"))
WEIGHTS = {"a.docx": 38, "a.html": 30, "a.txt": 6, "nfd.txt": 5, "old.txt": 6, "a.pdf": 15}
SECONDS = 5.0  # of the processor, this process and its children
MEMORY = 300 * 2**20  # bytes above what the process needed before


def processor() -> float:
    mine, children = os.times()[:2], os.times()[2:4]
    return sum(mine) + sum(children)


def open_broken(data: bytes, name: str) -> tuple[str, float]:
    """How it ended ("read" or the code of the refusal) and the seconds it took; anything but a UserError gets out."""
    began = processor()
    try:
        document = open_document(data, name)
        check(document, read(document))
    except UserError as refused:
        sentence = refused.sentence()
        assert sentence.endswith((".", "!", "?")) and "\n" not in sentence
        return refused.code, processor() - began
    return "read", processor() - began


@pytest.mark.long
def test_broken_files_are_read_or_refused_with_a_sentence():
    whole = specimens()
    for name, data in whole.items():
        assert open_broken(data, name)[0] == "read", name
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    chance = random.Random(SEED)
    began, ends, slowest = time.perf_counter(), Counter(), (0.0, "")
    for number in range(FILES):
        name = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        broken = mutated(whole[name], name, chance)
        try:
            end, seconds = open_broken(broken, name)
        except Exception:
            keep(broken, name, number)
            raise
        ends[name.rpartition(".")[2], end] += 1
        slowest = max(slowest, (seconds, f"{name} {number}"))
        if seconds > SECONDS:
            keep(broken, name, number)
        assert seconds <= SECONDS, (name, number, seconds)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before
    told = ", ".join(f"{kind} {end} {n}" for (kind, end), n in sorted(ends.items()))
    print(f"\n{FILES} files, seed {SEED}, {time.perf_counter() - began:.0f} s, slowest {slowest[0]:.2f} s ({slowest[1]}), "
          f"memory +{grown / 2**20:.0f} MB\n{told}")  # fmt: skip
    assert grown < MEMORY


def keep(data: bytes, name: str, number: int) -> None:
    """A file that broke a reader, to look at."""
    import tempfile
    from pathlib import Path

    path = Path(tempfile.gettempdir()) / f"sct-fuzz-{SEED}-{number}-{name}"
    path.write_bytes(data)
    print(f"\nkept: {path}")


@pytest.mark.libreoffice
@pytest.mark.long
@pytest.mark.skipif(FILES < 1000 or not libreoffice.installed(), reason="only with SCT_FUZZ_FILES=1000 and more")
@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_broken_files_of_other_word_processors_are_read_or_refused(kind):
    """LibreOffice starts anew for each, two seconds and more: `SCT_FUZZ_OFFICE` of a kind, each within its own limit."""
    from tests.kit.reading.test_libreoffice import body

    whole = libreoffice.converted(body(), "a.docx", kind)
    inside = "a.docx" if kind == "odt" else f"a.{kind}"  # a package is broken inside its parts
    chance = random.Random(SEED)
    ends = Counter()
    for _number in range(OFFICE):
        end, seconds = open_broken(mutated(whole, inside, chance), f"a.{kind}")
        ends[end] += 1
        assert seconds <= libreoffice.SECONDS + 5
    print(f"\n{kind}: {dict(ends)}")
