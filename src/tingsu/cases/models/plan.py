"""方案与协商: plans, what was offered and answered, how far we go (HA-6, HA-8, HA-16, HA-17)."""

from django.db import models
from django.db.models import Q

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.cases.models.case import Case
from tingsu.people.models import Member, Organisation, new_id


class RemedyPlan(models.Model):
    """方案. One way to settle a complaint, weighed. Keeps its lines in words, like a Calculation:
    a new pack never moves them. ``version`` grows with every change of what it gives."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans_made")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()  # of the case
    place = models.PositiveSmallIntegerField()  # in the order of offering
    name = models.CharField(max_length=60)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, default="prepared")  # core.plans.PlanState
    pack_version = models.CharField(max_length=16)
    rule_set = models.CharField(max_length=40, blank=True)
    asked = models.JSONField(default=dict)  # as it was chosen and typed: remedies.Asking
    outcome = models.JSONField(default=dict)  # lines and gifts in words: remedy_kept
    owed = models.BigIntegerField(default=0)  # fen of yuan, by the rules, to the customer
    to_pay = models.BigIntegerField(default=0)  # fen of yuan, by the rules, from the customer
    goodwill = models.BigIntegerField(default=0)  # fen, beyond the rules
    own_cost = models.BigIntegerField(default=0)  # fen: what it costs us beside what we give
    own_cost_for = models.CharField(max_length=200, blank=True)
    feasible = models.CharField(max_length=10, blank=True)  # core.plans.FEASIBLE
    weighed = models.JSONField(default=dict)  # core.plans.WEIGHED -> words
    consents = models.JSONField(default=list)  # who must agree, and their word: cases/_plans.py

    class Meta:
        indexes = [models.Index(fields=["case", "round", "place"], name="plan_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(owed__gte=0, to_pay__gte=0, goodwill__gte=0, own_cost__gte=0),
                name="plan_never_negative",
            ),
        ]


class Offer(models.Model):
    """A plan put before the customer: what was told, with whose authority, until when, and the
    answer. ``told`` holds lines and sums as they were then; the plan may change later."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="offers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(RemedyPlan, on_delete=models.PROTECT, related_name="offers")
    event_id = models.UUIDField()  # of the timeline; its letter carries the link
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    body = models.TextField()  # as the customer reads it
    told = models.JSONField(default=dict)  # name, outcome, sums, version of the plan
    authority = models.JSONField(default=dict)  # role, limit, used, wanted, approval
    state = models.CharField(max_length=10, default="out")  # core.plans.OfferState
    ended_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)  # the customer's words
    wanted = models.BigIntegerField(null=True)  # fen that a counter-offer asks for
    talk_at = models.DateTimeField(null=True)  # the customer asked to talk about it
    heard_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    agreed = models.TextField(blank=True)  # the text as it was agreed
    calculation_id = models.UUIDField(null=True)  # the remedy that came of it

    class Meta:
        indexes = [
            models.Index(fields=["case", "made_at"], name="offer_of_case"),
            models.Index(fields=["expires_at"], name="offer_expires", condition=Q(state="out")),
            models.Index(fields=["event_id"], name="offer_of_entry"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], name="offer_once_out", condition=Q(state="out")
            ),
            models.CheckConstraint(
                condition=Q(wanted__isnull=True) | Q(wanted__gte=0),
                name="offer_wanted_never_negative",
            ),
        ]


class BottomLine(models.Model):
    """底线: how far we go on a case, in one round. Sealed, and read only by those who negotiate:
    what the other side knows of it is worth money, and it stands in no paper and no export."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    most_sealed = sealed_column()  # fen as text, "" for no sum
    words_sealed = sealed_column()
    set_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    most = Sealed()
    words = Sealed()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="bottom_line_once"),
        ]
