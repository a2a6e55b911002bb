"""How far a clock that ran out has come on its ladder (HA-10, HA-14)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_calculations"),
        ("people", "0006_absences"),
    ]

    operations = [
        migrations.AddField(
            model_name="clock",
            name="breach_done",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="clock",
            name="breach_next",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                condition=models.Q(("breach_next__isnull", False), ("state", "breached")),
                fields=["breach_next"],
                name="clock_overdue",
            ),
        ),
    ]
