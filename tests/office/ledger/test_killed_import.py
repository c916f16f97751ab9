"""Killing an import at any moment leaves all of the file or none of it, and the log verifies."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import uuid

import pytest
from django.conf import settings

CHILD = """
import os, signal, sys, django
django.setup()
from sct.office.ledger import actions
from sct.office.ledger.importing import import_figures
from sct.office.ledger.models import Observation
from sct.office.people import audit
from sct.office.people.actions import system_person
from sct.samples import FIGURES
what, moment = sys.argv[1], sys.argv[2]
person = system_person()
if what == "verify":
    verdict = audit.verify()
    print(Observation.objects.count(), verdict.holds, verdict.reason)
    sys.exit()
kill = lambda: os.kill(os.getpid(), signal.SIGKILL)
if moment == "before the log entry":
    actions.audit.append = lambda *a: kill()
if moment == "before the commit":
    true = actions.audit.append
    actions.audit.append = lambda *a: (true(*a), kill())
def progress(done, of):
    if moment == str(done):
        kill()
actions._POURED = 100
print("ready", flush=True)
import_figures(person, FIGURES.read_bytes(), "x.csv", progress)
if moment == "after the commit":
    kill()
"""


class Copy:
    """A migrated, empty database of its own that child processes can open."""

    def __init__(self, folder):
        self.folder = folder
        self.vendor = "postgresql" if "postgresql" in settings.DATABASES["default"]["ENGINE"] else "sqlite"
        self.template = self._new()
        self._run("-m", "django", "migrate", "--skip-checks", "-v0")
        self._run("-c", CHILD, "verify", "")

    def _new(self):
        name = "killed_" + uuid.uuid4().hex
        if self.vendor == "sqlite":
            self.url = f"sqlite:///{self.folder / name}.sqlite3"
        else:
            self._sql(f"CREATE DATABASE {name}" + (f" TEMPLATE {self.template}" if hasattr(self, "template") else ""))
            database = settings.DATABASES["default"]
            self.url = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/{name}"
        return name

    def fresh(self):
        name = self._new()
        if self.vendor == "sqlite":
            shutil.copy(self.folder / f"{self.template}.sqlite3", self.folder / f"{name}.sqlite3")

    def _sql(self, sql):
        import psycopg

        with psycopg.connect(os.environ["SCT_TEST_POSTGRESQL_URL"], autocommit=True) as connection:
            connection.execute(sql)

    def _environment(self):
        own = {
            "SCT_DATABASE_URL": self.url,
            "SCT_HOME": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "sct.office.settings",
        }
        return {**os.environ, **own}

    def _run(self, *arguments):
        command = [sys.executable, *arguments]
        done = subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def importing(self, moment):
        command = [sys.executable, "-c", CHILD, "import", moment]
        return subprocess.Popen(command, env=self._environment(), stdout=subprocess.PIPE, text=True)

    def state(self):
        count, holds, *_reason = self._run("-c", CHILD, "verify", "").split()
        return int(count), holds == "True"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return Copy(tmp_path_factory.mktemp("killed"))


@pytest.mark.long
@pytest.mark.parametrize(
    ("moment", "left"),
    [
        ("100", 0),
        ("600", 0),
        ("1097", 0),
        ("before the log entry", 0),
        ("before the commit", 0),
        ("after the commit", 1097),
    ],
)
def test_an_import_killed_at_a_known_moment(copy, moment, left):
    copy.fresh()
    child = copy.importing(moment)
    assert child.wait(60) == -signal.SIGKILL
    assert copy.state() == (left, True)


@pytest.mark.long
def test_an_import_killed_at_any_moment(copy):
    chance = random.Random(20201218)
    for _time in range(6):
        copy.fresh()
        child = copy.importing("")
        assert child.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.6))
        child.kill()
        child.wait(60)
        count, holds = copy.state()
        assert count in (0, 1097)
        assert holds


@pytest.mark.long
def test_two_imports_of_one_file_at_once_are_one_import(copy):
    copy.fresh()
    children = [copy.importing("") for _child in range(3)]
    for child in children:
        child.communicate(timeout=60)
    assert sorted(child.returncode for child in children) == [0, 1, 1]
    assert copy.state() == (1097, True)
