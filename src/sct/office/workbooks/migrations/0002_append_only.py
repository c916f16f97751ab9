"""Nothing about a workbook can be changed or deleted, by SQL either."""

from django.db import migrations

from sct.office.people.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("workbooks", "0001_initial"), ("people", "0002_append_only")]

    operations = [
        guard("workbooks_storedworkbook", ("id", "identity")),
        guard("workbooks_answer"),
        guard("workbooks_keeping", ("id", "batch_id")),
    ]
