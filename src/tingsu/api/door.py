"""The door of every operation: whose token, may it, on which case, how often. Asks people and
``cases.queries``; decides nothing itself. Right and reach come before the body is read, so that a
stranger learns nothing from what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import now
from ninja.security.http import HttpAuthBase

from tingsu.api.problems import TooOften
from tingsu.cases.queries import access_case
from tingsu.cases.queries.here import open_case
from tingsu.people import limits, tokens
from tingsu.people.actor import Actor, acting
from tingsu.people.limits import Limit
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may

Find = Callable[[Who, Any, Can], tuple[Any, bool]]


@dataclass(frozen=True)
class Caller:
    """Who asks. ``case``: of operations on one; ``reduced``: asked something, no more (HA-13)."""

    who: Who
    at: datetime
    case: Any = None
    reduced: bool = False

    @property
    def by(self) -> Actor:
        """The member, as the timeline writes them."""
        return acting(self.who)


class Call(HttpRequest):
    """A request that came through the door."""

    auth: Caller


def whole(who: Who, case_id: Any, right: Can) -> tuple[Any, bool]:
    """The case, for those who have the right on it."""
    return access_case(who, case_id, right), False


def whole_file(who: Who, case_id: Any, right: Can) -> tuple[Any, bool]:
    """The case, for those who see all of it: nobody who was only asked something."""
    if not may(who, right):
        raise Forbidden(right)
    case, reduced = open_case(who, case_id)
    if reduced:
        raise NotThere
    return case, False


def opened(who: Who, case_id: Any, right: Can) -> tuple[Any, bool]:
    """The case, or as much of it as the own department was asked about."""
    if not may(who, right):
        raise Forbidden(right)
    return open_case(who, case_id)


class Token(HttpAuthBase):
    """``Authorization: Bearer tingsu_…``; finds the case where the address names one."""

    openapi_scheme = "bearer"

    def __init__(self, right: Can, find: Find | None = None) -> None:
        self.right, self.find = right, find
        super().__init__()

    def __call__(self, request: HttpRequest) -> Caller | None:
        at = now()
        found = tokens.bearer(_secret(request), at) if _secret(request) else None
        if found is None:
            slowly(request)
            return None
        _count(Limit("api", settings.API_PER_MINUTE, 60), str(found.token_id))
        if not may(found.who, self.right):
            raise Forbidden(self.right)
        if self.find is None:
            return Caller(found.who, at)
        match = cast("Any", request.resolver_match)
        case, reduced = self.find(found.who, match.kwargs["case_id"], self.right)
        return Caller(found.who, at, case, reduced)


def slowly(request: HttpRequest) -> None:
    """Somebody without a token: a tenth of the pace, by address. Raises TooOften."""
    most = max(settings.API_PER_MINUTE // 10, 1)
    _count(Limit("api-open", most, 60), limits.address_of(request))


def _count(limit: Limit, mark: str) -> None:
    if not limits.allowed(limit, mark):
        raise TooOften(limits.wait(limit))


def _secret(request: HttpRequest) -> str:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip()[:200] if scheme.lower() == "bearer" else ""
