"""The customer as read: the card, drawn after the page, and the step that confirms or corrects it.
Reads queries, no models."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_GET

from tingsu.cases.actions import read_customer
from tingsu.cases.queries import access_case, file
from tingsu.cases.queries.heard import heard
from tingsu.cases.queries.here import rights_on
from tingsu.mind.reading import KINDS, lexicon
from tingsu.people.permission import Can
from tingsu.web import labels
from tingsu.web import reading as shown
from tingsu.web.case.fields import Choice
from tingsu.web.case.forms import StepForm
from tingsu.web.case.step import Doing, Step
from tingsu.web.door import Asked, asking, door

MOODS = [(str(level), one.word) for level, one in labels.ANGER.items()]


class ReadingForm(StepForm):
    """How the customer is; starts with what a person confirmed or what was read."""

    optional = frozenset({"anger", *KINDS})

    anger = Choice([("", _l("没有听出来")), *MOODS], label=_l("情绪"))
    need = Choice(label=shown.WORDS["need"])
    aim = Choice(label=shown.WORDS["aim"])
    attitude = Choice(label=shown.WORDS["attitude"])
    demand = Choice(label=shown.WORDS["demand"])
    temper = Choice(label=shown.WORDS["temper"])
    nature = Choice(label=shown.WORDS["nature"])

    def prepare(self) -> None:
        for kind in KINDS:
            known = shown.choices(kind, lexicon()[kind])
            self.choose(kind, [("", _("没有听出来")), *known])
        if not self.is_bound:
            found = heard(self.place.case)
            first = self.place.case.reading or shown.offered(found.reading)
            self.initial = {"anger": str(found.anger), **first, **self.initial}


@door(Can.READ)
@require_GET
def customer(request: Asked, case_id: UUID) -> HttpResponse:
    """What the customer's words say of them, with those words."""
    who = asking(request)
    case = access_case(who, case_id, Can.READ)
    found = heard(case)
    rights = rights_on(who, case, file.tasks(case))
    context = {
        "case": case,
        "heard": found,
        "lines": shown.lines(found.reading, case.reading),
        "risks": shown.risks(found.reading),
        "may": frozenset(right.value for right in rights),
        "version": case.version,
    }
    return render(request, "web/case/customer.html", context)


def _confirm(on: Doing) -> str:
    read_customer.confirm(
        on.case, on.by, on.at,
        values=on.told,
        anger=int(on.told["anger"]) if on.told["anger"] else None,
        offered=shown.offered(heard(on.case).reading),
        **on.once,
    )  # fmt: skip
    return _("记下了。判断错的以后会学着改。")


STEPS = (
    Step("read", Can.HANDLE, _l("这位客户"), _confirm, _l("就是这样"), ReadingForm, "user-check",
         _l("只是猜测：照您听到的改。只给自己人看，客户看不到。")),
)  # fmt: skip
