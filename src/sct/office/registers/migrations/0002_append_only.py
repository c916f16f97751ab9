"""Nothing recorded in a register can be changed or deleted, by SQL either; spans can, they are only worked out."""

from django.db import migrations

from sct.office.people.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial"), ("people", "0002_append_only")]

    operations = [
        guard("registers_batch"),
        guard("registers_entry"),
        guard("registers_event"),
        guard("registers_eventwithdrawal", ("id", "event_id")),
    ]
