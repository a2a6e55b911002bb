"""Signatures of parties: rows to be asked for, and what follows once one is there.

An action that wants something signed makes the rows with ``asked`` and hangs what follows under
the kind of thing:

    @follows("settlement")
    def _signed(case, row, at): return Plan([...])      # joined with the signature, or None

Builds rows and plans, writes nothing.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._read import row_of, rows_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan
from tingsu.cases.errors import Refusal
from tingsu.cases.models import Case, Signing
from tingsu.core.signing import pinned
from tingsu.people.actor import Actor
from tingsu.people.models import new_id

Follow = Callable[[Case, Signing, datetime], Plan | None]
_FOLLOWS: dict[str, Follow] = {}


def follows(about: str) -> Callable[[Follow], Follow]:
    """Hang what follows a signature under a kind of thing. The row is given as it will stand."""

    def hang(follow: Follow) -> Follow:
        _FOLLOWS[about] = follow
        return follow

    return hang


def following(case: Case, row: Signing, at: datetime) -> Plan | None:
    """What follows this signature, or its refusal."""
    follow = _FOLLOWS.get(row.about)
    return follow(case, row, at) if follow else None


def asked(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    about: str,
    subject: UUID,
    role: str,
    name: str,
    title: str,
    text: str,
) -> Signing:
    """A row that waits for a signature, not yet saved."""
    row = Signing(
        id=new_id(),
        case_id=case.id,
        organisation_id=case.organisation_id,
        about=about,
        subject=subject,
        role=role,
        title=title[:120],
        text_hash=pinned(title[:120], text),
        asked_by_id=by.me,
        asked_at=at,
    )
    row.text, row.name = text, name[:60]
    return row


def waiting(case: Case, signing_id: UUID) -> Signing:
    """The row, if it still waits. Raises Refusal."""
    row = row_of(Signing, id=signing_id, case_id=case.id)
    if row is None:
        raise Refusal(_("找不到这份签字。"), code="missing")
    if row.state != "waiting":
        raise Refusal(_("这份签字已经有结果了，请刷新后再看。"), code="ended")
    return row


def signings(subject: UUID) -> list[Signing]:
    """All that were asked for about one thing, oldest first."""
    return sorted(rows_of(Signing, subject=subject), key=lambda row: row.id)


def all_signed(subject: UUID, besides: Signing | None = None) -> bool:
    """Whether nobody is left to sign. besides: the row that is being signed now."""
    rows = [one for one in signings(subject) if one.state != "withdrawn"]
    return bool(rows) and all(
        one.state == "signed" or (besides is not None and one.id == besides.id) for one in rows
    )


def told(row: Signing) -> dict[str, str]:
    """What an entry says of it: no name, an entry stands for ever."""
    return {
        "signing": str(row.id),
        "about": row.about,
        "subject": str(row.subject),
        "role": row.role,
        "title": row.title,
        "text_hash": row.text_hash,
    }


def withdrawing(rows: Iterable[Signing], at: datetime) -> list[Callable[[], object]]:
    """The effects that take back what still waits: the text is no longer the one to be signed."""
    ids = tuple(row.id for row in rows if row.state == "waiting")
    if not ids:
        return []
    return [changing(Signing, {"state": "withdrawn", "ended_at": at}, id=ids, state="waiting")]


def joined(plan: Plan, more: Plan | None) -> Plan:
    """Two plans as one."""
    if more is None:
        return plan
    return Plan(
        [*plan.entries, *more.entries],
        {**plan.changes, **more.changes},
        [*plan.rows, *more.rows],
        [*plan.effects, *more.effects],
    )


def asked_entry(row: Signing) -> Entry:
    """That somebody was asked to sign."""
    return Entry("sign_asked", "", told(row))
