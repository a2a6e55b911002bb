"""Mailboxes and what arrived in them (IN-4)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0001_imports"),
        ("people", "0005_holiday_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
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
                ("address", models.CharField(max_length=254, unique=True)),
                ("kind", models.CharField(max_length=4)),
                ("active", models.BooleanField(default=True)),
                ("host", models.CharField(blank=True, max_length=200)),
                ("port", models.PositiveIntegerField(default=993)),
                ("security", models.CharField(default="tls", max_length=8)),
                ("account", models.CharField(blank=True, max_length=254)),
                ("password_sealed", models.BinaryField(null=True)),
                ("folder", models.CharField(default="INBOX", max_length=200)),
                ("starts_on", models.DateField()),
                ("answers_from", models.DateTimeField(null=True)),
                ("uid_validity", models.BigIntegerField(null=True)),
                ("last_uid", models.BigIntegerField(default=0)),
                ("looked_at", models.DateTimeField(null=True)),
                ("trouble", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.department",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReceivedMail",
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
                ("origin", models.CharField(max_length=120)),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("raw_sealed", models.BinaryField()),
                ("stored_at", models.DateTimeField()),
                ("state", models.CharField(default="stored", max_length=10)),
                ("cause", models.CharField(blank=True, max_length=20)),
                ("detail", models.CharField(blank=True, max_length=400)),
                ("sort", models.CharField(blank=True, max_length=10)),
                ("message_id", models.CharField(blank=True, max_length=1000)),
                ("sender_index", models.CharField(blank=True, max_length=64)),
                ("case_id", models.UUIDField(null=True)),
                ("answered", models.BooleanField(default=False)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="channels.mailbox",
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
                    models.Index(
                        condition=models.Q(("state", "stored")), fields=["id"], name="mail_stored"
                    ),
                    models.Index(fields=["organisation", "state", "-id"], name="mail_by_state"),
                    models.Index(
                        condition=models.Q(("message_id", ""), _negated=True),
                        fields=["organisation", "message_id"],
                        name="mail_by_message_id",
                    ),
                    models.Index(
                        fields=["organisation", "sender_index", "stored_at"], name="mail_by_sender"
                    ),
                    models.Index(
                        condition=models.Q(("answered", True)),
                        fields=["organisation", "stored_at"],
                        name="mail_answered",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("mailbox", "sha256"), name="mail_once")
                ],
            },
        ),
    ]
