"""Who did something: a member, the customer over the public page, or the house itself. Pure."""

from dataclasses import dataclass
from uuid import UUID

from tingsu.people.permission import Who


@dataclass(frozen=True)
class Actor:
    """Written into every timeline entry. ``member_id`` is set for members alone."""

    kind: str  # member | customer | respondent | system
    member_id: UUID | None = None
    name: str = ""

    @property
    def me(self) -> UUID:
        """The member, for steps that only members take. Raises TypeError for anybody else."""
        if self.member_id is None:
            raise TypeError(f"only a member does this, not the {self.kind}")
        return self.member_id


SYSTEM = Actor("system")
CUSTOMER = Actor("customer")
RESPONDENT = Actor("respondent")  # by a link of their own


def acting(who: Who) -> Actor:
    """The member as actor."""
    return Actor("member", who.member_id, who.name)
