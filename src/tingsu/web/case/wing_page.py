"""The frame around a wing's page: the case by its one door, its head and its tabs. No models."""

from typing import Any
from uuid import UUID

from tingsu.cases.queries import access_case, file
from tingsu.cases.queries.here import open_case, rights_on
from tingsu.people.permission import Can, NotThere
from tingsu.web.case import page
from tingsu.web.door import Asked, asking


def frame(request: Asked, case_id: UUID, wing: str, right: Can = Can.READ) -> dict[str, Any]:
    """What ``web/case/wing.html`` asks for; the case stands under ``case``.

    A unit that was only asked something sees no wings: for it they are not there. Of a case that
    was disposed of only the file is left.
    """
    who = asking(request)
    case, reduced = open_case(who, case_id)
    if reduced or (case.anonymised_at and wing != "file"):
        raise NotThere
    if right is not Can.READ:
        case = access_case(who, case_id, right)
    rights = rights_on(who, case, file.tasks(case))
    return page.head(who, case, request.at, rights, here=wing) | {"wing": wing}
