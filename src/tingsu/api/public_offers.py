"""What was offered to a customer, and their answer, with number and look-up code (HA-6, IN-7).

The link of a letter is for a person: to open it answers nothing, and no program asks for it."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _l
from ninja import Field
from ninja.params.functions import Header

from tingsu.api.codes import MOST_FEN
from tingsu.api.lines import plain
from tingsu.api.place import KEY_PATTERN, Place
from tingsu.api.public import HOUSE, KeptWord, Opens, kept, key_for, opened_by, speaking
from tingsu.api.shapes import Instant, Out, Text, Whole
from tingsu.cases import plan_words
from tingsu.cases.actions import offer_answer
from tingsu.cases.queries import plans as queries
from tingsu.people.actor import CUSTOMER
from tingsu.people.permission import NotThere

place = Place("public")


class PublicOffer(Out):
    """What was offered. sum: in words; closed: why it takes no answer (expired | answered |
    ended), "" while it does."""

    id: UUID
    state: str
    made_at: Instant
    expires_at: Instant
    body: str
    sum: str
    closed: str


class PublicOffers(Out):
    """Of the present round, the newest first."""

    offers: list[PublicOffer]


@place.post(f"{HOUSE}/offers", None, _l("公众看我们提的方案"), {200: PublicOffers})
def offers(request: HttpRequest, slug: str, told: Opens) -> Any:
    """The same as the follow page."""
    case = opened_by(request, slug, told)
    return {
        "offers": [
            plain(one.offer, "id state made_at expires_at body")
            | {"closed": one.closed}
            | {"sum": plan_words.sum_words(one.offer.told["outcome"], one.offer.told["goodwill"])}
            for one in queries.told(case, now())
        ]
    }


class PublicOfferAnswer(Opens):
    """Yes, no, something else, or let us talk. wanted: in fen, all together."""

    offer_id: UUID
    answer: Literal["accepted", "refused", "countered", "talk"]
    text: Text = Field("", max_length=2_000)
    wanted: Whole | None = Field(None, ge=0, le=MOST_FEN)


@place.post(f"{HOUSE}/offer-answers", None, _l("公众答复方案"), {200: KeptWord})
def answer(
    request: HttpRequest,
    slug: str,
    told: PublicOfferAnswer,
    key: str | None = Header(None, alias="Idempotency-Key", pattern=KEY_PATTERN),
) -> Any:
    """A yes makes its lines owed."""
    case, at = speaking(request, slug, told), now()
    if told.offer_id not in {one.offer.id for one in queries.told(case, at)}:
        raise NotThere
    said = offer_answer.Said(told.answer, told.text, told.wanted)
    offer_answer.answer(
        case, CUSTOMER, at, offer_id=told.offer_id, said=said, key=key_for("offer-answer", key)
    )
    return kept(case)
