"""126 communes fill one monthly form at once over HTTP while 20 people read pages; saving is timed, nothing may be lost.

`python -m bench submissions` runs it on SQLite and on a private PostgreSQL that waits for its disk. Every commune types
cell by cell, as the page does: a save a cell, with a pause as of a quick typist. One answer in twenty is thrown away and
the save sent again, as after a lost connection. At the end the database is read: every acknowledged text must stand,
each save once, each report sent once.
"""

from __future__ import annotations

import random
import secrets
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.frame import machine, say
from bench.site import LOOK, PREPARE, Browser, Site

FORM, PERIOD = "commune_trade_monthly", "2026-03"
CELLS = (
    *("retail_goods", "food_lodging", "travel", "other_services", "convenience_new", "supermarkets_new"),
    *("spots_cleared", "spots_left", "promotions", "mobile_trips", "remarks"),
)
PAGES = ("/", "/chi-tieu/", "/chi-tieu/exports/?ky=2020", "/thu-thap/?thang=2026-03", "/van-ban/")
LOST = 0.05
READING = 8.0  # seconds a reader looks at a page, on average


@dataclass(slots=True)
class Told:
    """What the clients saw: seconds a save and a page took, the texts acknowledged, what went wrong."""

    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    kept: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, list[str]] = field(default_factory=dict)
    again: int = 0
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0


def base(unit: str) -> str:
    return f"/thu-thap/bieu/{FORM}/{PERIOD}/{quote(unit)}/"


def fill(site: Site, unit: str, session: str, told: Told, pause: float) -> None:
    """One commune: open the form, type every cell, send."""
    chance = random.Random(unit)
    browser, number = Browser(site, session), 0
    kept, tokens = told.kept.setdefault(unit, {}), told.tokens.setdefault(unit, [])
    time.sleep(chance.uniform(0, pause))
    if browser.get(base(unit)) != 200:
        told.wrong.append(f"{unit}: the form did not open")
    for cell in CELLS:
        text = f"Số {chance.randrange(10**6)}" if cell == "remarks" else str(chance.randrange(1, 999))
        body = {"changes": {cell: text}, "base": number, "token": secrets.token_hex(8)}
        if chance.random() < LOST:
            browser.send(base(unit) + "luu/", body)
            browser.drop()
            told.again += 1
        begun = time.perf_counter()
        status, answer = browser.post(base(unit) + "luu/", body)
        told.saves.append(time.perf_counter() - begun)
        if status != 200 or answer["values"].get(cell) != text:
            told.wrong.append(f"{unit} {cell}: {status} {answer}")
            continue
        number, kept[cell] = answer["number"], text
        tokens.append(body["token"])
        time.sleep(chance.uniform(0.5, 1.5) * pause)
    status, answer = browser.post(base(unit) + "viec/send/", {})
    if status != 200:
        told.wrong.append(f"{unit} send: {status} {answer}")


def reading(site: Site, session: str, told: Told, pause: float, done: threading.Event) -> None:
    """One reader: page after page until everybody has sent."""
    chance, browser = random.Random(session), Browser(site, session)
    while not done.is_set():
        begun = time.perf_counter()
        status = browser.get(chance.choice(PAGES))
        told.pages.append(time.perf_counter() - begun)
        if status != 200:
            told.wrong.append(f"page: {status}")
        done.wait(chance.uniform(0.5, 1.5) * pause)


def load(site: Site, people: dict[str, Any], pause: float, reading_pause: float) -> Told:
    """Everybody at once; returns when the last has sent."""
    told, done = Told(), threading.Event()
    writers = [threading.Thread(target=fill, args=(site, *one, told, pause)) for one in people["units"]]
    readers = [
        threading.Thread(target=reading, args=(site, one, told, reading_pause, done)) for one in people["readers"]
    ]
    cpu, begun = site.cpu(), time.perf_counter()
    for thread in (*writers, *readers):
        thread.start()
    for thread in writers:
        thread.join()
    told.seconds, told.cpu = time.perf_counter() - begun, site.cpu() - cpu
    done.set()
    for thread in readers:
        thread.join()
    return told


def faults(told: Told, found: dict[str, Any]) -> list[str]:
    """What is not as it was acknowledged: a text lost, a save made twice, a report not sent or sent twice."""
    wrong = list(told.wrong)
    for unit, kept in told.kept.items():
        there = found["submissions"].get(unit)
        if there is None:
            wrong.append(f"{unit}: lost")
            continue
        if {cell: there["values"].get(cell) for cell in kept} != kept:
            wrong.append(f"{unit}: {kept} / {there['values']}")
        if sorted(there["tokens"]) != sorted(set(there["tokens"])) or not set(told.tokens[unit]) <= set(
            there["tokens"]
        ):
            wrong.append(f"{unit}: saves twice or missing")
        if there["numbers"] != list(range(1, len(there["numbers"]) + 1)):
            wrong.append(f"{unit}: numbers {there['numbers']}")
        if there["versions"] > 1 or there["states"] not in ([], ["sent"]):
            wrong.append(f"{unit}: {there['versions']} versions, {there['states']}")
    if not found["log"]:
        wrong.append(f"log: {found['why']}")
    return wrong


def one(database: str, url: str, pause: float, *, senders: int = 126, readers: int = 20) -> tuple[str, list[str]]:
    """A line of the table for one kind of database, and the faults found."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), url)
        people = site.run(PREPARE, FORM, PERIOD, senders, readers)
        site.start()
        try:
            told = load(site, people, pause, READING)
        finally:
            site.stop()
        found = site.run(LOOK, FORM, PERIOD)
    wrong = faults(told, found)
    sent = sum(there["states"] == ["sent"] for there in found["submissions"].values())
    row = (
        f"| {database} | {len(told.saves):,} | {len(told.saves) / told.seconds:.0f} | {ms(told.saves, 50)} | {ms(told.saves, 95)}"
        f" | {ms(told.saves, 99)} | {len(told.pages)} | {ms(told.pages, 50)} | {ms(told.pages, 95)}"
        f" | {told.cpu / told.seconds:.2f} | {told.again} | {sent}/{senders} | {len(wrong)} |"
    )
    return row, wrong


def ms(seconds: list[float], percent: int) -> str:
    if len(seconds) < 2:
        return "–"
    return f"{statistics.quantiles(seconds, n=100)[percent - 1] * 1000:.0f}"


def page(pauses: tuple[float, ...] = (10.0, 3.0)) -> str:
    """The whole bench as Markdown. Raises AssertionError where anything was lost or made twice."""
    from tests.postgres import Server

    lines = [
        "# 126 communes fill a monthly form at once, 20 people read",
        "",
        f"Machine: {machine()}; clients, server and database share it. Command: `python -m bench submissions`.",
        "Pause: seconds a typist takes between cells, on average; a reader looks at a page for 8. Milliseconds as the client sees them.",
        "",
        "| database, pause | saves | a second | save p50 | p95 | p99 | pages | page p50 | p95 | server CPUs busy"
        " | answers thrown away | sent | lost or twice |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for pause in pauses:
        server = Server(durable=True)
        try:
            for name, url in (("SQLite", ""), ("PostgreSQL", server.url)):
                row, wrong = one(f"{name}, {pause:g} s", url, pause)
                say(row)
                assert not wrong, wrong[:5]
                lines.append(row)
        finally:
            server.stop()
    note = (
        "A save is one cell: it is checked, kept as an append-only edit with its entry in the audit chain in one durable"
        " transaction, and answered with sums and remarks. An answer thrown away is a connection closed before the answer"
        " was read; the save goes again under its token and is made once. Pages: home, indicators, one series, the matrix,"
        " documents."
    )
    return "\n".join([*lines, "", note, ""])
