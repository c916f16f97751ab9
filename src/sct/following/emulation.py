"""Thi đua: declared criteria, what a unit's marks and counts add up to, ranks within a cluster (domain-rules §4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from sct import declared
from sct.words import language

ZERO = Fraction(0)


class CriterionKind(Enum):
    """What the points of a criterion do to the sum."""

    POINTS = "points"
    BONUS = "bonus"
    MINUS = "minus"


class Cluster(Enum):
    """Cụm thi đua: units that are ranked among themselves."""

    DIVISION = "division"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Criterion:
    """Tiêu chí: the most it gives or takes; `counted` names what the product counts, `each` the points for one."""

    code: str
    name: str
    kind: CriterionKind
    most: Fraction
    counted: str = ""
    each: Fraction = ZERO
    clusters: frozenset[Cluster] = frozenset(Cluster)
    first: int = 0
    last: int = 9999
    evidence: bool = True

    def holds(self, year: int, cluster: Cluster) -> bool:
        return self.first <= year <= self.last and cluster in self.clusters

    def taken_off(self, count: int) -> Fraction:
        """Points for so many things counted, never above the most."""
        return min(self.most, self.each * count)


def load_criteria() -> dict[str, Criterion]:
    """The declared criteria by code, in the order of the file."""
    rows = declared.merged("emulation", lambda row: str(row["code"]))
    english = language() == "en"
    return {
        code: Criterion(
            code=code,
            name=row["name_en"] if english else row["name"],
            kind=CriterionKind(row["kind"]),
            most=Fraction(str(row["most"])),
            counted=row.get("counted", ""),
            each=Fraction(str(row.get("each", 0))),
            clusters=frozenset(Cluster(one) for one in row.get("clusters", [one.value for one in Cluster])),
            first=row.get("from", 0),
            last=row.get("until", 9999),
            evidence=row.get("evidence", True),
        )
        for code, row in rows.items()
    }


def total(criteria: Iterable[Criterion], marks: Mapping[str, Fraction], counts: Mapping[str, int]) -> Fraction:
    """Points + bonus − what is counted off, in points; a criterion without a mark gives none."""
    found = ZERO
    for one in criteria:
        if one.kind is CriterionKind.MINUS:
            found -= one.taken_off(counts.get(one.counted, 0))
        else:
            found += marks.get(one.code, ZERO)
    return found


def ranks(sums: Mapping[str, Fraction | None]) -> dict[str, int]:
    """Unit → rank, the same for the same sum, the next one after the number of those before; None has no rank."""
    told = [value for value in sums.values() if value is not None]
    return {unit: 1 + sum(other > value for other in told) for unit, value in sums.items() if value is not None}
