"""Messages that could not be read are found through an index of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0004_language_model")]

    operations = [
        migrations.AddIndex(
            model_name="receivedmessage",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["organisation", "-id"],
                name="message_unread",
            ),
        ),
    ]
