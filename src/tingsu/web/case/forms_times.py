"""Forms about clocks: parsing and first values only. The actions decide and refuse."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.explain import cause_words, extension_words
from tingsu.cases.happenings import RECORDED, possible
from tingsu.cases.queries import file
from tingsu.core import clock as clocks
from tingsu.core.clock import Deadline
from tingsu.people.rulebook import case_pack
from tingsu.web import spoken
from tingsu.web.case.fields import Choice, Instant
from tingsu.web.case.forms import Place, ReasonForm, StepForm
from tingsu.web.portal.fields import Text

ALIVE = ("running", "paused", "breached")


class PauseForm(StepForm):
    """Why a clock stands still; only causes that its source names are offered."""

    cause = Choice(label=_l("暂停的原因"))

    def prepare(self) -> None:
        deadline = _deadline(self.place)
        causes = deadline.rule.pauses if deadline else ()
        self.choose("cause", [(cause, cause_words(cause)) for cause in sorted(causes)])


class ExtendForm(ReasonForm):
    """Why it takes longer; what the source allows stands beside the field."""

    def prepare(self) -> None:
        deadline = _deadline(self.place)
        allowed = clocks.next_extension(deadline) if deadline else None
        if deadline is None or allowed is None:
            return
        longer = clocks.grant(deadline, allowed, case_pack(self.place.case).calendar)
        until = spoken.day(timezone.localtime(longer.due_at).date())
        words = {"what": extension_words(allowed), "until": until}
        self.fields["reason"].help_text = _("%(what)s；延到 %(until)s。") % words


class HappenForm(StepForm):
    """What happened, and when."""

    optional = frozenset({"text"})

    event = Choice(label=_l("发生了什么"))
    happened_at = Instant(required=False, label=_l("什么时候"))
    text = Text(limit=2_000, lines=2, label=_l("说明"))

    def prepare(self) -> None:
        alive = [row for row in file.clocks(self.place.case) if row.state in ALIVE]
        rules = [clocks.rule_from_json(row.explanation["rule"]) for row in alive]
        events = possible(self.place.case, rules)
        self.choose("event", [("", _("请选择")), *((code, RECORDED[code]) for code in events)])
        self.fields["happened_at"].initial = self.place.at


def _deadline(place: Place) -> Deadline | None:
    row = next((row for row in file.clocks(place.case) if str(row.id) == place.row), None)
    return clocks.from_json(row.explanation) if row else None
