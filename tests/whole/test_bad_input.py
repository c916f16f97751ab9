"""Ten kinds of bad input: each gives one clear Vietnamese sentence with the place, and changes nothing."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HEADER = "indicator,area,period,measure,value,unit,status,basis,source_url,published,note,published_basis,seed_file"
GOOD = "exports,Hà Nội,2023,level,16.5,ty_usd,reported,,https://vi-du.vn/a,2023-12-28,,printed,"


# One process runs many commands: starting one costs seconds, and it is the refusals that are tried here.
EACH = """
import contextlib, io, json, sys
from sct.cli import main
told = []
for arguments in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(arguments)
    told.append([code, out.getvalue(), err.getvalue()])
json.dump(told, sys.stdout)
"""


def run(home: Path, *command: str, given: str = "") -> subprocess.CompletedProcess:
    environment = {**os.environ, "SCT_HOME": str(home), "SCT_DATABASE_URL": ""}
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        env=environment,
        timeout=300,
        check=False,
        input=given,
    )


def sct(home: Path, *arguments: str) -> subprocess.CompletedProcess:
    return run(home, "-m", "sct", *arguments)


def each(home: Path, commands: list[list[str]]) -> list[subprocess.CompletedProcess]:
    """What every command answers, in order."""
    done = run(home, "-c", EACH, given=json.dumps(commands))
    assert done.returncode == 0, done.stderr
    return [subprocess.CompletedProcess(commands[n], *told) for n, told in enumerate(json.loads(done.stdout))]


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A small ledger with one figure in it."""
    folder = tmp_path_factory.mktemp("home")
    first = folder / "good.csv"
    first.write_text(f"{HEADER}\n{GOOD}\n", "utf-8")
    done = sct(folder, "import-figures", str(first))
    assert done.returncode == 0, done.stderr
    return folder


def docx_with(document_xml: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr("word/document.xml", document_xml)
    return buffer.getvalue()


def entities() -> bytes:
    return docx_with(
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    )


def bomb() -> bytes:
    return docx_with(b"<w:document>" + b" " * 400_000_000 + b"</w:document>")


def row(**changes: str) -> str:
    values = dict(zip(HEADER.split(","), GOOD.split(","), strict=True)) | changes
    return ",".join(f'"{value}"' for value in values.values())


READING = {
    "a binary renamed .docx": ("anh.docx", bytes(range(256)) * 40, ["anh.docx"]),
    "a zip bomb": ("nen.docx", bomb, ["nen.docx"]),
    "XML entities": ("thuc-the.docx", entities, ["thuc-the.docx"]),
    "an empty file": ("rong.txt", b"", ["rong.txt"]),
    "an unknown encoding": ("ma-la.txt", b"S\xf6 li\xff\xfeu \x80\x81 t\x9cng", ["ma-la.txt"]),
}
FIGURES = {
    "a missing column": (f"{HEADER.replace('published,', '', 1)}\n{GOOD}\n".encode(), ["published"]),
    "a wrong encoding": (f"{HEADER}\n{GOOD}\n".encode("utf-16"), ["UTF-8"]),
    "a number with both separators": (f"{HEADER}\n{row(period='2022', value='3,060.7')}\n".encode(), ["3,060.7", "2"]),
    "an unknown indicator": (f"{HEADER}\n{row(indicator='exprots')}\n".encode(), ["exprots", "exports", "2"]),
    "a period that does not exist": (f"{HEADER}\n{row(period='2020-13')}\n".encode(), ["2020-13", "2"]),
    "an empty file of figures": (b"", ["so-lieu.csv"]),
    "a good row before a bad one": (
        f"{HEADER}\n{row(period='2021')}\n{row(period='2022', unit='dola')}\n".encode(),
        ["dola", "3"],
    ),
}


SEEN = ["explain", "exports", "01", "2023", "--json"]  # the one figure of the ledger


@pytest.fixture(scope="module")
def refused(home, tmp_path_factory) -> dict[str, list[subprocess.CompletedProcess]]:
    """For each file of figures: the ledger before, the import, the ledger after, the year the file spoke of."""
    commands = []
    for data, _named in FIGURES.values():
        path = tmp_path_factory.mktemp("figures") / "so-lieu.csv"
        path.write_bytes(data)
        commands += [SEEN, ["import-figures", str(path)], SEEN, ["explain", "exports", "01", "2022"]]
    told = each(home, commands)
    return {case: told[4 * n : 4 * n + 4] for n, case in enumerate(FIGURES)}


def one_sentence(done: subprocess.CompletedProcess, named: list[str]) -> None:
    assert done.returncode == 2, (done.stdout, done.stderr)
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("sct: ")
    assert "Traceback" not in done.stderr
    assert [word for word in named if word not in lines[0]] == [], lines[0]
    assert any(letter in lines[0] for letter in "ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵếềểễệốồổỗộứừửữựấầẩẫậắằẳẵặ")


@pytest.mark.parametrize("case", READING)
def test_a_document_that_cannot_be_read_is_refused_in_one_sentence(case, tmp_path, home):
    name, data, named = READING[case]
    path = tmp_path / name
    path.write_bytes(data() if callable(data) else data)
    one_sentence(sct(home, "read", str(path)), named)


@pytest.mark.parametrize("case", FIGURES)
def test_figures_that_cannot_be_used_are_refused_with_their_place_and_change_nothing(case, refused):
    before, import_, after, year_of_the_file = refused[case]
    one_sentence(import_, ["so-lieu.csv", *FIGURES[case][1]])
    assert before.returncode == 0
    assert "16.5" in before.stdout or "16,5" in before.stdout
    assert after.stdout == before.stdout
    assert year_of_the_file.returncode == 2


def test_the_same_file_twice_is_refused_and_changes_nothing(home):
    before, again, after = each(home, [SEEN, ["import-figures", str(home / "good.csv")], SEEN])
    one_sentence(again, ["good.csv"])
    assert before.returncode == 0
    assert after.stdout == before.stdout


def test_the_audit_chain_still_verifies_after_all_refusals(home):
    done = sct(home, "audit", "verify")
    assert done.returncode == 0, done.stdout + done.stderr
