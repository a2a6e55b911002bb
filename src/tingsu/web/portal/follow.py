"""The follow page: where it stands, what was said, and what the customer may do (HA-12, HA-15)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.cases.actions import attach, confirm, customer
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import portal as queries
from tingsu.cases.queries import signing
from tingsu.core.lifecycle import State
from tingsu.people.actor import CUSTOMER
from tingsu.people.permission import NotThere
from tingsu.web import errors, limits
from tingsu.web.door import Asked, View
from tingsu.web.portal import offers, progress
from tingsu.web.portal.access import opened, page, see
from tingsu.web.portal.forms import AddForm, AnswerForm, RateForm, ReopenForm, put
from tingsu.web.portal.submit import given, too_often

Step = Callable[[Asked, Any, forms.Form], str]


@opened
def follow(request: Asked, house: Any, case: Any) -> HttpResponse:
    """Everything about the case that is for the customer."""
    return _page(request, house, case)


@opened
def file(request: HttpRequest, _house: Any, case: Any, file_id: UUID) -> HttpResponse:
    """A file of the case, always as a download: nothing that was uploaded opens in our pages."""
    try:
        row, content = queries.public_file(case, file_id)
    except NotThere:
        words = _("文件暂时取不到，其他内容不受影响。请过一会儿再试，或告诉我们重新发给您。")
        return errors.page(request, 404, _("这个附件打不开"), words)
    response = FileResponse(
        content,
        as_attachment=True,
        filename=row.name,
        content_type="application/octet-stream",
    )
    response.headers["Cache-Control"] = "no-store"
    return response  # type: ignore[return-value]


def _step(form_class: type[forms.Form], name: str) -> Callable[[Step], View]:
    """A form of the follow page: parse, one action, back to the page; refused: all is kept."""

    def hang(step: Step) -> View:
        @opened
        @require_POST
        def view(request: Asked, house: Any, case: Any) -> HttpResponse:
            form = form_class(request.POST)
            status = 422
            if form.is_valid():
                if not _may_speak(request, case):
                    form.add_error(None, too_often(limits.SAY, house))
                    status = 429
                else:
                    try:
                        messages.success(request, step(request, case, form))
                        return see(reverse("portal_follow", args=[house.slug, case.id]))
                    except Refusal as refusal:
                        put(form, refusal)
            return _page(request, house, case, status, **{name: form})

        return view

    return hang


@_step(AddForm, "adding")
def add(request: Asked, case: Any, form: forms.Form) -> str:
    """A message, files, or both. On a merged case it reaches the one that goes on."""
    main = queries.main_of(case)
    if not main.open:
        words = _("这件投诉已经结束，请用下面的「请求重新处理」，或直接联系我们。")
        raise Refusal(words, code="ended")
    files = given(request)
    attach.check_all(files)
    text = form.cleaned_data["text"]
    if files and not text.strip():
        text = _("补充材料：%(names)s") % {"names": _("、").join(f.name[:80] for f in files)}
    key = _key(request, "add")
    customer.add(case, request.at, text=text, key=key)
    if files:
        # In the main case others read along: there a file is for the house alone.
        own = main.id == case.id
        file_key = f"{key}:files" if key else None
        attach.attach(main, CUSTOMER, request.at, files=files, public=own, key=file_key)
    return _("收到了，已经交给承办人。")


@_step(AnswerForm, "answering")
def answer(request: Asked, case: Any, form: forms.Form) -> str:
    """Is it settled? An objection sends the case back to investigation."""
    if queries.result_on_its_way(case):
        raise Refusal(_("现在还没有等待确认的处理结果。"), code="not_yet")
    told = form.cleaned_data
    agreed = told["agreed"] == "yes"
    confirm.confirm(
        case,
        CUSTOMER,
        request.at,
        agreed=agreed,
        text=told["text"],
        rating=_number(told["rating"]),
        key=_key(request, "answer"),
    )
    if agreed:
        return _("谢谢您的确认。")
    return _("我们知道还没有解决。承办人会接着办，并与您联系。")


@_step(RateForm, "rating")
def rate(request: Asked, case: Any, form: forms.Form) -> str:
    """A rating after the end."""
    _not_merged(case)
    told = form.cleaned_data
    confirm.rate(
        case,
        CUSTOMER,
        request.at,
        rating=int(told["rating"]),
        text=told["text"],
        key=_key(request, "rate"),
    )
    return _("谢谢您的评分，我们会用它来改进。")


@_step(ReopenForm, "reopening")
def reopen(request: Asked, case: Any, form: forms.Form) -> str:
    """The customer asks; a person decides and answers."""
    _not_merged(case)
    customer.ask_reopen(
        case, request.at, text=form.cleaned_data["text"], key=_key(request, "reopen")
    )
    return _("已收到您的请求。负责人看过后会与您联系，结果也会写在这一页。")


def _page(
    request: Asked, house: Any, case: Any, status: int = 200, **open_forms: forms.Form
) -> HttpResponse:
    on_its_way = queries.result_on_its_way(case)
    main = queries.main_of(case)
    story = [progress.line(told) for told in queries.told(case)]
    offered = offers.shown(house, case, request.at)
    waits = any(not one.closed for one in offered)
    headline, next_words = progress.standing(case, on_its_way, offered=waits)
    ended = not case.open and case.state != State.MERGED
    context = {
        "case": case,
        "merged": case.state == State.MERGED,
        "headline": headline,
        "next_words": next_words,
        "stages": progress.stages(case, main, on_its_way),
        "ahead": progress.ahead(case, queries.coming(case, request.at)),
        "story": story[::-1],
        "asked_for": _asked_for(case, story),
        "result": _result(story),
        "acknowledgement": queries.acknowledgement(case),
        "offers": offered,
        "can_add": main.open,
        "can_answer": queries.can_answer(case),
        "to_sign": signing.for_customer(case),
        "ended": ended,
        "forms": {
            "adding": AddForm(),
            "answering": AnswerForm(),
            "rating": RateForm(initial={"rating": case.rating}),
            "reopening": ReopenForm(),
        }
        | open_forms,
        "lost_files": [one.name for one in given(request)] if open_forms else [],
        "refused": next(iter(open_forms.values()), None),
    }
    return page(request, "follow", house, context, status)


def _asked_for(case: Any, story: list[progress.Line]) -> progress.Line | None:
    """What the customer is to bring, said last."""
    if case.state != State.INCOMPLETE:
        return None
    asked = [line for line in story if line.told.data.get("to") == State.INCOMPLETE]
    return asked[-1] if asked else None


def _result(story: list[progress.Line]) -> progress.Line | None:
    """The last final answer, to be read beside the question whether it settles the matter."""
    answers = [line for line in story if line.told.data.get("kind") == "final"]
    return answers[-1] if answers else None


def _may_speak(request: HttpRequest, case: Any) -> bool:
    return limits.allowed(limits.SAY, str(case.id)) and limits.allowed(
        limits.SAY_HERE, limits.address_of(request)
    )


def _not_merged(case: Any) -> None:
    if case.state == State.MERGED:
        raise Refusal(_("这件投诉与其他投诉一起办理，还没有结束。"), code="merged")


def _key(request: HttpRequest, step: str) -> str | None:
    sent = request.POST.get("ik", "")[:40]
    return f"{step}:{sent}" if sent else None


def _number(value: str) -> int | None:
    return int(value) if value else None
