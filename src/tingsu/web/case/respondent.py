"""What a unit that was asked sees of a case: the question, the facts needed, and nobody's personal
data (PL-1, PL-2, HA-13). Reads queries, no models."""

import uuid
from datetime import datetime
from typing import Any

from django.urls import reverse

from tingsu.cases.queries import file
from tingsu.core.masking import mask_text
from tingsu.people.permission import Who
from tingsu.people.rulebook import case_pack
from tingsu.web.case.forms import Place
from tingsu.web.case.page import bare_title
from tingsu.web.case.steps import STEPS
from tingsu.web.case.words import language


def context(who: Who, case: Any, now: datetime) -> dict[str, Any]:
    """The reduced page: own tasks with their forms, facts with names and numbers hidden."""
    names = [case.party.name] if case.party else []
    step = STEPS["task_answer"]
    own = [one for one in file.tasks(case) if one.department_id in who.branch]
    return {
        "case": case,
        "place": "cases",
        "now": now,
        "ik": uuid.uuid4().hex,
        "tasks": [
            {
                "row": one,
                "content": mask_text(one.content, names),
                "form": step.form(
                    place=Place(case, who, now, str(one.id)), auto_id=f"answer_{one.id.hex}_%s"
                ),
            }
            for one in own
        ],
        "step": step,
        "url": reverse("case_task_answer", args=[case.id]),
        "title": bare_title(case),
        "narrative": mask_text(case.narrative, names),
        "request_text": mask_text(case.request, names),
        "category": case_pack(case).category_label(case.category, language())
        if case.category
        else "",
        "panes": [],
    }
