"""签字: one person is asked to sign one text, and what came of it (HA-15, HA-9)."""

from django.db import models
from django.db.models import Q

from tingsu.cases._sealed import Sealed, sealed_column
from tingsu.cases.models.case import Case
from tingsu.cases.models.timeline import Attachment
from tingsu.people.models import Member, Organisation, new_id


class Signing(models.Model):
    """One name under one text. The text is kept here as it was shown, with its hash; nothing of it
    changes once it was asked for. A link is worked out, never stored: see ``cases.sign_links``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=16)  # the kind of thing: settlement, interview …
    subject = models.UUIDField()  # and its id
    role = models.CharField(max_length=12)  # core.signing.ROLES
    title = models.CharField(max_length=120)
    text_sealed = sealed_column()
    text_hash = models.CharField(max_length=64)  # core.signing.pinned
    name_sealed = sealed_column()  # who is asked
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")  # waiting signed declined withdrawn

    link_round = models.PositiveSmallIntegerField(default=0)  # 0: none was ever given out
    link_until = models.DateTimeField(null=True)

    ended_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=8, blank=True)  # core.signing.PLACES
    way = models.CharField(max_length=8, blank=True)  # core.signing.WAYS
    signed_as_sealed = sealed_column()  # the name as it was written
    address_sealed = sealed_column()  # of the network that the signature came from
    witness = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)  # of the picture
    size = models.PositiveIntegerField(default=0)
    stored_as = models.CharField(max_length=120, blank=True)
    scan = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")

    text = Sealed()
    name = Sealed()
    signed_as = Sealed()
    address = Sealed()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="signed") | ~Q(way="drawn") | Q(size__gt=0),
                name="signing_drawn_has_picture",
            ),
            models.UniqueConstraint(
                fields=["about", "subject", "role"],
                name="signing_waits_once",
                condition=Q(state="waiting"),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="signing_of_case"),
            models.Index(fields=["subject", "id"], name="signing_of_subject"),
        ]
