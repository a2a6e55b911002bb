"""Who keeps away from a case, asked wherever somebody is to own it, look into it or sign on it.

Reads ties and members; a case of which nothing is said costs no query. The answer itself is one
pure function, ``core.investigation.tie_of``.
"""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._read import rows_of
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case
from tingsu.cases.models import Tie as TieRow
from tingsu.core.investigation import Tie, Ties, tie_of
from tingsu.people.actor import Actor
from tingsu.people.directory import members, names
from tingsu.people.models import Member
from tingsu.people.permission import Can, Role, rights_of

MOST_NAMED = 4  # others who are named in a refusal


def ties_of(case: Case) -> Ties:
    """What the case says of persons."""
    rows = rows_of(TieRow, case_id=case.id, state="stands") if case.ties else []

    def of(kind: str) -> frozenset[UUID]:
        return frozenset(row.member_id for row in rows if row.kind == kind)

    return Ties(case.respondent_person, of("involved"), of("recusal"), of("namesake"))


def tie(case: Case, member: Member | Actor) -> Tie | None:
    """Why this person keeps away from the case; None for those who may."""
    member_id = member.id if isinstance(member, Member) else member.member_id
    if member_id is None or not (case.ties or case.respondent_person_sealed):
        return None
    name = member.name or names({member_id}).get(member_id, "")
    return tie_of(member_id, name, ties_of(case))


def keep_away(
    case: Case, member: Member | Actor, *, field: str = "", right: Can = Can.HANDLE, role: str = ""
) -> None:
    """Raises Refusal, naming others who may, when this person has part in the matter.

    right, role: what the others must hold to be named.
    """
    found = tie(case, member)
    if found is None:
        return
    name = member.name or _("这位同事")
    words = {
        Tie.NAMED: _("投诉里写到了%(name)s。为了公正，本人不能调查、承办或审批。"),
        Tie.INVOLVED: _("%(name)s和这件投诉有牵连。为了公正，本人不能调查、承办或审批。"),
        Tie.RECUSED: _("%(name)s已经回避这件投诉，不能再调查、承办或审批。"),
    }[found] % {"name": name}
    others = who_else(case, right, role)
    if others:
        words += _("可以请%(names)s来办。") % {"names": _("、").join(one.name for one in others)}
    if found is Tie.NAMED:
        words += _("只是同名的，请主管在「调查」里写明。")
    raise Refusal(words, field, "conflict")


def without_part(case: Case, people: Iterable[Member]) -> list[Member]:
    """Those of these people who need not keep away: one query, however many they are."""
    if not (case.ties or case.respondent_person_sealed):
        return list(people)
    ties = ties_of(case)
    return [one for one in people if tie_of(one.id, one.name, ties) is None]


def who_else(case: Case, right: Can = Can.HANDLE, role: str = "") -> list[Member]:
    """Some who may, those of the case's own department first."""
    able = [
        one
        for one in without_part(case, members(case.organisation_id))
        if (not role or role in one.roles) and right in rights_of(Role(name) for name in one.roles)
    ]
    return sorted(able, key=lambda one: one.department_id != case.queue_id)[:MOST_NAMED]
