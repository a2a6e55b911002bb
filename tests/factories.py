"""The people of every test, and a case received through the real action.

甲 handler · 乙 handler of another department · 丙 outsider of another organisation · 丁 head.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client

from tingsu.cases.actions.move import move
from tingsu.cases.actions.receive import receive
from tingsu.cases.actions.reply import reply
from tingsu.cases.intake import Intake
from tingsu.cases.models import Case, Event
from tingsu.core.lifecycle import Move
from tingsu.people.actor import CUSTOMER, Actor
from tingsu.people.directory import as_who
from tingsu.people.models import Department, Member, Organisation, User
from tingsu.people.permission import Role, Who

NOON = datetime(2026, 9, 21, 4, 0, tzinfo=UTC)  # a Monday, 12:00 in Shanghai, ten days before 国庆
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STORY = "上周三电梯停了三次，老人被困二十分钟，打物业电话没人接。"


@dataclass
class House:
    """One organisation with two branches, and one member for each role."""

    organisation: Organisation
    centre: Department  # takes in
    first: Department  # below the centre: 甲 works here
    second: Department  # beside it: 乙 works here
    people: dict[str, Member] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Member:
        return self.people[name]

    def who(self, name: str) -> Who:
        """The member as the faces see them."""
        return as_who(self.people[name])

    def actor(self, name: str) -> Actor:
        """The member as the timeline writes them."""
        return Actor("member", self.people[name].id, self.people[name].name)


def make_house(slug: str = "yunfan", name: str = "云帆服务") -> House:
    """An organisation with 甲, 乙, 丁 and one member for every other role."""
    organisation = Organisation.objects.create(
        slug=slug,
        name=name,
        pack="property",
        packs=["property", "telecom", "general"],
        contact_department="客户服务中心",
        contact_person="苏敏",
        contact_phone="400-000-0000",
    )
    centre = _department(organisation, "客户服务中心", None, intake=True)
    house = House(
        organisation,
        centre,
        _department(organisation, "投诉处理一组", centre),
        _department(organisation, "工程部", None),
    )
    for who, role, department in (
        ("甲", Role.HANDLER, house.first),
        ("乙", Role.HANDLER, house.second),
        ("丁", Role.HEAD, centre),
        ("接待", Role.RECEPTION, centre),
        ("主管", Role.SUPERVISOR, centre),
        ("督查", Role.INSPECTOR, centre),
        ("培训师", Role.TRAINER, centre),
        ("被投诉", Role.RESPONDENT, house.second),
        ("管理员", Role.ADMINISTRATOR, centre),
        ("审计", Role.AUDITOR, centre),
    ):
        house.people[who] = make_member(house, who, role, department)
    return house


def make_member(house: House, name: str, role: Role, department: Department) -> Member:
    """A member with an account of their own; the user name tells role and organisation."""
    slug = house.organisation.slug
    user = User.objects.create(username=f"{role}-{name}@{slug}")
    return Member.objects.create(
        user=user,
        organisation=house.organisation,
        department=department,
        name=name,
        roles=[role.value],
    )


def make_outsider() -> House:
    """Another organisation; its 甲 is our 丙."""
    return make_house("mingzhou", "明州旅游局")


def make_case(
    house: House,
    *,
    by: str = "",
    at: datetime = NOON,
    queue: Department | None = None,
    **facts: Any,
) -> Case:
    """A case received through the real action. by: the member who keeps it; "" for the web."""
    told = {"channel": "web", "narrative": STORY, "name": "王小明", "phone": "13800001234"} | facts
    actor = house.actor(by) if by else CUSTOMER
    return receive(
        house.organisation, Intake(**told), actor, at, queue=queue or house.first, owned=bool(by)
    ).case


def later(**how: float) -> datetime:
    """An instant after NOON."""
    return NOON + timedelta(**how)


def signed_in(member: Member | AnonymousUser) -> Client:
    """A browser of the member."""
    client = Client()
    if isinstance(member, Member):
        client.force_login(member.user, backend=BACKEND)
    return client


def fresh(case: Case) -> Case:
    """The case as the database has it now."""
    return Case.objects.get(id=case.id)


def kinds(case: Case) -> list[str]:
    """The kinds of its timeline entries, in order."""
    return list(Event.objects.filter(case=case).order_by("seq").values_list("kind", flat=True))


def accepted(case: Case, house: House) -> Case:
    """The case after 甲 accepted it."""
    move(case, house.actor("甲"), NOON, to=Move.ACCEPT)
    return case


def answered(case: Case, house: House) -> Case:
    """The case after 甲's final answer, which waits for the customer's word."""
    reply(accepted(case, house), house.actor("甲"), NOON, text="已修好", kind="final")
    return case


def _department(
    organisation: Organisation, name: str, parent: Department | None, *, intake: bool = False
) -> Department:
    return Department.objects.create(
        organisation=organisation, name=name, parent=parent, intake=intake
    )
