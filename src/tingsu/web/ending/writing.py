"""The pages on which an agreement or a decision is written: text, and what it makes owed. Parsing
and rendering; the actions decide. A refusal keeps all that was typed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tingsu.cases import desk
from tingsu.cases.actions import agree, approve, rule_on
from tingsu.cases.errors import Invalid, NeedsApproval, Refusal
from tingsu.cases.queries import ending as queries
from tingsu.core.ending import Line
from tingsu.people import directory
from tingsu.people.actor import acting
from tingsu.people.permission import Can, NotThere
from tingsu.web import labels, spoken
from tingsu.web.case.wing_page import frame
from tingsu.web.case.words import language
from tingsu.web.door import Asked, asking, door
from tingsu.web.ending.parse import lines_of, money_of, shown_lines, typed_lines
from tingsu.web.labels import label_of
from tingsu.web.labels_ending import GIVES, OWERS, SOURCES

ROWS = 2  # empty ones below those that are filled
FACTS = ("found", "reasons", "basis", "terms")


@door(Can.HANDLE)
def agreement_new(request: Asked, case_id: UUID, kind: str) -> HttpResponse:
    """A new one, begun with the pack's text and the lines of the newest proposal."""
    if kind not in agree.KINDS:
        raise NotThere
    context = frame(request, case_id, "ending", Can.HANDLE)
    case = context["case"]
    proposal = next(iter(queries.proposed(case)), None)
    lines = queries.lines(proposal) if proposal else []
    context |= {"kind": kind, "heading": label_of(SOURCES, kind)}
    if request.method == "POST":
        chosen = proposal.id if proposal and request.POST.get("proposal") else None
        told: dict[str, Any] = {"kind": kind, "calculation": chosen}
        return _write(request, context, lambda more: agree.draft(case, **told, **more))
    return _page(request, context, _begun(case, kind, lines), shown_lines(_dated(case, lines)),
                 proposal=proposal)  # fmt: skip


@door(Can.HANDLE)
def agreement(request: Asked, case_id: UUID, agreement_id: UUID) -> HttpResponse:
    """Change one that is not signed yet."""
    context = frame(request, case_id, "ending", Can.HANDLE)
    case = context["case"]
    row = queries.agreement(case, agreement_id)
    if row.state not in ("draft", "signing"):
        return _back(case_id)
    context |= {"kind": row.kind, "heading": label_of(SOURCES, row.kind), "row": row}
    if request.method == "POST":
        return _write(
            request, context, lambda more: agree.change(case, agreement_id=row.id, **more)
        )
    return _page(request, context, row.text, shown_lines(queries.drafted(row)))


@door(Can.HANDLE)
def decision(request: Asked, case_id: UUID) -> HttpResponse:
    """Facts, reasons, basis, what is decided, and what it makes owed."""
    context = frame(request, case_id, "ending", Can.HANDLE)
    case = context["case"]
    facts = {name: request.POST.get(name, "") for name in (*FACTS, "amount")}
    context["facts"] = facts
    if request.method != "POST":
        return _decision(request, context, [])
    try:
        words = _decided(request, case, facts)
    except Refusal as refusal:
        return _decision(request, context, typed_lines(request.POST), refusal)
    _drop(request, case_id, "decision")
    messages.success(request, words)
    return _back(case_id)


def _decided(request: Asked, case: Any, facts: Mapping[str, str]) -> str:
    """Decided, or put before the one who signs; what was done, in words."""
    by, key = acting(asking(request)), _key(request, "decision")
    try:
        amount = money_of(facts["amount"])
    except ValidationError as odd:
        raise Invalid({"amount": odd.messages[0]}) from odd
    told = {name: facts[name] for name in FACTS}
    ruling = rule_on.Ruling(**told, amount=amount, lines=lines_of(request.POST))
    try:
        rule_on.decide(case, by, request.at, ruling=ruling, key=key)
    except NeedsApproval as needed:
        approve.ask(case, by, request.at, planned=needed.planned, key=key)
        role = label_of(labels.ROLES, needed.demand.stages[0]).word
        return _("决定已提请%(role)s审批，一批准就作出，文书随之备好。") % {"role": role}
    return _("决定已作出，文书草稿备好了，请核对、签发、送达。")


def _write(request: Asked, context: dict[str, Any], act: Any) -> HttpResponse:
    case, text = context["case"], request.POST.get("text", "")
    told = {"by": acting(asking(request)), "at": request.at, "text": text}
    try:
        act(told | {"lines": lines_of(request.POST), "key": _key(request, "agreement")})
    except Refusal as refusal:
        return _page(request, context, text, typed_lines(request.POST), refusal)
    _drop(request, case.id, "agreement")
    messages.success(request, _("协议已存好。核对无误后，请双方签字。"))
    return _back(case.id)


def _page(
    request: Asked,
    context: dict[str, Any],
    text: str,
    rows: list[dict[str, str]],
    refusal: Refusal | None = None,
    *,
    proposal: Any = None,
) -> HttpResponse:
    book, on = queries.book(context["case"])
    context |= {
        "text": text,
        "proposal": proposal or request.POST.get("proposal"),
        "principles": [one.label(language()) for one in book.principles(context["kind"], on)],
        "draft_key": f"case:{context['case'].id}:agreement",
        **_lines(request, rows),
        **_refused(refusal),
    }
    return render(request, "web/ending/agreement.html", context, status=422 if refusal else 200)


def _decision(
    request: Asked,
    context: dict[str, Any],
    rows: list[dict[str, str]],
    refusal: Refusal | None = None,
) -> HttpResponse:
    context |= {
        "draft_key": f"case:{context['case'].id}:decision",
        **_lines(request, rows),
        **_refused(refusal),
    }
    return render(request, "web/ending/decision.html", context, status=422 if refusal else 200)


def _lines(request: Asked, rows: list[dict[str, str]]) -> dict[str, Any]:
    people = directory.members(asking(request).organisation_id)
    filled = [row for row in rows if any(row[name] for name in ("words", "fen"))]
    empty = {"gives": "refund", "words": "", "fen": "", "due": "", "by": "house", "member": ""}
    return {
        "rows": filled + [dict(empty) for _place in range(max(ROWS, 4 - len(filled)))],
        "gives": GIVES,
        "owers": OWERS,
        "people": people,
    }


def _refused(refusal: Refusal | None) -> dict[str, Any]:
    if refusal is None:
        return {"problems": [], "wrong": {}}
    if isinstance(refusal, Invalid):
        return {"problems": list(refusal.fields.values()), "wrong": refusal.fields}
    return {"problems": [refusal.words], "wrong": {}}


def _begun(case: Any, kind: str, lines: list[Line]) -> str:
    """The pack's text, filled with what the case knows."""
    book, on = queries.book(case)
    template = next(iter(book.templates(kind, on)), None)
    if template is None:
        return ""
    told = {
        "complainant": case.party.name if case.party else _("投诉人"),
        "respondent": case.respondent_unit or _("被投诉方"),
        "title": case.title,
        "number": case.number,
        "lines": "\n".join(_in_words(place, one) for place, one in enumerate(lines, start=1)),
    }
    text = template.body(case.language)
    for name, value in told.items():
        text = text.replace("{" + name + "}", value)
    return text.strip()


def _in_words(place: int, one: Line) -> str:
    kind = str(label_of(GIVES, one.gives).word)
    words = one.words if one.words.startswith(kind) else f"{kind}{_('：')}{one.words}"
    sum_ = spoken.money(one.fen) if one.fen and spoken.money(one.fen) not in words else ""
    return f"{place}. {' '.join(filter(None, (words, sum_)))}{_('。')}"


def _dated(case: Any, lines: list[Line]) -> list[Line]:
    """With the pack's time for each, so that the day is seen."""
    now = timezone.now()
    return [
        Line(
            one.gives, one.words, one.fen, one.owed_by,
            queries.usual_day(case, one.gives, now).isoformat(), one.member,
        )
        for one in lines
    ]  # fmt: skip


def _drop(request: Asked, case_id: UUID, name: str) -> None:
    desk.drop_draft(asking(request).member_id, f"case:{case_id}:{name}")


def _key(request: Asked, name: str) -> str | None:
    sent = request.POST.get("ik", "")[:40]
    return f"{name}:{sent}" if sent else None


def _back(case_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("case_ending", args=[case_id]), status=303)
