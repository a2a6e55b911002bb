"""The check list of a case. Reads queries, no models."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from tingsu.cases.queries import screening
from tingsu.core.screening import all_derived
from tingsu.people.permission import Can
from tingsu.web.case.wing_page import frame
from tingsu.web.door import Asked, door
from tingsu.web.screening.words import ANSWERS, KINDS, fact


@door(Can.READ)
def page(request: Asked, case_id: UUID) -> HttpResponse:
    """Each item, its answer and the fact behind it."""
    context = frame(request, case_id, "screening")
    found = all_derived(screening.known(context["case"]))
    context["items"] = [
        {"words": KINDS[kind], "answer": ANSWERS[one.answer], "fact": fact(one)}
        for kind, one in found.items()
    ]
    return render(request, "web/screening/page.html", context)
