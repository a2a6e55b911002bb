"""What a customer's own words say of them, over all contacts (CO-4). One query."""

from dataclasses import dataclass

from django.db.models import Q

from tingsu.cases.learned import listened
from tingsu.cases.models import Case, Event
from tingsu.mind.reading import Reading, read, trend

GLANCE = 4
MOST = 12  # newest things said that are read
# In the customer's words, whoever wrote them down.
OF_CUSTOMER = ("received", "contact", "customer_objected", "customer_confirmed")


@dataclass(frozen=True)
class Heard:
    """reading: of all that was said; levels: anger contact by contact; trend: 1 rises, -1 falls."""

    reading: Reading
    levels: list[int]
    trend: int

    @property
    def shown(self) -> list[int]:
        """The newest levels, as many as are seen at a glance."""
        return self.levels[-GLANCE:]

    @property
    def anger(self) -> int:
        """How it is now: after the last contact."""
        return self.levels[-1] if self.levels else self.reading.anger


def heard(case: Case) -> Heard:
    """Read the newest things that the customer said. A mood that a person wrote down after a
    contact counts more than any words."""
    said = Q(actor="customer") | Q(kind__in=OF_CUSTOMER)
    rows = Event.objects.filter(said, case=case).order_by("-seq").values_list("data", "text")
    told = [(data, _own(data, text)) for data, text in list(rows[:MOST])[::-1]]
    told = [(data, text) for data, text in told if text or "mood" in data]
    levels = [_mood(data, text) for data, text in told]
    # The newest first: of more than is read, what was said last counts.
    words = "\n".join(text for _data, text in reversed(told))
    return Heard(listened(case.organisation_id, words), levels, trend(levels))


def _own(data: dict[str, object], text: str) -> str:
    """What the customer said; of our own calls the note is ours."""
    return "" if data.get("direction") == "out" else text


def _mood(data: dict[str, object], text: str) -> int:
    mood = data.get("mood")
    return mood if isinstance(mood, int) else read(text).anger
