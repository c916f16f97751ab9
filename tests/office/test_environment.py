"""Settings come from one table, work without any variable, and fail loud."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sct.errors import UserError
from sct.office import environment
from sct.office.environment import VARIABLES, database, secret_key, setting, unknown


@pytest.mark.parametrize("variable", VARIABLES, ids=lambda variable: variable.name)
def test_each_variable_has_a_working_default_and_a_help(variable):
    setting(variable.name, {})
    assert variable.help
    assert variable.name.startswith("SCT_")


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("SCT_DEBUG", "maybe", "yes, no"),
        ("SCT_LANGUAGE", "fr", "vi, en"),
        ("SCT_UPLOAD_MB", "0", "1"),
        ("SCT_LOGIN_TRIES", "nhiều", "1"),
        ("SCT_DATABASE_URL", "mysql://x/y", "postgresql://"),
        ("SCT_DECLARATIONS", "/there/is/no/such/folder", "thư mục"),
    ],
)
def test_a_bad_value_names_variable_value_and_allowed_words(name, value, allowed):
    with pytest.raises(UserError) as caught:
        setting(name, {name: value})
    assert caught.value.code == "bad-setting"
    for part in (name, value, allowed):
        assert part in str(caught.value)


def test_a_misspelt_variable_is_noticed():
    assert unknown({"SCT_DEBUGG": "yes", "SCT_DEBUG": "no", "PATH": "", "SCT_TEST_DATABASE": "x"}) == ["SCT_DEBUGG"]


def test_without_a_url_the_ledger_is_an_sqlite_file_at_home(tmp_path):
    made = database("", tmp_path)
    assert made["NAME"] == tmp_path / "ledger.sqlite3"
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in made["OPTIONS"]["init_command"]


def test_a_url_names_sqlite_files_absolute_and_relative(tmp_path):
    assert database("sqlite:////srv/so.sqlite3", tmp_path)["NAME"] == Path("/srv/so.sqlite3")
    assert database("sqlite:///so.sqlite3", tmp_path)["NAME"] == Path("so.sqlite3")


def test_a_postgresql_url_is_taken_apart(tmp_path):
    made = database("postgresql://lan:m%40t@so.example:5433/so%20lieu?sslmode=require", tmp_path)
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"]) == ("lan", "m@t", "so.example", "5433")
    assert (made["NAME"], made["OPTIONS"]) == ("so lieu", {"sslmode": "require"})


def test_the_secret_key_is_made_once_and_is_its_owners_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("SCT_SECRET_KEY", raising=False)
    home = tmp_path / "home"
    first = secret_key(home)
    assert len(first) >= 50
    assert secret_key(home) == first
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    monkeypatch.setenv("SCT_SECRET_KEY", "given")
    assert environment.secret_key(home) == "given"


def test_sqlite_runs_as_declared(tmp_path):
    """On a file: write-ahead log, foreign keys, full durability."""
    code = (
        "import django; django.setup()\n"
        "from django.db import connection as c\n"
        "with c.cursor() as k:\n"
        "    for name in ('journal_mode', 'foreign_keys', 'synchronous', 'recursive_triggers', 'busy_timeout'):\n"
        "        k.execute('PRAGMA ' + name); print(k.fetchone()[0])\n"
    )
    own = {"SCT_HOME": str(tmp_path / "home"), "SCT_DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "sct.office.settings"}
    import os

    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **own}, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["wal", "1", "2", "1", "30000"], done.stderr


def test_the_secret_key_of_the_site_is_the_one_kept_in_its_folder(tmp_path):
    """A key that is drawn anew by every process would sign everybody out, and one made of an address can be guessed."""
    import os
    import subprocess
    import sys

    script = "import django; django.setup(); from django.conf import settings; print(str(settings.SECRET_KEY))"
    own = {
        **os.environ,
        "SCT_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "sct.office.settings",
        "SCT_SECRET_KEY": "",
    }
    said = [
        subprocess.run(
            [sys.executable, "-c", script], env=own, capture_output=True, text=True, check=True
        ).stdout.strip()
        for _time in range(2)
    ]
    assert said == [(tmp_path / "secret-key").read_text("ascii").strip()] * 2
    assert len(said[0]) >= 50
