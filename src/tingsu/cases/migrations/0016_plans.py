"""Plans, what was offered and answered, how far we go on a case (HA-6, HA-17)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_signings"),
        ("people", "0007_own_phrases"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="plans",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="RemedyPlan",
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
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("state", models.CharField(default="prepared", max_length=10)),
                ("pack_version", models.CharField(max_length=16)),
                ("rule_set", models.CharField(blank=True, max_length=40)),
                ("asked", models.JSONField(default=dict)),
                ("outcome", models.JSONField(default=dict)),
                ("owed", models.BigIntegerField(default=0)),
                ("to_pay", models.BigIntegerField(default=0)),
                ("goodwill", models.BigIntegerField(default=0)),
                ("own_cost", models.BigIntegerField(default=0)),
                ("own_cost_for", models.CharField(blank=True, max_length=200)),
                ("feasible", models.CharField(blank=True, max_length=10)),
                ("weighed", models.JSONField(default=dict)),
                ("consents", models.JSONField(default=list)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans_made",
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
        ),
        migrations.CreateModel(
            name="Offer",
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
                ("event_id", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("body", models.TextField()),
                ("told", models.JSONField(default=dict)),
                ("authority", models.JSONField(default=dict)),
                ("state", models.CharField(default="out", max_length=10)),
                ("ended_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("wanted", models.BigIntegerField(null=True)),
                ("talk_at", models.DateTimeField(null=True)),
                ("agreed", models.TextField(blank=True)),
                ("calculation_id", models.UUIDField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="cases.case",
                    ),
                ),
                (
                    "heard_by",
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
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="cases.remedyplan",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BottomLine",
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
                ("most_sealed", models.BinaryField(null=True)),
                ("words_sealed", models.BinaryField(null=True)),
                ("set_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "round"), name="bottom_line_once")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="remedyplan",
            index=models.Index(fields=["case", "round", "place"], name="plan_of_case"),
        ),
        migrations.AddConstraint(
            model_name="remedyplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("goodwill__gte", 0), ("owed__gte", 0), ("own_cost__gte", 0), ("to_pay__gte", 0)
                ),
                name="plan_never_negative",
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["case", "made_at"], name="offer_of_case"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(
                condition=models.Q(("state", "out")), fields=["expires_at"], name="offer_expires"
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["event_id"], name="offer_of_entry"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "out")), fields=("plan",), name="offer_once_out"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(
                condition=models.Q(("wanted__isnull", True), ("wanted__gte", 0), _connector="OR"),
                name="offer_wanted_never_negative",
            ),
        ),
    ]
