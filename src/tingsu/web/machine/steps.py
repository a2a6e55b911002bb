"""The step that keeps what a machine wrote as a note, with its mark. Calls an action."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions import note
from tingsu.channels.llm import asking
from tingsu.people.permission import Can
from tingsu.web.case.step import Doing, Step


def _keep(on: Doing) -> str:
    row = asking.written(on.case, on.row_id)
    note.note(on.case, on.by, on.at, text=row.text, machine=row.kind, **on.once)
    return _("已记为备注，注明是机器写的。")


STEPS = (
    Step("machine_keep", Can.HANDLE, _l("记为备注"), _keep, _l("记下"), icon="lock"),
)  # fmt: skip
