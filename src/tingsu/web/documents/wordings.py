"""The wordings of papers as an organisation wants them: the list, one to change and to try.

Reads queries and packs, no models.
"""

import base64
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tingsu.cases import wordings
from tingsu.cases.errors import Invalid
from tingsu.cases.queries import documents as queries
from tingsu.core.papers import Wrong
from tingsu.documents.compose import Wording
from tingsu.documents.fields import LABELS
from tingsu.documents.fonts import NoFont
from tingsu.documents.trial import trial
from tingsu.packs.documents import DOCUMENTS, DocumentKind
from tingsu.people import directory
from tingsu.people.permission import Can, NotThere
from tingsu.people.rulebook import pack_of
from tingsu.web.case.words import language as spoken_language
from tingsu.web.door import Asked, asking, door

LANGUAGES = dict(settings.LANGUAGES)


@door(Can.MEMBERS)
def page(request: Asked) -> HttpResponse:
    """All papers of the organisation's packs, and which it words itself."""
    who = asking(request)
    house = directory.organisation(who.organisation_id)
    groups = []
    for pack_id in house.packs or [house.pack]:
        pack = pack_of(house.id, pack_id)
        own = queries.replaced(house.id, pack_id)
        kinds = DOCUMENTS.of(pack).kinds_on(request.at.date()).values()
        rows = [
            {"kind": one, "languages": [(code, name, (one.id, code) in own)
                                        for code, name in LANGUAGES.items()]}
            for one in kinds
        ]  # fmt: skip
        groups.append({"pack": pack_id, "label": pack.label(spoken_language()), "rows": rows})
    return render(request, "web/documents/wordings.html", {"groups": groups, "tab": "wordings"})


@door(Can.MEMBERS)
def wording(request: Asked, pack: str, kind: str, language: str) -> HttpResponse:
    """One wording. POST keeps it, tries it without keeping it, or goes back to the pack's."""
    who = asking(request)
    chosen = kind_of(request, pack, kind, language)
    title, body, own = queries.wording(who.organisation_id, pack, chosen, language)
    context: dict[str, Any] = {
        "kind": chosen, "pack": pack, "language": LANGUAGES[language], "own": own,
        "title": title, "body": body, "labels": LABELS, "wrong": {}, "tab": "wordings",
    }  # fmt: skip
    if request.method != "POST":
        return _shown(request, chosen, language, context)
    context |= {"title": request.POST.get("title", ""), "body": request.POST.get("body", "")}
    if "restore" in request.POST:
        wordings.restore(who, request.at, pack=pack, kind=chosen, language=language)
        messages.success(request, _("已改回行业包的文字。"))
        return redirect("wordings")
    try:
        if "try" not in request.POST:
            wordings.replace(
                who, request.at, pack=pack, kind=chosen, language=language,
                title=context["title"], body=context["body"],
            )  # fmt: skip
            messages.success(request, _("已保存，以后的文书用这里的文字。"))
            return redirect("wordings")
        context["wrong"] = wordings.problems_of(context["title"], context["body"])
    except Invalid as refused:
        context["wrong"] = refused.fields
    return _shown(request, chosen, language, context)


def _shown(
    request: Asked, kind: DocumentKind, language: str, context: dict[str, Any]
) -> HttpResponse:
    """The form beside a trial of what stands in it."""
    house = directory.organisation(asking(request).organisation_id)
    if not context["wrong"]:
        try:
            tried = Wording(context["title"], context["body"], kind.salute(language))
            pages = trial(house, kind, language, tried, request.at)
            context["pages"] = [picture(one) for one in pages]
        except NoFont as bare:
            context["refused"] = bare.words
        except Wrong as wrong:
            context["refused"] = " ".join(wrong.unknown)
    return render(
        request, "web/documents/wording.html", context, status=422 if context["wrong"] else 200
    )


def kind_of(request: Asked, pack: str, kind: str, language: str) -> DocumentKind:
    """A paper of the house's packs. Raises NotThere."""
    house = directory.organisation(asking(request).organisation_id)
    if pack not in (house.packs or [house.pack]) or language not in LANGUAGES:
        raise NotThere
    found = DOCUMENTS.of(pack_of(house.id, pack)).kinds_on(request.at.date()).get(kind)
    if found is None:
        raise NotThere
    return found


def picture(page: str) -> str:
    """A page as a data address."""
    return "data:image/svg+xml;base64," + base64.b64encode(page.encode()).decode()
