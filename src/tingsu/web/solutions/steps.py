"""The step that uses a prepared solution on a case. Calls an action."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions import solution
from tingsu.cases.queries import solutions
from tingsu.people.permission import Can
from tingsu.web.case.step import Doing, Step


def _use(on: Doing) -> str:
    row = solutions.one(on.who, on.row_id)
    solution.use(on.case, on.by, on.at, solution=row, **on.once)
    return _("已记下用了这个预案。办结以后，会看它帮上没有。")


STEPS = (
    Step("solution_use", Can.HANDLE, _l("用这个预案"), _use, _l("用它"), icon="bookmark",
         ended=False),
)  # fmt: skip
