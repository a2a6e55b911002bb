"""Which sayings of the wording library were used on a case (CO-5)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0023_imprints_and_layouts"),
        ("people", "0012_own_sayings"),
    ]

    operations = [
        migrations.CreateModel(
            name="SayingUse",
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
                ("saying", models.CharField(max_length=64)),
                ("event", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "saying"], name="saying_use_of_house")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "saying"), name="saying_use_once")
                ],
            },
        ),
    ]
