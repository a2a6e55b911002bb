"""When things happen in the demo: office hours, gaps, and times put into words. No Django."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from tingsu.core.calendar import Calendar
from tingsu.packs import calendar_of, load

OPENS, CLOSES = 8.6, 17.7  # hours of the local day in which people here work
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Pace:
    """The clock of the demo. The story so far ends as ``today`` begins; today, whatever day of
    the week it is, people are on duty."""

    rng: Random
    today: date

    @property
    def calendar(self) -> Calendar:
        return calendar_of(load("general"))

    @property
    def end(self) -> datetime:
        """Local midnight, at which the story so far ends."""
        return self.at(self.today, 0)

    def at(self, day: date, hours: float) -> datetime:
        """A wall-clock moment of a local day."""
        whole = datetime.combine(day, time(), self.calendar.zone)
        return whole + timedelta(seconds=round(hours * 3600))

    def later(self, moment: datetime, low: float, high: float) -> datetime:
        """The moment some hours on, moved into working time."""
        return self.office(moment + timedelta(seconds=round(self.rng.uniform(low, high) * 3600)))

    def office(self, moment: datetime) -> datetime:
        """The moment itself when people are at work, else early on the next working day."""
        local = moment.astimezone(self.calendar.zone)
        hour = local.hour + local.minute / 60
        day = local.date()
        if self.works(day) and OPENS <= hour <= CLOSES:
            return local
        if hour > OPENS or not self.works(day):
            day = self.workday_after(day)
        return self.at(day, OPENS + self.rng.uniform(0, 1.5))

    def works(self, day: date) -> bool:
        """Whether people are at work on a day."""
        return day == self.today or self.calendar.is_workday(day)

    def workday_after(self, day: date) -> date:
        """The next day on which people are at work."""
        found = self.calendar.add_workdays(day, 1)
        return self.today if day < self.today < found else found

    def workday_before(self, day: date) -> date:
        """The last day before on which people were at work."""
        return self.calendar.add_workdays(day, -1)

    def day_of(self, moment: datetime) -> date:
        """The local day."""
        return moment.astimezone(self.calendar.zone).date()

    def today_at(self, low: float, high: float) -> datetime:
        """A moment of today between two hours."""
        return self.at(self.today, self.rng.uniform(low, high))

    def within_day(self, moment: datetime, low: float, high: float) -> datetime:
        """The same local day at an hour between the two."""
        return self.at(self.day_of(moment), self.rng.uniform(low, high))

    def round_hour(self, moment: datetime) -> datetime:
        """A time that a person would name: full or half hours, within working time."""
        local = self.office(moment)
        return local.replace(minute=30 if local.minute >= 30 else 0, second=0, microsecond=0)

    def day_words(self, moment: datetime) -> str:
        """Such as 11 月 3 日."""
        local = moment.astimezone(self.calendar.zone)
        return f"{local.month} 月 {local.day} 日"

    def time_words(self, moment: datetime) -> str:
        """Such as 11 月 3 日（周二）15:30."""
        local = moment.astimezone(self.calendar.zone)
        return f"{self.day_words(local)}（周{WEEKDAYS[local.weekday()]}）{local:%H:%M}"
