"""The case itself: 投诉件."""

from django.db import models
from django.db.models import F, Q

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.cases.models.party import Party
from tingsu.core.lifecycle import OPEN
from tingsu.people.models import Department, Member, Organisation, new_id

# A list frozen into the migration: adding an open state means a migration, which is the point.
OPEN_STATES = sorted(state.value for state in OPEN)


class Case(models.Model):
    """One complaint. ``version`` is the number of its timeline entries, so that compare-and-set
    on it and "what happened since you looked" are the same number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=32)
    pack = models.CharField(max_length=24)
    pack_version = models.CharField(max_length=16)
    variants = models.JSONField(default=list)  # local rules and circumstances of the pack
    intake_key = models.CharField(max_length=80, null=True)
    code_round = models.PositiveSmallIntegerField(default=1)  # raised to void a look-up code

    state = models.CharField(max_length=16)
    open = models.BooleanField(default=True)
    state_before = models.CharField(max_length=16, blank=True)  # to undo a merge
    round = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=0)
    head_hash = models.BinaryField(max_length=32)

    channel = models.CharField(max_length=12)
    source_ref = models.CharField(max_length=120, blank=True)  # number at the transferring body
    nature = models.CharField(max_length=16, default="questioning")
    severity = models.CharField(max_length=12, default="ordinary")
    category = models.CharField(max_length=60, blank=True)
    anger = models.PositiveSmallIntegerField(null=True)
    reading = models.JSONField(default=dict)  # of the customer, as a person confirmed it (CO-4)
    language = models.CharField(max_length=10, default="zh-hans")

    title = models.CharField(max_length=200)
    narrative = models.TextField(blank=True)
    request = models.TextField(blank=True)
    reasons = models.TextField(blank=True)
    happened_at = models.DateTimeField(null=True)
    happened_where = models.CharField(max_length=200, blank=True)

    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="cases")
    respondent_unit = models.CharField(max_length=120, blank=True)
    respondent_place = models.CharField(max_length=200, blank=True)
    respondent_person_sealed = sealed_column()
    product = models.CharField(max_length=120, blank=True)
    order_number = models.CharField(max_length=80, blank=True)
    contract_number = models.CharField(max_length=80, blank=True)
    amount = models.BigIntegerField(null=True)  # in dispute, in fen

    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    queue = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    next_at = models.DateTimeField(null=True)
    next_kind = models.CharField(max_length=16, blank=True)  # see _next.OWED; quiet | plan
    quiet_until = models.DateTimeField(null=True)  # the customer must hear from us by then (HA-12)
    planned_at = models.DateTimeField(null=True)  # a date somebody set by hand

    received_at = models.DateTimeField()
    received_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    contacted_at = models.DateTimeField(null=True)
    restated_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopen_asked_at = models.DateTimeField(null=True)  # by the customer; a person decides
    for_head = models.BooleanField(default=False)  # waits for a written instruction (SC-6)
    screened_at = models.DateTimeField(null=True)  # first review was concluded in this round
    people = models.PositiveSmallIntegerField(default=1)  # who complain together
    ties = models.PositiveSmallIntegerField(default=0)  # members of whom the file says something
    inquired_at = models.DateTimeField(null=True)  # something of an investigation is there (HA-4)
    # Asked to take it over (HA-10, HA-13); until they accept, owner and queue answer for it.
    handed_up = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    handed_across = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    look_at = models.DateTimeField(null=True)  # when the rules of going up are asked again
    approvals_waiting = models.PositiveSmallIntegerField(default=0)  # signatures asked for
    escalated_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=16, blank=True)  # founded | unfounded (SC-4)
    outcome = models.CharField(max_length=24, blank=True)
    rating = models.PositiveSmallIntegerField(null=True)
    remedied = models.BooleanField(default=False)  # a remedy was proposed (HA-8)
    plans = models.PositiveSmallIntegerField(default=0)  # how many plans were ever made (HA-6)
    solutions = models.PositiveSmallIntegerField(default=0)  # prepared ones that were used (IM-5)
    ending = models.BooleanField(default=False)  # an agreement, a mediation, something owed (HA-9)
    owed_open = models.PositiveSmallIntegerField(default=0)  # obligations that are not done yet
    papers = models.PositiveSmallIntegerField(default=0)  # how many documents there are to look for
    clash = models.BooleanField(default=False)  # words with our own staff: called back more often
    callback_at = models.DateTimeField(null=True)  # the next call-back that is due (FU-1)
    anonymised_at = models.DateTimeField(null=True)  # only what figures need is left (PL-2)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    respondent_person = Sealed()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="case_number_once"),
            models.UniqueConstraint(fields=["organisation", "intake_key"], name="case_intake_once"),
            # IN-10: no complaint is set aside.
            models.CheckConstraint(
                condition=Q(open=False)
                | (
                    (Q(owner__isnull=False) | Q(queue__isnull=False))
                    & Q(next_at__isnull=False)
                    & Q(next_at__gte=F("received_at"))
                ),
                name="open_case_has_owner_and_date",
            ),
            models.CheckConstraint(
                condition=Q(open=True, state__in=OPEN_STATES)
                | (Q(open=False) & ~Q(state__in=OPEN_STATES)),
                name="open_says_what_state_says",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(state="merged"),
                name="merged_says_where",
            ),
        ]
        indexes = [
            # Without those that nobody owns: their number would hide how few anybody has.
            models.Index(
                fields=["owner", "next_at", "id"],
                name="case_own",
                condition=Q(open=True, owner__isnull=False),
            ),
            models.Index(
                fields=["queue", "next_at", "id"], name="case_queue", condition=Q(open=True)
            ),
            models.Index(
                fields=["organisation", "next_at", "id"], name="case_due", condition=Q(open=True)
            ),
            models.Index(
                fields=["organisation", "next_at", "id"],
                name="case_for_head",
                condition=Q(open=True, for_head=True),
            ),
            models.Index(
                fields=["organisation", "next_at", "id"],
                name="case_for_customer",
                condition=Q(open=True, state__in=("confirming", "incomplete")),
            ),
            models.Index(
                fields=["organisation", "received_at"],
                name="case_reopen_asked",
                condition=Q(open=False, reopen_asked_at__isnull=False),
            ),
            models.Index(
                fields=["handed_up", "next_at", "id"],
                name="case_handed_up",
                condition=Q(handed_up__isnull=False),
            ),
            models.Index(
                fields=["handed_across", "next_at", "id"],
                name="case_handed_across",
                condition=Q(handed_across__isnull=False),
            ),
            models.Index(
                fields=["look_at"],
                name="case_look",
                condition=Q(open=True, look_at__isnull=False),
            ),
            models.Index(fields=["organisation", "received_at", "id"], name="case_newest"),
            models.Index(fields=["organisation", "state", "received_at"], name="case_state"),
            models.Index(fields=["organisation", "category", "received_at"], name="case_category"),
        ]

    def __str__(self) -> str:
        return self.number


class Counter(models.Model):
    """Running numbers, one row per organisation and day."""

    key = models.CharField(max_length=80, primary_key=True)
    value = models.BigIntegerField(default=0)
