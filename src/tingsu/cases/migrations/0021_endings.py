"""Agreements, mediation, decisions, and what is owed until it is done (HA-9, HA-15, HA-16)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0020_handovers"),
        ("people", "0007_own_phrases"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="ending",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="case",
            name="owed_open",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Mediation",
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
                ("state", models.CharField(default="open", max_length=10)),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("next_step", models.CharField(blank=True, max_length=12)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mediations",
                        to="cases.case",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MediationSession",
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
                ("at", models.DateTimeField()),
                ("way", models.CharField(max_length=12)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("mediators", models.CharField(max_length=200)),
                ("attended_sealed", models.BinaryField(null=True)),
                ("complainant_said", models.TextField(blank=True)),
                ("respondent_said", models.TextField(blank=True)),
                ("result", models.CharField(max_length=10)),
                ("note", models.TextField(blank=True)),
                ("next_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
                (
                    "mediation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="cases.mediation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Obligation",
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
                ("source", models.CharField(max_length=12)),
                ("source_id", models.UUIDField(null=True)),
                ("gives", models.CharField(max_length=16)),
                ("words", models.CharField(max_length=400)),
                ("owed_by", models.CharField(default="house", max_length=12)),
                ("fen", models.BigIntegerField(default=0)),
                ("done_fen", models.BigIntegerField(default=0)),
                ("cost", models.BigIntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("told_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obligations",
                        to="cases.case",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
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
            name="Performance",
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
                ("at", models.DateTimeField()),
                ("fen", models.BigIntegerField(default=0)),
                ("reference_sealed", models.BinaryField(null=True)),
                ("who_sealed", models.BinaryField(null=True)),
                ("how", models.CharField(blank=True, max_length=400)),
                ("made_at", models.DateTimeField()),
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
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
                (
                    "obligation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="performances",
                        to="cases.obligation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Agreement",
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
                ("kind", models.CharField(max_length=12)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("text_sealed", models.BinaryField(null=True)),
                ("lines", models.JSONField(default=list)),
                ("calculation", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="cases.case",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.document",
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
            ],
            options={
                "indexes": [models.Index(fields=["case", "id"], name="agreement_of_case")],
            },
        ),
        migrations.CreateModel(
            name="CheckAsked",
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
                ("state", models.CharField(default="waiting", max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks_asked",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "state"], name="check_asked_of_case"),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["until"],
                        name="check_asked_due",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                ("state", models.CharField(default="made", max_length=10)),
                ("found", models.TextField()),
                ("reasons", models.TextField()),
                ("basis", models.TextField()),
                ("terms", models.TextField()),
                ("amount", models.BigIntegerField(default=0)),
                ("approval", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="cases.case",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.document",
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
            ],
            options={
                "indexes": [models.Index(fields=["case", "id"], name="decision_of_case")],
            },
        ),
        migrations.AddConstraint(
            model_name="mediation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("case",), name="mediation_one_open"
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=["case", "state"], name="obligation_of_case"),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("state", "open"), ("told_at__isnull", True)),
                fields=["due_at"],
                name="obligation_overdue",
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["member", "due_at"],
                name="obligation_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost__gte", 0), ("done_fen__gte", 0), ("fen__gte", 0)),
                name="obligation_never_negative",
            ),
        ),
    ]
