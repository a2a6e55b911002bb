"""The world in which every door is tried: a case of 甲 with one of everything that an address can
name, a browser for everybody, and a stranger from another organisation."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.test import Client, override_settings

from factories import NOON, House, make_case, make_house, make_outsider, signed_in
from hands import stroke
from plans import made
from tingsu.cases.actions import approve, attach, document, promise, sign, task
from tingsu.cases.codes import code_of
from tingsu.cases.errors import Planned
from tingsu.cases.models import (
    Approval,
    Attachment,
    CallBack,
    Case,
    Document,
    Handover,
    Imprint,
    Layout,
    Offer,
    Promise,
    Responsibility,
    Signing,
    Surge,
    Task,
)
from tingsu.cases.offer_links import token_of
from tingsu.channels import accounts, taking
from tingsu.channels.mail import arriving, store
from tingsu.channels.models import Mailbox, ReceivedMail
from tingsu.channels.webhook import subscriptions
from tingsu.documents.issuing import issue_draft
from tingsu.followup.models import Disposal, Dossier, PersonRequest
from tingsu.people import tokens
from tingsu.people.models import RuleChange

PEOPLE = "访客 甲 乙 丙 丁 接待 主管 督查 培训师 被投诉 管理员 审计".split()
NOWHERE = UUID("00000000-0000-7000-8000-000000000000")


@dataclass
class World:
    """What the addresses are filled with, and a browser for everybody."""

    house: House
    case: Case
    filling: dict[str, object]
    browsers: dict[str, Client] = field(default_factory=dict)
    strangers: Any = None  # the other organisation


def make_world() -> World:
    """Our organisation, another one, and a case of 甲. Needs a database."""
    house, other = make_house(), make_outsider()
    case = make_case(house, by="甲")
    soon = NOON + timedelta(days=1)
    who = house.actor("甲")
    given = attach.Given("电梯.txt", 6, io.BytesIO("电梯".encode()))
    attach.attach(case, who, NOON, files=[given])
    promise.promise(case, who, NOON, content="明天回电", due_at=soon)
    task.ask(case, who, NOON, department=house.centre, content="查维保记录", due_at=soon)
    approve.ask(case, who, NOON, planned=Planned("extension", "move", {"to": "investigate"}))
    paper = document.begin(case, who, NOON, kind="acknowledgement")[1]
    issue_draft(case, who, NOON, document_id=paper, signatory="甲", checked_at="https://t/verify/")
    text: dict[str, Any] = {"about": "record", "subject": case.id, "title": "谈话", "text": "听过"}
    made = sign.ask(case, who, NOON, role="complainant", name="王小明", **text)[1]
    sign.sign(case, who, NOON, signing_id=made, hand=sign.Hand("王小明", True, stroke()))
    planned(case, house)
    case.refresh_from_db()
    world = World(house, case, _filling(house, case), strangers=other)
    members = {name: house[name] for name in PEOPLE[1:] if name != "丙"} | {"丙": other["甲"]}
    world.browsers = {name: signed_in(member) for name, member in members.items()}
    world.browsers["访客"] = Client()
    for browser in world.browsers.values():
        browser.raise_request_exception = False
    return world


def planned(case: Case, house: House) -> None:
    """A plan, and an offer of it that the customer has."""
    row = made(case, house)
    Offer.objects.create(
        case=case, organisation=house.organisation, plan=row, event_id=NOWHERE, made_by=row.made_by,
        made_at=NOON, expires_at=NOON, body="方案", told={
            "name": row.name, "outcome": row.outcome, "goodwill": 0,
        },
    )  # fmt: skip


def _filling(house: House, case: Case) -> dict[str, object]:
    paper = Document.objects.get(case=case)
    return {
        "case_id": case.id,
        "party_id": case.party_id,
        "file_id": Attachment.objects.get(case=case).id,
        "promise_id": Promise.objects.get(case=case).id,
        "task_id": Task.objects.get(case=case).id,
        "member_id": house["甲"].id,
        "department_id": house.first.id,
        "approval_id": Approval.objects.get(case=case).id,
        "plan_id": (offered := Offer.objects.get(case=case)).plan_id,
        "offer_id": offered.id,
        "token": token_of(offered),
        "signing_id": Signing.objects.get(case=case).id,
        "box_id": (box := _mailbox(house)).id,
        "mail_id": _unread_mail(box).id,
        "original_id": _mail_of(box, case).id,
        "document_id": paper.id,
        "paper_code": paper.code,
        "kind": "register",
        "pack": "property",
        "language": "en",
        "vendor": "sms",
        **_connections(house),
        "slug": house.organisation.slug,
        "pack_id": "general",
        "part": "handling",
        "table": "goodwill",
        "change_id": _rule_change(house).id,
        "dossier_id": _dossier(house, case).id,
        "disposal_id": _disposal(house).id,
        "request_id": _person_request(house, case).id,
        "what": "pdf",
        "call_id": _call_back(house, case).id,
        "seal_id": _seal(house).id,
        "layout_id": _layout(house).id,
        "form": "word",
        "handover_id": _handover(house, case).id,
        "responsibility_id": _responsibility(house, case).id,
        "surge_id": _surge(house, case).id,
        "number": case.number,
        "code": code_of(case),
        "channel": "mail",
        "provider_id": "oidc",
    }


def _connections(house: House) -> dict[str, object]:
    """A webhook, a channel in, a token and a calendar of 甲."""
    admin, who = house.who("管理员"), house.who("甲")
    with override_settings(OUTSIDE_MAY_BE_INSIDE=True):
        told = {"kind": "webhook", "name": "x", "url": "http://127.0.0.1:9/"}
        hook = subscriptions.add(admin, told, NOON)[0]
    account = accounts.add(admin, {"kind": "sms", "name": "x"}, NOON)[0]
    message = taking.keep(account, b"{}", NOON)
    assert message is not None
    taking.read(message, NOON)
    until = NOON.date() + timedelta(days=300)
    token = tokens.make(who, name="x", scopes=["read"], expires_on=until, at=NOON)[0]
    secret = tokens.open_calendar(who, NOON)
    return {
        "hook_id": hook.id,
        "account_id": account.id,
        "message_id": message.id,
        "token_id": token.id,
        "secret": secret,
    }


def _seal(house: House) -> Imprint:
    """A seal that 主管 brought, so that each of the others could let it in."""
    return Imprint.objects.create(
        organisation=house.organisation, kind="seal", name="公章", sha256="0" * 64,
        state="proposed", made_by=house["主管"], made_at=NOON,
    )  # fmt: skip


def _layout(house: House) -> Layout:
    """Back to ours, proposed by 主管."""
    return Layout.objects.create(
        organisation=house.organisation, pack="property", kind="register", language="en",
        form="typst", since=NOON.date(), reason="x", proposed_by=house["主管"], proposed_at=NOON,
    )  # fmt: skip


def _rule_change(house: House) -> RuleChange:
    """A change to the rules that 主管 proposed when they still could."""
    text = "[[goodwill]]\nrole = 'head'\nsince = 2099-01-01\nfen = 0\nsource = 'x'\n"
    return RuleChange.objects.create(
        organisation=house.organisation, pack="general", since=date(2099, 1, 1), before={},
        texts={"handling.toml": text}, reason="x", source="x", proposed_by=house["主管"],
        proposed_at=NOON,
    )  # fmt: skip


def _dossier(house: House, case: Case) -> Dossier:
    """A masked copy that is being made."""
    return Dossier.objects.create(
        organisation=house.organisation, case=case, masked=True, asked_by=house["甲"],
        asked_at=NOON, version=1,
    )  # fmt: skip


def _disposal(house: House) -> Disposal:
    """A list that 主管 put up."""
    return Disposal.objects.create(
        organisation=house.organisation, reason="x", proposed_by=house["主管"], proposed_at=NOON
    )


def _person_request(house: House, case: Case) -> PersonRequest:
    """What the customer asked 接待."""
    assert case.party
    return PersonRequest.objects.create(
        organisation=house.organisation, party=case.party, kind="export", checked="x",
        asked_by=house["接待"], asked_at=NOON, due_at=NOON,
    )  # fmt: skip


def _call_back(house: House, case: Case) -> CallBack:
    """A call to be made by 甲."""
    return CallBack.objects.create(
        case=case, organisation=house.organisation, rule="first", caller=house["甲"],
        planned_at=NOON, due_at=NOON, made_at=NOON,
    )  # fmt: skip


def _handover(house: House, case: Case) -> Handover:
    """主管 was asked to take over, and returned it."""
    return Handover.objects.create(
        case=case, organisation=house.organisation, kind="up", round=1, rung=1, cause="hand",
        state="returned", asked_at=NOON, to_member=house["主管"], reason="x", sheet={"title": "x"},
    )  # fmt: skip


def _responsibility(house: House, case: Case) -> Responsibility:
    """甲's department is named."""
    return Responsibility.objects.create(
        case=case, organisation=house.organisation, kind="cause", department=house.first,
        reason="x", named_at=NOON,
    )  # fmt: skip


def _surge(house: House, case: Case) -> Surge:
    """A matter of many, of which one case is there."""
    return Surge.objects.create(
        organisation=house.organisation, state="new", cases=[str(case.id)], people=9, days=3,
        usual=1, first_at=NOON, last_at=NOON, found_at=NOON,
    )  # fmt: skip


def _mailbox(house: House) -> Mailbox:
    return Mailbox.objects.create(
        organisation=house.organisation,
        address="ts@yunfan.example",
        kind="smtp",
        starts_on=NOON.date(),
        created_at=NOON,
    )


def _unread_mail(box: Mailbox) -> ReceivedMail:
    """One that cannot be read: it waits for a person."""
    row = store.keep(box, b"From: a@b.example\r\n\r\n", "smtp 127.0.0.1", NOON)
    assert row is not None
    arriving.sweep(NOON)
    return row


def _mail_of(box: Mailbox, case: Case) -> ReceivedMail:
    """One that became part of the case."""
    row = store.keep(box, b"From: a@b.example\r\n\r\nx\r\n", "smtp 127.0.0.1", NOON)
    assert row is not None
    row.case_id, row.state = case.id, "taken"
    row.save()
    return row
