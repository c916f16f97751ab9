"""A point of the agenda has any number of papers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0006_proposals_append_only"),
        ("reviews", "0002_append_only"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="agendaitem",
            name="document",
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="papers",
            field=models.ManyToManyField(related_name="+", to="documents.document"),
        ),
    ]
