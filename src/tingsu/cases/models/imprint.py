"""印章、签名图和版式: what an organisation puts on its papers beside the wording (HA-18)."""

from django.db import models
from django.db.models import F, Q

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.people.models import Member, Organisation, new_id


class Imprint(models.Model):
    """印模: the picture of a member's signature, or of a seal. Nothing of it is changed later; one
    that was withdrawn has no picture any more."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)  # signature | seal
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)  # of the seal, or of the person
    picture_sealed = sealed_column()  # PNG as base64
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10)  # proposed valid refused withdrawn
    papers = models.JSONField(default=list)  # on which a seal may be set: "tourism.refusal"
    keepers = models.JSONField(default=list)  # the members who may set it
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # let in, or refused
    withdrawn_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True)  # why it was refused or withdrawn
    used = models.PositiveIntegerField(default=0)  # papers that it stands on

    picture = Sealed()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                name="imprint_one_signature",
                condition=Q(kind="signature", state="valid"),
            ),
            models.CheckConstraint(
                condition=Q(kind="signature", member__isnull=False)
                | Q(kind="seal", member__isnull=True),
                name="imprint_whose",
            ),
            models.CheckConstraint(
                condition=~Q(kind="seal", state="valid")
                | (Q(ended_by__isnull=False) & ~Q(ended_by=F("made_by"))),
                name="imprint_seal_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("refused", "withdrawn")) | Q(picture_sealed__isnull=True),
                name="imprint_over_without_picture",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "kind", "-id"], name="imprint_newest")]


class Layout(models.Model):
    """版式: a template of an organisation's own in place of ours, for one paper in one language,
    from a day on. Proposed by one, signed by another; a row without a file goes back to ours."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=24)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    form = models.CharField(max_length=6)  # typst (for the PDF) | word
    file_name = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    stored_as = models.CharField(max_length=120, blank=True)
    fields = models.JSONField(default=dict)  # field -> whether it must have a value
    without = models.JSONField(default=list)  # usual parts of a paper that it does not print
    state = models.CharField(max_length=10, default="proposed")  # signed | refused | revoked
    since = models.DateField()
    reason = models.CharField(max_length=400)
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # signed, refused or revoked
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="signed")
                | (Q(ended_by__isnull=False) & ~Q(ended_by=F("proposed_by"))),
                name="layout_signed_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "pack", "kind", "language", "-id"], name="layout_newest"
            ),
        ]
