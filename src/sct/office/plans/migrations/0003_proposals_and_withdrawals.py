"""Targets taken from documents, and what is taken back of them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from sct.office.people.append_only import guard


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0006_proposals_append_only"),
        ("plans", "0002_append_only"),
        ("people", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="target",
            name="brought",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="target",
            name="end",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="target",
            name="proposal",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.proposal"
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="quote",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="target",
            name="start",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="version",
            name="document",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.document"
            ),
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                (
                    "target",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawal", to="plans.target"
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
        ),
        guard("plans_version"),
        guard("plans_target"),
        guard("plans_withdrawal", ("id", "target_id")),
    ]
