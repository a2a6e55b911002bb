"""Bringing in existing records (IN-11): upload, columns with a preview, progress, result.

Calls ``channels.file``; reads cases through their queries.
"""

from typing import IO, Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from tingsu.cases.errors import Refusal
from tingsu.cases.queries.imports import made_between
from tingsu.channels.file import jobs
from tingsu.channels.file.pace import pace_of
from tingsu.channels.file.preview import preview
from tingsu.channels.file.readers import check_size
from tingsu.channels.file.refused import reasons, refused_csv
from tingsu.channels.file.table import TableError
from tingsu.people.directory import departments, organisation
from tingsu.people.permission import Can, Forbidden, Who, may
from tingsu.web.door import Asked, asking, door
from tingsu.web.imports import forms
from tingsu.web.imports.uploads import long_files
from tingsu.web.rows import rows

SHOWN_REASONS = 50
SHOWN_CASES = 20


@door(Can.IMPORT)
@require_GET
def imports(request: Asked) -> HttpResponse:
    """All imports of the organisation, the form for a new one, remembered mappings."""
    return _list(request)


def _list(request: Asked, wrong: str = "") -> HttpResponse:
    who = asking(request)
    context = {
        "jobs": [(job, pace_of(job)) for job in jobs.newest(who.organisation_id)],
        "mappings": jobs.mappings(who.organisation_id),
        "limits": forms.LIMITS,
        "wrong": wrong,
    }
    return render(request, "web/imports/imports.html", context, status=422 if wrong else 200)


@csrf_exempt  # checked by csrf_protect, after the handler for long files is set
@door(Can.IMPORT)
@require_POST
@long_files
@csrf_protect
def import_new(request: Asked) -> HttpResponse:
    """Look into an uploaded file and show what it would become."""
    who = asking(request)
    file = request.FILES.get("file")
    if file is None:
        return _list(request, _("请先选择文件。"))
    try:
        check_size(file.size or 0, workbook=False)
        house = organisation(who.organisation_id)
        content = cast("IO[bytes]", file.file)
        looked = jobs.upload(house, who.member_id, file.name or "", content, request.at)
    except TableError as problem:
        return _list(request, problem.words)
    if looked.recognised:
        words = _("认出了以前用过的列对应关系「%(name)s」，已经套用。")
        messages.success(request, words % {"name": looked.recognised})
    return _to("import_job", looked.job.id)


@door(Can.IMPORT)
@require_GET
def import_job(request: Asked, job_id: UUID) -> HttpResponse:
    """A draft asks for its columns; a started one shows how far it is; an ended one what came."""
    who = asking(request)
    job = jobs.access_job(who.organisation_id, job_id)
    if job.state == "draft":
        return _draft(request, job)
    if job.state == "ready":
        context = {
            "job": job,
            "pace": pace_of(job),
            "url": reverse("import_progress", args=[job.id]),
        }
        return render(request, "web/imports/running.html", context)
    return render(request, "web/imports/result.html", _result(who, job))


def _draft(request: Asked, job: Any, wrong: str = "", *, part: bool = False) -> HttpResponse:
    who = asking(request)
    _only_those_who_may_read(who, job)
    try:
        shown = preview(job, request.at)
    except (TableError, OSError):
        return _list(request, _("这份文件读不出来了，请重新上传。"))
    context = {
        "job": job,
        "preview": shown,
        "columns": forms.columns(job, shown.examples),
        "packs": forms.packs(job),
        "departments": departments(who.organisation_id),
        "wrong": wrong,
    }
    page = "preview" if part else "draft"
    return render(request, f"web/imports/{page}.html", context, status=422 if wrong else 200)


def _result(who: Who, job: Any) -> dict[str, Any]:
    cases = []
    if job.first_case and may(who, Can.READ):
        cases = rows(who, made_between(who, job.first_case, job.last_case, SHOWN_CASES))
    return {
        "job": job,
        "pace": pace_of(job),
        "reasons": reasons(job, SHOWN_REASONS) if job.refused else [],
        "has_file": bool(job.stored_as) and _may_read(who, job),
        "rows": cases,
        "left": job.total - job.position,
    }


@door(Can.IMPORT)
@require_POST
def columns(request: Asked, job_id: UUID) -> HttpResponse:
    """Take the chosen columns over; htmx gets the new preview, others the whole page."""
    job = jobs.access_job(asking(request).organisation_id, job_id)
    if job.state != "draft":
        return _to("import_job", job.id)
    jobs.choose(job, *forms.chosen(request.POST, job))
    return _draft(request, job, part=bool(request.htmx))


@door(Can.IMPORT)
@require_POST
def start(request: Asked, job_id: UUID) -> HttpResponse:
    """Hand it to the worker; a stopped one goes on where it was."""
    job = jobs.access_job(asking(request).organisation_id, job_id)
    if job.state == "draft":
        jobs.choose(job, *forms.chosen(request.POST, job))
    try:
        jobs.start(job, request.at, name=request.POST.get("name", ""))
    except Refusal as refusal:
        if job.state == "draft":
            return _draft(request, job, refusal.words)
    return _to("import_job", job.id)


@door(Can.IMPORT)
@require_GET
def progress(request: Asked, job_id: UUID) -> HttpResponse:
    """The bar alone; when it is over the page asks for itself."""
    job = jobs.access_job(asking(request).organisation_id, job_id)
    if job.state != "ready":
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"job": pace_of(job), "url": reverse("import_progress", args=[job.id])}
    return render(request, "components/job.html", context)


@door(Can.IMPORT)
@require_POST
def stop(request: Asked, job_id: UUID) -> HttpResponse:
    """Stop after the batch under way."""
    job = jobs.access_job(asking(request).organisation_id, job_id)
    jobs.stop(job, request.at)
    return _to("import_job", job.id)


@door(Can.IMPORT)
@require_POST
def drop(request: Asked, job_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    job = jobs.access_job(asking(request).organisation_id, job_id)
    jobs.drop(job)
    messages.success(request, _("没有导入，文件已删除。"))
    return _to("imports")


@door(Can.IMPORT)
@require_GET
def refused(request: Asked, job_id: UUID) -> HttpResponse:
    """The refused rows with their reasons, as a file to correct and bring again."""
    who = asking(request)
    job = jobs.access_job(who.organisation_id, job_id)
    _only_those_who_may_read(who, job)
    try:
        parts = refused_csv(job)
    except (OSError, TableError):
        messages.warning(request, _("文件已按期删除，请重新上传原文件。"))
        return _to("import_job", job.id)
    answer = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="refused-{job.id.hex[:8]}.csv"'
    return cast("HttpResponse", answer)  # a stream is no HttpResponse to the type checker


@door(Can.IMPORT)
@require_POST
def forget(request: Asked, mapping_id: UUID) -> HttpResponse:
    """Remember a mapping no longer."""
    jobs.forget_mapping(asking(request).organisation_id, mapping_id)
    messages.success(request, _("不再记住这个对应关系。"))
    return _to("imports")


def _may_read(who: Who, job: Any) -> bool:
    """The file holds personal data: for who brought it, and for those who see it in cases."""
    return job.member_id == who.member_id or may(who, Can.UNMASK)


def _only_those_who_may_read(who: Who, job: Any) -> None:
    if not _may_read(who, job):
        raise Forbidden(Can.UNMASK)


def _to(route: str, *args: object) -> HttpResponse:
    return HttpResponseRedirect(reverse(route, args=args), status=303)
