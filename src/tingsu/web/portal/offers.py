"""An offer as its customer sees and answers it: on the follow page, or by the link in the letter
(HA-6, HA-17). To open a page never answers anything: mail scanners follow links."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases import plan_words
from tingsu.cases.actions import offer_answer
from tingsu.cases.errors import Refusal
from tingsu.cases.queries import plans as queries
from tingsu.core.remedy_facts import money
from tingsu.people.actor import CUSTOMER
from tingsu.people.directory import organisation_by_slug
from tingsu.people.permission import NotThere
from tingsu.web import limits, spoken
from tingsu.web.door import Asked, public
from tingsu.web.portal.access import opened, page, see
from tingsu.web.portal.fields import Money, Text
from tingsu.web.portal.forms import FollowForm, put
from tingsu.web.portal.submit import too_often

SAID = {
    "accepted": _l("接受"),
    "refused": _l("不接受"),
    "countered": _l("我想要别的"),
    "talk": _l("先和我谈谈"),
}


class OfferForm(FollowForm):
    """Yes, no, something else, or let us talk."""

    answer = forms.ChoiceField(
        choices=tuple(SAID.items()),
        widget=forms.RadioSelect,
        label=_l("您的答复"),
        error_messages={"required": _l("请选一项。"), "invalid_choice": _l("请选一项。")},
    )
    text = Text(limit=2_000, lines=3, label=_l("想说的话"))
    wanted = Money(limit=20, label=_l("希望合计得到（元）"), attrs={"inputmode": "decimal"})


@dataclass(frozen=True)
class Shown:
    """One offer on a public page. closed: in words why it takes no answer; "" while it does."""

    told: queries.Told
    form: OfferForm
    closed: str
    until: str
    sum: str
    url: str

    @property
    def offer(self) -> Any:
        return self.told.offer


@opened
def offer(request: Asked, house: Any, case: Any, offer_id: UUID) -> HttpResponse:
    """An offer for a browser that follows the case."""
    row = queries.offer(case, offer_id)
    follow = reverse("portal_follow", args=[house.slug, case.id])
    return _answered(request, house, case, row, follow)


@public
def offer_link(request: Asked, slug: str, token: str) -> HttpResponse:
    """The link of the letter: it opens this one offer and nothing else of the case."""
    house = organisation_by_slug(slug, taking_in=False)
    here = limits.address_of(request)
    try:
        if limits.used_up(limits.FIND, here):
            raise NotThere
        row = queries.by_link(house.id, token)
    except NotThere:
        limits.count(limits.FIND, here)
        return _unseen(see(f"{reverse('portal_find', args=[slug])}?link=1"))
    return _unseen(_answered(request, house, row.case, row, request.path))


def shown(house: Any, case: Any, at: Any) -> list[Shown]:
    """What was offered, for the follow page: the open ones, and how the others ended."""
    found = queries.told(case, at)
    return [
        _shown(one, reverse("portal_offer", args=[house.slug, case.id, one.offer.id]))
        for one in found
    ]


def _answered(request: Asked, house: Any, case: Any, row: Any, back: str) -> HttpResponse:
    """Show it, or take the answer and lead on to where it stands written."""
    form, status = _form(row, request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if not _may_speak(request, case):
            form.add_error(None, too_often(limits.SAY, house))
            status = 429
        elif form.is_valid():
            try:
                messages.success(request, _taken(request, case, row, form))
                return see(back)
            except Refusal as refusal:
                if refusal.code in ("answered", "expired", "ended"):
                    messages.info(request, refusal.words)
                    return see(back)
                put(form, refusal)
    told = queries.Told(row, queries.closed(case, row, request.at))
    context = {"case": case, "one": _shown(told, request.path, form), "refused": form}
    return page(request, "offer", house, context, status)


def _taken(request: Asked, case: Any, row: Any, form: OfferForm) -> str:
    told = form.cleaned_data
    said = offer_answer.Said(told["answer"], told["text"], told["wanted"])
    sent = request.POST.get("ik", "")[:40]
    key = f"offer-answer:{sent}" if sent else None
    offer_answer.answer(case, CUSTOMER, request.at, offer_id=row.id, said=said, key=key)
    return {
        "accepted": _("谢谢您。就这样定了，我们马上照办，办好告诉您。"),
        "refused": _("知道了。承办人会再想办法，并与您联系。"),
        "countered": _("收到您的要求，承办人看过后与您联系。"),
        "talk": _("好的，承办人会联系您。在期限以前，这个方案一直有效。"),
    }[said.answer]


def _form(row: Any, data: Any = None) -> OfferForm:
    return OfferForm(data, auto_id=f"offer-{row.id}_%s")


def _shown(told: queries.Told, url: str, form: OfferForm | None = None) -> Shown:
    row = told.offer
    return Shown(
        told,
        form or _form(row),
        _closed_words(row, told.closed) if told.closed else "",
        spoken.when(row.expires_at),
        plan_words.sum_words(row.told["outcome"], row.told["goodwill"]),
        url,
    )


def _closed_words(row: Any, closed: str) -> str:
    if closed == "expired":
        words = _("这个方案的期限 %(when)s 已经过了。还想要的话，请告诉我们，再提一次就好。")
        return words % {"when": spoken.when(row.expires_at)}
    at = spoken.when(row.ended_at) if row.ended_at else ""
    said = {
        "accepted": _("您在 %(at)s 接受了这个方案，我们正在照办。"),
        "refused": _("您在 %(at)s 没有接受这个方案。我们会再想办法，并与您联系。"),
        "countered": _("您在 %(at)s 提了别的要求。承办人看过后与您联系。"),
        "lapsed": _("您接受了另一个方案，这一个不再有效。"),
    }
    words = said.get(row.state, _("这个方案不再有效。有疑问请联系我们。"))
    more = _("您希望合计得到 %(sum)s。") % {"sum": money(row.wanted)} if row.wanted else ""
    return words % {"at": at} + more


def _may_speak(request: Asked, case: Any) -> bool:
    return limits.allowed(limits.SAY, str(case.id)) and limits.allowed(
        limits.SAY_HERE, limits.address_of(request)
    )


def _unseen(response: HttpResponse) -> HttpResponse:
    # Without a referrer a browser sends its forms from nowhere, and they are refused.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
