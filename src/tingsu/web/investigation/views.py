"""The page of an investigation. Reads queries, no models."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tingsu.cases import inquiry_words as words
from tingsu.cases.answer_links import key_of
from tingsu.cases.queries import investigation as queries
from tingsu.core.masking import mask_name
from tingsu.people.directory import organisation
from tingsu.people.permission import Can
from tingsu.web.case import page
from tingsu.web.case.wing_page import frame
from tingsu.web.door import Asked, asking, door
from tingsu.web.labels import VERDICTS
from tingsu.web.labels_inquiry import FINDINGS
from tingsu.web.portal.qr import svg
from tingsu.web.signing.rows import signatures

Hide = Callable[[str], str]


@door(Can.READ)
def investigation(request: Asked, case_id: UUID) -> HttpResponse:
    """What was complained of, who looks into it, what was said, shown and found."""
    context, who = frame(request, case_id, "investigation"), asking(request)
    case = context["case"]
    found = queries.of_case(case)
    hide = partial(page.hidden, who, case)
    talks = Can.UNMASK in who.rights
    proposed = queries.proposed(case)
    context |= {
        "found": found,
        "owner_tied": case.owner is not None and queries.tie_row(case, case.owner) is not None,
        "mentioned": queries.mentioned(case) if case.open and "record" in context["may"] else [],
        "issues": [_issue(one, hide) for one in found.issues],
        "proposed": proposed,
        "verdict": VERDICTS[proposed.verdict] if proposed and proposed.verdict else None,
        "suggested": [] if found.issues else [hide(one) for one in queries.suggested(case)],
        "minutes": _minutes(case, found, hide, talks=talks),
        "disputes": [_dispute(one, hide) for one in found.disputes],
        "evidence": [_piece(case, one, found, hide, talks=talks) for one in found.evidence],
        "experts": [_expert(case, one) for one in found.experts],
        "links": [_link(request, case, one) for one in found.links],
        "answers": [_answer(case, one, found, hide, talks=talks) for one in found.answers],
        "asked_by": words.ASKERS,
        "looking": case.open and "record" in context["may"],
    }
    return render(request, "web/investigation/page.html", context)


def _issue(one: Any, hide: Hide) -> dict[str, Any]:
    return {
        "row": one,
        "text": hide(one.text),
        "finding": FINDINGS.get(one.finding),
        "faults": words.words_of(words.FAULTS, one.faults),
        "liable": words.words_of(words.LIABLE, one.liable),
        "reason": hide(one.reason),
    }


def _dispute(one: Any, hide: Hide) -> dict[str, Any]:
    names = ("point", "ours", "theirs", "finding")
    return {"row": one} | {name: hide(getattr(one, name)) for name in names}


def _minutes(case: Any, found: Any, hide: Hide, *, talks: bool) -> list[dict[str, Any]]:
    signed = signatures(case, [one.id for one in found.minutes]) if found.minutes else {}
    return [
        {
            "row": one,
            "kind": _("现场核对") if one.kind == "check" else _("询问笔录"),
            "icon": "list-check" if one.kind == "check" else "message-2",
            "person": one.person if talks else mask_name(one.person),
            "capacity": words.CAPACITIES.get(one.capacity, ""),
            "present": [name if talks else mask_name(name) for name in one.present.splitlines()],
            "pairs": [(hide(a), hide(b)) for a, b in queries.pairs_of(one)],
            "signatures": signed.get(one.id, []),
        }
        for one in found.minutes
    ]


def _piece(case: Any, one: Any, found: Any, hide: Hide, *, talks: bool) -> dict[str, Any]:
    giver = one.giver_name if talks else mask_name(one.giver_name)
    return {
        "row": one,
        "what": hide(one.what),
        "kind": words.EVIDENCE.get(one.kind, ""),
        "giver": words.GIVERS.get(one.giver, ""),
        "giver_name": giver,
        "shows": hide(one.shows),
        "url": reverse("case_file", args=[case.id, one.file_id]) if one.file_id else "",
        "chain": found.chain.get(str(one.id), []),
    }


def _expert(case: Any, one: Any) -> dict[str, Any]:
    return {
        "row": one,
        "kind": words.TESTS.get(one.kind, ""),
        "url": reverse("case_file", args=[case.id, one.file_id]) if one.file_id else "",
    }


def _link(request: Asked, case: Any, one: Any) -> dict[str, Any]:
    """A link with its address, as long as it opens and for those who may give it out."""
    alive = one.revoked_at is None and request.at < one.expires_at
    address = ""
    if alive and Can.HANDLE in asking(request).rights:
        slug = organisation(case.organisation_id).slug
        path = reverse("respond_open", args=[slug, one.id, key_of(one)])
        address = settings.PUBLIC_URL + path if settings.PUBLIC_URL else ""
        address = address or request.build_absolute_uri(path)
    return {
        "row": one,
        "alive": alive,
        "late": alive and one.answered_at is None and one.due_at < request.at,
        "address": address,
        "qr": svg(address, _("扫码答复")) if address else "",
    }


def _answer(case: Any, one: Any, found: Any, hide: Hide, *, talks: bool) -> dict[str, Any]:
    parts = (
        (_("被投诉的是什么事"), one.about),
        (_("事实和证据"), one.facts),
        (_("怎么看责任"), one.responsibility),
        (_("打算怎么处理"), one.remedy),
    )
    files = found.files.get(one.id, [])
    for file in files:
        file.url = reverse("case_file", args=[case.id, file.id])
    return {
        "row": one,
        "by": one.by if talks else "",
        "parts": [(name, hide(text)) for name, text in parts if text],
        "files": files,
    }
