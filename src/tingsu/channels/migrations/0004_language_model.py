"""The language model that an organisation may ask (PL-8)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0003_outside"),
        ("people", "0011_work_sharing"),
    ]

    operations = [
        migrations.CreateModel(
            name="LanguageModel",
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
                ("active", models.BooleanField(default=False)),
                ("url", models.CharField(max_length=400)),
                ("name", models.CharField(max_length=120)),
                ("key_sealed", models.BinaryField(null=True)),
                ("listener", models.CharField(blank=True, max_length=120)),
                ("per_day", models.PositiveIntegerField()),
                ("per_month", models.PositiveIntegerField()),
                ("seconds", models.PositiveSmallIntegerField()),
                ("trouble", models.CharField(blank=True, max_length=40)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
    ]
