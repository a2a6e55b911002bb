"""The link in a letter that opens one offer and nothing else of the case. Reads offers.

A link is worked out from the offer and a secret when the letter leaves: nothing that answers an
offer is stored. Raising the case's ``code_round`` voids it together with the look-up code.
"""

import base64
import binascii
import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from tingsu.cases.models import Letter, Offer

KIND = "offer"
"""The kind of letter that carries an offer."""
_SIGNED = 15  # bytes: nobody guesses 120 bits


def token_of(offer: Offer) -> str:
    """The last part of the link: which offer, and the proof that we gave it out."""
    return _written(offer.id.bytes + _proof(offer, settings.VAULT_SECRETS[0]))


def offer_behind(organisation_id: UUID, token: str) -> Offer | None:
    """The offer of an organisation that a link opens, with its case; None for any other link."""
    try:
        told = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except (binascii.Error, ValueError):
        return None
    # 50 letters hold two bits more than the bytes: only the spelling we gave out counts.
    if len(told) != 16 + _SIGNED or _written(told) != token.lower():
        return None
    rows = Offer.objects.filter(organisation_id=organisation_id, id=UUID(bytes=told[:16]))
    offer = rows.select_related("case__party", "plan").first()
    if offer is None:
        return None
    proofs = (_proof(offer, secret) for secret in settings.VAULT_SECRETS)
    return offer if any(hmac.compare_digest(one, told[16:]) for one in proofs) else None


def line_of(letter: Letter) -> str:
    """What is added to a letter that leaves: the address at which the offer can be answered; ""
    for other letters, and where the house has no public address."""
    if letter.kind != KIND or not settings.PUBLIC_URL:
        return ""
    offer = Offer.objects.select_related("case").filter(event_id=letter.event_id).first()
    if offer is None:
        return ""
    return f"{settings.PUBLIC_URL}/o/{letter.organisation.slug}/offer/{token_of(offer)}/"


def _proof(offer: Offer, secret: str) -> bytes:
    key = hashlib.sha256(b"offer link" + secret.encode()).digest()
    told = offer.id.bytes + offer.case.id.bytes + offer.case.code_round.to_bytes(2, "big")
    return hmac.digest(key, told, "sha256")[:_SIGNED]


def _written(told: bytes) -> str:
    return base64.b32encode(told).decode().rstrip("=").lower()
