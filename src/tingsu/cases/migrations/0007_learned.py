"""What was learned from an organisation's own cases (SC-5)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_approvals")]

    operations = [
        migrations.CreateModel(
            name="Learned",
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
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                ("pack", models.CharField(max_length=24)),
                ("stored_as", models.CharField(max_length=200)),
                ("texts", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="learned",
            constraint=models.UniqueConstraint(
                fields=("organisation", "pack"), name="learned_once"
            ),
        ),
    ]
