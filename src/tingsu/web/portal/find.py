"""A case found again by number and code (IN-7). Guesses are counted; misses look alike."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tingsu.cases.queries import portal as queries
from tingsu.people.directory import organisation_by_slug
from tingsu.people.permission import NotThere
from tingsu.web import limits
from tingsu.web.door import public
from tingsu.web.portal.access import forget, grant, page, see
from tingsu.web.portal.forms import FindForm


@public
def find(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for number and code."""
    house = organisation_by_slug(slug, taking_in=False)
    if request.method != "POST":
        return _page(request, house, FindForm())
    form = FindForm(request.POST)
    if not form.is_valid():
        return _page(request, house, form, 422)
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    if _guessed_enough(request, house, number):
        form.add_error(None, _wait_words(house))
        return _page(request, house, form, 429)
    case = queries.by_number(house.id, number, code)
    if case is None:
        _missed(request, house, number)
        form.add_error(None, _("编号和查询码对不上。请照着回执再核对一遍，字母不分大小写。"))
        return _page(request, house, form, 422)
    return grant(request, see(reverse("portal_follow", args=[slug, case.id])), case)


@public
def open_link(request: HttpRequest, slug: str, number: str, code: str) -> HttpResponse:
    """The link in the QR code. It always leads on at once, so that the code stands in no page, no
    referrer, no history entry, and in no line of a log about failed requests."""
    try:
        house = organisation_by_slug(slug, taking_in=False)
    except NotThere:
        return _unseen(see("/"))
    case = None
    if not _guessed_enough(request, house, number):
        case = queries.by_number(house.id, number, code)
    if case is None:
        _missed(request, house, number)
        return _unseen(see(f"{reverse('portal_find', args=[slug])}?link=1"))
    return grant(request, _unseen(see(reverse("portal_follow", args=[slug, case.id]))), case)


@public
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Close the follow page on a device that others use too."""
    house = organisation_by_slug(slug, taking_in=False)
    messages.success(request, _("已退出查询。再次查看，请输入编号和查询码。"))
    return forget(see(reverse("portal", args=[house.slug])))


def _page(request: HttpRequest, house: Any, form: FindForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "again": "again" in request.GET, "link": "link" in request.GET}
    return page(request, "find", house, context, status)


def _mark(house: Any, number: str) -> str:
    return f"{house.id}:{queries.number_of(number)}"


def _guessed_enough(request: HttpRequest, house: Any, number: str) -> bool:
    return limits.used_up(limits.FIND, limits.address_of(request)) or limits.used_up(
        limits.FIND_NUMBER, _mark(house, number)
    )


def _missed(request: HttpRequest, house: Any, number: str) -> None:
    limits.count(limits.FIND, limits.address_of(request))
    limits.count(limits.FIND_NUMBER, _mark(house, number))


def _wait_words(house: Any) -> str:
    words = _("试得太多了。为了保护投诉人，请过 %(wait)s 再试。") % {
        "wait": limits.wait_words(limits.FIND)
    }
    if house.contact_phone:
        words += _("找不到回执的话，请拨打 %(phone)s。") % {"phone": house.contact_phone}
    return words


def _unseen(response: HttpResponse) -> HttpResponse:
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
