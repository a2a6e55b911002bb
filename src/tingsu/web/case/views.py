"""The page of a case, earlier entries, who is here, a file, a look. Reads queries, no models."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.cases import desk
from tingsu.cases.actions.look import look as look_at
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import access_case
from tingsu.cases.queries.here import file_of, newest_of_others, open_case
from tingsu.people.actor import acting
from tingsu.people.permission import Can, NotThere
from tingsu.web import errors
from tingsu.web.case import page, respondent
from tingsu.web.case.words import PERSONAL, word
from tingsu.web.door import Asked, asking, door


@door(Can.READ)
def case(request: Asked, case_id: UUID) -> HttpResponse:
    """The whole page; for a unit that was only asked something, the reduced one."""
    who = asking(request)
    found, reduced = open_case(who, case_id)
    if reduced:
        context = respondent.context(who, found, request.at)
        return render(request, "web/case/respondent.html", context)
    before = request.GET.get("before", "")
    context = page.context(
        who,
        found,
        request.at,
        before=int(before) if before.isdecimal() else None,
        back=request.GET.get("back", ""),
    )
    template = "web/case/earlier.html" if request.htmx and before else "web/case/case.html"
    return render(request, template, context)


@door(Can.READ)
def presence(request: Asked, case_id: UUID) -> HttpResponse:
    """Who else has this case open, and whether others changed it since (ui.md)."""
    who = asking(request)
    found, _reduced = open_case(who, case_id)
    if request.method == "POST":
        desk.gone(found.id, who.member_id)
        return HttpResponse(status=204)
    typing = request.GET.get("typing") == "1"
    others = desk.here(found.id, who.member_id, request.at, typing=typing)
    return JsonResponse(
        {
            "people": [{"name": one.name, "typing": writing} for one, writing in others],
            "version": newest_of_others(found, who.member_id),
        }
    )


@door(Can.READ)
def file(request: Asked, case_id: UUID, file_id: UUID) -> HttpResponse:
    """A file, always as a download: nothing that was handed in opens inside our pages."""
    found, reduced = open_case(asking(request), case_id)
    if reduced:
        raise NotThere
    try:
        row, content = file_of(found, file_id)
    except NotThere:
        return errors.page(
            request, 404, _("这个附件打不开"), _("文件不在了，其他内容不受影响。请告诉管理员。")
        )
    response: Any = FileResponse(
        content,
        as_attachment=True,
        filename=row.name,
        content_type=row.content_type or "application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[no-any-return]


@door(Can.UNMASK)
@require_POST
def look(request: Asked, case_id: UUID) -> HttpResponse:
    """One personal field in full; who looked is on record before it is shown (PL-2)."""
    who = asking(request)
    found = access_case(who, case_id, Can.UNMASK)
    field = request.POST.get("field", "")
    try:
        values = look_at(found, acting(who), request.at, fields=(field,))
    except Refusal as refusal:
        return errors.page(request, 422, _("没有可以查看的资料"), refusal.words)
    if not request.htmx:
        return redirect("case", case_id=case_id)
    context = {"value": values[field], "full": True, "field": field, "word": word(PERSONAL, field)}
    return render(request, "components/masked.html", context)
