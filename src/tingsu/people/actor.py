"""Who did something: a member, the customer over the public page, or the house itself. Pure."""

from dataclasses import dataclass
from uuid import UUID

from tingsu.people.permission import Who


@dataclass(frozen=True)
class Actor:
    """Written into every timeline entry. ``member_id`` is set for members alone."""

    kind: str  # member | customer | system
    member_id: UUID | None = None
    name: str = ""


SYSTEM = Actor("system")
CUSTOMER = Actor("customer")


def acting(who: Who) -> Actor:
    """The member as actor."""
    return Actor("member", who.member_id, who.name)
