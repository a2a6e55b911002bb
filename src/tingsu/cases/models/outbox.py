"""发出的信件: what must leave the house is a row that the worker finds, sends and marks."""

from django.db import models
from django.db.models import Q

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.cases.models.case import Case
from tingsu.people.models import Organisation, new_id


class Letter(models.Model):
    """``key`` keeps a letter from being written twice; a crashed sender's claim runs out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    event_id = models.UUIDField()
    kind = models.CharField(max_length=16)  # acknowledgement | interim | final | notice
    channel = models.CharField(max_length=12)  # portal | mail | sms | letter | phone
    address_sealed = sealed_column()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=12, default="waiting")  # waiting sent taken_back failed
    send_after = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=80, unique=True)

    address = Sealed()

    class Meta:
        indexes = [
            models.Index(
                fields=["send_after"], name="letter_waiting", condition=Q(state="waiting")
            ),
            models.Index(fields=["case", "id"], name="letter_of_case"),
        ]
