"""What must not stand in the project, and what each dependency must say."""

import re
import subprocess

import pytest

from tests.repo.source import ROOT

MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/")


def tracked() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: nothing tells which files belong to the project")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.splitlines()


def test_no_path_of_a_machine_stands_in_a_file():
    wrong = []
    for name in tracked():
        path = ROOT / name
        if "vendor/" in name or not path.is_file() or path.stat().st_size > 2_000_000:
            continue
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        wrong += [f"{name}:{n}" for n, line in enumerate(text.splitlines(), 1) if MACHINE.search(line)]
    assert wrong == []


def test_each_dependency_has_one_line_of_reason():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    bare = [line for line in text.splitlines() if re.match(r'\s+"[A-Za-z].*[<>=].*",', line) and "#" not in line]
    assert bare == []


def test_the_version_stands_first_in_the_changelog():
    from sct import __version__

    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert first is not None
    assert first[1] == __version__
