"""Holiday notices that an organisation has taken in (HA-14)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_rule_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="HolidayNotice",
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
                ("calendar", models.CharField(max_length=24)),
                ("text", models.TextField()),
                ("taken_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "calendar", "id"], name="holiday_notice")
                ],
            },
        ),
    ]
