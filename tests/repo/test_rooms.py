"""The rooms of the house: who may import whom (DESIGN §4, docs/why/rooms.md)."""

from collections import defaultdict
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.repo.source import imports, modules

BASE = {"sct", "sct.errors", "sct.words", "sct.declared", "sct.uncollected"}
# A room and the rooms it may import directly or through them; the base is open to all.
MAY: dict[str, set[str]] = {
    "vietnamese": set(),
    "catalogue": {"vietnamese"},
    "reading": {"catalogue"},
    "engine": {"catalogue"},
    "proofing": {"catalogue"},
    "planning": {"engine"},
    "following": {"catalogue"},
    "reporting": {"proofing", "planning", "reading"},
    "collecting": {"engine", "reading"},
    "samples": set(),
    "office": set(),
    "office.people": {"office", "catalogue"},
    "office.ledger": {"office.people", "engine", "reporting", "reading"},
    "office.registers": {"office.people", "reading"},
    "office.documents": {"office.ledger"},
    "office.collection": {"office.ledger", "office.registers", "collecting"},
    "office.workbooks": {"office.documents"},
    "office.plans": {"office.documents", "office.ledger", "following", "planning"},
    "office.matters": {"office.documents", "following"},
    "office.reviews": {"office.matters"},
    "office.emulation": {"office.documents", "following"},
    "office.procedures": {"office.documents", "following"},
    "office.coordination": {
        "office.documents",
        "office.workbooks",
        "office.plans",
        "office.reviews",
        "office.emulation",
        "office.procedures",
        "office.collection",
        "office.registers",
        "samples",
    },
    "office.web": {"office.coordination"},
    "cli": {"office.web"},
}


def reachable(room: str) -> set[str]:
    found = {room}
    for below in MAY[room]:
        found |= reachable(below)
    return found


def room_of(module: str) -> str | None:
    """The room of a module; None for the base."""
    parts = module.split(".")
    if module in BASE or module == "sct.__main__":
        return None if module != "sct.__main__" else "cli"
    if parts[1] == "office" and len(parts) > 2 and f"office.{parts[2]}" in MAY:
        return f"office.{parts[2]}"
    return parts[1]


def edges(*, types: bool = True) -> list[tuple[str, str]]:
    known = modules()
    found = []
    for module, path in known.items():
        for target in imports(path, types=types):
            if target in known and target != module:
                found.append((module, target))
    return found


def test_every_module_stands_in_a_room():
    assert [m for m in modules() if room_of(m) is not None and room_of(m) not in MAY] == []


def test_a_room_imports_only_what_lies_below_it():
    wrong = []
    for module, target in edges():
        mine, theirs = room_of(module), room_of(target)
        if theirs is None or mine == theirs:
            continue
        # Settings, urls and commands of the office name its apps: they are the office's own wiring.
        if mine is None or theirs not in reachable(mine):
            wrong.append(f"{module} → {target}")
    assert wrong == []


def test_no_two_modules_import_each_other():
    forward = set(edges(types=False))
    assert sorted((a, b) for a, b in forward if (b, a) in forward and a < b) == []


def test_modules_make_no_circle():
    graph: dict[str, set[str]] = defaultdict(set)
    for a, b in edges(types=False):
        # A package's own __init__ names its modules; that is no way round.
        if not a.startswith(b + "."):
            graph[a].add(b)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_the_kit_never_imports_django():
    wrong = []
    for module, path in modules().items():
        if module.startswith(("sct.office", "sct.cli", "sct.__main__")):
            continue
        wrong += [f"{module} → {t}" for t in imports(path) if t.split(".")[0] in {"django", "django_htmx"}]
    assert wrong == []


def test_kit_errors_are_user_errors_not_web_answers():
    """Only the office knows HTTP."""
    wrong = []
    for module, path in modules().items():
        if not module.startswith("sct.office") and "http.client" in set(imports(path)):
            wrong.append(module)
    assert wrong == []
