"""What was learned from an organisation's own cases (SC-5)."""

from django.db import models

from tingsu.people.models import Organisation, new_id


class Learned(models.Model):
    """A trained model of one organisation and pack; its numbers lie in the storage."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=24)
    stored_as = models.CharField(max_length=200)
    texts = models.PositiveIntegerField()  # from how many cases
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "pack"], name="learned_once")
        ]
