"""What is only added can be neither changed nor deleted, by SQL either."""

from django.db import migrations

from sct.office.people.append_only import guard


class Migration(migrations.Migration):
    dependencies = [("emulation", "0001_initial"), ("people", "0002_append_only")]

    operations = [
        guard("emulation_mark", ("id",)),
    ]
