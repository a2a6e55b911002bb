"""Signatures of parties: who is asked to sign what, and what came of it (HA-15, HA-9)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_reading"),
        ("people", "0007_own_phrases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Signing",
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
                ("about", models.CharField(max_length=16)),
                ("subject", models.UUIDField()),
                ("role", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=120)),
                ("text_sealed", models.BinaryField(null=True)),
                ("text_hash", models.CharField(max_length=64)),
                ("name_sealed", models.BinaryField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("link_round", models.PositiveSmallIntegerField(default=0)),
                ("link_until", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("place", models.CharField(blank=True, max_length=8)),
                ("way", models.CharField(blank=True, max_length=8)),
                ("signed_as_sealed", models.BinaryField(null=True)),
                ("address_sealed", models.BinaryField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveIntegerField(default=0)),
                ("stored_as", models.CharField(blank=True, max_length=120)),
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
                        related_name="signings",
                        to="cases.case",
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
                    "scan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.attachment",
                    ),
                ),
                (
                    "witness",
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
                    models.Index(fields=["case", "id"], name="signing_of_case"),
                    models.Index(fields=["subject", "id"], name="signing_of_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            models.Q(("way", "drawn"), _negated=True),
                            ("size__gt", 0),
                            _connector="OR",
                        ),
                        name="signing_drawn_has_picture",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("about", "subject", "role"),
                        name="signing_waits_once",
                    ),
                ],
            },
        ),
    ]
