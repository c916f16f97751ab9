"""A keeping cannot be changed or deleted, by SQL either."""

from django.db import migrations

from sct.office.people.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_keeping_and_tables"), ("people", "0002_append_only")]

    operations = [guard("documents_keeping", ("id", "undoes_id"))]
