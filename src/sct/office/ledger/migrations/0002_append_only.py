"""Nothing in the ledger can be changed or deleted, by SQL either."""

from django.db import migrations

from sct.office.people.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("people", "0002_append_only")]

    operations = [
        guard("ledger_batch"),
        guard("ledger_observation"),
        guard("ledger_withdrawal", ("id", "observation_id")),
        guard("ledger_contestedcell", ("id", "cell")),
    ]
