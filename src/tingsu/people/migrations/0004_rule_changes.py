"""An organisation changes the rules of a pack: proposed by one, signed by another (HA-14)."""

import uuid_utils.compat
from django.db import migrations, models


def _member(*, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=models.deletion.PROTECT, related_name="+", to="people.member", null=null
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0003_local_rules")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="rules_version",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                fields=["id", "rules_version"],
                name="organisation_with_rules",
                condition=models.Q(rules_version__gt=0),
            ),
        ),
        migrations.CreateModel(
            name="RuleChange",
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
                ("pack", models.CharField(max_length=24)),
                ("state", models.CharField(default="proposed", max_length=12)),
                ("since", models.DateField()),
                ("texts", models.JSONField()),
                ("before", models.JSONField()),
                ("reason", models.TextField()),
                ("source", models.CharField(max_length=300)),
                ("proposed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("note", models.TextField(blank=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                ("proposed_by", _member()),
                ("ended_by", _member(null=True)),
                ("revoked_by", _member(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "pack", "-id"], name="rule_change_newest"),
                    models.Index(
                        fields=["organisation", "pack", "ended_at", "id"],
                        name="rule_change_in_force",
                        condition=models.Q(state="signed"),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(state="signed")
                        | (
                            models.Q(ended_by__isnull=False)
                            & ~models.Q(ended_by=models.F("proposed_by"))
                        ),
                        name="rule_change_signed_by_another",
                    ),
                ],
            },
        ),
    ]
