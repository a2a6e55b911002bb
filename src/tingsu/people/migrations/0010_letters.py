"""What an organisation says in its letters, in its own words (IN-4)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0009_guide")]

    operations = [
        migrations.AddField("organisation", "letters", models.JSONField(default=dict)),
    ]
