"""Whether a member may promise this alone, and whom to ask where not (HA-7). Reads people, packs,
proposals of a remedy; writes nothing.
"""

from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._read import rows_of
from tingsu.cases.coach import guard_of
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Calculation, Case
from tingsu.core.remedy_facts import money
from tingsu.core.wording.amounts import largest
from tingsu.core.wording.guard import Mark
from tingsu.packs import calendar_of
from tingsu.packs.handling import HANDLING
from tingsu.people import directory
from tingsu.people.actor import Actor
from tingsu.people.models import Member
from tingsu.people.permission import Role
from tingsu.people.rulebook import case_pack

KIND = "beyond_authority"  # of the guard
ABOVE = frozenset({Role.SUPERVISOR.value, Role.HEAD.value})
MOST_NAMED = 3


def within(
    case: Case, by: Actor, text: str, *, field: str = "content", agreed_by: UUID | None = None
) -> Member | None:
    """Let a promise pass; who agreed to it, where that was needed.

    Raises Invalid at the field with whom to ask, or at ``agreed_by`` where that one may not either.
    A promise without money and without big words asks the database nothing.
    """
    fen = largest(text)
    words = [text[m.start : m.end] for m in guard_of(case).marks(text) if _beyond(m)]
    if by.member_id is None or not (fen or words):
        return None
    owed = _owed(case)
    me = Member.objects.get(id=by.member_id)
    if _may(case, me, fen - owed, words):
        return None
    if agreed_by is None:
        how = _("同意了，再选「谁同意的」。") if field == "content" else _("同意了，再写进承诺。")
        raise Invalid({field: _refused(case, me, fen - owed, owed, words) + how})
    other = Member.objects.filter(
        id=agreed_by, organisation_id=case.organisation_id, active=True
    ).first()
    if other is None or other.id == me.id or not _may(case, other, fen - owed, words):
        raise Invalid({"agreed_by": _("这位同事也定不了，请另选一位。")})
    return other


def _beyond(mark: Mark) -> bool:
    """Phrases alone: what the guard only guesses is a hint, never a refusal."""
    return mark.kind == KIND and bool(mark.phrase)


def deciders(organisation_id: UUID) -> list[Member]:
    """Those who can be asked at all."""
    return [one for one in directory.members(organisation_id) if ABOVE & set(one.roles)]


def _may(case: Case, member: Member, fen: int, words: list[str]) -> bool:
    if words and not ABOVE & set(member.roles):
        return False
    return fen <= _limit(case, member)


def _limit(case: Case, member: Member) -> int:
    pack = case_pack(case)
    arrived = calendar_of(pack).day_of(case.received_at)
    return HANDLING.of(pack).goodwill_limit(member.roles, arrived)


def _owed(case: Case) -> int:
    """What the newest proposal owes by the rules: that is no goodwill, and may be promised."""
    if not case.remedied:
        return 0
    rows = rows_of(Calculation, case_id=case.id, state=("proposed", "done"))
    return max(rows, key=lambda row: row.made_at).owed if rows else 0


def _refused(case: Case, me: Member, fen: int, owed: int, words: list[str]) -> str:
    if words:
        what = _("“%(words)s”这样的话您一个人不能答应。") % {"words": words[0]}
    else:
        told = {"sum": money(fen + owed), "limit": money(_limit(case, me) + owed)}
        what = _("%(sum)s 超出您可以答应的 %(limit)s。") % told
    return what + _whom(case, me, fen, words)


def _whom(case: Case, me: Member, fen: int, words: list[str]) -> str:
    able = [
        one
        for one in deciders(case.organisation_id)
        if one.id != me.id and _may(case, one, fen, words)
    ]
    if not able:
        return _("本机构没有人能单独答应，先逐级请示；")
    able.sort(key=lambda one: (_limit(case, one), one.department_id != me.department_id))
    named = _("、").join(one.name for one in able[:MOST_NAMED])
    return _("先问 %(names)s；") % {"names": named}
