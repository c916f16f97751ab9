"""The frame: run each peer several times in turn, check that all say the same, print a table with ratios."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

Result = Mapping[str, tuple[int, float]]  # measure → (how many values, their sum)


@dataclass(frozen=True, slots=True)
class Peer:
    """One way of doing the work; `run` returns what all peers must agree on."""

    name: str
    run: Callable[[], Any]
    packages: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """One entry: the peers, what they do in words, and how many units of work it is (for rates)."""

    name: str
    title: str
    peers: tuple[Peer, ...]
    work: int
    unit: str
    note: str = ""
    same: Callable[[Any, Any], bool] | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    cpu: float
    wall: float


def machine() -> str:
    """Processor count, interpreter and system; no names of hosts."""
    return f"{os.cpu_count()} CPUs, {platform.machine()}, Python {platform.python_version()}, {platform.system()}"


def agree(one: Result, other: Result) -> bool:
    """Equal counts, sums within 1e-9 relative."""
    if one.keys() != other.keys():
        return False
    return all(
        one[key][0] == other[key][0] and abs(one[key][1] - other[key][1]) <= 1e-9 * max(1.0, abs(one[key][1]))
        for key in one
    )


def measure(bench: Bench, rounds: int) -> dict[str, Timing]:
    """Median CPU and wall seconds of each peer, peers taking turns; refuses to time peers that disagree."""
    first = bench.peers[0]
    answer = first.run()
    for peer in bench.peers[1:]:
        said = peer.run()
        if bench.same is not None and not bench.same(answer, said):
            raise AssertionError(f"{bench.name}: {peer.name} disagrees with {first.name}")
    taken: dict[str, list[Timing]] = {peer.name: [] for peer in bench.peers}
    for _round in range(rounds):
        for peer in bench.peers:
            cpu, wall = time.process_time(), time.perf_counter()
            peer.run()
            taken[peer.name].append(Timing(time.process_time() - cpu, time.perf_counter() - wall))
    return {
        name: Timing(statistics.median(t.cpu for t in all_), statistics.median(t.wall for t in all_))
        for name, all_ in taken.items()
    }


def table(bench: Bench, timings: Mapping[str, Timing]) -> str:
    """The result as Markdown: seconds, rate, and the ratios of CPU and wall to the first peer."""
    base = timings[bench.peers[0].name]
    lines = [
        f"# {bench.title}",
        "",
        f"Machine: {machine()}. Medians of one run in which peers take turns. Command: `python -m bench {bench.name}`.",
        "",
        f"| peer | version | CPU s | wall s | {bench.unit} a CPU second | CPU, ratio | wall, ratio |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for peer in bench.peers:
        one = timings[peer.name]
        versions = ", ".join(f"{package} {version(package)}" for package in peer.packages)
        name = f"{peer.name} ({peer.remark})" if peer.remark else peer.name
        rate = f"{bench.work / one.cpu:,.0f}" if one.cpu else "–"
        ratios = f"{one.cpu / base.cpu:.1f} | {one.wall / base.wall:.1f}" if base.cpu and base.wall else "– | –"
        lines.append(f"| {name} | {versions} | {one.cpu:.3f} | {one.wall:.3f} | {rate} | {ratios} |")
    return "\n".join([*lines, "", bench.note, ""])


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
