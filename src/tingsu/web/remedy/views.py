"""The trial calculation of a case, and the proposals recorded there. Reads queries, no models."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.cases import desk
from tingsu.cases.actions import approve
from tingsu.cases.actions.remedy import carry_out, propose
from tingsu.cases.errors import Invalid, NeedsApproval, Refusal
from tingsu.cases.queries import access_case
from tingsu.cases.queries.remedies import proposals
from tingsu.cases.remedies import Asking, case_trial
from tingsu.cases.remedy_kept import GIFTS, in_words
from tingsu.cases.remedy_words import gives_words
from tingsu.core.remedy_facts import money
from tingsu.packs.handling import HANDLING
from tingsu.people.actor import acting
from tingsu.people.permission import Can
from tingsu.people.rulebook import case_pack
from tingsu.web import labels
from tingsu.web.case.wing_page import frame
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import label_of
from tingsu.web.remedy import show
from tingsu.web.remedy.parse import asking_of, gifts_of
from tingsu.web.remedy.words import ICONS, STATES

ROWS = 3  # of goodwill


@door(Can.READ)
def page(request: Asked, case_id: UUID) -> HttpResponse:
    """Choose, fill in, see what is owed. A post works out what was typed and stores nothing."""
    if request.method == "POST" and request.htmx:
        return _live(request, case_id)
    data = request.POST if request.method == "POST" else _draft(request, case_id)
    return _page(request, case_id, data)


@door(Can.HANDLE)
@require_POST
def record(request: Asked, case_id: UUID) -> HttpResponse:
    """Record the proposal; a refusal keeps all that was typed."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    try:
        words = _recorded(request, case, asking_of(request.POST))
    except Refusal as refusal:
        return _page(request, case_id, request.POST, refusal)
    desk.drop_draft(who.member_id, _draft_key(case_id))
    messages.success(request, words)
    return _back(case_id)


@door(Can.HANDLE)
@require_POST
def done(request: Asked, case_id: UUID, row_id: UUID) -> HttpResponse:
    """The customer has it."""
    who = asking(request)
    case = access_case(who, case_id, Can.HANDLE)
    try:
        carry_out(
            case,
            acting(who),
            request.at,
            row_id=row_id,
            text=request.POST.get("text", ""),
            key=_key(request, "remedy-done"),
        )
    except Refusal as refusal:
        messages.error(request, refusal.words)
    else:
        messages.success(request, _("已记下兑现。"))
    return _back(case_id)


def _recorded(request: Asked, case: Any, typed: Asking) -> str:
    """Recorded, or put before the one whose authority covers it; what was done, in words."""
    by, key = acting(asking(request)), _key(request, "remedy")
    text = request.POST.get("text", "")
    gifts = gifts_of(request.POST)
    try:
        propose(case, by, request.at, asking=typed, gifts=gifts, text=text, key=key)
    except NeedsApproval as needed:
        approve.ask(case, by, request.at, planned=needed.planned, key=key)
        role = label_of(labels.ROLES, needed.demand.stages[0]).word
        return _("酌情补偿超出您的权限，已提请%(role)s审批，一批准就记下。") % {"role": role}
    return _("方案已记下。和客户商定后，兑现时在下面标记。")


def _live(request: Asked, case_id: UUID) -> HttpResponse:
    """The result, and what else is another now: the fields, or the situations of another set."""
    case = access_case(asking(request), case_id, Can.READ)
    typed = asking_of(request.POST)
    worked = case_trial(case, typed)
    context: dict[str, Any] = show.context(worked, typed)
    context["fresh_fields"] = context["shown"] != request.POST.get("shown", "")
    context["fresh_situations"] = context["rule_set"] != request.POST.get("shown_set", "")
    return render(request, "web/remedy/live.html", context)


def _page(
    request: Asked, case_id: UUID, data: QueryDict | None, refusal: Refusal | None = None
) -> HttpResponse:
    """The whole page. data: what was typed; None: what the last proposal was made of."""
    context, who = frame(request, case_id, "remedy"), asking(request)
    case, earlier = context["case"], proposals(context["case"])
    typed = _latest(earlier) if data is None else asking_of(data)
    worked = case_trial(case, typed)
    errors = refusal.fields if isinstance(refusal, Invalid) else {}
    limit = HANDLING.of(case_pack(case)).goodwill_limit(who.roles, worked.day)
    context |= show.context(worked, typed, errors)
    context |= {
        "earlier": [_earlier(one) for one in earlier],
        "problems": list(errors.values()) if errors else [refusal.words] if refusal else [],
        "gifts": _gifts(data),
        "kinds": [(code, gives_words(code)) for code in GIFTS],
        "limit": money(limit),
        "text": data.get("text", "") if data else "",
        "may_record": case.open and Can.HANDLE in who.rights,
        "try_url": reverse("case_remedy", args=[case.id]),
        "draft_key": _draft_key(case_id),
    }
    return render(request, "web/remedy/page.html", context, status=422 if refusal else 200)


def _draft(request: Asked, case_id: UUID) -> QueryDict | None:
    """What was typed here and not recorded: its fields must be there before a script fills them."""
    kept = desk.draft(asking(request).member_id, _draft_key(case_id))
    if kept is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in kept[0].items():
        data.setlist(name, [str(value) for value in values] if isinstance(values, list) else [])
    return data


def _draft_key(case_id: UUID) -> str:
    return f"case:{case_id}:remedy"


def _latest(earlier: list[Any]) -> Asking:
    """What the last proposal was made of, to go on from there."""
    return Asking.from_json(earlier[0].asked) if earlier else Asking()


def _earlier(row: Any) -> dict[str, Any]:
    told = in_words(row.outcome)
    return {
        "row": row,
        "state": STATES[row.state],
        "lines": [(one, ICONS[one["gives"]]) for one in told["lines"]],
        "left": told["left"],
        "set": told["set"] if row.outcome["other_set"] else "",
        "gifts": [_gift(one) for one in row.outcome["gifts"]],
        "totals": show.totals(row.outcome["totals"]),
        "goodwill": money(row.goodwill) if row.goodwill else "",
    }


def _gift(kept: dict[str, Any]) -> tuple[str, str, str, str]:
    """Icon, kind, worth, words."""
    worth = money(kept["fen"]) if kept["fen"] else ""
    return ICONS[kept["gives"]], gives_words(kept["gives"]), worth, kept["words"]


def _gifts(data: QueryDict | None) -> list[dict[str, str]]:
    names = ("g.gives", "g.value", "g.words")
    typed = list(zip(*(data.getlist(name) for name in names), strict=False)) if data else []
    rows = typed + [("", "", "")] * (ROWS - len(typed))
    return [{"gives": gives, "value": value, "words": words} for gives, value, words in rows]


def _key(request: Asked, name: str) -> str | None:
    sent = request.POST.get("ik", "")[:40]
    return f"{name}:{sent}" if sent else None


def _back(case_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("case_remedy", args=[case_id]), status=303)
