"""Tasks over all cases, and the register of responsibility. Reads queries, no models."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions import responsible
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.queries import responsibility
from tingsu.cases.queries import tasks as queries
from tingsu.cases.queries.parties import openable
from tingsu.people import directory
from tingsu.people.actor import acting
from tingsu.people.permission import Can
from tingsu.web import labels
from tingsu.web.case import page
from tingsu.web.door import Asked, asking, door
from tingsu.web.members.forms import key_of
from tingsu.web.sharing import labels as shared
from tingsu.web.sharing.forms import AgreeForm

TABS = {
    "mine": _l("请我办的"),
    "department": _l("请本部门办的"),
    "asked": _l("我请人办的"),
}


@door(Can.ANSWER)
def tasks(request: Asked) -> HttpResponse:
    """What others wait for from me, and what I wait for: the most overdue first."""
    who = asking(request)
    counts = queries.counts(who)
    kind = request.GET.get("list", "")
    if kind not in counts:
        kind = next((one for one in counts if counts[one]), next(iter(counts)))
    found = queries.page(who, kind, after=request.GET.get("after", ""))
    context = {
        "place": "tasks",
        "now": request.at,
        "tabs": [(code, TABS[code], min(n, 999), code == kind) for code, n in counts.items()],
        "kind": kind,
        "rows": [
            {
                "row": row,
                "title": page.hidden(who, row.case, row.case.title),
                "url": f"{reverse('case', args=[row.case_id])}#task-{row.id}",
                "late": row.due_at < request.at,
                "state": labels.label_of(shared.TASKS, row.state),
            }
            for row in found.rows
        ],
        "following": found.following,
        "after": request.GET.get("after", ""),
    }
    return render(request, "web/sharing/tasks.html", context)


@door(Can.READ)
def register(request: Asked) -> HttpResponse:
    """Who answers for what, department by department."""
    return _register(request)


@door(Can.ANSWER)
def answer(request: Asked, responsibility_id: UUID) -> HttpResponse:
    """The unit agrees, or says why not."""
    who = asking(request)
    row = responsibility.access(who, responsibility_id)
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            responsible.answer(
                row.case, acting(who), request.at,
                row_id=row.id, agrees=told["agrees"] != "no", text=told["text"],
                key=request.POST.get("ik", "")[:40] or None,
            )  # fmt: skip
        except Refusal as refusal:
            fields = refusal.fields if isinstance(refusal, Invalid) else {"": refusal.words}
            for name, words in fields.items():
                form.add_error(name if name in form.fields else None, words)
        else:
            messages.success(request, _("已答复，写在这件投诉的经过里。"))
            return HttpResponse(status=303, headers={"Location": reverse("responsibility")})
    context = {
        "place": "tasks",
        "row": row,
        "form": form,
        "title": page.hidden(who, row.case, row.case.title),
        "ik": uuid.uuid4().hex,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "web/sharing/answer.html", context, status=status)


def _register(request: Asked) -> HttpResponse:
    who = asking(request)
    chosen: dict[str, Any] = {name: request.GET.get(name, "") for name in ("kind", "state")}
    department = key_of(request.GET, "department")
    found = responsibility.register(
        who, **chosen, department=department, after=request.GET.get("after", "")
    )
    cases = {row.case_id: row.case for row in found.rows}
    reach = openable(who, list(cases.values()))
    every = directory.departments(who.organisation_id)
    context = {
        "place": "tasks",
        "kinds": shared.RESPONSIBLE,
        "states": shared.RESPONSIBLE_STATES,
        "departments": [one for one in every if responsibility.whole(who) or one.id in who.branch],
        "chosen": chosen | {"department": str(department or "")},
        "rows": [
            {
                "row": row,
                "title": page.hidden(who, row.case, row.case.title),
                "mine": responsibility.answers(who, row),
                "url": reverse("case_responsibility", args=[row.case_id])
                if row.case_id in reach
                else "",
            }
            for row in found.rows
        ],
        "following": found.following,
        "after": request.GET.get("after", ""),
    }
    return render(request, "web/sharing/register.html", context)
