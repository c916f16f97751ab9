"""The declared checks: what each compares, how far its verdicts may go, and sentences that pass and fail it.

A check is a row of `declarations/checks/*.yaml`; its relation is found by the function of the same code in
`sct.proofing.relations`. A department may soften a check (`most`), or switch it off, in its own folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from sct import declared
from sct.proofing.finding import Verdict
from sct.proofing.relation import Relation, relation


@dataclass(frozen=True, slots=True)
class Policy:
    """How far the verdicts of a check may go.

    `most` is its worst verdict at all, `unkeyed` where a part of the key is unknown, `with_ledger` where an operand
    comes from the ledger and so from another publication. A relation wider than `weak_steps` last digits of the claim
    is weak (None: the width says nothing, as of bounds); a miss by more than `heavy_steps` is heavy.
    """

    most: Verdict = Verdict.WRONG
    unkeyed: Verdict = Verdict.DOUBT
    with_ledger: Verdict = Verdict.HINT
    weak_steps: Fraction | None = Fraction(5)
    heavy_steps: Fraction = Fraction(3)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: code (C1 …), names, the kind of comparison, its policy and its example sentences.

    `relations` are the declared ones; with `alternatives` they are readings of one claim and the best counts.
    `explains` is a cause: a finding of another check that has it is told under this one. `quiet`: what holds is not
    told, since nothing was computed. `words` are the patterns of
    a check that looks at words.
    """

    code: str
    name: str
    name_en: str
    comparison: str  # relation | same | words
    policy: Policy
    group: str = ""
    formula: str = ""
    relations: tuple[Relation, ...] = ()
    alternatives: bool = False
    explains: str = ""
    quiet: bool = False
    words: Mapping[str, Any] = field(default_factory=dict)
    enabled: bool = True
    fails: str = ""  # its name where it does not hold; "" where the name serves for both
    passing: tuple[Mapping[str, Any], ...] = ()
    failing: tuple[Mapping[str, Any], ...] = ()


def checks() -> Mapping[str, Check]:
    """All checks by code; those of `SCT_DECLARATIONS` override the packaged ones."""
    return _checks(declared.folders())


@cache
def _checks(folders: tuple[Path, ...]) -> Mapping[str, Check]:
    assert folders
    return {code: _check(row) for code, row in declared.merged("checks", lambda row: str(row["code"])).items()}


def _check(row: Mapping[str, Any]) -> Check:
    return Check(
        code=row["code"],
        name=row.get("name", row["code"]),
        name_en=row.get("name_en", row["code"]),
        comparison=row.get("comparison", "relation"),
        policy=_policy(row.get("policy", {})),
        group=row.get("group", ""),
        formula=row.get("formula", ""),
        relations=tuple(relation(one) for one in row.get("relations", ())),
        alternatives=row.get("alternatives", False),
        explains=row.get("explains", ""),
        quiet=row.get("quiet", False),
        words=row.get("words", {}),
        enabled=row.get("enabled", True),
        fails=row.get("fails", ""),
        passing=tuple(row.get("passing", ())),
        failing=tuple(row.get("failing", ())),
    )


def _policy(row: Mapping[str, Any]) -> Policy:
    usual = Policy()
    return Policy(
        most=Verdict(row.get("most", usual.most)),
        unkeyed=Verdict(row.get("unkeyed", usual.unkeyed)),
        with_ledger=Verdict(row.get("with_ledger", usual.with_ledger)),
        weak_steps=Fraction(str(row.get("weak_steps", usual.weak_steps))),
        heavy_steps=Fraction(str(row.get("heavy_steps", usual.heavy_steps))),
    )
