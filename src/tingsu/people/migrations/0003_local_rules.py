"""Which local rules hold for all cases of an organisation (HA-14)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_first_password_and_changes")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="variants",
            field=models.JSONField(default=list),
        ),
    ]
