"""The own signature as a picture: shown to its owner alone, uploaded, withdrawn. Calls imprints."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tingsu.cases import imprints
from tingsu.cases.errors import Invalid
from tingsu.cases.queries import imprints as queries
from tingsu.people.permission import Can
from tingsu.web.documents.seals import data_address, picked
from tingsu.web.door import Asked, asking, door
from tingsu.web.members.answers import go_on


@door(Can.DESK)
@never_cache
def page(request: Asked) -> HttpResponse:
    """The one in force and those before; POST brings a new one or withdraws it."""
    who = asking(request)
    wrong = ""
    if request.method == "POST" and "withdraw" in request.POST:
        imprints.withdraw_signature(who, request.at, who.member_id)
        return go_on(request, _("签名图已停用，图片已删去。"), "signature")
    if request.method == "POST":
        try:
            imprints.bring_signature(who, request.at, picked(request))
            return go_on(request, _("签名图已换好，签发文书时可以用。"), "signature")
        except Invalid as refused:
            wrong = refused.words
    return render(request, "web/documents/signature.html", _context(who, wrong),
                  status=422 if wrong else 200)  # fmt: skip


def _context(who: Any, wrong: str) -> dict[str, Any]:
    now = queries.signature_of(who.member_id)
    return {
        "now": now,
        "picture": data_address(imprints.png(now)) if now else "",
        "before": [row for row in queries.own_signatures(who) if row.state != "valid"],
        "wrong": wrong,
    }
