"""A backup holds everything, restores whole or not at all, and moves between kinds of databases."""

import json
import os
import subprocess
import sys
import uuid
import zipfile

import pytest

from sct.errors import UserError
from sct.office.ledger import actions, queries
from sct.office.ledger.backup import backup, kept_models
from sct.office.ledger.restore import restore
from sct.office.people import audit
from sct.office.registers.models import Event, Span

RESTORE = """
import json, sys, django
from pathlib import Path
django.setup()
from django.conf import settings
from sct.errors import UserError
from sct.office.ledger import actions, queries
from sct.office.ledger.models import Observation
from sct.office.ledger.restore import restore
from sct.office.people import audit
from sct.office.people.models import Person
from sct.office.registers.actions import rebuild
from sct.office.registers.models import Event, Span
from sct.office.registers.queries import found

SPAN = [f.attname for f in Span._meta.concrete_fields if f.attname != "id"]


def spans():
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in Span.objects.values_list(*SPAN))


try:
    restore(Path(sys.argv[1]))
except UserError as error:
    print(json.dumps({"refused": error.code, "rows": Observation.objects.count(), "people": Person.objects.count()}))
    sys.exit()
lan = Person.objects.get(username="chuyen.vien")
print(json.dumps({
    "rows": Observation.objects.count(),
    "holds": audit.verify().holds,
    "last": audit.last_hash(),
    "current": [str(figure) for figure in queries.current(lan)],
    "conflicts": len(queries.conflicts(lan)),
    "password": lan.password,
    "events": Event.objects.count(),
    "spans": spans(),
    "rebuilt": [rebuild(by=lan.pk), spans()],
    "found": [line.name for line in found(lan, ["industrial_clusters"], "kim bai")],
    "files": sorted(p.read_text() for p in settings.STORED_FILES.rglob("*") if p.is_file()),
}))
id = queries.recent(lan, 1)[0].id
actions.withdraw(lan, [id], why="thử")  # numbers go on where they stopped
"""


def spans():
    """What the registers are on every day, as texts."""
    names = [f.attname for f in Span._meta.concrete_fields if f.attname != "id"]
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in Span.objects.values_list(*names))


@pytest.fixture
def stored(settings, tmp_path):
    """Two files of the department, and no others."""
    settings.STORED_FILES = tmp_path / "stored"
    folder = settings.STORED_FILES / "ab"
    folder.mkdir(parents=True)
    (folder / "one").write_text("một")
    (folder / "two").write_text("hai")


@pytest.fixture
def made(sample, chuyen_vien, stored, tmp_path):
    from sct.office.coordination.register_samples import load_entries

    load_entries(chuyen_vien)
    actions.withdraw(chuyen_vien, [queries.recent(chuyen_vien, 1)[0].id], why="gõ nhầm")
    path = tmp_path / "so.zip"
    backup(path)
    return path


def empty_system(folder, kind):
    """Environment of a migrated, empty system."""
    url = ""
    if kind == "postgresql":
        import psycopg

        server = os.environ.get("SCT_TEST_POSTGRESQL_URL")
        if not server:
            pytest.skip("runs with --database=postgresql")
        name = "restored_" + uuid.uuid4().hex
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        url = server.rsplit("/", 1)[0] + "/" + name
    own = {"SCT_HOME": str(folder / kind), "SCT_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "sct.office.settings"}
    environment = {**os.environ, **own}
    migrate = [sys.executable, "-m", "django", "migrate", "--skip-checks", "-v0"]
    done = subprocess.run(migrate, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return environment


def restored(environment, path):
    command = [sys.executable, "-c", RESTORE, str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_everything_comes_back_in_either_kind_of_database(made, chuyen_vien, tmp_path, kind):
    answer = restored(empty_system(tmp_path, kind), made)
    assert answer["rows"] == 1097
    assert answer["holds"]
    assert answer["last"] == audit.last_hash()
    assert answer["current"] == [str(figure) for figure in queries.current(chuyen_vien)]
    assert answer["conflicts"] == len(queries.conflicts(chuyen_vien))
    assert answer["password"] == chuyen_vien.password
    assert answer["files"] == ["hai", "một"]
    assert answer["events"] == Event.objects.count() > 100
    assert answer["spans"] == spans()
    assert answer["rebuilt"] == [108, spans()]
    assert answer["found"] == ["Cụm công nghiệp Kim Bài"]


def rewritten(path, target, change):
    """A copy of a backup in which one part is another."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                copy.writestr(name, data)
    return target


def damage(name, data):
    return data.replace(b'"3.5"', b'"9.5"') if name.endswith("observation.jsonl") else data


def damage_and_rehash(name, data):
    """Somebody who edits a figure and mends the manifest, but cannot mend the chain."""
    import hashlib

    if name == "manifest.json":
        manifest = json.loads(data)
        manifest["parts"]["tables/ledger.observation.jsonl"]["sha256"] = damage_and_rehash.digest
        return json.dumps(manifest)
    changed = damage(name, data)
    if changed != data:
        damage_and_rehash.digest = hashlib.sha256(changed).hexdigest()
    return changed


def lose(name, data):
    return None if name.endswith("batch.jsonl") else data


def climb(name, data):
    if name != "manifest.json":
        return data
    manifest = json.loads(data)
    manifest["parts"]["files/../../evil"] = {"sha256": "", "bytes": 0}
    return json.dumps(manifest)


@pytest.mark.parametrize("change", [damage, damage_and_rehash, lose, climb])
def test_a_damaged_backup_is_refused_and_nothing_is_there(made, tmp_path, change):
    broken = rewritten(made, tmp_path / "broken.zip", change)
    answer = restored(empty_system(tmp_path, "sqlite"), broken)
    assert answer == {"refused": "damaged-backup", "rows": 0, "people": 0}
    assert not (tmp_path / "sqlite" / "files").exists()


def test_a_restore_needs_an_empty_system(made):
    with pytest.raises(UserError) as caught:
        restore(made)
    assert caught.value.code == "not-empty"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"so lieu"])
def test_another_file_is_no_backup(db, tmp_path, data):
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        restore(path)
    assert caught.value.code == "not-a-backup"


def test_a_backup_never_overwrites_and_leaves_no_half_file(db, tmp_path):
    path = tmp_path / "so.zip"
    path.write_text("cũ")
    with pytest.raises(UserError) as caught:
        backup(path)
    assert caught.value.code == "file-exists"
    assert path.read_text() == "cũ"
    with pytest.raises(UserError):
        backup(tmp_path / "khong-co" / "so.zip")
    assert list(tmp_path.iterdir()) == [path]


def test_every_table_of_the_office_is_in_the_backup_but_failures_to_sign_in():
    names = {model._meta.label for model in kept_models().values()}
    assert {"people.Person", "people.Grant", "people.AuditEntry", "ledger.Observation", "ledger.Withdrawal"} <= names
    assert "people.LoginFailure" not in names
