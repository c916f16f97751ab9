"""A proposal and what became of it cannot be changed or deleted, by SQL either."""

from django.db import migrations

from sct.office.people.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_proposals"), ("people", "0002_append_only")]

    operations = [guard("documents_proposal"), guard("documents_proposaldecision", ("id", "undoes_id"))]
