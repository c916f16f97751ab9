"""The server killed at random moments while communes type: every save that was acknowledged is there, none twice.

Each client keeps what it has not yet been told is saved and sends it again under its token, as the page does. The suite
kills twice; `SCT_TEST_KILLS=50 pytest tests/office/collection/test_killed.py -n 0` is the full run (about six minutes).
"""

import os
import random
import secrets
import threading
import time
import uuid
from http.client import HTTPException

import pytest
from bench.site import LOOK, PREPARE, Browser, Site
from bench.submissions import CELLS, FORM, PERIOD, base
from django.conf import settings

KILLS = int(os.environ.get("SCT_TEST_KILLS", "2"))
SENDERS = 6


class Typist(threading.Thread):
    """Types without pause; what was acknowledged is in `kept`, the save under way in `flight`."""

    def __init__(self, site, unit, session):
        super().__init__(daemon=True)
        self.site, self.unit, self.session = site, unit, session
        self.kept, self.tokens, self.wrong = {}, [], []
        self.flight, self.number, self.over = None, 0, False

    def run(self):
        chance, browser = random.Random(self.unit), Browser(self.site, self.session)
        while not self.over:
            if self.flight is None:
                cell = chance.choice(CELLS[:-1])
                changes = {cell: str(chance.randrange(1, 10**6))}
                self.flight = {"changes": changes, "base": self.number, "token": secrets.token_hex(8)}
            try:
                status, answer = browser.post(base(self.unit) + "luu/", self.flight)
            except (OSError, ValueError, HTTPException):
                browser.drop()
                time.sleep(0.05)
                continue
            if status != 200:
                self.wrong.append((status, answer))
                time.sleep(0.05)
                continue
            self.kept.update(self.flight["changes"])
            self.tokens.append(self.flight["token"])
            self.number, self.flight = answer["number"], None


@pytest.fixture
def site(tmp_path):
    """A site with a database of its own, of the kind the tests run on."""
    url = ""
    if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
        import psycopg

        name = "killed_" + uuid.uuid4().hex
        with psycopg.connect(os.environ["SCT_TEST_POSTGRESQL_URL"], autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        database = settings.DATABASES["default"]
        url = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/{name}"
    made = Site(tmp_path, url)
    yield made
    made.stop()


A_FEW = 5  # saves between two kills, however slow the machine


def acknowledged(typists):
    return sum(len(typist.tokens) for typist in typists)


def wait_for(typists, wanted):
    for _turn in range(2400):
        if acknowledged(typists) >= wanted:
            return
        time.sleep(0.05)
    raise AssertionError(f"{acknowledged(typists)} saves acknowledged in two minutes, {wanted} expected")


@pytest.mark.long
def test_every_acknowledged_save_survives_the_kill_of_the_server(site):
    people = site.run(PREPARE, FORM, PERIOD, SENDERS, 0)
    chance = random.Random(20261125)
    site.start()
    typists = [Typist(site, *one) for one in people["units"]]
    for typist in typists:
        typist.start()
    for kill in range(KILLS):
        wait_for(typists, acknowledged(typists) + A_FEW)
        time.sleep(chance.uniform(0.0, 0.5))
        site.kill()
        site.start()
        print(f"kill {kill + 1}: {acknowledged(typists)} saves acknowledged", flush=True)
    wait_for(typists, acknowledged(typists) + A_FEW)
    for typist in typists:
        typist.over = True
    for typist in typists:
        typist.join(30)
    site.stop()
    found = site.run(LOOK, FORM, PERIOD)
    assert found["log"], found["why"]
    assert acknowledged(typists) >= A_FEW * (KILLS + 1)
    for typist in typists:
        there = found["submissions"][typist.unit]
        assert typist.wrong == []
        assert {cell: there["values"][cell].replace(".", "") for cell in typist.kept} == typist.kept
        assert set(typist.tokens) <= set(there["tokens"])
        assert len(there["tokens"]) == len(set(there["tokens"]))
        assert there["numbers"] == list(range(1, len(there["numbers"]) + 1))
        assert len(there["tokens"]) <= len(typist.tokens) + 1  # the last one may not have been answered
