"""The log can only be added to."""

from django.db import migrations

from sct.office.people.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [guard("people_auditentry", ("sequence", "hash"))]
