"""`python -m bench [NAME…] [--rounds N]`: measure, print, and keep the tables in docs/bench."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import country, engine, proofing, reading, registers, submissions, workbooks
from bench.frame import machine, measure, say, table

ENTRIES = {
    "engine": engine.bench,
    "country": country.bench,
    "proofing": proofing.bench,
}
# Entries whose page is more than a table of seconds: a whole site under load, what each peer finds.
SITES = {
    "registers": registers.page,
    "submissions": submissions.page,
    "reading": reading.page,
    "workbooks": workbooks.page,
}
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "bench"


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    words.add_argument("names", nargs="*", metavar="NAME", help=", ".join([*ENTRIES, *SITES]))
    words.add_argument("--rounds", type=int, default=5)
    given = words.parse_args()
    unknown = [name for name in given.names if name not in {*ENTRIES, *SITES}]
    if unknown:
        words.error(f"no bench named {', '.join(unknown)}; there are: {', '.join([*ENTRIES, *SITES])}")
    say(machine())
    for name in given.names or (*ENTRIES, "reading", "workbooks"):
        shown = SITES[name]() if name in SITES else _peers(name, given.rounds)
        say("\n" + shown)
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{name}.md").write_text(shown, "utf-8")


def _peers(name: str, rounds: int) -> str:
    entry = ENTRIES[name]()
    return table(entry, measure(entry, rounds))


if __name__ == "__main__":
    main()
