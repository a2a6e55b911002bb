"""Who is away and who signs meanwhile: the own absence, or anybody's for the administrator."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.people import absence, directory
from tingsu.people.errors import Invalid, Refusal
from tingsu.people.permission import Can
from tingsu.web.door import Asked, asking, door
from tingsu.web.members.forms import Parsing, key_of


class AbsenceForm(Parsing):
    """From, until, deputy."""

    from_on = forms.CharField(
        label=_l("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}), max_length=10
    )
    until_on = forms.CharField(
        label=_l("到哪天为止（含当天）"),
        widget=forms.DateInput(attrs={"type": "date"}),
        max_length=10,
    )
    deputy = forms.ChoiceField(label=_l("由谁代批"))

    def __init__(self, *args: Any, deputies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].choices = [("", _("请选择")), *deputies]  # type: ignore[attr-defined]


@door(Can.APPROVE)
def own(request: Asked) -> HttpResponse:
    """I am away, and a colleague signs for me."""
    return _page(request, asking(request).member_id, reverse("absence"))


@door(Can.MEMBERS)
def of_member(request: Asked, member_id: UUID) -> HttpResponse:
    """A member is away: set by an administrator, for whoever fell ill."""
    return _page(request, member_id, reverse("member_absence", args=[member_id]))


def _page(request: Asked, member_id: UUID, url: str) -> HttpResponse:
    who = asking(request)
    member = directory.member(who.organisation_id, member_id)
    deputies = [
        (str(one.id), f"{one.name} · {one.post or one.department.name}")
        for one in absence.deputies_for(who, member.id)
    ]
    form = AbsenceForm(request.POST if request.method == "POST" else None, deputies=deputies)
    if request.method == "POST":
        try:
            words = _change(request, member, form)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, words)
            return HttpResponse(status=303, headers={"Location": url})
    today = absence.local_day(who.organisation_id, request.at)
    context = {
        "form": form,
        "member": member,
        "own": member.id == who.member_id,
        "absences": absence.of_member(who.organisation_id, member.id, today),
        "today": today,
        "place": "approvals" if member.id == who.member_id else "members",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "web/approvals/absence.html", context, status=status)


def _change(request: Asked, member: Any, form: AbsenceForm) -> str:
    who = asking(request)
    if row := key_of(request.POST, "end"):
        absence.end_absence(who, member, request.at, absence_id=row)
        return _("已取消，从现在起由本人签批。")
    typed = form.typed()
    row_ = absence.set_absence(
        who,
        member,
        request.at,
        from_on=_day(typed, "from_on"),
        until_on=_day(typed, "until_on"),
        deputy_id=key_of(typed, "deputy"),
    )
    return _("已安排，那几天由%(name)s代批。") % {"name": row_.deputy.name}


def _day(typed: dict[str, Any], name: str) -> date | None:
    text = str(typed.get(name) or "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as odd:
        raise Invalid({name: _("请写成 2026-11-21 这样的日期。")}) from odd
