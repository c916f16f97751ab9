"""The log speaks Vietnamese: every action that is recorded has words."""

import re
from pathlib import Path

from django.apps import apps

import sct.office
from sct.following.events import EventKind
from sct.office.documents.models import DecisionKind, ProposalDecisionKind
from sct.office.web import logwords

OFFICE = Path(sct.office.__file__).parent
QUOTED = re.compile(rf'"((?:{"|".join(logwords.ROOMS)})\.[a-z_.]+)"')


def recorded() -> set[str]:
    """Names of actions in the source: quoted words `room.deed` that are neither a model nor a file."""
    models = {model._meta.label_lower for model in apps.get_models()}
    written = {
        name
        for path in OFFICE.rglob("*.py")
        if "web" not in path.relative_to(OFFICE).parts
        for name in QUOTED.findall(path.read_text("utf-8"))
        if name not in models and not name.endswith((".parquet", ".json", ".csv"))
    }
    made = {f"matters.{kind.value}" for kind in EventKind} | {"matters.undo"}
    made |= {f"documents.{kind.value}" for kind in DecisionKind}
    return written | made | {f"documents.proposal.{kind.value}" for kind in ProposalDecisionKind}


def test_every_recorded_action_has_words():
    assert "workbooks.keep" in recorded()  # the search finds what is there
    assert [
        name for name in sorted(recorded()) if logwords.action(name) == name.replace(".", ": ").replace("_", " ")
    ] == []


def test_an_action_of_tomorrow_is_shown_by_its_own_name():
    assert logwords.action("weather.rain") == "weather: rain"
