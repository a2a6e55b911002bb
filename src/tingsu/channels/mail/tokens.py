"""The mark by which an answer finds its case when a client keeps no references. Touches settings.

A mark is the number of the case and a signature: the number alone is printed on many things.
"""

import hashlib
import hmac
import re

from django.conf import settings

_DIGITS = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 10  # 49 bits: to guess one takes more mails than a house receives in its life
_MARK = re.compile(r"\[([A-Za-z0-9]{1,12}-\d{8}-\d{4,8})#([2-9a-hjkmnp-z]{10})\]")


def mark_of(organisation_id: object, number: str) -> str:
    """``[TS-20261121-0412#k7m2…]``, for the subject of what we send."""
    return f"[{number}#{_signature(organisation_id, number)}]"


def number_in(text: str, organisation_id: object) -> str:
    """The number of a case that a text carries with its right signature; "" otherwise."""
    for number, given in _MARK.findall(text):
        if hmac.compare_digest(given, _signature(organisation_id, number)):
            return str(number)
    return ""


def without_mark(subject: str) -> str:
    """The subject as the customer wrote it."""
    return _MARK.sub("", subject).strip()


def _signature(organisation_id: object, number: str) -> str:
    told = f"{organisation_id}|{number}".encode()
    key = b"tingsu.mail" + settings.SECRET_KEY.encode()
    value = int.from_bytes(hmac.digest(key, told, hashlib.sha256)[:12], "big")
    signs = []
    for _sign in range(_LENGTH):
        value, place = divmod(value, len(_DIGITS))
        signs.append(_DIGITS[place])
    return "".join(signs)
