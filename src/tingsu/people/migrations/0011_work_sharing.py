"""What cases are given by: skills, languages, regions, shifts, room (HA-13)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0010_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="languages",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="member",
            name="regions",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="member",
            name="room",
            field=models.PositiveSmallIntegerField(default=20),
        ),
        migrations.AddField(
            model_name="member",
            name="shifts",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="member",
            name="skills",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="organisation",
            name="assigns_itself",
            field=models.BooleanField(default=False),
        ),
    ]
