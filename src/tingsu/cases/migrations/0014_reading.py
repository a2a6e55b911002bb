"""How the customer was read, as a person confirmed it (CO-4)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_documents")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="reading",
            field=models.JSONField(default=dict),
        ),
    ]
