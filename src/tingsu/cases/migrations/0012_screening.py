"""First review as it was concluded, and those who complain together (SC-1)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_task_of_clock"),
        ("people", "0006_absences"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="people",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="case",
            name="screened_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Joined",
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
                ("representative", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="cases.case",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.party",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at__isnull", True)),
                        fields=("case", "party"),
                        name="joined_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Screening",
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
                ("round", models.PositiveSmallIntegerField()),
                ("pack_version", models.CharField(max_length=16)),
                ("answers", models.JSONField(default=dict)),
                ("proposed", models.CharField(blank=True, max_length=16)),
                ("outcome", models.CharField(max_length=16)),
                ("grounds", models.JSONField(default=list)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
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
                        related_name="screenings",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "-at"], name="screening_of_case")],
            },
        ),
    ]
