"""What every page knows: the member, the organisation, the rights. Reads people only."""

from typing import Any

from django.http import HttpRequest

from tingsu.people.directory import organisation


def shell(request: HttpRequest) -> dict[str, Any]:
    """``who``, ``can`` (a set of rights as words) and ``house`` for templates."""
    who = getattr(request, "who", None)
    if not who:
        return {"who": None, "can": frozenset(), "house": None}
    return {
        "who": who,
        "can": frozenset(right.value for right in who.rights),
        "house": organisation(who.organisation_id),
    }
