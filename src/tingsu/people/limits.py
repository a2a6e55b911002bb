"""How often one address, number, token or case may ask. Touches the cache named "limits".

Windows of fixed length, counted over the cache that all processes of a machine share. Generous:
a family, a school or an office often shares one address. Counting is not exact when two requests
meet in the same instant; guessing a code of 50 bits gains nothing by that.
"""

import hashlib
import ipaddress
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """At most ``most`` in ``seconds``, for one mark (an address, a number, a case)."""

    name: str
    most: int
    seconds: int


# Of the public, over pages and API together.
SUBMIT = Limit("submit", 40, 3600)  # complaints from one address
FIND = Limit("find", 30, 600)  # wrong look-ups from one address
FIND_NUMBER = Limit("find-number", 10, 600)  # wrong look-ups of one number
SAY = Limit("say", 30, 3600)  # messages, answers and ratings on one case
SAY_HERE = Limit("say-here", 120, 3600)  # the same from one address


def allowed(limit: Limit, mark: str) -> bool:
    """Count one more; False when that is too many."""
    return count(limit, mark) <= limit.most


def used_up(limit: Limit, mark: str) -> bool:
    """Whether one more would be too many. Counts nothing."""
    return settings.PUBLIC_LIMITS and _store().get(_key(limit, mark), 0) >= limit.most


def count(limit: Limit, mark: str) -> int:
    """One more in the present window; returns how many that makes. 0 where limits are off."""
    if not settings.PUBLIC_LIMITS:
        return 0
    key = _key(limit, mark)
    so_far: int = _store().get(key, 0) + 1
    _store().set(key, so_far, limit.seconds)
    return so_far


def wait(limit: Limit) -> int:
    """Seconds until the window is over."""
    return limit.seconds - seconds() % limit.seconds


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: an IPv4 address, or the network of an IPv6 one (a household has
    billions of those). Behind our own TLS proxy, the address which that proxy saw."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_TLS:
        given = request.META.get("HTTP_X_FORWARDED_FOR", given).split(",")[-1].strip()
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def seconds() -> int:
    """The present second; the windows are counted in these."""
    return int(time.time())


def _store() -> BaseCache:
    return caches["limits"]


def _key(limit: Limit, mark: str) -> str:
    """Hashed with our secret: what lies in the cache names nobody."""
    window = seconds() // limit.seconds
    told = f"{settings.SECRET_KEY}|{limit.name}|{mark}|{window}"
    return hashlib.sha256(told.encode()).hexdigest()
