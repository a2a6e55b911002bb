"""Investigation: who looks into a case and who keeps away, what is asked, shown and found (HA-4)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_after"),
        ("people", "0007_own_phrases"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="inquired_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="ties",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="AnswerLink",
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
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("unit", models.CharField(max_length=120)),
                ("due_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
            ],
        ),
        migrations.CreateModel(
            name="Dispute",
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
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("point", models.CharField(max_length=300)),
                ("ours", models.TextField(blank=True)),
                ("theirs", models.TextField(blank=True)),
                ("finding", models.TextField(blank=True)),
                ("found_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "found_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Evidence",
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
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=12)),
                ("giver", models.CharField(max_length=12)),
                ("giver_name_sealed", models.BinaryField(null=True)),
                ("given_at", models.DateTimeField()),
                ("original", models.BooleanField(default=False)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("shows", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Expert",
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
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=12)),
                ("body", models.CharField(max_length=120)),
                ("question", models.TextField()),
                ("due_at", models.DateTimeField(null=True)),
                ("paused", models.JSONField(default=list)),
                ("state", models.CharField(default="ordered", max_length=10)),
                ("result", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InquiryPoint",
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
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("what", models.CharField(max_length=400)),
                ("due_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="open", max_length=8)),
                ("result", models.TextField(blank=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                    "who",
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
            name="Investigator",
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
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=400)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Issue",
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
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=300)),
                ("state", models.CharField(default="stands", max_length=8)),
                ("finding", models.CharField(blank=True, max_length=10)),
                ("faults", models.JSONField(default=list)),
                ("liable", models.JSONField(default=list)),
                ("reason", models.TextField(blank=True)),
                ("found_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "found_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Minutes",
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
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=10)),
                ("capacity", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("person_sealed", models.BinaryField(null=True)),
                ("present_sealed", models.BinaryField(null=True)),
                ("pairs_sealed", models.BinaryField(null=True)),
                ("state", models.CharField(default="written", max_length=10)),
                ("read_at", models.DateTimeField(null=True)),
                ("corrections", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
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
            ],
        ),
        migrations.CreateModel(
            name="RespondentAnswer",
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
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("way", models.CharField(max_length=8)),
                ("unit", models.CharField(max_length=120)),
                ("by_sealed", models.BinaryField(null=True)),
                ("about", models.TextField()),
                ("facts", models.TextField()),
                ("responsibility", models.TextField(blank=True)),
                ("remedy", models.TextField(blank=True)),
                ("late", models.BooleanField(default=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.answerlink",
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
            ],
        ),
        migrations.CreateModel(
            name="Tie",
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
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=10)),
                ("state", models.CharField(default="stands", max_length=8)),
                ("asked_for", models.CharField(blank=True, max_length=12)),
                ("reason", models.TextField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                (
                    "decided_by",
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="answerlink",
            index=models.Index(fields=["case", "id"], name="answer_link_of_case"),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(fields=["case", "id"], name="dispute_of_case"),
        ),
        migrations.AddConstraint(
            model_name="evidence",
            constraint=models.UniqueConstraint(
                fields=("case", "number"), name="evidence_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="expert",
            index=models.Index(fields=["case", "id"], name="expert_of_case"),
        ),
        migrations.AddIndex(
            model_name="inquirypoint",
            index=models.Index(fields=["case", "id"], name="inquiry_point_of_case"),
        ),
        migrations.AddConstraint(
            model_name="investigator",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at", None)),
                fields=("case", "member"),
                name="investigator_once",
            ),
        ),
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(fields=["case", "position"], name="issue_of_case"),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(("finding", ""), ("found_at__isnull", False), _connector="OR"),
                name="issue_found_says_when",
            ),
        ),
        migrations.AddIndex(
            model_name="minutes",
            index=models.Index(fields=["case", "id"], name="minutes_of_case"),
        ),
        migrations.AddIndex(
            model_name="respondentanswer",
            index=models.Index(fields=["case", "id"], name="respondent_answer_of_case"),
        ),
        migrations.AddConstraint(
            model_name="tie",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("stands", "asked"))),
                fields=("case", "member", "kind"),
                name="tie_once",
            ),
        ),
    ]
