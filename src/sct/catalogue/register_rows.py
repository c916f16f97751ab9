"""From a declared row to a `Register`; shorthands of the YAML are spelt out here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sct.catalogue.laws import day
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
)
from sct.declared import Row

OPS = ("is", "in", "over", "from", "under", "upto", "known")
Given = Mapping[str, Any]


def register_of(row: Row) -> Register:
    """The register of a row whose form the schema has found right."""
    states = {one["code"]: _state(one, rank) for rank, one in enumerate(row["states"])}
    living = [code for code, state in states.items() if not state.ended]
    return Register(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        one=row["one"],
        one_en=row["one_en"],
        group=row["group"],
        fields={one["code"]: _field(one, living) for one in row.get("fields", ())},
        states=states,
        transitions=tuple(_transition(one, living) for one in row.get("transitions", ())),
        classes=tuple(_classification(one) for one in row.get("classes", ())),
        warnings=tuple(_warning(one) for one in row.get("warnings", ())),
        expiry=_expiry(row["expires"], living) if "expires" in row else None,
        blocked=Blocked(**row["blocked"]) if "blocked" in row else None,
        cohorts=tuple(_cohort(one) for one in row.get("cohorts", ())),
        counts=tuple(_counting(one, living) for one in spelt_out(row)),
        complete=tuple(_complete(one) for one in row.get("complete", ())),
        cite=tuple(_cite(one) for one in row.get("laws", ())),
        common_words=tuple(row.get("common_words", ())),
        public=bool(row.get("public", False)),
        note=row.get("note", ""),
        colour=row.get("colour", "state"),
        edit=tuple(row.get("edit", ())),
    )


def _cite(one: Given) -> Citation:
    return Citation(one.get("law", ""), one.get("article", ""), one.get("confidence", "sure"), one.get("note", ""))


def _field(one: Given, living: Sequence[str]) -> Field:
    return Field(
        code=one["code"],
        name=one["name"],
        name_en=one["name_en"],
        kind=Kind(one.get("type", "text")),
        unit=one.get("unit", ""),
        help=one.get("help", ""),
        choices=tuple(_choice(given) for given in one.get("choices", ())),
        of=tuple(one.get("of", ())),
        required=bool(one.get("required", False)),
        facet=bool(one.get("facet", False)),
        column=bool(one.get("column", False)),
        public=bool(one.get("public", False)),
        search=bool(one.get("search", False)),
        see=tuple(one.get("see", ())),
        edit=tuple(one.get("edit", ())),
        cite=_cite(one),
        register=one.get("register", ""),
        gives=tuple(_counting({**given, "indicator": given["to"]}, living) for given in one.get("gives", ())),
    )


def _choice(given: Sequence[str] | Given) -> Choice:
    """`[solid, Kiên cố, Solid]` or a mapping."""
    if isinstance(given, Mapping):
        return Choice(str(given["code"]), given["name"], given["name_en"])
    return Choice(str(given[0]), str(given[1]), str(given[2]))


def _state(one: Given, rank: int) -> State:
    return State(
        code=one["code"],
        name=one["name"],
        name_en=one["name_en"],
        rank=rank,
        tone=one.get("tone", "none"),
        ended=bool(one.get("ended", False)),
        public=bool(one.get("public", True)),
        planned=one.get("planned", ""),
        cite=_cite(one),
    )


def _transition(one: Given, living: Sequence[str]) -> Transition:
    """`from: any` is every state that is not ended, but the one it leads to."""
    given = one["from"]
    origins = [code for code in living if code != one["to"]] if given == "any" else list(given)
    evidence = tuple(one.get("evidence", ()))
    return Transition(one["to"], tuple(origins), one["name"], one["name_en"], evidence, _cite(one))


def conditions(given: Sequence[Given]) -> tuple[Condition, ...]:
    """`{field: points, over: market_class1_points_over}`: one operator each."""
    made = []
    for one in given:
        op = next(name for name in OPS if name in one)
        value = one[op]
        values = tuple(_plain(v) for v in value) if isinstance(value, list) else (_plain(value),)
        made.append(Condition(one["field"], op, values))
    return tuple(made)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _classification(one: Given) -> Classification:
    rules = tuple(
        ClassRule(str(r["code"]), r["name"], r["name_en"], conditions(r["when"]), _cite(r)) for r in one["rules"]
    )
    return Classification(
        one["code"], one["name"], one["name_en"], rules, one.get("otherwise", ""), one.get("otherwise_en", "")
    )


def _warning(one: Given) -> Warning:
    return Warning(one["code"], one["name"], one["name_en"], conditions(one["when"]), _cite(one))


def _expiry(one: Given, living: Sequence[str]) -> Expiry:
    return Expiry(
        until=one["until"],
        since=one.get("since", ""),
        term=one.get("term", ""),
        term_unit=one.get("term_unit", "months"),
        states=tuple(one.get("states", living)),
        soon=tuple(one.get("soon", (30, 60, 90))),
        never=next(iter(one.get("never", {}).items()), ("", "")),
    )


def _cohort(one: Given) -> Cohort:
    first, last = day(one["from"]), day(one["to"])
    assert first is not None
    assert last is not None
    return Cohort(one["code"], one["name"], one["name_en"], one["entered"], first, last)


def _complete(one: Given) -> Completeness:
    since = day(one["since"])
    assert since is not None
    return Completeness(
        since=since,
        says=one["says"],
        area=one.get("area", ""),
        until=day(one["until"]) if "until" in one else None,
        states=tuple(one.get("states", ())),
        only=dict(one.get("only", {})),
    )


def spelt_out(row: Given) -> list[dict[str, Any]]:
    """The declared counts of a register, `by` written out: once as it stands, once for each choice of each field."""
    choices = {one["code"]: [_choice(c).code for c in one.get("choices", ())] for one in row.get("fields", ())}
    found = []
    for one in row.get("counts", ()):
        plain = {name: value for name, value in one.items() if name != "by"}
        found.append(plain)
        for dimension, field in one.get("by", {}).items():
            for code in choices.get(field, ()):
                where = [*one.get("where", ()), {"field": field, "is": code}]
                found.append({**plain, "breakdown": f"{dimension}:{code}", "where": where})
    return found


def _counting(one: Given, living: Sequence[str]) -> Counting:
    states = one.get("states", living)
    field = one.get("field", ())
    return Counting(
        indicator=one["indicator"],
        breakdown=one.get("breakdown", ""),
        how=one.get("how", "stock"),
        states=tuple([states] if isinstance(states, str) else states),
        fields=tuple([field] if isinstance(field, str) else field),
        where=conditions(one.get("where", ())),
        distinct=one.get("distinct", ""),
        per=one.get("per", ""),
        scale=str(one.get("scale", "1")),
        valid=bool(one.get("valid", False)),
        note=one.get("note", ""),
    )
