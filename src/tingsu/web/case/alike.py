"""What is like a case: drawn after the page, so that the page never waits for it. Reads queries."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tingsu.cases.queries import access_case, file
from tingsu.cases.queries import here as asked
from tingsu.cases.queries.alike import alike, told_of
from tingsu.people.permission import Can
from tingsu.web.case import page
from tingsu.web.door import Asked, asking, door


@door(Can.READ)
@require_GET
def like_cases(request: Asked, case_id: UUID) -> HttpResponse:
    """Cases that may be the same matter, and ended ones that were like it (IN-8)."""
    who = asking(request)
    case = access_case(who, case_id, Can.READ)
    ties = {other.id for _link, other in file.links(case)}
    known = {case.id, *ties, *asked.past(case).told_apart, *(o.id for o in file.history(who, case))}
    found = alike(who, told_of(case), case.received_at, known)
    for one in [*found.same, *found.helped]:
        one.case.title = page.hidden(who, case, one.case.title)
    rights = asked.rights_on(who, case, file.tasks(case))
    context = {
        "case": case,
        "found": found,
        "may": frozenset(right.value for right in rights),
        "version": case.version,
    }
    return render(request, "web/case/alike.html", context)
