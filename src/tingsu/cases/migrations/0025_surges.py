"""Matters of which suddenly many complain (IM-3)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0024_saying_uses"),
        ("people", "0011_work_sharing"),
    ]

    operations = [
        migrations.CreateModel(
            name="Surge",
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
                ("state", models.CharField(max_length=8)),
                ("cases", models.JSONField(default=list)),
                ("people", models.PositiveIntegerField()),
                ("days", models.PositiveSmallIntegerField()),
                ("usual", models.FloatField()),
                ("words", models.JSONField(default=list)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("product", models.CharField(blank=True, max_length=120)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("found_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("seen_people", models.PositiveIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "seen_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["organisation", "state", "-last_at"], name="surge_by_state"
                    )
                ],
            },
        ),
    ]
