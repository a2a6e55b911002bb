"""Who is asked to sign what: the list, the text, a signature on a screen of the house, a link of
one's own, paper, taking back. Calls ``actions/sign``. Whoever signs by a link does so on its page:
nobody but a person reads the whole text."""

import binascii
from base64 import b64decode
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from ninja import Field

from tingsu.api.door import Call, whole
from tingsu.api.lines import plain
from tingsu.api.place import Doing, Place
from tingsu.api.shapes import Flag, In, Instant, Out, Text, Whole
from tingsu.cases.actions import sign as signatures
from tingsu.cases.errors import Invalid
from tingsu.cases.queries import signing as queries
from tingsu.cases.sign_links import key_of
from tingsu.people import directory
from tingsu.people.permission import Can, may

place = Place("signing")
PNG = {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}
MOST_PICTURE = 400_000  # letters of base64
SIGNED = "id about subject role title text_hash asked_at state ended_at way place sha256 scan_id"


class SigningOut(Out):
    """One name under one text: waiting | signed | declined | withdrawn. about and subject: what is
    signed; text_hash: SHA-256 of title, empty line and text."""

    id: UUID
    about: str
    subject: UUID
    role: str
    title: str
    text_hash: str
    asked_at: Instant
    state: str
    ended_at: Instant | None
    way: str
    place: str
    sha256: str
    scan_id: UUID | None


class Signings(Out):
    """By the order in which they were asked for."""

    signings: list[SigningOut]


@place.get("/cases/{uuid:case_id}/signings", Can.READ, _l("签字"), Signings)
def listing(request: Call) -> Any:
    """All of a case, without names and texts."""
    rows = queries.of_case(request.auth.case)
    return {"signings": [plain(row, SIGNED) for row in rows]}


class SigningWhole(SigningOut):
    """With the text and the name. link: the address to be sent, while it is good for anything, for
    those who may give it out."""

    name: str
    signed_as: str
    text: str
    link: str
    link_until: Instant | None


@place.operation(
    "GET", "/cases/{uuid:case_id}/signings/{uuid:signing_id}", Can.UNMASK,
    _l("一份签字：全文"), {200: SigningWhole}, find=whole,
)  # fmt: skip
def read(request: Call, signing_id: UUID) -> Any:
    """The whole text, as it was or is to be signed."""
    row = queries.one(request.auth.case, signing_id)
    more = plain(row, "name signed_as text link_until") | {"link": _link(request, row)}
    return plain(row, SIGNED) | more


@place.operation(
    "GET", "/cases/{uuid:case_id}/signings/{uuid:signing_id}/picture", Can.UNMASK,
    _l("手写签名"), {200: None}, find=whole, extra=PNG,
)  # fmt: skip
def picture(request: Call, signing_id: UUID) -> HttpResponse:
    """As it was drawn."""
    content = queries.picture(queries.one(request.auth.case, signing_id))
    response = HttpResponse(content, content_type="image/png")
    response.headers["Cache-Control"] = "no-store"
    return response


class SignHereIn(In):
    """agreed: they read the whole text and agree. picture: the drawn signature as a PNG in base64;
    "" for a typed name."""

    signing_id: UUID
    name: Text
    agreed: Flag
    picture: Text = Field("", max_length=MOST_PICTURE)


@place.step("sign", Can.UNMASK, _l("当面签字"))
def sign(on: Doing, told: SignHereIn) -> Any:
    """On a screen that a member holds out: the member is the witness."""
    hand = signatures.Hand(told.name, told.agreed, _drawn(told.picture))
    return signatures.sign(on.case, on.by, on.at, signing_id=told.signing_id, hand=hand, **on.once)


class SignLinkIn(In):
    """For how many days, 30 at most."""

    signing_id: UUID
    days: Whole = 7


@place.step("sign-link", Can.HANDLE, _l("签字链接"))
def link(on: Doing, told: SignLinkIn) -> Any:
    """The one before opens nothing any more. Its address stands in the signing."""
    return signatures.open_link(on.case, on.by, on.at, **told.dict(), **on.once)


class SignPaperIn(In):
    """file_id: the scan or photograph, a file of the case."""

    signing_id: UUID
    name: Text
    file_id: UUID
    signed_at: Instant | None = None


@place.step("sign-paper", Can.RECORD, _l("纸上签字"))
def paper(on: Doing, told: SignPaperIn) -> Any:
    """It was signed on paper."""
    return signatures.sign_on_paper(on.case, on.by, on.at, scan=None, **told.dict(), **on.once)


class SignWithdrawIn(In):
    """Which one."""

    signing_id: UUID


@place.step("sign-withdraw", Can.HANDLE, _l("撤回签字"))
def withdraw(on: Doing, told: SignWithdrawIn) -> Any:
    """The text is to change, or somebody else signs."""
    return signatures.withdraw(on.case, on.by, on.at, signing_id=told.signing_id, **on.once)


def _link(request: Call, row: Any) -> str:
    key = key_of(row) if row.state == "waiting" and may(request.auth.who, Can.HANDLE) else ""
    if not key or row.link_until <= request.auth.at:
        return ""
    slug = directory.organisation(row.organisation_id).slug
    base = settings.PUBLIC_URL or request.build_absolute_uri("/")[:-1]
    return f"{base}{reverse('sign_open', args=[slug, row.id, key])}"


def _drawn(sent: str) -> bytes:
    try:
        return b64decode(sent, validate=True)
    except (binascii.Error, ValueError) as odd:
        raise Invalid({"picture": _("请把手写签名用 base64 的 PNG 发来。")}) from odd
