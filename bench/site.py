"""A whole site in processes of its own, for load and for being killed: prepared, started, stopped, looked into."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CSRF = "a" * 32
PREPARE = """
import json, os, sys
import django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
from sct.catalogue import load
from sct.collecting.duties import units
from sct.office.ledger.importing import import_figures
from sct.office.people.actions import grant, system_person
from sct.office.people.models import Person, Role
from sct.samples import FIGURES
from sct.vietnamese.periods import Period
form, period, senders, readers = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
Store = import_module(settings.SESSION_ENGINE).SessionStore
system = system_person()
def person(name, role, area):
    made = Person.objects.create_user(name, full_name=name)
    grant(system, made, role, area)
    store = Store()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(made.pk), made.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store.save()
    return store.session_key
catalogue = load()
import_figures(system, FIGURES.read_bytes(), FIGURES.name)
found = units(catalogue, catalogue.form(form), Period.parse(period), catalogue.home)[:senders]
told = {"units": [[unit.key, person(f"xa{n}", Role.LOCAL, unit.area)] for n, unit in enumerate(found)]}
told["readers"] = [person(f"doc{n}", Role.PLANNER, catalogue.home) for n in range(readers)]
print(json.dumps(told))
"""
LOOK = """
import json, sys
import django
django.setup()
from sct.office.collection.folding import fold
from sct.office.collection.models import Edit, Step, Submission, Version
from sct.office.people import audit
told = {}
for row in Submission.objects.filter(form=sys.argv[1], period=sys.argv[2]):
    edits = list(Edit.objects.filter(submission=row).order_by("number"))
    told[row.unit] = {
        "values": fold(edits).values, "tokens": [edit.token for edit in edits], "numbers": [edit.number for edit in edits],
        "versions": Version.objects.filter(submission=row).count(),
        "states": list(Step.objects.filter(submission=row).order_by("number").values_list("state", flat=True)),
    }
verdict = audit.verify()
print(json.dumps({"submissions": told, "log": verdict.holds, "why": verdict.reason}))
"""


@dataclass(slots=True)
class Site:
    """One site on a free port of this machine."""

    home: Path
    database: str = ""
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        own = {"SCT_HOME": str(self.home), "SCT_DATABASE_URL": self.database, "SCT_EMAIL": "file"}
        return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "sct.office.settings"}

    def run(self, script: str, *arguments: object) -> Any:
        """Run a script in the site's environment; what it prints last is JSON."""
        command = [sys.executable, "-c", script, *(str(argument) for argument in arguments)]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def start(self) -> None:
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "sct", "up", "--port", str(self.port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, env=self.environment(), start_new_session=True, **quiet)  # type: ignore[call-overload]
        for _try in range(1200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/dang-nhap/", timeout=2).close()
                return
            except OSError:
                assert self.process is not None
                assert self.process.poll() is None, "the server stopped"
                time.sleep(0.1)
        raise AssertionError("the server did not answer within two minutes")

    def kill(self) -> None:
        """Without a word: the server and its workers at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)
        self.process = None

    def stop(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(30)
            self.process = None

    def cpu(self) -> float:
        """CPU seconds of the server's processes so far."""
        assert self.process is not None
        total = 0.0
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = status.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self.process.pid:  # process group
                total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return total


class Browser:
    """One signed-in person over one kept connection."""

    def __init__(self, site: Site, session: str) -> None:
        self.site = site
        self.headers = {"Cookie": f"sessionid={session}; csrftoken={CSRF}", "X-CSRFToken": CSRF}
        self.connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)

    def get(self, path: str) -> int:
        self.connection.request("GET", path, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status

    def send(self, path: str, body: dict[str, Any]) -> None:
        """Send and do not wait: the answer may get lost."""
        headers = {**self.headers, "Content-Type": "application/json", "Accept": "application/json"}
        self.connection.request("POST", path, json.dumps(body), headers=headers)

    def answer(self) -> tuple[int, Any]:
        answer = self.connection.getresponse()
        body = answer.read()
        return answer.status, json.loads(body) if body else None

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        self.send(path, body)
        return self.answer()

    def drop(self) -> None:
        """Lose the connection; the next request makes a new one."""
        self.connection.close()
