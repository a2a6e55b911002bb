"""经过: what happened, append-only and hash-chained per case (CL-4), and the files it carries."""

from django.db import models
from django.db.models import Q

from tingsu.cases.models.case import Case
from tingsu.people.models import Member, new_id


class Event(models.Model):
    """One entry. Triggers refuse UPDATE and DELETE, but for erasing ``text``, ``data`` and
    ``text_salt`` together: the chain covers the salted hashes of text and data, so an erased entry
    still verifies (PL-2)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=24)
    actor = models.CharField(max_length=12)  # member | customer | system
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    public = models.BooleanField(default=False)  # the customer sees it on the follow page
    data = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    text_salt = models.BinaryField(max_length=16)
    text_hash = models.BinaryField(max_length=32)
    data_hash = models.BinaryField(max_length=32, null=True)  # null: before there was one
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    key = models.CharField(max_length=80, null=True)  # a repeated submit finds itself

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="event_seq_once"),
            models.UniqueConstraint(
                fields=["case", "key"], name="event_key_once", condition=Q(key__isnull=False)
            ),
        ]


class Attachment(models.Model):
    """A file given by somebody. The bytes are in the storage under their hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    event_id = models.UUIDField()
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)  # from the content, never from the name
    stored_as = models.CharField(max_length=120)
    public = models.BooleanField(default=False)
    given_by = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="attachment_of_case")]
