"""What belongs to a member's desk: drafts, saved filters, who is looking at a case."""

from django.db import models

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.cases.models.case import Case
from tingsu.people.models import Member, new_id


class Draft(models.Model):
    """草稿: everything typed and not yet sent, sealed because it names people."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)  # which form: "case:<id>:reply", "call:<token>"
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="drafts")
    fields_sealed = sealed_column()
    label = models.CharField(max_length=80, blank=True)
    saved_at = models.DateTimeField()

    fields = Sealed()  # JSON

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="draft_once")]


class Presence(models.Model):
    """Who has a case open right now."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    typing = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "member"], name="presence_once")]


class SavedFilter(models.Model):
    """A queue of the desk: a saved search, own or shared (ui.md, desk)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    query = models.JSONField(default=dict)
    shared = models.BooleanField(default=False)
    at = models.DateTimeField()
