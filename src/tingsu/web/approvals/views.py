"""The inbox of a signer, one request, and the approvals of a case. Reads queries, no models."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.cases.actions import approve
from tingsu.cases.errors import Refusal, Stale
from tingsu.cases.queries import access_case, approvals, screening
from tingsu.cases.queries.file import clocks, person
from tingsu.cases.queries.parties import openable
from tingsu.people.actor import acting
from tingsu.people.permission import Can, NotThere
from tingsu.web import labels
from tingsu.web.approvals.words import said_of
from tingsu.web.case import cards, page
from tingsu.web.case.wing_page import frame
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import label_of
from tingsu.web.rows import category_words


@door(Can.APPROVE)
def inbox(request: Asked) -> HttpResponse:
    """What waits for my signature, the oldest due first."""
    who = asking(request)
    found = approvals.inbox(who, request.at, after=request.GET.get("after", ""))
    context = {
        "place": "approvals",
        "now": request.at,
        "rows": [
            {"row": row, "said": said_of(row), "title": page.hidden(who, row.case, row.case.title)}
            for row in found.rows
        ],
        "following": found.following,
        "after": request.GET.get("after", ""),
        "absent": [one.name for one in approvals.standings(who, request.at) if one.in_place_of],
    }
    return render(request, "web/approvals/inbox.html", context)


@door(Can.APPROVE)
def one(request: Asked, approval_id: UUID) -> HttpResponse:
    """One request with what is needed to decide it; POST signs it or sends it back."""
    who = asking(request)
    row, standing = approvals.access_approval(who, approval_id, request.at)
    if request.method != "POST":
        return _show(request, row, standing)
    case, by, text = row.case, acting(who), request.POST.get("text", "")
    given: dict[str, Any] = {
        "approval_id": row.id,
        "in_place_of": standing.in_place_of,
        "key": request.POST.get("ik", "")[:40] or None,
    }
    try:
        if request.POST.get("do") == "return":
            approve.send_back(case, by, request.at, reason=text, **given)
            return _done(request, _("已退回，理由写在经过里，提请的人会看到。"))
        written = approve.approve(case, by, request.at, text=text, **given)
    except Stale as stale:
        told = {"wrong": stale.words, "changes": stale.changes}
        return _show(request, row, standing, status=409, text=text, **told)
    except Refusal as refusal:
        return _show(request, row, standing, status=422, text=text, wrong=refusal.words)
    over = len(written.events) > 1
    return _done(request, _("已批准，这一步已经办了。") if over else _("已批准，交下一道签批。"))


@door(Can.READ)
def of_case(request: Asked, case_id: UUID) -> HttpResponse:
    """Everything that was ever put up for signature on a case."""
    context = frame(request, case_id, "approvals")
    who = asking(request)
    waiting = approvals.mine_among(who, context["case"], request.at)
    context["approvals"] = [
        {
            "row": row,
            "said": said_of(row),
            "mine": row.id in waiting,
            "own": row.state == "waiting"
            and who.member_id in (row.asked_by_id, context["case"].owner_id),
        }
        for row in approvals.of_case(context["case"])
    ]
    return render(request, "web/approvals/of_case.html", context)


@door(Can.HANDLE)
@require_POST
def withdraw(request: Asked, case_id: UUID, approval_id: UUID) -> HttpResponse:
    """The one who asked, or the owner, takes the request back."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    try:
        approve.withdraw(case, acting(who), request.at, approval_id=approval_id)
        messages.success(request, _("审批已撤回。"))
    except Refusal as refusal:
        messages.error(request, refusal.words)
    url = reverse("case_approvals", args=[case_id])
    return HttpResponse(status=303, headers={"Location": url})


def _show(
    request: Asked, row: Any, standing: Any, *, status: int = 200, **told: Any
) -> HttpResponse:
    who, case = asking(request), row.case
    if row.state != "waiting" and status == 200:
        raise NotThere
    context = {
        "place": "approvals",
        "now": request.at,
        "row": row,
        "case": case,
        "said": said_of(row),
        "standing": standing,
        "title": page.hidden(who, case, case.title),
        "narrative": page.hidden(who, case, case.narrative),
        "request_text": page.hidden(who, case, case.request),
        "person": person(who, case.party),
        "category": category_words(case, request.LANGUAGE_CODE),
        "clocks": [one for one in cards.clock_cards(case, clocks(case), request.at) if one.alive],
        "earlier": [one for one in approvals.of_case(case) if one.id != row.id],
        "signatures": approvals.signatures(row),
        "missing": page.missing(case) if row.kind == "closing" else [],
        **_review(case),
        "open_url": reverse("case", args=[case.id]) if openable(who, [case]) else "",
        "ik": uuid.uuid4().hex,
        **told,
    }
    return render(request, "web/approvals/one.html", context, status=status)


def _review(case: Any) -> dict[str, Any]:
    """What first review concluded: the second pair of eyes begins where the first one ended."""
    row = screening.latest(case)
    if row is None:
        return {"review": None}
    return {
        "review": row,
        "review_outcome": label_of(labels.SCREENED, row.outcome).word,
        "review_reasons": screening.reasons(case, row),
        "review_open": screening.not_met(case, row),
    }


def _done(request: Asked, words: str) -> HttpResponse:
    messages.success(request, words)
    return HttpResponse(status=303, headers={"Location": reverse("approvals")})
