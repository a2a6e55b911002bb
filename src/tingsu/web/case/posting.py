"""How every step is asked for and taken: parse, one action, back to the page (PRG), or the parts
of the page that changed (htmx). A refusal keeps all that was typed. Reads queries, no models."""

import uuid
from dataclasses import dataclass, field
from typing import IO, Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from tingsu.cases import desk
from tingsu.cases.actions import approve
from tingsu.cases.actions.attach import Given
from tingsu.cases.errors import Invalid, NeedsApproval, Refusal, Stale
from tingsu.cases.queries import access_case
from tingsu.cases.queries.approvals import stages_of
from tingsu.cases.queries.here import open_case
from tingsu.people.actor import acting
from tingsu.people.permission import NotThere
from tingsu.web import labels
from tingsu.web.case import page, respondent
from tingsu.web.case.forms import Place, StepForm
from tingsu.web.case.step import Doing, Step
from tingsu.web.door import Asked, View, asking, door
from tingsu.web.labels import label_of

DIALOG = "step"  # the element of the dialog; composer forms have one of their own


@dataclass
class Told:
    """What came of a submit that was not taken."""

    form: StepForm
    changes: list[Any] = field(default_factory=list)
    status: int = 422


def view_of(step: Step) -> View:
    """The page of a step's form (GET) and the step itself (POST)."""

    @door(step.right)
    def view(request: Asked, case_id: UUID) -> HttpResponse:
        who = asking(request)
        case = access_case(who, case_id, step.right)
        if request.method != "POST":
            place = Place(case, who, request.at, request.GET.get("row", ""))
            first = {
                name: request.GET[name] for name in request.GET if name in step.form.base_fields
            }
            form = step.form(place=place, initial=first, auto_id=f"{step.name}_%s")
            return ask(request, step, case, Told(form, status=200))
        return _submit(request, step, case)

    view.__name__ = f"case_{step.name}"
    return view


def _submit(request: Asked, step: Step, case: Any) -> HttpResponse:
    who = asking(request)
    place = Place(case, who, request.at, request.POST.get("row", ""))
    form = step.form(request.POST, request.FILES, place=place, auto_id=f"{step.name}_%s")
    told = Told(form)
    if form.is_valid():
        doing = Doing(
            case=case,
            who=who,
            by=acting(who),
            at=request.at,
            form=form,
            expected=_number(request.POST.get("version")),
            key=_key(step, request),
            row=place.row,
            files=_given(request),
            origin=request.build_absolute_uri("/")[:-1],
        )
        try:
            words = taken(step, doing)
        except Stale as stale:
            told.changes, told.status = stale.changes, 409
        except Refusal as refusal:
            put(form, refusal)
        else:
            return done(request, step, case.id, words, doing)
    return ask(request, step, access_case(who, case.id, step.right), told)


def taken(step: Step, doing: Doing) -> str:
    """Take the step; one that wants a signature is put before the one who signs (HA-18)."""
    try:
        return step.do(doing)
    except NeedsApproval as needed:
        approve.ask(doing.case, doing.by, doing.at, planned=needed.planned, **doing.fresh)
        role = label_of(labels.ROLES, needed.demand.stages[0]).word
        return _("已提请%(role)s审批，一批准就办，时限按签批那天算。") % {"role": role}


def ask(request: Asked, step: Step, case: Any, told: Told) -> HttpResponse:
    """The form, as a page of its own, in the dialog or in the composer."""
    context = form_context(step, case, told, row=_row(request), ik=_ik(request))
    if not request.htmx:
        who = asking(request)
        _case, reduced = open_case(who, case.id)
        context["title"] = page.bare_title(case) if reduced else page.hidden(who, case, case.title)
        return render(request, "web/case/step_page.html", context, status=told.status)
    in_dialog = request.htmx.target == DIALOG or request.method == "GET"
    template = "web/case/step_form.html" if in_dialog else "web/case/pane_body.html"
    html: str = render_to_string(template, context, request)
    if told.status == 409:
        html += _parts(request, case.id)
    return HttpResponse(html, status=told.status)


def form_context(
    step: Step, case: Any, told: Told, *, row: str = "", ik: str = ""
) -> dict[str, Any]:
    """What the templates of a form ask for."""
    return {
        "step": step,
        "case": case,
        "form": told.form,
        "changes": told.changes,
        "row": row,
        "ik": ik or uuid.uuid4().hex,
        "version": case.version,
        "url": reverse(f"case_{step.name}", args=[case.id]),
        "draft_key": draft_key(case, step.name),
        "missing": page.missing(case) if step.name == "close" else [],
        "signers": stages_of(told.form.place.who, case, step.signed) if step.signed else (),
    }


def done(request: Asked, step: Step, case_id: UUID, words: str, doing: Doing) -> HttpResponse:
    """Back to the page, which says what was done."""
    who = asking(request)
    key = f"case:{case_id}:{step.name}"
    desk.drop_draft(who.member_id, key)
    _bring_back(doing, case_id)
    try:
        open_case(who, case_id)
    except NotThere:  # given away
        return _go(request, reverse("desk"), words)
    case_url = reverse("case", args=[case_id])
    if not request.htmx:
        back = f"?back={doing.row}" if doing.back else ""
        return _go(request, f"{case_url}{back}", words)
    said = "" if step.name == "reply" else words  # the bar that counts down says it
    html = _fresh_body(request, step, case_id) + _parts(request, case_id, said, doing.back)
    response = HttpResponse(html)
    trigger_client_event(response, "tingsu:done", {"draft": key})
    if doing.back:
        trigger_client_event(response, "tingsu:compose", {"tab": "reply"})
    return response


def put(form: StepForm, refusal: Refusal) -> None:
    """Show a refusal at its field; what has no field stands at the head of the form."""
    told = refusal.fields if isinstance(refusal, Invalid) else {refusal.field: refusal.words}
    for name, words in told.items():
        form.add_error(name if name in form.fields else None, words)


def draft_key(case: Any, name: str) -> str:
    """Under which what is typed is kept."""
    return f"case:{case.id}:{name}"


def _fresh_body(request: Asked, step: Step, case_id: UUID) -> str:
    """An empty form for the composer; nothing for the dialog, which closes."""
    if not step.composer or request.htmx.target == DIALOG:
        return ""
    who = asking(request)
    case, _reduced = open_case(who, case_id)
    return str(page.pane(step, Place(case, who, request.at))["html"])


def _parts(
    request: Asked, case_id: UUID, words: str = "", back: dict[str, str] | None = None
) -> str:
    """Everything on the page that may have changed, swapped in beside the answer."""
    if _elsewhere(request, case_id):
        # The page of a wing asks for its own parts as soon as it hears that a step was taken.
        return render_to_string("web/case/wing_parts.html", {"words": words}, request)
    who = asking(request)
    case, reduced = open_case(who, case_id)
    context = (respondent if reduced else page).context(who, case, request.at)
    context |= {"oob": True, "words": words}
    if back:
        pane = next(one for one in context["panes"] if one["step"].name == "reply")
        form = page.returned(pane["step"], Place(case, who, request.at), back["reply"])
        context["returned"] = pane | {"form": form}
    template = "web/case/respondent_parts.html" if reduced else "web/case/parts.html"
    return render_to_string(template, context, request)


def _elsewhere(request: Asked, case_id: UUID) -> bool:
    """Whether the step was taken from another page than the case's own: a wing, say."""
    at = (request.htmx.current_url_abs_path or "").partition("?")[0]
    return at not in ("", reverse("case", args=[case_id]))


def _bring_back(doing: Doing, case_id: UUID) -> None:
    """A letter that was taken back: what was typed since stays below it."""
    if "reply" not in doing.back:
        return
    key = f"case:{case_id}:reply"
    kept = desk.draft(doing.who.member_id, key)
    since = _typed(kept[0].get("text", "")) if kept else ""
    if since:
        doing.back["reply"] += f"\n\n{since}"
    desk.drop_draft(doing.who.member_id, key)


def _typed(kept: Any) -> str:
    """Drafts keep lists of values, as forms have them."""
    return str(kept[0] if isinstance(kept, list) and kept else kept or "").strip()


def _go(request: Asked, url: str, words: str) -> HttpResponse:
    messages.success(request, words)
    if request.htmx:
        return HttpResponseClientRedirect(url)
    return HttpResponse(status=303, headers={"Location": url})


def _given(request: Asked) -> list[Given]:
    return [
        Given(one.name or "", one.size or 0, cast("IO[bytes]", one))
        for one in request.FILES.getlist("files")
    ]


def _key(step: Step, request: Asked) -> str | None:
    """Of this submit: the same for a second click, another for the next form or row."""
    sent, row = _ik(request), _row(request)
    return f"{step.name}:{row[-12:]}:{sent}"[:80] if sent else None


def _ik(request: Asked) -> str:
    return request.POST.get("ik", "")[:40]


def _row(request: Asked) -> str:
    return (request.POST.get("row") or request.GET.get("row") or "")[:40]


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() else None
