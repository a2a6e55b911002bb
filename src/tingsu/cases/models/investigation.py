"""调查: who looks into a case and who keeps away, what is asked, shown and found (HA-4, HA-5).

Where a thing was and who had it in hand is told by the timeline alone, which nobody can alter.
"""

from django.db import models
from django.db.models import Q

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.cases.models.case import Case
from tingsu.cases.models.timeline import Attachment
from tingsu.people.models import Member, new_id


class OfCase(models.Model):
    """What all rows of an investigation have: their case and its round, who made them and when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True


class InquiryPoint(OfCase):
    """调查计划: one thing to be found out, by whom, by when."""

    what = models.CharField(max_length=400)
    who = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, default="open")  # open done dropped
    result = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="inquiry_point_of_case")]


class Investigator(OfCase):
    """调查人员. One who left keeps the row, with why."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member"], name="investigator_once", condition=Q(left_at=None)
            ),
        ]


class Tie(OfCase):
    """利害关系: a member who had part in the matter, who shares a name with somebody who had, or
    for whom recusal was asked. Only what stands counts."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)  # involved | namesake | recusal
    state = models.CharField(max_length=8, default="stands")  # stands asked refused
    asked_for = models.CharField(max_length=12, blank=True)  # self | complainant | respondent
    reason = models.TextField()
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member", "kind"],
                name="tie_once",
                condition=Q(state__in=("stands", "asked")),
            ),
        ]


class Issue(OfCase):
    """投诉问题: one thing complained of, and what was found of it."""

    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    state = models.CharField(max_length=8, default="stands")  # stands dropped
    finding = models.CharField(max_length=10, blank=True)  # core.investigation.Finding
    faults = models.JSONField(default=list)  # core.investigation.Fault
    liable = models.JSONField(default=list)  # core.investigation.Liable
    reason = models.TextField(blank=True)
    found_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "position"], name="issue_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(finding="") | Q(found_at__isnull=False), name="issue_found_says_when"
            ),
        ]


class Dispute(OfCase):
    """争议焦点: a point on which the two sides differ, with both views and what was found."""

    point = models.CharField(max_length=300)
    ours = models.TextField(blank=True)  # the complainant's view
    theirs = models.TextField(blank=True)  # the respondent's
    finding = models.TextField(blank=True)
    found_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="dispute_of_case")]


class Minutes(OfCase):
    """笔录: questions and answers, or what was checked on the spot with the visitor (IN-5)."""

    kind = models.CharField(max_length=10)  # interview | check
    capacity = models.CharField(max_length=12)  # complainant respondent staff witness expert other
    at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    person_sealed = sealed_column()  # with whom
    present_sealed = sealed_column()  # who else was there, one a line
    pairs_sealed = sealed_column()  # JSON: [[asked, answered], …] or [[thing, seen], …]
    state = models.CharField(max_length=10, default="written")  # written read
    read_at = models.DateTimeField(null=True)
    corrections = models.TextField(blank=True)  # what the person wanted put right

    person = Sealed()
    present = Sealed()
    pairs = Sealed()

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="minutes_of_case")]


class Evidence(OfCase):
    """证据. The hash is that of its file; of a thing without one the place is all there is."""

    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    giver = models.CharField(max_length=12)  # complainant respondent house third
    giver_name_sealed = sealed_column()
    given_at = models.DateTimeField()
    original = models.BooleanField(default=False)  # else a copy
    place = models.CharField(max_length=200, blank=True)  # where it lies now
    shows = models.TextField(blank=True)  # what it is to prove
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")

    giver_name = Sealed()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="evidence_number_once"),
        ]


class Expert(OfCase):
    """鉴定、检测: what was asked of whom, which clocks it stopped, and what came back."""

    kind = models.CharField(max_length=12)  # test appraisal expert
    body = models.CharField(max_length=120)
    question = models.TextField()
    due_at = models.DateTimeField(null=True)
    paused = models.JSONField(default=list)  # ids of clocks that wait for it
    state = models.CharField(max_length=10, default="ordered")  # ordered resulted withdrawn
    result = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True)
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="expert_of_case")]


class AnswerLink(OfCase):
    """答复链接: a page of its own for the respondent. The address is signed, nothing of it is kept
    here; ``revoked_at`` ends it at once."""

    unit = models.CharField(max_length=120)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="answer_link_of_case")]


class RespondentAnswer(OfCase):
    """被投诉方答复, in the order that HA-5 asks for. A late one is kept and marked."""

    link = models.ForeignKey(AnswerLink, on_delete=models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=8)  # link member paper
    unit = models.CharField(max_length=120)
    by_sealed = sealed_column()  # who answers for the unit, with post and telephone
    about = models.TextField()
    facts = models.TextField()
    responsibility = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    late = models.BooleanField(default=False)

    by = Sealed()

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="respondent_answer_of_case")]
