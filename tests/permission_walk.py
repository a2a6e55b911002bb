"""Walks every route as everybody and says how each was answered; the table beside it says how it
should be (tests/web/permissions.toml). Used by the test and by scripts/permissions.py.

The world: a case of 甲 with a file, a promise, a task and something to sign. Each request is undone
afterwards, so that the order of the walk does not matter.
"""

import io
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from factories import NOON, House, make_case, make_house, make_outsider, signed_in
from tingsu.cases.actions import approve, attach, document, promise, task
from tingsu.cases.codes import code_of
from tingsu.cases.errors import Planned
from tingsu.cases.models import Approval, Attachment, Case, Document, Promise, Task
from tingsu.channels.mail import arriving, store
from tingsu.channels.models import Mailbox, ReceivedMail
from tingsu.documents.issuing import issue_draft
from tingsu.people.models import RuleChange
from tingsu.web.door import FOREIGN

PEOPLE = "访客 甲 乙 丙 丁 接待 主管 督查 培训师 被投诉 管理员 审计".split()
NOWHERE = UUID("00000000-0000-7000-8000-000000000000")


@dataclass(frozen=True)
class Route:
    """One address: its name, the right its door asks for, and what must be filled in."""

    name: str
    door: str  # a right, "public", "allauth", or "NONE" when somebody forgot it
    holes: dict[str, Any]  # parameter -> converter


@dataclass
class World:
    """What the addresses are filled with, and a browser for everybody."""

    house: House
    case: Case
    filling: dict[str, object]
    browsers: dict[str, Client] = field(default_factory=dict)


def routes() -> list[Route]:
    """Every named address of the product, by name."""
    found = {route.name: route for route in _walk(get_resolver().url_patterns, {})}
    return sorted(found.values(), key=lambda route: route.name)


def nameless() -> list[str]:
    """Addresses without a name, which no table could list."""
    return [route.door for route in _walk(get_resolver().url_patterns, {}) if not route.name]


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
    case.refresh_from_db()
    world = World(house, case, _filling(house, case))
    members = {name: house[name] for name in PEOPLE[1:] if name != "丙"} | {"丙": other["甲"]}
    world.browsers = {name: signed_in(member) for name, member in members.items()}
    world.browsers["访客"] = Client()
    for browser in world.browsers.values():
        browser.raise_request_exception = False
    return world


def walk(world: World) -> Iterator[tuple[str, str]]:
    """Route name and its row of the table: method, door, and an answer for each of PEOPLE."""
    logging.disable(logging.CRITICAL)
    try:
        with override_settings(PUBLIC_LIMITS=False, ACCOUNT_RATE_LIMITS=False):
            for route in routes():
                yield route.name, " ".join(_row(world, route))
    finally:
        logging.disable(logging.NOTSET)


def _row(world: World, route: Route) -> list[str]:
    address = reverse(route.name, kwargs=_filled(world, route))
    method, answers = "GET", _asked(world, lambda browser: browser.get(address))
    if "405" in answers:  # for steps alone: nothing to see, only to do
        method, answers = "POST", _asked(world, lambda browser: browser.post(address))
    return [method, route.door, *answers]


def _asked(world: World, ask: Callable[[Client], Any]) -> list[str]:
    return [_undone(world.browsers[name], ask) for name in PEOPLE]


def _undone(browser: Client, ask: Callable[[Client], Any]) -> str:
    cookies = dict(browser.cookies)
    with transaction.atomic():
        answer = ask(browser)
        said = _said(answer.status_code, answer.headers.get("Location", ""))
        if answer.streaming:
            b"".join(answer.streaming_content)  # closes the file, and leaves the connection open
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.update(cookies)
    cache.clear()
    return said


def _said(status: int, location: str) -> str:
    """The status; a redirect to the sign-in page as "in", any other as "go"."""
    if status in {301, 302, 303}:
        return "in" if location.startswith(reverse("account_login")) else "go"
    return str(status)


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
        "box_id": (box := _mailbox(house)).id,
        "mail_id": _unread_mail(box).id,
        "document_id": paper.id,
        "paper_code": paper.code,
        "kind": "register",
        "pack": "property",
        "language": "en",
        "slug": house.organisation.slug,
        "pack_id": "general",
        "part": "handling",
        "table": "goodwill",
        "change_id": _rule_change(house).id,
        "number": case.number,
        "code": code_of(case),
        "channel": "mail",
        "provider_id": "oidc",
    }


def _rule_change(house: House) -> RuleChange:
    """A change to the rules that 主管 proposed when they still could."""
    text = "[[goodwill]]\nrole = 'head'\nsince = 2099-01-01\nfen = 0\nsource = 'x'\n"
    return RuleChange.objects.create(
        organisation=house.organisation, pack="general", since=date(2099, 1, 1), before={},
        texts={"handling.toml": text}, reason="x", source="x", proposed_by=house["主管"],
        proposed_at=NOON,
    )  # fmt: skip


def _filled(world: World, route: Route) -> dict[str, object]:
    return {
        name: world.filling.get(name, _anything(converter))
        for name, converter in route.holes.items()
    }


def _anything(converter: Any) -> object:
    return {"UUIDConverter": NOWHERE, "IntConverter": 1}.get(type(converter).__name__, "x")


def _walk(patterns: list[Any], holes: dict[str, Any]) -> Iterator[Route]:
    for pattern in patterns:
        below = holes | pattern.pattern.converters
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, below)
        elif isinstance(pattern, URLPattern):
            yield Route(pattern.name or "", _door(pattern.callback), below)


def _door(view: Any) -> str:
    if view.__module__.startswith(FOREIGN):
        return "allauth" if "allauth" in view.__module__ else "public"
    if not hasattr(view, "right"):
        return "NONE"
    return view.right.value if view.right else "public"


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
