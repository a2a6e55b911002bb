"""What every page knows: the member, the organisation, the rights, the bell. Calls people and case
queries."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from django.http import HttpRequest

from tingsu.cases.queries import lists
from tingsu.people.directory import organisation
from tingsu.people.permission import Can, Who, may


def shell(request: HttpRequest) -> dict[str, Any]:
    """``who``, ``can`` (a set of rights as words), ``house`` and ``waiting`` for templates."""
    who = getattr(request, "who", None)
    if not who:
        return {"who": None, "can": frozenset(), "house": None}
    return {
        "who": who,
        "can": frozenset(right.value for right in who.rights),
        "house": organisation(who.organisation_id),
        "waiting": _bell(request, who),
    }


def saw_news(request: HttpRequest, who: Who, at: datetime) -> None:
    """The member looked at what waits; the bell begins to count again."""
    request.session[_key(who)] = at.isoformat()


def _bell(request: HttpRequest, who: Who) -> Callable[[], int]:
    """Asked when a page shows it, and then once: parts of pages cost nothing."""

    @cache
    def count() -> int:
        if not may(who, Can.READ):
            return 0
        seen = request.session.get(_key(who))
        at: datetime = request.at  # type: ignore[attr-defined]
        return lists.unseen(who, at, datetime.fromisoformat(seen) if seen else None)

    return count


def _key(who: Who) -> str:
    # By member: the same person has another desk in another organisation.
    return f"news:{who.member_id}"
