"""Papers of a case, how they were served, own wordings; how many a case has to look for (HA-18)."""

import django.db.models.deletion
import uuid_utils.compat
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_screening"),
        ("people", "0003_local_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="papers",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="Document",
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
                ("kind", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=10)),
                ("state", models.CharField(default="draft", max_length=10)),
                ("title", models.CharField(max_length=120)),
                ("typed_sealed", models.BinaryField(null=True)),
                ("paper_sealed", models.BinaryField(null=True)),
                ("made_at", models.DateTimeField()),
                ("word", models.CharField(blank=True, max_length=12)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("sequence", models.PositiveIntegerField(null=True)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("code", models.CharField(max_length=24, null=True, unique=True)),
                ("issued_at", models.DateTimeField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveIntegerField(default=0)),
                ("stored_as", models.CharField(blank=True, max_length=120)),
                ("voided_at", models.DateTimeField(null=True)),
                ("void_reason", models.CharField(blank=True, max_length=400)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="cases.case",
                    ),
                ),
                (
                    "issued_by",
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
                (
                    "voided_by",
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
            name="DocumentWording",
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
                ("kind", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=120)),
                ("body", models.TextField()),
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
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Serving",
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
                ("to", models.CharField(max_length=12)),
                ("way", models.CharField(max_length=12)),
                ("at", models.DateTimeField()),
                ("receiver_sealed", models.BinaryField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="servings",
                        to="cases.document",
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
                (
                    "proof",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.attachment",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["case", "id"], name="document_of_case"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sequence__isnull", False)),
                fields=("organisation", "year", "word", "sequence"),
                name="document_number_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sequence__isnull", True), ("state__in", ("draft", "dropped"))),
                    models.Q(("sequence__isnull", False), ("state__in", ("issued", "void"))),
                    _connector="OR",
                ),
                name="document_issued_has_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="documentwording",
            constraint=models.UniqueConstraint(
                fields=("organisation", "pack", "kind", "language"), name="wording_once"
            ),
        ),
        migrations.AddIndex(
            model_name="serving",
            index=models.Index(fields=["document", "id"], name="serving_of_document"),
        ),
    ]
