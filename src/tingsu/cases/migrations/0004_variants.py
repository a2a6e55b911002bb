"""Which local rules and circumstances of its pack hold for a case (HA-14)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_search")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="variants",
            field=models.JSONField(default=list),
        ),
    ]
