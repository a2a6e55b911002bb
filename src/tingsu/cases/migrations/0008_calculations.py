"""What was worked out and proposed as a remedy (HA-8)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_learned"),
        ("people", "0002_first_password_and_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="remedied",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Calculation",
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
                ("made_at", models.DateTimeField()),
                ("pack_version", models.CharField(max_length=16)),
                ("rule_set", models.CharField(blank=True, max_length=40)),
                ("asked", models.JSONField(default=dict)),
                ("outcome", models.JSONField(default=dict)),
                ("owed", models.BigIntegerField(default=0)),
                ("to_pay", models.BigIntegerField(default=0)),
                ("goodwill", models.BigIntegerField(default=0)),
                ("state", models.CharField(default="proposed", max_length=10)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calculations",
                        to="cases.case",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
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
                    models.Index(fields=["case", "made_at"], name="calculation_of_case"),
                    models.Index(
                        condition=models.Q(("state", "done")),
                        fields=["organisation", "done_at"],
                        name="calculation_done",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("goodwill__gte", 0), ("owed__gte", 0), ("to_pay__gte", 0)
                        ),
                        name="calculation_never_negative",
                    )
                ],
            },
        ),
    ]
