"""Which database the tests of the office run on, the cast they begin with, and no network for anybody.

`pytest tests/office` runs on SQLite, `pytest tests/office --database=postgresql` on a private PostgreSQL server.
Nothing here imports Django before it is sure to be wanted: the kit's tests pass without it.
"""

import os
import socket
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

# A slow machine is no failure. A desk explores with new examples each time; CI repeats the same ones.
hypothesis.register_profile(
    "house", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.load_profile("house")

_URL = "SCT_TEST_POSTGRESQL_URL"  # of the server the first process started, for its xdist workers


def pytest_addoption(parser):
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default=os.environ.get("SCT_TEST_DATABASE", "sqlite"),
        help="the database of the office's tests",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    refuse_network()
    if not config.pluginmanager.has_plugin("django"):
        return
    url = _postgresql(config) if config.getoption("--database") == "postgresql" else ""
    _office_settings(config, url)


def _postgresql(config) -> str:
    from tests.postgres import Server, binaries

    if os.environ.get(_URL):
        return os.environ[_URL]
    if binaries() is None:
        message = "PostgreSQL's server programs are not installed (Debian: apt install postgresql)"
        if os.environ.get("CI"):
            pytest.exit(message, returncode=3)
        config.issue_config_time_warning(pytest.PytestWarning(message + ": its tests are skipped"), stacklevel=2)
        config.stash[_SKIPPED] = message
        return ""
    server = Server()
    config.add_cleanup(server.stop)
    os.environ[_URL] = server.url
    config.add_cleanup(lambda: os.environ.pop(_URL, None))
    return server.url


_SKIPPED = pytest.StashKey[str]()


def pytest_collection_modifyitems(config, items):
    reason = config.stash.get(_SKIPPED, "")
    if config.getoption("--database") != "postgresql":
        for item in items:
            if item.get_closest_marker("postgres"):
                item.add_marker(pytest.mark.skip(reason="run with --database=postgresql"))
    elif reason:
        for item in items:
            item.add_marker(pytest.mark.skip(reason=reason))


def _office_settings(config, url: str) -> None:
    """The settings of the product, but a folder of its own, a cheap password hash and the chosen database."""
    from django.conf import settings

    from sct.office import environment

    home = Path(tempfile.mkdtemp(prefix="sct-tests-"))
    config.add_cleanup(lambda: _remove(home))
    settings.HOME = home
    settings.STORED_FILES = home / "files"
    settings.REPORTS = home / "reports"
    settings.SECRET_KEY = "only for tests"
    settings.LONG_WORK_INLINE = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATABASES = {"default": environment.database(url, home)}
    if url:
        settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    _reconnect(config)
    _flush_past_the_triggers()


def _reconnect(config) -> None:
    """pytest-django may have asked for the databases before: forget what was read then."""
    from django.db import connection, connections

    connections._settings = None
    connections.__dict__.pop("settings", None)
    if hasattr(connections._connections, "default"):
        delattr(connections._connections, "default")
    wanted = "sqlite" if config.stash.get(_SKIPPED, "") else config.getoption("--database")
    assert connection.vendor == wanted


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _flush_past_the_triggers() -> None:
    """Tests that need real transactions empty the tables afterwards, which the ledger rightly refuses: only here not."""
    from django.db import transaction
    from django.db.backends.base.operations import BaseDatabaseOperations

    def execute_sql_flush(self, sql_list):
        connection = self.connection
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            triggers = []
            if connection.vendor == "sqlite":
                cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
                triggers = cursor.fetchall()
                for name, _sql in triggers:
                    cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute("SET LOCAL session_replication_role = replica")
            for sql in sql_list:
                cursor.execute(sql)
            for _name, sql in triggers:
                cursor.execute(sql)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush


# -- no network ---------------------------------------------------------------------------------------------------


class NetworkRefusedError(AssertionError):
    """A test tried to leave the machine."""


_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


def _local(family, address) -> bool:
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = str(address[0])
    return host in ("localhost", "::1", "0.0.0.0") or host.startswith("127.")


def refuse_network() -> None:
    """Sockets reach this machine and no other."""

    def connect(self, address):
        if not _local(self.family, address):
            raise NetworkRefusedError(f"tests have no network: {address}")
        return _connect(self, address)

    def connect_ex(self, address):
        if not _local(self.family, address):
            raise NetworkRefusedError(f"tests have no network: {address}")
        return _connect_ex(self, address)

    socket.socket.connect, socket.socket.connect_ex = connect, connect_ex


# -- the cast -----------------------------------------------------------------------------------------------------


@pytest.fixture
def hanoi() -> str:
    """The key of Hà Nội."""
    from sct.catalogue import load

    return load().area_named("Hà Nội").key


@pytest.fixture
def people(db, hanoi):
    """Makes people: `people("lan", Role.PLANNER, area)`; without a role somebody with no grant at all."""
    from sct.office.people.actions import grant, system_person
    from sct.office.people.models import Person

    def make(username, role=None, area=hanoi, full_name=""):
        person = Person.objects.create_user(username, password="mật khẩu thử", full_name=full_name or username)
        if role is not None:
            grant(system_person(), person, role, area)
        return person

    return make


@pytest.fixture
def chuyen_vien(people):
    """The planning officer of Hà Nội."""
    from sct.office.people.models import Role

    return people("chuyen.vien", Role.PLANNER, full_name="Nguyễn Thị Lan")


@pytest.fixture
def lanh_dao(people):
    """The head, who reads, reports and may withdraw, but puts nothing in."""
    from sct.office.people.models import Role

    return people("lanh.dao", Role.LEADER, full_name="Trần Văn Minh")


@pytest.fixture
def nguoi_ngoai(people):
    """Somebody of another province, who sees nothing of Hà Nội."""
    from sct.catalogue import load
    from sct.office.people.models import Role

    return people("nguoi.ngoai", Role.PLANNER, load().area_named("Đà Nẵng").key, full_name="Lê Văn Ngoài")


@pytest.fixture
def sample(chuyen_vien):
    """The real figures of Hà Nội, recorded by the planning officer."""
    from sct.office.ledger.importing import import_figures
    from sct.samples import FIGURES

    return import_figures(chuyen_vien, FIGURES.read_bytes(), FIGURES.name)
