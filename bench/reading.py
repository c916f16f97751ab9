"""Reading beside the peers that read quantities: what each finds of the annotated texts, and characters a CPU second.

The peers live in an environment of their own, whose interpreter `SCT_BENCH_PEERS` names (docs/bench/reading.md tells
how to make it); without it only our rows are measured. Each row is one process after the other on the same texts.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.frame import machine

Found = Sequence[tuple[int, int, float | None, str]]
HERE = Path(__file__).resolve().parent
PEERS = {
    "duckling": ("pyduckling-native-phihos", "Vietnamese rules: number, amount-of-money, quantity"),
    "recognizers": ("recognizers-text-suite", "culture pt-br, the nearest; no Vietnamese"),
    "quantulum3": ("quantulum3", "English, no classifier"),
    "pyvi": ("pyvi", "tagger: words tagged M, no values"),
    "underthesea": ("underthesea", "tagger: words tagged M, no values"),
}
# What a peer may call the units of the annotated texts.
UNITS = {
    "VND": {"vnd", "vietnam dong", "vietnamese dong", "đồng", "dong"},
    "USD": {"usd", "dollar", "united states dollar", "us dollar", "$"},
    "percent": {"%", "percentage", "percent"},
    "percentage_point": {"percentage point"},
    "tonne": {"tonne", "metric ton", "tấn", "ton"},
    "kWh": {"kwh", "kilowatt-hour"},
    "ha": {"ha", "hectare"},
    "MW": {"mw", "megawatt"},
}
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Gold:
    """A figure of a text: the span of its number, its value in base units, its unit."""

    start: int
    end: int
    value: float
    unit: str


@dataclass(slots=True)
class Row:
    """What one peer came to."""

    name: str
    version: str
    remark: str
    cpu: float
    found: int = 0
    value: int = 0
    unit: int = 0
    other: int = 0


def texts() -> tuple[list[str], list[list[Gold]]]:
    """Our own annotated texts, with the figures that have one value."""
    from tests.kit.reading.scoring import TEXTS, batch

    cases = [case for path in sorted(TEXTS.glob("*.yaml")) for case in batch(path.stem)]
    return [case["text"].strip() for case in cases], [[*map(_gold, _single(case))] for case in cases]


def _single(case: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in case["statements"] if len(row["value"]) == 1 and _DIGITS.search(row["quote"])]


def _gold(row: dict[str, Any]) -> Gold:
    number = _DIGITS.search(row["quote"])
    assert number is not None
    start = row["start"] + number.start()
    return Gold(start, start + len(number[0]), abs(float(row["value"][0])), row["unit"])


# Our own sentences, in the manner of a monthly report, most of them without a figure.
SENTENCES = (
    "Tháng {m}/{y}, chỉ số sản xuất công nghiệp của Hà Nội ước tăng 2,{m}% so với tháng trước và tăng 6,{m}% so với cùng kỳ.",
    "Các phòng chuyên môn tiếp tục phối hợp với xã, phường rà soát quy hoạch, tháo gỡ khó khăn cho cơ sở sản xuất.",
    "Kim ngạch xuất khẩu đạt 1.{m}45 triệu USD, giảm 3,{m}%; Sở yêu cầu các đơn vị theo sát thị trường, chủ động nguồn hàng.",
    "Doanh nghiệp trên địa bàn chủ động đổi mới công nghệ, mở rộng thị trường, giữ việc làm ổn định cho người lao động.",
    "Phát biểu tại hội nghị, lãnh đạo Sở ghi nhận nỗ lực của các đơn vị và mong cộng đồng doanh nghiệp tiếp tục đồng hành.",
    "Công tác cải cách hành chính, chuyển đổi số và kiểm tra thị trường được thực hiện thường xuyên, đúng quy định.",
    "Thời gian tới còn nhiều khó khăn do giá nguyên liệu và cước vận chuyển biến động, đơn hàng phục hồi chậm.",
    "Toàn thành phố có 4{m} chợ được cải tạo, bằng 6{m},5% kế hoạch năm; phấn đấu đến hết năm hoàn thành ít nhất 70 chợ.",
)


def report(characters: int) -> str:
    """A generated report of about that many characters, a paragraph a month."""
    parts: list[str] = []
    size = month = 0
    while size < characters:
        paragraph = " ".join(s.format(m=month % 12 + 1, y=2015 + month // 12 % 10) for s in SENTENCES)
        parts.append(paragraph)
        size += len(paragraph) + 1
        month += 1
    return "\n".join(parts)


def rate_of_report(characters: int = 200_000) -> float:
    """Characters a CPU second of the whole reading of a report, proposals included."""
    from sct.catalogue import load
    from sct.reading import open_document, read_whole

    document, catalogue = open_document(report(characters).encode(), "bench.txt"), load()
    read_whole(document, None, catalogue)
    best = float("inf")
    for _round in range(3):
        begun = time.process_time()
        read_whole(document, None, catalogue)
        best = min(best, time.process_time() - begun)
    return len(document.text) / best


def _ours() -> Callable[[str], Found]:
    """The whole reader: all fields, matched to the catalogue."""
    from sct.catalogue import load
    from sct.reading import open_document, read

    catalogue = load()

    def run(text: str) -> Found:
        document = open_document(text.encode(), "bench.txt")
        return [
            (s.start, s.end, None if s.value is None else abs(float(s.value)), s.unit)
            for s in read(document, None, catalogue)
        ]

    return run


def _amounts() -> Callable[[str], Found]:
    """The scan for amounts alone: number, unit, bounds, direction."""
    from sct.vietnamese.scanning import scan

    return lambda text: [(a.start, a.end, abs(float(a.low.value)), a.low.unit.dimension) for a in scan(text)]


def score(row: Row, answers: Sequence[Found], golds: Sequence[Sequence[Gold]]) -> Row:
    """Count a figure as found when a result overlaps its number; value and unit by the best of these."""
    for answer, gold in zip(answers, golds, strict=True):
        used: set[int] = set()
        for figure in gold:
            near = [i for i, one in enumerate(answer) if min(one[1], figure.end) > max(one[0], figure.start)]
            used.update(near)
            row.found += bool(near)
            right = [i for i in near if _same(answer[i][2], figure.value)]
            row.value += bool(right)
            row.unit += any(_is_unit(answer[i][3], figure.unit) for i in right)
        row.other += len(answer) - len(used)
    return row


def _same(value: float | None, wanted: float) -> bool:
    """The scaled value; 102,6 for "vượt 2,6% kế hoạch" is ours alone, so 2,6 is as good."""
    return value is not None and any(abs(value - w) <= 1e-6 * max(abs(w), 1) for w in (wanted, abs(wanted - 100)))


def _is_unit(said: str, wanted: str) -> bool:
    said = said.casefold()
    return said == wanted.casefold() or said in UNITS.get(wanted, ()) or said.startswith(wanted.casefold() + " ")


def measured(name: str, make: Callable[[], Callable[[str], Found]], given: Sequence[str]) -> tuple[float, list[Found]]:
    """Answers and the CPU seconds of the quickest of three rounds."""
    read = make()
    answers = [read(text) for text in given]
    best = float("inf")
    for _round in range(3):
        begun = time.process_time()
        for text in given:
            read(text)
        best = min(best, time.process_time() - begun)
    return best, answers


def peer(name: str, python: str, given: Sequence[str]) -> tuple[float, list[Found], str]:
    """A peer in its own interpreter."""
    done = subprocess.run(
        [python, str(HERE / "reading_peer.py"), name],
        input=json.dumps(list(given)),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout[done.stdout.index("{") :])
    ask = f"from importlib.metadata import version; print(version({PEERS[name][0]!r}))"
    version = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    return told["cpu"], [[tuple(one) for one in found] for found in told["found"]], version


def rows() -> tuple[list[Row], int, int]:
    """Every row, the characters read and the figures looked for."""
    from importlib.metadata import version

    given, golds = texts()
    mine = version("so-cong-thuong")
    made = []
    for name, make, remark in (
        ("the whole reader", _ours, "all fields, tied to the catalogue"),
        ("our scan for amounts", _amounts, "number, unit, bounds, direction"),
    ):
        cpu, answers = measured(name, make, given)
        made.append(score(Row(name, mine, remark, cpu), answers, golds))
    python = os.environ.get("SCT_BENCH_PEERS", "")
    for name in PEERS if python else ():
        try:
            cpu, answers, told = peer(name, python, given)
        except (subprocess.CalledProcessError, ValueError) as error:
            sys.stderr.write(f"{name} did not run: {error}\n")
            continue
        made.append(score(Row(name, told, PEERS[name][1], cpu), answers, golds))
    return made, sum(map(len, given)), sum(map(len, golds))


def page() -> str:
    """The result as Markdown."""
    made, characters, figures = rows()
    base = made[0].cpu
    lines = [
        f"# Reading {characters:,} characters of annotated texts",
        "",
        f"Machine: {machine()}. One run, one row after the other, the quickest of three rounds each.",
        "",
        "| peer | version | found | scaled value | value and unit | other results | characters a CPU second | CPU, ratio |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in made:
        rate = f"{characters / row.cpu:,.0f} | {row.cpu / base:.2f}"
        parts = f"{row.found} | {row.value} | {row.unit} | {row.other}"
        lines.append(f"| {row.name} ({row.remark}) | {row.version} | {parts} | {rate} |")
    return "\n".join([*lines, "", NOTE.format(figures=figures, rate=f"{rate_of_report():,.0f}")])


NOTE = """Of {figures} figures with one value in our own texts (`tests/kit/reading/texts`). *Found*: a result overlaps the
number. *Scaled value*: "853,3 nghìn tỷ" is 853,3 × 10¹². *Other results*: numbers of dates, years, laws and labels,
which the peers are not asked to leave out. These texts hold a figure every 40 characters, which is what costs. A
generated report with the prose of ordinary ones (a figure every 130 characters, as in the press articles of the
development set; 200,000 characters in all) is read, proposals included, at {rate} characters a CPU second in the same
run.

Command: `python -m bench reading`. The peers need an environment of their own, because some pin old libraries:

    python -m venv peers
    peers/bin/pip install pyduckling-native-phihos quantulum3 recognizers-text-suite "emoji<2" pyvi underthesea inflect
    SCT_BENCH_PEERS=peers/bin/python python -m bench reading

Our rows are not blind on the batches that rules were made from; the batch kept aside and the blind scores stand in
docs/why/reading.md.
"""
