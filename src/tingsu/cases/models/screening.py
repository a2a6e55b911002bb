"""初审: the check list as somebody answered it, and those who complain together."""

from django.db import models
from django.db.models import Q

from tingsu.cases.models.case import Case
from tingsu.cases.models.party import Party
from tingsu.people.models import Member, new_id


class Screening(models.Model):
    """One concluded first review; a later one of the same round takes its place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="screenings")
    round = models.PositiveSmallIntegerField()
    pack_version = models.CharField(max_length=16)
    answers = models.JSONField(default=dict)  # code -> {"answer", "on", "fact"}
    proposed = models.CharField(max_length=16, blank=True)  # "" where something was to be asked
    outcome = models.CharField(max_length=16)  # core.screening.Outcome
    grounds = models.JSONField(default=list)  # codes of items
    note = models.TextField(blank=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="screening_of_case")]


class Joined(models.Model):
    """共同投诉人: somebody who complains together with the complainant of the case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="joined")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    representative = models.BooleanField(default=False)  # speaks for the others
    at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party"], name="joined_once", condition=Q(left_at__isnull=True)
            ),
        ]
