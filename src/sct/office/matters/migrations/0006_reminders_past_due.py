"""Only reminders past the due date bring a matter before the leaders: counted anew where there are any."""

from typing import Any

from django.db import migrations, models

from sct.following.events import EventKind
from sct.office.matters.standing import told_by


def recount(known: Any, _editor: Any) -> None:
    happenings = known.get_model("matters", "Happening")
    for row in known.get_model("matters", "Matter").objects.filter(reminders__gt=0).iterator(chunk_size=500):
        row.reminders = told_by(happenings.objects.filter(matter=row).order_by("pk")).reminders
        row.save(update_fields=["reminders"])


class Migration(migrations.Migration):
    dependencies = [("matters", "0005_states")]

    operations = [
        migrations.AlterField(
            model_name="happening",
            name="kind",
            field=models.CharField(blank=True, choices=[(k.value, k.value) for k in EventKind], max_length=10),
        ),
        migrations.RunPython(recount, migrations.RunPython.noop),
    ]
