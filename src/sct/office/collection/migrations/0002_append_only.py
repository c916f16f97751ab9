"""Nothing about a submission can be changed or deleted, by SQL either."""

from django.db import migrations

from sct.office.people.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("collection", "0001_initial"), ("people", "0002_append_only")]

    operations = [
        guard("collection_submission"),
        guard("collection_edit"),
        guard("collection_version"),
        guard("collection_step"),
        guard("collection_posting"),
        guard("collection_reminder"),
    ]
