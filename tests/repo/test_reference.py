"""Docs cannot lie: the reference pages are what the declarations say today."""

import importlib.util

import pytest

from tests.repo.source import ROOT


def pages():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PAGES


@pytest.mark.parametrize("name", ["commands.md", "settings.md", "indicators.md"])
def test_the_reference_page_is_fresh(name):
    assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == pages()[name](), "run `make docs`"
