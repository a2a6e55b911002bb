"""What a language model wrote for a case (PL-8)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0021_endings"),
        ("people", "0011_work_sharing"),
    ]

    operations = [
        migrations.CreateModel(
            name="MachineText",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid_utils.compat.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(max_length=8)),
                ("text_sealed", models.BinaryField(null=True)),
                ("error", models.CharField(blank=True, max_length=20)),
                ("tokens", models.PositiveIntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="machine_texts",
                        to="cases.case",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.attachment",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "asked_at"], name="machine_budget"),
                    models.Index(
                        condition=models.Q(("state__in", ("asked", "waiting", "running"))),
                        fields=["asked_at"],
                        name="machine_waiting",
                    ),
                ],
            },
        ),
    ]
