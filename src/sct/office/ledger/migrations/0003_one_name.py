"""The key of a cell names its period canonically: what was filed as 2023-M01-M06 stands in the cell of 2023-S1.

The period as the source wrote it stays where it was. Keys are reckoned from the other columns, so nothing is lost.
"""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count

from sct.office.ledger.figures import content_of
from sct.office.people.append_only import amend, guard
from sct.vietnamese.periods import Period


def rename(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    observations = apps.get_model("ledger", "Observation").objects
    contested = apps.get_model("ledger", "ContestedCell").objects
    touched = {}
    for row in observations.filter(period__contains="-M01-M").order_by("pk").iterator():
        named = Period.parse(row.period).canonical.code
        if named == row.period:
            continue
        before = row.cell
        row.cell = "|".join((row.indicator, row.area, row.breakdown, named, row.transformation))
        row.content = content_of(row)
        row.save(update_fields=["cell", "content"])
        contested.filter(cell=before).delete()
        touched[row.cell] = (row.indicator, row.area)
    known = set(contested.filter(cell__in=touched).values_list("cell", flat=True))
    told = observations.filter(cell__in=touched).values("cell").annotate(different=Count("value", distinct=True))
    for cell in told.filter(different__gt=1).values_list("cell", flat=True):
        if cell not in known:
            indicator, area = touched[cell]
            contested.create(cell=cell, indicator=indicator, area=area)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]

    operations = [
        amend("ledger_observation", "ledger_contestedcell", by=rename),
        guard("ledger_observation"),
        guard("ledger_contestedcell", ("id", "cell")),
    ]
