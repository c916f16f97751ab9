"""The declared checks: what each compares, how far its verdicts may go, and sentences that pass and fail it.

A check is a row of `declarations/checks/*.yaml`; its relation is found by the function of the same code in
`sct.proofing.relations`. A department may soften a check (`most`), or switch it off, in its own folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from sct import declared
from sct.proofing.finding import Verdict


@dataclass(frozen=True, slots=True)
class Policy:
    """How far the verdicts of a check may go.

    `most` is its worst verdict at all, `unkeyed` where a part of the key is unknown, `with_ledger` where an operand
    comes from the ledger and so from another publication. A relation wider than `weak_steps` last digits of the claim
    is weak; a miss by more than `heavy_steps` is heavy.
    """

    most: Verdict = Verdict.WRONG
    unkeyed: Verdict = Verdict.DOUBT
    with_ledger: Verdict = Verdict.HINT
    weak_steps: Fraction = Fraction(5)
    heavy_steps: Fraction = Fraction(3)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: code (C1 …), names, the kind of comparison, its policy and its example sentences."""

    code: str
    name: str
    name_en: str
    comparison: str  # overlap | same | pattern
    policy: Policy
    on: bool = True
    passing: tuple[Mapping[str, Any], ...] = ()
    failing: tuple[Mapping[str, Any], ...] = ()


def checks() -> Mapping[str, Check]:
    """All checks by code; those of `SCT_DECLARATIONS` override the packaged ones."""
    return _checks(declared.folders())


@cache
def _checks(folders: tuple[Path, ...]) -> Mapping[str, Check]:
    found: dict[str, Check] = {}
    for path in declared.files("checks"):
        for row in declared.rows(path):
            found[row["code"]] = _check({**_as_row(found.get(row["code"])), **row})
    return found


def _as_row(check: Check | None) -> dict[str, Any]:
    """What an overriding row need not repeat."""
    if check is None:
        return {}
    return {name: getattr(check, name) for name in ("name", "name_en", "comparison", "passing", "failing")}


def _check(row: Mapping[str, Any]) -> Check:
    return Check(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        comparison=row["comparison"],
        policy=_policy(row.get("policy", {})),
        on=row.get("on", True),
        passing=tuple(row.get("passing", ())),
        failing=tuple(row.get("failing", ())),
    )


def _policy(row: Mapping[str, Any]) -> Policy:
    verdicts = {name: Verdict(row[name]) for name in ("most", "unkeyed", "with_ledger") if name in row}
    steps = {name: Fraction(str(row[name])) for name in ("weak_steps", "heavy_steps") if name in row}
    return Policy(**verdicts, **steps)
