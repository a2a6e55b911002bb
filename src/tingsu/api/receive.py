"""A complaint comes in through another system of the house (IN-1). Calls ``actions/receive``."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from ninja import Field, HeaderEx
from ninja.responses import Status

from tingsu.api.codes import (
    MOST_FEN,
    Channel,
    Language,
    Nature,
    PartyKind,
    Severity,
    Sex,
    Way,
    known,
)
from tingsu.api.door import Call
from tingsu.api.place import KEY_PATTERN, Place, etag, key_of
from tingsu.api.problems import Refused
from tingsu.api.shapes import Flag, In, Instant, Out, Text, Whole
from tingsu.cases.actions import receive as actions
from tingsu.cases.codes import code_of
from tingsu.cases.intake import Intake, checked
from tingsu.people import directory
from tingsu.people.permission import Can

place = Place("receive")


class Told(In):
    """What the complainant told (IN-2). Only the channel and the story must be there; further
    facts hang on the channel (``channel_facts``). ``amount`` in fen."""

    channel: Channel
    narrative: Text
    title: Text = ""
    request: Text = ""
    reasons: Text = ""
    name: Text = ""
    phone: Text = ""
    email: Text = ""
    address: Text = ""
    postcode: Text = ""
    sex: Sex = ""
    nationality: Text = ""
    party_kind: PartyKind = "person"
    preferred_channel: Way = ""
    preferred_time: Text = ""
    needs: Text = ""
    language: Language = "zh-hans"
    happened_at: Instant | None = None
    happened_where: Text = ""
    respondent_unit: Text = ""
    respondent_place: Text = ""
    respondent_person: Text = ""
    product: Text = ""
    order_number: Text = ""
    contract_number: Text = ""
    amount: Whole | None = Field(None, ge=0, le=MOST_FEN)
    pack: Text = ""
    category: Text = ""
    variants: list[Text] = []
    nature: Nature = "questioning"
    severity: Severity = "ordinary"
    anger: Whole | None = Field(None, ge=0, le=4)
    source_ref: Text = ""
    restated: Text = ""
    promise: Text = ""
    promise_due: Instant | None = None
    channel_facts: dict[Text, Text] = {}
    received_at: Instant | None = None


class Sent(Told):
    """A complaint, and who takes it. Without ``department`` it waits where new ones wait."""

    department: UUID | None = None
    keep: Flag = False  # the member of the token becomes the owner
    acknowledge: Flag = True  # the complainant gets the acknowledgement at once


class Receipt(Out):
    """What the complainant needs to follow it (IN-7)."""

    case_id: UUID
    number: str
    code: str
    version: int
    repeated: bool


@place.post("/cases", Can.RECEIVE, _l("登记一件投诉"), {200: Receipt, 201: Receipt})
def receive(
    request: Call,
    response: HttpResponse,
    told: Sent,
    key: Annotated[str, HeaderEx(..., alias="Idempotency-Key", pattern=KEY_PATTERN)],
) -> Any:
    """Harmless when repeated: the same Idempotency-Key brings the case that was made with it."""
    auth = request.auth
    facts = told.dict(exclude={"department", "keep", "acknowledge"})
    sent = intake_of(facts, key_of(auth.who, "receive", key))
    house = directory.organisation(auth.who.organisation_id)
    known(house, facts)
    queue = directory.department(house.id, told.department) if told.department else None
    intake = checked(sent, auth.at)
    got = actions.receive_together(
        house, intake, auth.by, auth.at,
        queue=queue, owned=told.keep, acknowledge=told.acknowledge,
    )  # fmt: skip
    return receipt(got, intake, response)


def intake_of(facts: dict[str, Any], key: str | None) -> Intake:
    """The intake that a body tells."""
    return Intake(**{**facts, "variants": tuple(facts["variants"])}, intake_key=key)


def receipt(got: Any, intake: Intake, response: HttpResponse) -> Status[dict[str, Any]]:
    """201 with number and code; 200 for a repeat. Raises Refused for another story."""
    case = got.case
    if got.repeated and case.narrative != intake.narrative:
        words = _("这个 Idempotency-Key 已经用于另一件投诉，请换一个。")
        raise Refused(409, "key_reused", words)
    etag(response, case.version)
    told = {
        "case_id": case.id,
        "number": case.number,
        "code": code_of(case),
        "version": case.version,
        "repeated": got.repeated,
    }
    return Status(200 if got.repeated else 201, told)
