"""All cases in reach: filters, search, saved filters, several at once."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tingsu.cases import desk as own
from tingsu.cases.actions import assign
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.queries import access_case, found, lists
from tingsu.core.channels import Channel
from tingsu.core.lifecycle import State
from tingsu.people import directory
from tingsu.people.actor import acting
from tingsu.people.permission import Can, NotThere, Role, Who
from tingsu.people.rulebook import pack_of
from tingsu.web.desk.queues import QUEUE_LABELS
from tingsu.web.door import Asked, asking, door
from tingsu.web.rows import marked, rows

MOST_QUERY = 100  # characters of a search
KEPT = ("q", "queue", "state", "pack", "category", "channel", "severity", "owner", "department")
DATES = ("from", "until")


@door(Can.READ)
@require_GET
def cases(request: Asked) -> HttpResponse:
    """The list with its filters; with words in ``q`` the search (ui.md, ``/``)."""
    who = asking(request)
    query = request.GET.get("q", "").strip()[:MOST_QUERY]
    wanted, wrong = read_filter(request.GET)
    after = request.GET.get("after", "")
    if query:
        hits = found.search(who, query, wanted, after=after)
        snippets = {hit.case.id: marked(hit.text, query) for hit in hits.hits}
        shown = rows(who, [hit.case for hit in hits.hits], snippets)
        following = hits.following
    else:
        page = lists.lines(who, wanted, after=after)
        shown, following = rows(who, page.rows), page.following
    context = {
        "place": "cases",
        "now": request.at,
        "query": query,
        "rows": shown,
        "wrong": wrong,
        "older_url": _page(request.GET, following) if following else "",
        "newest_url": _page(request.GET, "") if after else "",
        "chosen": {name: request.GET.get(name, "") for name in (*KEPT, *DATES)},
        "filtered": any(request.GET.get(name) for name in (*KEPT[1:], *DATES)),
        **choices(who, request.LANGUAGE_CODE, request.GET.get("pack", "")),
    }
    return render(request, "web/desk/cases.html", context)


@door(Can.DESK)
@require_POST
def save_filter(request: Asked) -> HttpResponse:
    """Keep the filters on screen as a queue of the desk."""
    who = asking(request)
    query = QueryDict(request.POST.get("query", ""))
    kept = {name: query[name] for name in (*KEPT, *DATES) if query.get(name)}
    try:
        own.save_filter(
            who.member_id,
            request.POST.get("name", ""),
            kept,
            request.at,
            shared=bool(request.POST.get("shared")),
        )
    except Invalid as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("已存为筛选，在工作台左边可以找到。"))
    return HttpResponseRedirect(f"{reverse('cases')}?{_query(kept)}", status=303)


@door(Can.DESK)
@require_POST
def drop_filter(request: Asked, filter_id: UUID) -> HttpResponse:
    """Take an own filter off the desk."""
    own.drop_filter(asking(request).member_id, filter_id)
    messages.success(request, _("筛选已删除。"))
    return HttpResponseRedirect(reverse("desk"), status=303)


@door(Can.ASSIGN)
@require_POST
def together(request: Asked) -> HttpResponse:
    """Give several cases to one member: the same step, the same refusals, case by case."""
    who = asking(request)
    back = HttpResponseRedirect(request.POST.get("back") or reverse("desk"), status=303)
    if not back.url.startswith("/") or back.url.startswith("//"):
        back = HttpResponseRedirect(reverse("desk"), status=303)
    try:
        member = directory.member(who.organisation_id, UUID(request.POST.get("to", "")))
    except (ValueError, NotThere):
        messages.error(request, _("请选择交给谁。"))
        return back
    done, refused = 0, []
    for case_id in request.POST.getlist("case")[:200]:
        try:
            case = access_case(who, UUID(case_id), Can.ASSIGN)
            assign.assign(case, acting(who), request.at, to=member)
            done += 1
        except (ValueError, NotThere):
            refused.append(_("有一件不在您的范围内。"))
        except Refusal as refusal:
            refused.append(f"{case.number}{_('：')}{refusal.words}")
    if done:
        words = ngettext("%(n)s 件已交给%(name)s。", "%(n)s 件已交给%(name)s。", done)
        messages.success(request, words % {"n": done, "name": member.name})
    for words in dict.fromkeys(refused):
        messages.error(request, words)
    return back


def read_filter(query: QueryDict) -> tuple[lists.Filter, list[str]]:
    """The filter that an address asks for, and a sentence for each part that makes no sense."""
    wrong: list[str] = []
    begin, end = _day(query, "from", wrong), _day(query, "until", wrong)
    wanted = lists.Filter(
        queue=query.get("queue", ""),
        state=query.get("state", ""),
        pack=query.get("pack", ""),
        category=query.get("category", ""),
        channel=query.get("channel", ""),
        severity=query.get("severity", ""),
        owner=_id(query, "owner", wrong),
        department=_id(query, "department", wrong),
        received_from=begin,
        received_until=end + timedelta(days=1) if end else None,
    )
    return wanted, wrong


def choices(who: Who, language: str, pack_id: str) -> dict[str, Any]:
    """What the filters offer: states, channels, packs, categories, owners, departments."""
    organisation = directory.organisation(who.organisation_id)
    packs = [pack_of(organisation.id, code) for code in organisation.packs or [organisation.pack]]
    chosen = next((pack for pack in packs if pack.id == pack_id), packs[0])
    return {
        "states": [state.value for state in State],
        "channels": [channel.value for channel in Channel],
        "severities": ("ordinary", "serious", "major"),
        "queues": QUEUE_LABELS,
        "packs": [(pack.id, pack.label(language)) for pack in packs],
        "categories": [(code, chosen.category_label(code, language)) for code in chosen.categories],
        "owners": directory.members(who.organisation_id, role=None),
        "handlers": [
            member
            for member in directory.members(who.organisation_id)
            if {Role.HANDLER, Role.SUPERVISOR, Role.HEAD} & set(member.roles)
        ],
        "departments": directory.departments(who.organisation_id),
    }


def _day(query: QueryDict, name: str, wrong: list[str]) -> datetime | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
        return datetime.combine(day, time(), get_current_timezone())
    except (ValueError, OverflowError):
        wrong.append(_("日期「%(text)s」读不懂，请写成 2026-11-21 这样。") % {"text": text[:30]})
        return None


def _id(query: QueryDict, name: str, wrong: list[str]) -> UUID | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        wrong.append(_("找不到所选的人或部门，这一项没有用上。"))
        return None


def _page(query: QueryDict, following: str) -> str:
    kept = {name: query.get(name, "") for name in (*KEPT, *DATES) if query.get(name)}
    if following:
        kept["after"] = following
    return f"?{_query(kept)}"


def _query(values: dict[str, str]) -> str:
    made = QueryDict(mutable=True)
    made.update(values)
    return made.urlencode()
