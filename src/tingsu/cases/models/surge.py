"""A matter of which more people complain than chance allows (IM-3)."""

from django.db import models

from tingsu.people.models import Member, Organisation, new_id


class Surge(models.Model):
    """苗头: like complaints that grew beyond chance. Found again it is the same row; new until
    somebody has looked, and new once more when it has grown by half."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8)  # new seen over
    cases = models.JSONField(default=list)  # ids, oldest first: a hint, read through the door
    people = models.PositiveIntegerField()
    days = models.PositiveSmallIntegerField()  # within which so many people
    usual = models.FloatField()  # of a matter here, in as many days
    words = models.JSONField(default=list)
    place = models.CharField(max_length=200, blank=True)
    product = models.CharField(max_length=120, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    found_at = models.DateTimeField()
    seen_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)
    seen_people = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "state", "-last_at"], name="surge_by_state")
        ]
