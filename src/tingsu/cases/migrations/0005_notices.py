"""A holiday notice on its way, and the clocks that it moves (HA-14)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_variants"),
        ("people", "0005_holiday_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarNotice",
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
                ("years", models.JSONField(default=list)),
                ("source", models.CharField(max_length=400)),
                ("text", models.TextField()),
                ("since", models.DateTimeField()),
                ("state", models.CharField(max_length=10)),
                ("made_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("total", models.PositiveIntegerField(null=True)),
                ("position", models.PositiveIntegerField(default=0)),
                ("cursor", models.UUIDField(null=True)),
                ("busy_ms", models.BigIntegerField(default=0)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("moved", models.PositiveIntegerField(default=0)),
                ("summary", models.JSONField(default=dict)),
                ("settled", models.PositiveIntegerField(default=0)),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
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
        ),
        migrations.CreateModel(
            name="ClockMove",
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
                ("clock_id", models.UUIDField()),
                ("rule", models.CharField(max_length=60)),
                ("was", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("applied", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="cases.calendarnotice",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="calendarnotice",
            index=models.Index(fields=["organisation", "-id"], name="notice_newest"),
        ),
        migrations.AddIndex(
            model_name="calendarnotice",
            index=models.Index(
                condition=models.Q(("state__in", ("counting", "applying"))),
                fields=["id"],
                name="notice_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="clockmove",
            index=models.Index(fields=["notice", "id"], name="move_of_notice"),
        ),
        migrations.AddConstraint(
            model_name="clockmove",
            constraint=models.UniqueConstraint(
                fields=("notice", "clock_id"), name="move_of_clock_once"
            ),
        ),
    ]
