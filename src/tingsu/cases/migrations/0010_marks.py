"""By what a matter that is told twice is found (IN-8)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_ladder")]

    operations = [
        migrations.CreateModel(
            name="CaseMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.BigIntegerField()),
                ("day", models.IntegerField()),
                ("about", models.UUIDField()),
            ],
            options={
                "indexes": [models.Index(fields=["mark", "day", "about"], name="case_by_mark")],
            },
        ),
    ]
