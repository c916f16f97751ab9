"""Vietnamese first, English second: every string has its English, and placeholders survive translation."""

import importlib.util
import re

import polib

from tests.repo.source import ROOT, SRC

PO = SRC / "sct" / "locale" / "en" / "LC_MESSAGES" / "django.po"


def collector():
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_string_has_an_english_translation():
    english = {entry.msgid: entry.msgstr for entry in polib.pofile(str(PO))}
    assert [text for text in collector().collect() if not english.get(text)] == []


def test_placeholders_survive_translation():
    wrong = []
    for entry in polib.pofile(str(PO)):
        names = set(re.findall(r"\{(\w+)[^}]*\}|%\((\w+)\)s", entry.msgid))
        if entry.msgstr and names != set(re.findall(r"\{(\w+)[^}]*\}|%\((\w+)\)s", entry.msgstr)):
            wrong.append(entry.msgid)
    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_text_file():
    compiled = {entry.msgid: entry.msgstr for entry in polib.mofile(str(PO.with_suffix(".mo")))}
    assert compiled == {entry.msgid: entry.msgstr for entry in polib.pofile(str(PO)) if entry.msgstr}
