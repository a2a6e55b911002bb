"""For everybody, without a token: complain, follow with number and look-up code (IN-1, IN-7).

Number and code travel in the body, never in an address that a log keeps. Guesses are counted with
those of the pages; a wrong number and a wrong code look the same.
"""

import hashlib
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from ninja import Field, HeaderEx
from ninja.params.functions import Header

from tingsu.api.codes import MOST_FEN, Language, known
from tingsu.api.place import KEY_PATTERN, Place
from tingsu.api.problems import Refused, TooOften
from tingsu.api.receive import Receipt, intake_of, receipt
from tingsu.api.shapes import Flag, In, Instant, Out, Text, Whole
from tingsu.cases.actions import confirm, customer
from tingsu.cases.actions import receive as actions
from tingsu.cases.errors import Refusal
from tingsu.cases.intake import checked
from tingsu.cases.queries import portal
from tingsu.core.lifecycle import State
from tingsu.people import limits
from tingsu.people.actor import CUSTOMER
from tingsu.people.directory import organisation_by_slug
from tingsu.people.limits import FIND, FIND_NUMBER, SAY, SAY_HERE, SUBMIT
from tingsu.people.permission import NotThere

place = Place("public")
HOUSE = "/public/{slug}"


class Complaint(In):
    """A complaint in the complainant's own words. ``amount`` in fen."""

    narrative: Text
    request: Text = ""
    name: Text = ""
    phone: Text = ""
    email: Text = ""
    pack: Text = ""
    happened_at: Instant | None = None
    happened_where: Text = ""
    respondent_unit: Text = ""
    respondent_person: Text = ""
    product: Text = ""
    order_number: Text = ""
    amount: Whole | None = Field(None, ge=0, le=MOST_FEN)
    preferred_time: Text = ""
    needs: Text = ""
    language: Language = "zh-hans"


@place.post(f"{HOUSE}/complaints", None, _l("公众投诉"), {200: Receipt, 201: Receipt})
def complain(
    request: HttpRequest,
    response: HttpResponse,
    slug: str,
    told: Complaint,
    key: Annotated[str, HeaderEx(..., alias="Idempotency-Key", pattern=KEY_PATTERN)],
) -> Any:
    """Number and look-up code at once; the acknowledgement goes out by itself."""
    house = organisation_by_slug(_slug(slug))
    _pace(SUBMIT, limits.address_of(request))
    facts = told.dict() | {"channel": "web", "variants": [], "category": ""}
    known(house, facts)
    at = now()
    # Nobody else's repeat: with number and code the receipt opens the case.
    intake = checked(intake_of(facts, f"api-public:{_mark(key)}"), at)
    got = actions.receive_public(house, intake, at)
    return receipt(got, intake, response)


class Opens(In):
    """Number and look-up code, as on the receipt."""

    number: Text = Field(max_length=60)
    code: Text = Field(max_length=60)


class Said(Out):
    """An entry of the public story. ``mine``: the complainant said it."""

    kind: str
    at: Instant
    text: str
    mine: bool
    files: list[str]


class Coming(Out):
    """What is owed and by when: contact | promise | clock | rest."""

    kind: str
    label: str
    due_at: Instant
    late: bool
    why: str


class Progress(Out):
    """Where it stands. ``can_answer``: the complainant is asked whether it is settled."""

    number: str
    state: str
    open: bool
    received_at: Instant
    can_answer: bool
    story: list[Said]
    coming: list[Coming]


@place.post(f"{HOUSE}/progress", None, _l("公众查询进展"), {200: Progress})
def progress(request: HttpRequest, slug: str, told: Opens) -> Any:
    """The same as the follow page."""
    case, at = opened_by(request, slug, told), now()
    on_its_way = portal.result_on_its_way(case)
    return {
        "number": case.number,
        "state": State.EXECUTING if on_its_way else case.state,
        "open": case.open,
        "received_at": case.received_at,
        "can_answer": portal.can_answer(case),
        "story": [
            {
                **{name: getattr(one, name) for name in ("kind", "at", "text", "mine")},
                "files": [row.name for row in one.files],
            }
            for one in portal.told(case)
        ],
        "coming": portal.coming(case, at),
    }


class KeptWord(Out):
    """It was kept."""

    number: str
    state: str


class AddIn(Opens):
    """Something to add."""

    text: Text = Field(max_length=5_000)


@place.post(f"{HOUSE}/messages", None, _l("公众补充说明"), {200: KeptWord})
def add(
    request: HttpRequest,
    slug: str,
    told: AddIn,
    key: str | None = Header(None, alias="Idempotency-Key", pattern=KEY_PATTERN),
) -> Any:
    """On a merged case it reaches the one that goes on."""
    case = speaking(request, slug, told)
    if not portal.main_of(case).open:
        raise Refusal(_("这件投诉已经结束，请先请求重新处理。"), code="ended")
    customer.add(case, now(), text=told.text, key=key_for("add", key))
    return kept(case)


class CustomerAnswerIn(Opens):
    """Is it settled? If not, what is missing. rating: 1 to 5."""

    agreed: Flag
    text: Text = Field("", max_length=2_000)
    rating: Whole | None = Field(None, ge=1, le=5)


@place.post(f"{HOUSE}/answers", None, _l("公众答复：满意，或还没有解决"), {200: KeptWord})
def answer(
    request: HttpRequest,
    slug: str,
    told: CustomerAnswerIn,
    key: str | None = Header(None, alias="Idempotency-Key", pattern=KEY_PATTERN),
) -> Any:
    """An objection sends the case back to investigation."""
    case = speaking(request, slug, told)
    if portal.result_on_its_way(case):
        raise Refusal(_("现在还没有等待确认的处理结果。"), code="not_yet")
    confirm.confirm(
        case, CUSTOMER, now(),
        agreed=told.agreed, text=told.text, rating=told.rating, key=key_for("answer", key),
    )  # fmt: skip
    return kept(case)


class RateIn(Opens):
    """A rating after the end, 1 to 5."""

    rating: Whole = Field(ge=1, le=5)
    text: Text = Field("", max_length=2_000)


@place.post(f"{HOUSE}/ratings", None, _l("公众评分"), {200: KeptWord})
def rate(request: HttpRequest, slug: str, told: RateIn) -> Any:
    """The latest one counts."""
    case = _not_merged(speaking(request, slug, told))
    confirm.rate(case, CUSTOMER, now(), rating=told.rating, text=told.text)
    return kept(case)


class CustomerReopenIn(Opens):
    """Why it should be opened again."""

    text: Text = Field(max_length=2_000)


@place.post(f"{HOUSE}/reopenings", None, _l("公众请求重新处理"), {200: KeptWord})
def reopen(
    request: HttpRequest,
    slug: str,
    told: CustomerReopenIn,
    key: str | None = Header(None, alias="Idempotency-Key", pattern=KEY_PATTERN),
) -> Any:
    """A person decides and answers."""
    case = _not_merged(speaking(request, slug, told))
    customer.ask_reopen(case, now(), text=told.text, key=key_for("reopen", key))
    return kept(case)


def opened_by(request: HttpRequest, slug: str, told: Opens) -> Any:
    """The case behind number and code. Raises Refused; guesses are counted."""
    house, address = organisation_by_slug(_slug(slug), taking_in=False), limits.address_of(request)
    number = f"{house.id}:{portal.number_of(told.number)}"
    for limit, mark in ((FIND, address), (FIND_NUMBER, number)):
        if limits.used_up(limit, mark):
            raise TooOften(limits.wait(limit))
    case = portal.by_number(house.id, told.number, told.code)
    if case is None:
        limits.count(FIND, address)
        limits.count(FIND_NUMBER, number)
        words = _("编号和查询码对不上。请照着回执再核对一遍，字母不分大小写。")
        raise Refused(404, "no_match", words)
    return case


def speaking(request: HttpRequest, slug: str, told: Opens) -> Any:
    """The same for whoever says something: nobody too often."""
    case = opened_by(request, slug, told)
    _pace(SAY, str(case.id))
    _pace(SAY_HERE, limits.address_of(request))
    return case


def _pace(limit: limits.Limit, mark: str) -> None:
    if not limits.allowed(limit, mark):
        raise TooOften(limits.wait(limit))


def _not_merged(case: Any) -> Any:
    if case.state == State.MERGED:
        raise Refusal(_("这件投诉已并入另一件，请到那一件里办理。"), code="merged")
    return case


def kept(case: Any) -> dict[str, Any]:
    """What ``KeptWord`` says of a case."""
    main = portal.main_of(case)
    return {"number": case.number, "state": main.state if main.id != case.id else case.state}


def _slug(sent: str) -> str:
    if not sent.replace("-", "").replace("_", "").isalnum() or len(sent) > 40:
        raise NotThere
    return sent


def key_for(what: str, sent: str | None) -> str | None:
    """The caller's key as the house keeps it."""
    return f"api:{what}:{_mark(sent)}" if sent else None


def _mark(sent: str) -> str:
    return hashlib.sha256(sent.encode()).hexdigest()[:40]
