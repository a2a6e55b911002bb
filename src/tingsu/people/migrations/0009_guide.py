"""Beginners who follow the method, and who does without it on the screen (HA-1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_tokens"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="beginner",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="member",
            name="guide_hidden",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="organisation",
            name="guide_binds",
            field=models.BooleanField(default=False),
        ),
    ]
