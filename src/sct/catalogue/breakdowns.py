"""Breakdowns (phân tổ): dimensions and their members, each with the edition of the classification it is of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sct import declared
from sct.declared import Row


@dataclass(frozen=True, slots=True)
class Member:
    """A dimension (`industry`) or a member of one (`industry:C`); `version` names the edition (`VSIC 2018`)."""

    code: str
    name: str
    name_en: str
    version: str = ""
    parent: str = ""
    law: str = ""
    aliases: tuple[str, ...] = ()
    level: int = 0
    unit: str = ""  # unit code, where each member has its own (products)

    @property
    def dimension(self) -> str:
        return self.code.partition(":")[0]

    @property
    def is_dimension(self) -> bool:
        return ":" not in self.code


class Breakdowns(Mapping[str, Member]):
    """All dimensions and members by code."""

    def __init__(self, members: Mapping[str, Member]) -> None:
        self._members = dict(members)

    def __getitem__(self, code: str) -> Member:
        return self._members[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def dimensions(self) -> list[Member]:
        return [member for member in self.values() if member.is_dimension]

    def members(self, dimension: str) -> list[Member]:
        """The members of a dimension in declared order."""
        return [member for member in self.values() if not member.is_dimension and member.dimension == dimension]

    def children(self, code: str) -> list[Member]:
        """The members right under a member: divisions of a section."""
        return [member for member in self.values() if member.parent == code]


def load_breakdowns() -> Breakdowns:
    rows = declared.merged("breakdowns", lambda row: str(row["code"]))
    return Breakdowns({code: _member(row) for code, row in rows.items()})


def _member(row: Row) -> Member:
    aliases = row.get("aliases", ())
    if isinstance(aliases, str):  # a CSV cell
        aliases = [alias.strip() for alias in aliases.split(";") if alias.strip()]
    return Member(
        code=str(row["code"]),
        name=row["name"],
        name_en=row["name_en"],
        version=row.get("version", ""),
        parent=row.get("parent", ""),
        law=row.get("law", ""),
        aliases=tuple(aliases),
        level=int(row.get("level", 0)),
        unit=row.get("unit", ""),
    )
