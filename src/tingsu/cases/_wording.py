"""What is written to a customer is checked before it leaves (CO-2): words that hurt, another name
or another number are changed, or stay for a reason that the timeline keeps. Reads promises."""

from django.utils.translation import gettext as _

from tingsu.cases._write import Entry
from tingsu.cases.coach import guard_of, known_of
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case
from tingsu.core.text import clean, is_blank
from tingsu.core.wording.reply import Finding, blocking


def overridden(case: Case, said: str, kind: str, channel: str, override: str) -> list[Entry]:
    """The entry of an override, where the letter needs one. Raises Invalid at ``override`` where
    it needs one and there is no reason."""
    found = blocking(said, guard_of(case).marks(said), known_of(case, kind, channel))
    if not found:
        return []
    reason = clean(override).strip()
    if is_blank(reason):
        raise Invalid({"override": _ask(found)})
    words = [one.what for one in found if one.code == "forbidden"]
    return [Entry("wording_overridden", reason[:400], {"words": words}, public=False)]


def _ask(found: list[Finding]) -> str:
    words = _("请改掉这些话：%(words)s。确实要这样写的，请写明理由。")
    return words % {"words": _("、").join(f"“{one.what}”" for one in found)}
