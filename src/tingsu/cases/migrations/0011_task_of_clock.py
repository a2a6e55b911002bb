"""A task that was asked because a clock ran out (HA-10)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_marks"),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
            name="clock_id",
            field=models.UUIDField(null=True),
        ),
    ]
