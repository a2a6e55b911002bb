"""The mails and messages of a case as they came: the list, and one of them, which is on record."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tingsu.channels import originals as own
from tingsu.people.actor import acting
from tingsu.people.permission import Can
from tingsu.web.case.wing_page import frame
from tingsu.web.door import Asked, asking, door


@door(Can.UNMASK)
def originals(request: Asked, case_id: UUID) -> HttpResponse:
    """What there is; nothing of it is shown."""
    found = _frame(request, case_id)
    return render(request, "web/mail/originals.html", found)


@door(Can.UNMASK)
@require_POST
def original(request: Asked, case_id: UUID, original_id: UUID) -> HttpResponse:
    """One of them with its header lines; as a file where that is asked for."""
    found = _frame(request, case_id)
    told = own.opened(found["case"], acting(asking(request)), request.at, original_id)
    if request.POST.get("what") == "file":
        return _file(told)
    return render(request, "web/mail/originals.html", found | {"told": told})


def _frame(request: Asked, case_id: UUID) -> dict[str, Any]:
    found = frame(request, case_id, "originals", Can.UNMASK)
    place = reverse("case_originals", args=[case_id])
    return found | {"originals": own.of_case(found["case"]), "wing_url": place}


def _file(told: Any) -> HttpResponse:
    """The bytes as they came, to keep or to open elsewhere; never shown here."""
    ending = "eml" if told.original.is_mail else "txt"
    response = HttpResponse(told.raw, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{told.original.id.hex}.{ending}"'
    )
    response.headers["Cache-Control"] = "no-store"
    return response
