"""What was worked out and proposed as a remedy (HA-8): facts, lines, and the pack it came from."""

from django.db import models
from django.db.models import Q

from tingsu.cases.models.case import Case
from tingsu.people.models import Member, Organisation, new_id


class Calculation(models.Model):
    """补救方案. Keeps its lines in words, in every language: a new pack never moves them. A new
    one replaces those before it that have not been carried out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="calculations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    pack_version = models.CharField(max_length=16)
    rule_set = models.CharField(max_length=40, blank=True)
    asked = models.JSONField(default=dict)  # as it was chosen and typed: remedies.Asking
    outcome = models.JSONField(default=dict)  # lines, what was left out, goodwill: see remedy_kept
    # In fen of yuan; sums of other currencies stand in the outcome alone.
    owed = models.BigIntegerField(default=0)  # by the rules, to the customer
    to_pay = models.BigIntegerField(default=0)  # by the rules, from the customer
    goodwill = models.BigIntegerField(default=0)  # beyond the rules
    state = models.CharField(max_length=10, default="proposed")  # proposed replaced waiting … done
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "made_at"], name="calculation_of_case"),
            models.Index(
                fields=["organisation", "done_at"],
                name="calculation_done",
                condition=Q(state="done"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(owed__gte=0, to_pay__gte=0, goodwill__gte=0),
                name="calculation_never_negative",
            ),
        ]
