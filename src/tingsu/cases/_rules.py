"""Small checks that several actions share. Touches no tables but to follow a merge."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case
from tingsu.core.text import clean, is_blank

TEXT_LIMIT = 20_000


def text_of(value: str, field: str, *, limit: int = TEXT_LIMIT, ask: str = "") -> str:
    """The cleaned text. Raises Invalid at the field when it is empty or too long."""
    text = clean(value).strip()
    if is_blank(text):
        raise Invalid({field: ask or _("这里还空着。")})
    if len(text) > limit:
        words = _("最多 %(limit)s 字，现在是 %(length)s 字。请删减，或把其余部分放进附件。")
        raise Invalid({field: words % {"limit": f"{limit:,}", "length": f"{len(text):,}"}})
    return text


def future(value: datetime | None, at: datetime, field: str) -> datetime:
    """A date that is still to come, at most a year ahead. Raises Invalid at the field."""
    if value is None:
        raise Invalid({field: _("请写明时间。")})
    if value < at - timedelta(minutes=5):
        raise Invalid({field: _("这个时间已经过去，请改成将来的时间。")})
    if value > at + timedelta(days=366):
        raise Invalid({field: _("这个时间在一年以后，请核对。")})
    return value


def only_open(case: Case) -> None:
    """Raises Refusal when the case is over or rests in another one."""
    if case.open:
        return
    if case.state == "merged":
        raise Refusal(_("这件投诉已并入另一件，请到主件里处理。"), code="merged")
    raise Refusal(_("这件投诉已经结束。需要继续处理时，请先重新打开。"), code="ended")


def seen_to(case: Case, at: datetime) -> dict[str, None]:
    """The change that takes away a planned date which has come: somebody has turned to the case
    now. One in the future stays; so does the only date that a case has (IN-10)."""
    past = case.planned_at is not None and case.planned_at <= at
    return {"planned_at": None} if past and case.quiet_until else {}


def main_of(case: Case) -> Case:
    """The case in which a merged one goes on: what reaches the merged one is written there."""
    seen = set()
    while case.merged_into_id and case.id not in seen:
        seen.add(case.id)
        case = Case.objects.get(id=case.merged_into_id)
    return case
