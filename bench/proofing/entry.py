"""The entry of the bench: speed as every entry, with the tables of recall, precision and false findings below."""

from __future__ import annotations

from collections import Counter

from bench.frame import Bench, Peer
from bench.proofing import tables
from bench.proofing.measuring import Measured, measure
from bench.proofing.speed import Million, papers

PAGES = 25  # of each accuracy run
TABLES = 25


def bench(pages: int = 100) -> Bench:
    """The entry; `work` is figures."""
    from sct.catalogue import load
    from sct.proofing import proof_together
    from sct.reading import read

    made = papers(pages)
    figures = sum(len(statements) for _document, statements in made)
    ledger = Million()
    counted = Counter(f.verdict.value for f in proof_together(made, load(), ledger))

    return Bench(
        name="proofing",
        title=f"Proofing {figures:,} figures on {pages} pages",
        peers=(
            Peer(
                "against a million observations",
                lambda: len(proof_together(made, load(), ledger)),
                ("so-cong-thuong",),
                f"{len(ledger.cells):,} cells in memory; {sum(counted.values()):,} relations",
            ),
            Peer("inside the papers alone", lambda: len(proof_together(made, load())), ("so-cong-thuong",)),
            Peer("a loop of ten million additions", _yardstick, (), "what this machine does meanwhile"),
            Peer("reading them", lambda: sum(len(read(d)) for d, _s in made), ("so-cong-thuong",), "for comparison"),
        ),
        work=figures,
        unit="figures",
        note="\n".join(["The peers do different work; the ratio tells what each costs.", "", accuracy()]),
    )


def _yardstick() -> int:
    total = 0
    for number in range(10**7):
        total += number
    return total


def accuracy(pages: int = PAGES) -> str:
    """The tables of recall and precision, with and without a ledger."""
    parts = [_HEAD.format(pages=pages)]
    for title, with_ledger in (("Inside the page alone", False), ("With the page's figures in the ledger", True)):
        parts.append(_table(title, measure(pages, with_ledger=with_ledger)))
    return "\n".join([*parts, _of_tables(), _FOOT])


def _of_tables() -> str:
    cells, false, kinds = tables.measure(TABLES)
    lines = [
        "### Tables of Word files",
        "",
        f"{TABLES} tables with {cells} cells, a total over its parts in months and cumulations; {false} false remarks on "
        "the clean ones. One cell is changed in each; nothing but the table itself is there to compare with.",
        "",
        "| error | sown | recall |",
        "| --- | ---: | ---: |",
    ]
    lines += [f"| {kind} | {sown} | {_share(found, sown)} |" for kind, (sown, found) in kinds.items()]
    return "\n".join([*lines, ""])


_HEAD = """## Recall and precision

{pages} generated pages of about fifty figures each, printed as officials print them and read by the real reader. In each
page one error of each kind is sown in a figure that stands in a relation. *Recall* is the share of errors that a remark
rests on, *called* the share on which one of them is NGHI or LỖI (the others are GỢI Ý). *Precision* is the share of
remarks that rest on the sown error. Sizes are in last printed digits: an error of one to three digits is often within
rounding, and then nothing can be said.
"""
_FOOT = """An error of the kind *wrong indicator* or *wrong period* is sown only where the other figure differs by a printed digit.
Every remark beside the error is counted as false, also where it follows from it (a growth that the wrong level makes
impossible rests on both and counts as right)."""


def _table(title: str, measured: Measured) -> str:
    lines = [
        f"### {title}",
        "",
        f"Clean pages: {measured.pages} with {measured.figures:,} figures, {measured.false} false remarks "
        f"({measured.false / measured.pages:.2f} a page), {measured.false_problems} of them NGHI or LỖI.",
        "",
        "| error | sown | recall | called | precision | recall by size: 1–3 | 3–10 | > 10 |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    total = [0, 0, 0, 0, 0]
    for kind, count in measured.kinds.items():
        numbers = (count.sown, count.remarked, count.called, count.right, count.beside)
        total = [a + b for a, b in zip(total, numbers, strict=True)]
        sizes = " | ".join(
            _share(*reversed(count.by_size[size])) if size in count.by_size else "–" for size in ("1–3", "3–10", "> 10")
        )
        lines.append(f"| {kind} | {_cells(numbers)} | {sizes} |")
    lines.append(f"| **all** | {_cells(tuple(total))} | | | |")
    return "\n".join([*lines, ""])


def _cells(numbers: tuple[int, ...]) -> str:
    sown, remarked, called, right, beside = numbers
    return f"{sown} | {_share(remarked, sown)} | {_share(called, sown)} | {_share(right, right + beside)}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"
