"""Tables of organisations, departments and members. Columns and constraints, no decisions."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from uuid_utils.compat import uuid7

# A time-ordered key, so that new rows land at the end of every index.
new_id = uuid7


class User(AbstractUser):
    """A person who can sign in; what they may do hangs on their memberships."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # Given by an administrator: the person chooses an own one before anything else.
    first_password = models.BooleanField(default=False)


class Organisation(models.Model):
    """机构. Everything else belongs to exactly one; none sees another's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, default="company")  # company | authority
    pack = models.CharField(max_length=24, default="general")
    packs = models.JSONField(default=list)  # the packs its people may file cases under
    variants = models.JSONField(default=list)  # local rules of packs: "tourism.shanghai"
    number_prefix = models.CharField(max_length=8, default="TS")
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    # Who answers the public: part of every acknowledgement (IN-4).
    contact_department = models.CharField(max_length=60, blank=True)
    contact_person = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    outside_bodies = models.TextField(blank=True)  # where else a complainant can turn
    # Sender, signature and first answer by language, as the organisation wrote them (IN-4).
    letters = models.JSONField(default=dict)
    open_to_public = models.BooleanField(default=True)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    guide_binds = models.BooleanField(default=False)  # beginners follow the method (HA-1)
    # Raised with every change to the rules of its packs that is signed or revoked.
    rules_version = models.PositiveIntegerField(default=0)
    assigns_itself = models.BooleanField(default=False)  # new complaints go to whoever fits best

    class Meta:
        indexes = [
            models.Index(
                fields=["id", "rules_version"],
                name="organisation_with_rules",
                condition=models.Q(rules_version__gt=0),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """部门, a tree. A department is also a queue: cases can wait there for somebody."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="departments"
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=40, blank=True)
    intake = models.BooleanField(default=False)  # new complaints wait here
    order = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "parent", "name"], name="department_name_once"
            ),
        ]
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A person's place in one organisation: department, post and roles (PL-1)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="members")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="members")
    name = models.CharField(max_length=60)
    post = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    roles = models.JSONField(default=list)
    # What cases are given by (HA-13).
    skills = models.JSONField(default=list)  # packs, groups of categories, categories
    languages = models.JSONField(default=list)
    regions = models.JSONField(default=list)
    shifts = models.JSONField(default=list)  # "mon 09:00-18:00"; empty: no hours are kept
    room = models.PositiveSmallIntegerField(default=20)  # open cases that are a full desk
    active = models.BooleanField(default=True)
    beginner = models.BooleanField(default=False)  # a trainer holds them to the method (HA-1)
    guide_hidden = models.BooleanField(default=False)  # does without the method on the screen
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], name="member_once"),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Absence(models.Model):
    """不在岗: from one day to another, both included, and who signs meanwhile (代)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    made_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="absence_in_order"
            ),
            models.CheckConstraint(
                condition=~models.Q(member=models.F("deputy")), name="absence_not_oneself"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "until_on"], name="absence_now")]


class HouseChange(models.Model):
    """变更记录: who changed members, departments or the organisation. Only ever added to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")  # who did it
    at = models.DateTimeField()
    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=120)  # the name of what was changed, as it was then
    data = models.JSONField(default=dict)  # field -> [before, after]

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="house_change_newest")]


class HolidayNotice(models.Model):
    """放假通知: a year of days off and made up that an organisation has taken in. The newest notice
    of a year counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    calendar = models.CharField(max_length=24)
    text = models.TextField()  # TOML, as in packs/calendars
    taken_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "calendar", "id"], name="holiday_notice")]


class RuleChange(models.Model):
    """规则修改: what an organisation changes in a pack, proposed by one and signed by another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=24)
    state = models.CharField(max_length=12, default="proposed")  # signed | refused | revoked
    since = models.DateField()
    texts = models.JSONField()  # file of the pack -> TOML
    before = models.JSONField()  # the same tables as they were when it was proposed
    reason = models.TextField()
    source = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)  # signed, or refused
    revoked_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)  # why it was refused or revoked

    class Meta:
        constraints = [
            # Two pairs of eyes, whoever writes to this table.
            models.CheckConstraint(
                condition=~models.Q(state="signed")
                | (models.Q(ended_by__isnull=False) & ~models.Q(ended_by=models.F("proposed_by"))),
                name="rule_change_signed_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "pack", "-id"], name="rule_change_newest"),
            models.Index(
                fields=["organisation", "pack", "ended_at", "id"],
                name="rule_change_in_force",
                condition=models.Q(state="signed"),
            ),
        ]


class OwnPhrase(models.Model):
    """自有说法: words that hurt, added to the guard by an organisation's trainer (CO-1)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)
    grade = models.CharField(max_length=12)
    say = models.JSONField()  # a list of writings
    better = models.CharField(max_length=200, blank=True)
    caught = models.JSONField()  # examples that it must mark
    harmless = models.JSONField()  # and that it must leave alone
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "id"],
                name="own_phrase_in_force",
                condition=models.Q(ended_at__isnull=True),
            ),
        ]


class OwnSaying(models.Model):
    """自有话术: good words of an organisation for a technique (CO-5)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    technique = models.CharField(max_length=32)
    text = models.CharField(max_length=300)
    stage = models.CharField(max_length=12, blank=True)  # "" in any
    channel = models.CharField(max_length=12, blank=True)  # "" by any
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "id"],
                name="own_saying_in_force",
                condition=models.Q(ended_at__isnull=True),
            ),
        ]


class Token(models.Model):
    """令牌: lets a program act for a member, or a calendar read the member's dates. Only its digest
    is kept; ``prefix`` tells the person which one it is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="tokens")
    kind = models.CharField(max_length=12, default="api")  # api | calendar
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)  # rights, a part of the member's own
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)  # only a calendar's has no end
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
