"""审批: a step that waits for a signature, kept as data, and the signatures it got."""

from django.db import models
from django.db.models import Q

from tingsu.cases.models.case import Case
from tingsu.people.models import Member, Organisation, new_id


class Approval(models.Model):
    """One request. ``told`` holds the step's own values, so that signing carries it out at once;
    ``version`` is the case's when it was asked, to tell whether the case has moved on since."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="approvals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)  # core.approval.KINDS
    subject = models.CharField(max_length=60, blank=True)  # what of the case it is about: an id
    step = models.CharField(max_length=24)  # the name under which it is carried out
    told = models.JSONField(default=dict)
    amount = models.BigIntegerField(null=True)  # fen
    stages = models.JSONField(default=list)  # the roles that sign, in order
    role = models.CharField(max_length=16)  # the one whose turn it is
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, default="waiting")
    # waiting | approved | returned | withdrawn | void (the case ended another way)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "subject"],
                name="approval_once",
                condition=Q(state="waiting"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "role", "due_at", "id"],
                name="approval_waiting",
                condition=Q(state="waiting"),
            ),
            models.Index(fields=["case", "asked_at"], name="approval_of_case"),
        ]


class Signature(models.Model):
    """What one signer said: approved with an instruction (批示), or returned with a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="signatures")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    in_place_of = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=16)
    result = models.CharField(max_length=10)  # approved | returned
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            # One hand, one signature: two stages are two persons.
            models.UniqueConstraint(fields=["approval", "member"], name="signature_once"),
        ]
