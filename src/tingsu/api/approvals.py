"""What waits for signatures: the inbox of a signer, those of a case, signing, returning."""

from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _l
from ninja import Field, Query

from tingsu.api import cursor
from tingsu.api.door import Call
from tingsu.api.lines import Line, Named, line, named, readable
from tingsu.api.place import Doing, Done, Place, etag, key_header, key_of, told
from tingsu.api.shapes import Asked, In, Instant, Out, Text
from tingsu.cases.actions import approve as approving
from tingsu.cases.queries import approvals
from tingsu.people.permission import Can

place = Place("approvals")


class Signature(Out):
    """Who signed, or sent it back."""

    member: Named
    in_place_of: Named | None
    role: str
    result: str
    text: str
    at: Instant


class Approval(Out):
    """A planned step that waits. ``told``: the values it will be carried out with."""

    id: UUID
    case_id: UUID
    kind: str
    step: str
    told: dict[str, Any]
    amount: int | None
    stages: list[str]
    role: str
    state: str
    asked_by: Named
    asked_at: Instant
    due_at: Instant
    signatures: list[Signature]


class Waiting(Approval):
    """One of the inbox, with its case."""

    case: Line


class Inbox(Out):
    """The oldest due first."""

    approvals: list[Waiting]
    following: str | None


class Page(Asked):
    """Which page."""

    after: str = Field("", max_length=600)


@place.get("/approvals", Can.APPROVE, _l("等我签批的"), Inbox)
def inbox(request: Call, wanted: Query[Page]) -> Any:
    """The own ones, and those of absent members for whom this one stands in."""
    auth = request.auth
    page = approvals.inbox(auth.who, auth.at, after=cursor.opened("approvals", wanted.after))
    rows = [
        {**_approval(request, row.case, row, []), "case": line(auth.who, row.case)}
        for row in page.rows
    ]
    return {"approvals": rows, "following": cursor.sealed("approvals", page.following)}


class OfCase(Out):
    """The newest first."""

    approvals: list[Approval]


@place.get("/cases/{uuid:case_id}/approvals", Can.READ, _l("这件投诉的审批"), OfCase)
def of_case(request: Call) -> Any:
    """Everything that was ever put up for signature."""
    case = request.auth.case
    rows = approvals.of_case(case)
    return {
        "approvals": [_approval(request, case, row, list(row.signatures.all())) for row in rows]
    }


class SignIn(In):
    """approve: the last signature carries the step out. return: with the reason in ``text``."""

    do: Literal["approve", "return"]
    text: Text = Field("", max_length=2_000)


@place.post("/approvals/{uuid:approval_id}", Can.APPROVE, _l("签批或退回"), {200: Done})
def sign(
    request: Call,
    response: HttpResponse,
    approval_id: UUID,
    sent: SignIn,
    key: str | None = key_header(),
) -> Any:
    """412 when the case has moved on since it was asked."""
    auth = request.auth
    row, standing = approvals.access_approval(auth.who, approval_id, auth.at)
    given: dict[str, Any] = {
        "approval_id": row.id,
        "in_place_of": standing.in_place_of,
        "key": key_of(auth.who, "sign", key),
    }
    if sent.do == "return":
        written = approving.send_back(row.case, auth.by, auth.at, reason=sent.text, **given)
    else:
        written = approving.approve(row.case, auth.by, auth.at, text=sent.text, **given)
    etag(response, written.case.version)
    return told(written.case, repeated=written.repeated)


class WithdrawIn(In):
    """Which request."""

    approval_id: UUID


@place.step("approval-withdraw", Can.HANDLE, _l("撤回审批"))
def approval_withdraw(on: Doing, sent: WithdrawIn) -> Any:
    """By the one who asked, or the owner."""
    return approving.withdraw(on.case, on.by, on.at, approval_id=sent.approval_id, **on.once)


def _approval(request: Call, case: Any, row: Any, signatures: list[Any]) -> dict[str, Any]:
    who = request.auth.who
    return {
        **{name: getattr(row, name) for name in _PLAIN},
        "told": {
            name: readable(who, case, value) if isinstance(value, str) else value
            for name, value in row.told.items()
        },
        "asked_by": named(row.asked_by),
        "signatures": [
            {
                "member": named(one.member),
                "in_place_of": named(one.in_place_of),
                "text": readable(who, case, one.text),
                **{name: getattr(one, name) for name in ("role", "result", "at")},
            }
            for one in signatures
        ],
    }


_PLAIN = "id case_id kind step amount stages role state asked_at due_at".split()
