"""Who may do what: one table of roles and rights, one reach per role. Pure, no tables touched.

Faces never ask a role by name; they ask ``may(who, Can.X)`` and go through
``cases.queries.access_case``, which adds the reach (which cases at all).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """The nine roles of PL-1."""

    RECEPTION = "reception"
    HANDLER = "handler"
    SUPERVISOR = "supervisor"
    HEAD = "head"
    INSPECTOR = "inspector"
    TRAINER = "trainer"
    RESPONDENT = "respondent"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Can(StrEnum):
    """Rights. A route names exactly one."""

    DESK = "desk"  # sign in and see the own desk
    RECEIVE = "receive"  # register a complaint
    READ = "read"  # open a case
    RECORD = "record"  # note, contact, attach, restate
    HANDLE = "handle"  # take, promise, ask departments, reply, accept, close
    ASSIGN = "assign"  # give a case to somebody
    DECIDE = "decide"  # refuse, transfer, cancel, reopen
    INSTRUCT = "instruct"  # written instruction 批示 (SC-6)
    APPROVE = "approve"  # sign what others ask for 审批 (CL-1)
    ANSWER = "answer"  # answer a task of the own department
    PARTIES = "parties"  # the register of complainants
    UNMASK = "unmask"  # see personal data in full; every look is recorded (PL-2)
    WATCH = "watch"  # propose a watch list entry
    WATCH_APPROVE = "watch_approve"
    IMPORT = "import"
    DAYS = "days"  # take in a holiday notice, which moves every running clock
    MEMBERS = "members"  # members, departments, the organisation
    AUDIT = "audit"  # look records, chains
    COACH = "coach"  # the phrases of the guard: see what it catches, add own ones
    ARCHIVE = "archive"  # see the register of files put away, and what was disposed of
    DISPOSE = "dispose"  # place, hold and disposal of files, requests of persons; two persons
    RULES = "rules"  # change the rules of a pack: propose, or sign what another proposed


class Reach(StrEnum):
    """Which cases of the own organisation a role reaches."""

    NONE = "none"
    ASKED = "asked"  # those in which the own department has a task
    ENDED = "ended"  # those that are over
    # Own ones, those of the own department and below, and what waits for somebody above it: new
    # complaints wait at the centre, and its groups take them from there.
    BRANCH = "branch"
    ALL = "all"


_WORK = frozenset({Can.DESK, Can.READ, Can.RECORD, Can.RECEIVE, Can.PARTIES, Can.UNMASK})
_HANDLER = _WORK | {Can.HANDLE, Can.ANSWER, Can.WATCH}
_SUPERVISOR = _HANDLER | {
    Can.ASSIGN, Can.DECIDE, Can.IMPORT, Can.APPROVE, Can.ARCHIVE, Can.DISPOSE
}  # fmt: skip

RIGHTS: Mapping[Role, frozenset[Can]] = {
    Role.RECEPTION: _WORK,
    Role.HANDLER: _HANDLER,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.HEAD: _SUPERVISOR | {Can.INSTRUCT, Can.DAYS, Can.WATCH_APPROVE, Can.RULES, Can.COACH},
    Role.INSPECTOR: frozenset({Can.DESK, Can.READ, Can.RECORD}),
    Role.TRAINER: frozenset({Can.DESK, Can.READ, Can.COACH}),
    Role.RESPONDENT: frozenset({Can.DESK, Can.READ, Can.ANSWER}),
    Role.ADMINISTRATOR: frozenset({Can.DESK, Can.MEMBERS, Can.IMPORT, Can.RULES}),
    Role.AUDITOR: frozenset({Can.DESK, Can.READ, Can.AUDIT, Can.ARCHIVE}),
}

REACH: Mapping[Role, Reach] = {
    Role.RECEPTION: Reach.ALL,  # whoever picks up the phone must find the caller's case (IN-3)
    Role.HANDLER: Reach.BRANCH,
    Role.SUPERVISOR: Reach.BRANCH,
    Role.HEAD: Reach.ALL,
    Role.INSPECTOR: Reach.ALL,
    Role.TRAINER: Reach.ENDED,
    Role.RESPONDENT: Reach.ASKED,
    Role.ADMINISTRATOR: Reach.NONE,
    Role.AUDITOR: Reach.ALL,
}


# Those who see or change much are asked for a second factor (PL-3).
SECOND_FACTOR = frozenset({Role.SUPERVISOR, Role.HEAD, Role.ADMINISTRATOR, Role.AUDITOR})


@dataclass(frozen=True)
class Who:
    """The signed-in member as the rest of the house sees them."""

    member_id: UUID
    user_id: UUID
    organisation_id: UUID
    department_id: UUID
    branch: frozenset[UUID]  # the own department and everything below it
    name: str
    post: str
    department_name: str
    roles: frozenset[Role]
    houses: int = 1  # how many organisations the person belongs to
    above: frozenset[UUID] = frozenset()  # the departments over the own one
    scopes: frozenset[Can] | None = None  # what a token may at most; None for the person
    beginner: bool = False
    guide_hidden: bool = False

    @property
    def rights(self) -> frozenset[Can]:
        own = rights_of(self.roles)
        return own if self.scopes is None else own & self.scopes


def rights_of(roles: Iterable[Role]) -> frozenset[Can]:
    """The union of what the roles may do."""
    return frozenset().union(*(RIGHTS[role] for role in roles))


def may(who: Who | None, right: Can) -> bool:
    """The one answer to "may this person?"; nobody signed in may do nothing."""
    return who is not None and right in who.rights


def reaches(who: Who, right: Can) -> frozenset[Reach]:
    """The reaches of those roles that carry the right: a right never borrows another role's."""
    if right not in who.rights:
        return frozenset()
    return frozenset(REACH[role] for role in who.roles if right in RIGHTS[role])


class Forbidden(Exception):
    """Signed in, but the right is missing. Faces answer 403 with a kind sentence."""

    def __init__(self, right: Can) -> None:
        self.right = right
        super().__init__(f"right missing: {right}")


class NotThere(Exception):
    """The thing does not exist, or not for this person: the two must look the same (404)."""
