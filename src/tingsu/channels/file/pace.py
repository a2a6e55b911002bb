"""How far an import is, in numbers and words; for the page and the terminal. Touches nothing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tingsu.channels.models import ImportJob

RUNNING = "ready"


@dataclass(frozen=True)
class Pace:
    """Progress of a job. ``rate`` is in records a second of work, ``left`` in seconds."""

    name: str
    done: int
    total: int
    rate_number: float
    seconds_left: float | None
    running: bool

    @property
    def percent(self) -> int:
        """Whole percent, 100 only at the end."""
        return min(100, self.done * 100 // max(1, self.total))

    @property
    def rate(self) -> str:
        """「每秒 1,240 条」."""
        if not self.rate_number:
            return ""
        return _("每秒 %(n)s 条") % {"n": f"{max(1, round(self.rate_number)):,}"}

    @property
    def left(self) -> str:
        """「还要约 2 分钟」."""
        if not self.done:
            return _("排队中，马上开始")
        if self.seconds_left is None:
            return ""
        seconds = round(self.seconds_left)
        if seconds < 60:
            return _("还要约 %(n)s 秒") % {"n": max(1, seconds)}
        if seconds < 5400:
            return _("还要约 %(n)s 分钟") % {"n": round(seconds / 60)}
        return _("还要约 %(n)s 小时") % {"n": round(seconds / 3600)}


def pace_of(job: ImportJob) -> Pace:
    """The progress as the row has it."""
    rate = job.position * 1000 / job.busy_ms if job.busy_ms else 0.0
    left = (job.total - job.position) / rate if rate else None
    return Pace(job.name, job.position, job.total, rate, left, job.state == RUNNING)
