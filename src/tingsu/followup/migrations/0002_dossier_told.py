"""The timeline of a dossier in the words of the page (CL-2)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0001_followup"),
    ]

    operations = [
        migrations.AddField(
            model_name="dossier",
            name="told_sealed",
            field=models.BinaryField(null=True),
        ),
    ]
