"""了结: agreements, mediation, decisions, and everything that is owed until it is done (HA-9)."""

from django.db import models
from django.db.models import Q

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.cases.models.case import Case
from tingsu.cases.models.document import Document
from tingsu.cases.models.timeline import Attachment
from tingsu.people.models import Member, Organisation, new_id


class Mediation(models.Model):
    """调解: a third person between the two, in sessions. Ends agreed, failed, or with the case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="mediations")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default="open")  # open agreed failed void
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    next_step = models.CharField(max_length=12, blank=True)  # core.ending.NEXT, once it failed

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="mediation_one_open", condition=Q(state="open")
            ),
        ]


class MediationSession(models.Model):
    """One meeting: who came, what each side wants, what came of it, when the next one is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="sessions")
    at = models.DateTimeField()
    way = models.CharField(max_length=12)  # face | phone | video
    place = models.CharField(max_length=200, blank=True)
    mediators = models.CharField(max_length=200)
    attended_sealed = sealed_column()
    complainant_said = models.TextField(blank=True)
    respondent_said = models.TextField(blank=True)
    result = models.CharField(max_length=10)  # core.ending.RESULTS
    note = models.TextField(blank=True)
    next_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    attended = Sealed()


class Agreement(models.Model):
    """协议: of the parties alone (settlement) or by mediation. ``lines``: what it makes owed, as
    ``_owed.Line`` in JSON; rows are made of them once both have signed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreements")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)  # settlement | mediation
    state = models.CharField(max_length=10, default="draft")  # draft signing signed void
    text_sealed = sealed_column()
    lines = models.JSONField(default=list)
    calculation = models.UUIDField(null=True)  # the proposal that it was made of
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    text = Sealed()

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="agreement_of_case")]


class Decision(models.Model):
    """决定: what the house decides where there is no agreement: facts, reasons, basis, result."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default="made")  # made void
    found = models.TextField()
    reasons = models.TextField()
    basis = models.TextField()
    terms = models.TextField()
    amount = models.BigIntegerField(default=0)  # fen
    approval = models.UUIDField(null=True)  # the signature that it rests on
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="decision_of_case")]


class Obligation(models.Model):
    """履行项: one thing that was agreed or decided, until it is done. ``cost``: what an extra
    service beyond what is owed is planned to cost us (HA-16)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="obligations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=12)  # core.ending.SOURCES
    source_id = models.UUIDField(null=True)
    gives = models.CharField(max_length=16)  # core.remedy.GIVES, or other
    words = models.CharField(max_length=400)
    owed_by = models.CharField(max_length=12, default="house")  # core.ending.OWERS
    fen = models.BigIntegerField(default=0)
    done_fen = models.BigIntegerField(default=0)
    cost = models.BigIntegerField(default=0)
    due_at = models.DateTimeField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, default="open")  # open refused done waived void
    told_at = models.DateTimeField(null=True)  # that it is overdue
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gte=0, done_fen__gte=0, cost__gte=0),
                name="obligation_never_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "state"], name="obligation_of_case"),
            models.Index(
                fields=["due_at"],
                name="obligation_overdue",
                condition=Q(state="open", told_at__isnull=True),
            ),
            models.Index(
                fields=["member", "due_at"], name="obligation_own", condition=Q(state="open")
            ),
        ]


class Performance(models.Model):
    """履行记录: a part of it or all of it was done, with what proves it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="performances"
    )
    at = models.DateTimeField()
    fen = models.BigIntegerField(default=0)
    reference_sealed = sealed_column()  # of the payment
    who_sealed = sealed_column()  # said sorry, delivered
    how = models.CharField(max_length=400, blank=True)
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    reference = Sealed()
    who = Sealed()


class CheckAsked(models.Model):
    """请客户确认: one time that the customer was asked whether it is right, and until when an
    answer was waited for (HA-15). The worker finds those that have passed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="checks_asked")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default="waiting")  # waiting answered silent void
    asked_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["case", "state"], name="check_asked_of_case"),
            models.Index(fields=["until"], name="check_asked_due", condition=Q(state="waiting")),
        ]
