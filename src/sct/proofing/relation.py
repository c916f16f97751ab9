"""A declared relation: one claim, the operands that bind it, and the formula between them (rows of checks/*.yaml).

Operands are named by how they differ from the claim: another measure, the base period, the parts of the same whole.
So each is found by one look-up of a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sct.proofing.expression import Expression, expression


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an operand is found from the claim.

    `of`: same | whole | parts | sibling | an indicator's code. `period`: same | baseline | year_before | previous |
    last_month | month_before | next | next_month | last_quarter | quarter_before | months | quarters | halves | year |
    before | first | last | years. `status`: same | fact | plan. `scope`: same, "" or a scope (constant, average …).
    `where`: text | texts (other documents too) | others (they alone) | ledger (it alone).
    """

    measure: str
    of: str = "same"
    period: str = "same"
    status: str = "same"
    scope: str = "same"
    where: str = "text"

    @property
    def is_many(self) -> bool:
        """Whether it stands for several figures: all parts, all months."""
        return self.of == "parts" or self.period in ("months", "quarters", "halves", "years")


@dataclass(frozen=True, slots=True)
class Relation:
    """`claim` ∩ `formula(operands)`; `guards` are the conditions of `sct.proofing.guards` that must hold first.

    `comparison` is overlap (the two intervals meet) or within (the formula gives bounds, so its width says nothing).
    `exact_plans`: a plan target counts as set, not as rounded. `shown` is the left side of the arithmetic line.
    `indicators` are the only ones that the claim may be of, () for any; `most` softens this relation alone, for the
    reason `cause`. `quiet`: where it holds nothing is told. `plugs`: a share that misses by one digit may have been
    bent so that all make 100.
    """

    measure: str
    formula: Expression
    operands: Mapping[str, Wanted]
    shown: str
    comparison: str = "overlap"
    guards: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    scope: str | None = ""
    status: str = ""
    exact_plans: bool = False
    most: str = ""
    cause: str = ""
    quiet: bool = False
    plugs: bool = False
    needs: frozenset[str] = frozenset()  # measures of the claim's own series that the text itself must tell
    frame: str = ""  # what has to be chosen before operands are looked up: a partition, a sibling, or nothing


def relation(row: Mapping[str, Any]) -> Relation:
    """The relation of a declared row."""
    claim = row["claim"]
    operands = {name: Wanted(**wanted) for name, wanted in row.get("operands", {}).items()}
    return Relation(
        measure=claim["measure"],
        formula=expression(row["formula"]),
        operands=operands,
        shown=row.get("shown", row["formula"]),
        comparison=row.get("comparison", "overlap"),
        guards=tuple(row.get("guards", ())),
        indicators=tuple(claim.get("indicators", ())),
        scope=claim.get("scope", ""),
        status=claim.get("status", ""),
        exact_plans=row.get("exact_plans", False),
        most=row.get("most", ""),
        cause=row.get("cause", ""),
        quiet=row.get("quiet", False),
        plugs=row.get("plugs", False),
        needs=frozenset(w.measure for w in operands.values() if w.of == "same" and w.where == "text"),
        frame=next((w.of for w in operands.values() if w.of in ("parts", "sibling")), ""),
    )
