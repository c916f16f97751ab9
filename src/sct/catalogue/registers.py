"""The declared registers, and the words they are made of (`register_model`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sct import declared
from sct.catalogue.register_model import (
    Blocked,
    Choice,
    Citation,
    Classification,
    ClassRule,
    Cohort,
    Completeness,
    Condition,
    Counting,
    Expiry,
    Field,
    Kind,
    Register,
    State,
    Transition,
    Warning,
    told,
)
from sct.catalogue.register_rows import register_of
from sct.errors import UserError
from sct.words import _

__all__ = [
    "Blocked",
    "Choice",
    "Citation",
    "ClassRule",
    "Classification",
    "Cohort",
    "Completeness",
    "Condition",
    "Counting",
    "Expiry",
    "Field",
    "Kind",
    "Register",
    "State",
    "Transition",
    "Warning",
    "load_registers",
    "register",
    "told",
]


def load_registers() -> Mapping[str, Register]:
    """All declared registers by code, packaged ones and the department's own, read once a folder."""
    return _load(declared.folders())


@cache
def _load(folders: tuple[Path, ...]) -> Mapping[str, Register]:
    assert folders
    rows = declared.merged("registers", lambda row: str(row.get("code", row.place)))
    return {code: register_of(row) for code, row in rows.items()}


def register(code: str) -> Register:
    """A register by code; raises `UserError("unknown-register")`."""
    known = load_registers()
    if code in known:
        return known[code]
    raise UserError("unknown-register", _("Không có sổ bộ này"), value=code, expected=", ".join(sorted(known)))
