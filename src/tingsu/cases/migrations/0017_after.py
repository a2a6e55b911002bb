"""Call-backs, the archive register, what disposal leaves behind; data of entries can be erased with
their text, and the chain still verifies (FU-1, CL-2, PL-2)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models

SQLITE = [
    "DROP TRIGGER event_no_update",
    # Erasing text, data and salt together (PL-2) is the one change there is. An entry from before
    # data had a hash of their own keeps them: the link covers them as they are.
    """
    CREATE TRIGGER event_no_update BEFORE UPDATE ON cases_event
    WHEN NEW.id IS NOT OLD.id OR NEW.case_id IS NOT OLD.case_id OR NEW.seq IS NOT OLD.seq
      OR NEW.at IS NOT OLD.at OR NEW.kind IS NOT OLD.kind OR NEW.actor IS NOT OLD.actor
      OR NEW.member_id IS NOT OLD.member_id OR NEW.public IS NOT OLD.public
      OR NEW.text_hash IS NOT OLD.text_hash OR NEW.data_hash IS NOT OLD.data_hash
      OR NEW.previous_hash IS NOT OLD.previous_hash OR NEW.hash IS NOT OLD.hash
      OR NEW.key IS NOT OLD.key OR NEW.text != '' OR length(NEW.text_salt) != 0
      OR (OLD.data_hash IS NULL AND NEW.data IS NOT OLD.data)
      OR (OLD.data_hash IS NOT NULL AND NEW.data IS NOT '{}')
    BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END
    """,
]

POSTGRESQL = [
    """
    CREATE OR REPLACE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND NEW.text = '' AND length(NEW.text_salt) = 0
        AND (NEW.id, NEW.case_id, NEW.seq, NEW.at, NEW.kind, NEW.actor, NEW.public,
             NEW.text_hash, NEW.previous_hash, NEW.hash)
          = (OLD.id, OLD.case_id, OLD.seq, OLD.at, OLD.kind, OLD.actor, OLD.public,
             OLD.text_hash, OLD.previous_hash, OLD.hash)
        AND NEW.data_hash IS NOT DISTINCT FROM OLD.data_hash
        AND NEW.member_id IS NOT DISTINCT FROM OLD.member_id
        AND NEW.key IS NOT DISTINCT FROM OLD.key
        AND (NEW.data = CASE WHEN OLD.data_hash IS NULL THEN OLD.data ELSE '{}'::jsonb END)
      THEN RETURN NEW; END IF;
      RAISE EXCEPTION 'the timeline is append-only';
    END $$
    """,
]


def guard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_plans"),
        ("people", "0007_own_phrases"),
    ]

    operations = [
        migrations.CreateModel(
            name="Leftover",
            fields=[
                ("path", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="anonymised_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="callback_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="case",
            name="clash",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="event",
            name="data_hash",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.CreateModel(
            name="ArchiveEntry",
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
                ("number", models.CharField(max_length=32)),
                ("round", models.PositiveSmallIntegerField()),
                ("closed_at", models.DateTimeField()),
                ("archived_at", models.DateTimeField()),
                ("keep_until", models.DateField(null=True)),
                ("rule", models.JSONField(default=dict)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("hold", models.CharField(blank=True, max_length=400)),
                ("held_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="kept", max_length=10)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "archived_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archive_entries",
                        to="cases.case",
                    ),
                ),
                (
                    "held_by",
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
            options={
                "indexes": [
                    models.Index(fields=["organisation", "-id"], name="archive_newest"),
                    models.Index(
                        condition=models.Q(
                            ("held_at__isnull", True),
                            ("keep_until__isnull", False),
                            ("state", "kept"),
                        ),
                        fields=["organisation", "keep_until", "id"],
                        name="archive_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "kept")),
                        fields=("case",),
                        name="archived_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallBack",
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
                ("rule", models.CharField(blank=True, max_length=40)),
                ("labels", models.JSONField(default=dict)),
                ("post", models.JSONField(default=dict)),
                ("planned_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("warned_at", models.DateTimeField(null=True)),
                ("state", models.CharField(default="due", max_length=8)),
                ("result", models.CharField(blank=True, max_length=16)),
                ("led_to", models.CharField(blank=True, max_length=8)),
                ("answer", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "caller",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.member",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="callbacks",
                        to="cases.case",
                    ),
                ),
                (
                    "ended_by",
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
                    models.Index(fields=["case", "due_at"], name="callback_of_case"),
                    models.Index(
                        condition=models.Q(("state", "due")),
                        fields=["caller", "due_at", "id"],
                        name="callback_own",
                    ),
                    models.Index(
                        condition=models.Q(("state", "due")),
                        fields=["organisation", "due_at", "id"],
                        name="callback_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "due"), ("warned_at__isnull", True)),
                        fields=["due_at"],
                        name="callback_late",
                    ),
                ],
            },
        ),
        migrations.RunPython(guard),
    ]
