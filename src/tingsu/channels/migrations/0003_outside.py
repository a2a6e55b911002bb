"""What is told to the outside, and channels that call us (PL-4, IN-1)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0002_mail"),
        ("people", "0008_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
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
                ("kind", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=40, unique=True)),
                ("secrets_sealed", models.BinaryField(null=True)),
                ("active", models.BooleanField(default=True)),
                ("made_at", models.DateTimeField()),
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
            name="Subscription",
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
                ("kind", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=60)),
                ("url_sealed", models.BinaryField(null=True)),
                ("secret_sealed", models.BinaryField(null=True)),
                ("wanted", models.JSONField(default=list)),
                ("with_text", models.BooleanField(default=False)),
                ("active", models.BooleanField(default=True)),
                ("read_until", models.UUIDField()),
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
            name="Call",
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
                ("vendor_id", models.CharField(max_length=80)),
                ("state", models.CharField(max_length=10)),
                ("number_sealed", models.BinaryField(null=True)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("recording", models.CharField(blank=True, max_length=300)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="channels.account",
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
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "ended"), _negated=True),
                        fields=["member", "-began_at"],
                        name="call_now",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "vendor_id"), name="call_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivedMessage",
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
                ("sha256", models.CharField(max_length=64)),
                ("raw_sealed", models.BinaryField()),
                ("stored_at", models.DateTimeField()),
                ("state", models.CharField(default="new", max_length=10)),
                ("vendor_id", models.CharField(max_length=80, null=True)),
                ("sender_index", models.CharField(blank=True, max_length=64)),
                ("sender_sealed", models.BinaryField(null=True)),
                ("case_id", models.UUIDField(null=True)),
                ("cause", models.CharField(blank=True, max_length=40)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="channels.account",
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
                        condition=models.Q(("state", "new")), fields=["id"], name="message_new"
                    ),
                    models.Index(
                        condition=models.Q(("sender_index", ""), _negated=True),
                        fields=["account", "sender_index", "-id"],
                        name="message_of_sender",
                    ),
                    models.Index(
                        condition=models.Q(("case_id__isnull", False)),
                        fields=["case_id"],
                        name="message_of_case",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "sha256"), name="message_bytes_once"
                    ),
                    models.UniqueConstraint(fields=("account", "vendor_id"), name="message_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
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
                ("state", models.CharField(default="waiting", max_length=8)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("error", models.CharField(blank=True, max_length=120)),
                ("made_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="channels.subscription",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["next_at"],
                        name="delivery_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "dead")),
                        fields=["subscription", "-id"],
                        name="delivery_dead",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subscription", "event_id"), name="delivery_once"
                    )
                ],
            },
        ),
    ]
