"""Reminders and figures of promises (HA-7); prepared solutions and their uses (IM-5)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models

# Promises that are older than the columns: whose they are, and one reminder at their time.
OLDER = """
UPDATE cases_promise SET
    organisation_id = (SELECT organisation_id FROM cases_case WHERE cases_case.id = case_id),
    reminded = 1,
    remind_at = CASE WHEN state = 'due' THEN due_at END
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0018_investigation"),
        ("people", "0009_guide"),
    ]

    operations = [
        migrations.CreateModel(
            name="PromiseFigure",
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
                ("day", models.DateField()),
                ("pack", models.CharField(max_length=24)),
                ("kept", models.PositiveIntegerField(default=0)),
                ("late", models.PositiveIntegerField(default=0)),
                ("broken", models.PositiveIntegerField(default=0)),
                ("moved", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Solution",
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
                ("category", models.CharField(blank=True, max_length=60)),
                ("title", models.CharField(max_length=120)),
                ("situation", models.TextField()),
                ("cause", models.TextField(blank=True)),
                ("worked", models.TextField()),
                ("wording", models.TextField(blank=True)),
                ("cost", models.BigIntegerField(null=True)),
                ("state", models.CharField(default="proposed", max_length=10)),
                ("note", models.CharField(blank=True, max_length=400)),
                ("written_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                ("used", models.PositiveIntegerField(default=0)),
                ("satisfied", models.PositiveIntegerField(default=0)),
                ("dissatisfied", models.PositiveIntegerField(default=0)),
                ("reopened", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="SolutionUse",
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
                ("result", models.CharField(blank=True, max_length=14)),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="solutions",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="promise",
            name="agreed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.member",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="promise",
            name="remind_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="promise",
            name="reminded",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("state", "due")),
                fields=["organisation", "due_at", "id"],
                name="promise_of_house",
            ),
        ),
        migrations.AddIndex(
            model_name="promise",
            index=models.Index(
                condition=models.Q(("remind_at__isnull", False), ("state", "due")),
                fields=["remind_at"],
                name="promise_remind",
            ),
        ),
        migrations.AddField(
            model_name="promisefigure",
            name="department",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.department",
            ),
        ),
        migrations.AddField(
            model_name="promisefigure",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
            ),
        ),
        migrations.AddField(
            model_name="promisefigure",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="cases.case",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.organisation",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="released_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.member",
            ),
        ),
        migrations.AddField(
            model_name="solution",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
            ),
        ),
        migrations.AddField(
            model_name="solutionuse",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
            ),
        ),
        migrations.AddField(
            model_name="solutionuse",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="solutionuse",
            name="solution",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uses",
                to="cases.solution",
            ),
        ),
        migrations.AddConstraint(
            model_name="promisefigure",
            constraint=models.UniqueConstraint(
                fields=("organisation", "day", "member", "department", "pack"),
                name="promise_figure_once",
            ),
        ),
        migrations.AddIndex(
            model_name="solution",
            index=models.Index(fields=["organisation", "state", "-id"], name="solution_newest"),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("case",),
                name="solution_of_case_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="solution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "released"), _negated=True),
                    models.Q(
                        ("released_by__isnull", False),
                        models.Q(("released_by", models.F("written_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="solution_released_by_another",
            ),
        ),
        migrations.AddIndex(
            model_name="solutionuse",
            index=models.Index(fields=["case"], name="solution_use_of_case"),
        ),
        migrations.AddIndex(
            model_name="solutionuse",
            index=models.Index(fields=["solution", "result"], name="solution_use_result"),
        ),
        migrations.AddConstraint(
            model_name="solutionuse",
            constraint=models.UniqueConstraint(
                fields=("solution", "case"), name="solution_use_once"
            ),
        ),
        migrations.RunSQL(OLDER, migrations.RunSQL.noop),
    ]
