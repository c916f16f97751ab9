"""Entries to work with: a cluster of Hà Nội with a life, and the makers of more."""

from datetime import date

import pytest


@pytest.fixture(autouse=True)
def fresh():
    """Nothing kept from the test before: its rows are gone, their numbers come again."""
    from sct.office.registers import facets, known, points

    facets.forget()
    known.forget()
    points.forget()


@pytest.fixture
def make(chuyen_vien, hanoi):
    """Makes entries: `make("markets", "Chợ Hôm", ("operating", "2010-01-01"), points="300")` → its number."""
    from sct.catalogue.registers import register
    from sct.office.registers.actions import Draft, NewBatch, create
    from sct.office.registers.models import BatchKind

    def one(code, name, *steps, who=None, area=hanoi, **values):
        life = [
            Draft(
                date.fromisoformat(day), state, {"name": name, "area": area, **values} if n == 0 else {}, source="nguồn"
            )
            for n, (state, day) in enumerate(steps)
        ]
        return create(who or chuyen_vien, register(code), [life], NewBatch(BatchKind.FORM)).entries[0]

    return one
