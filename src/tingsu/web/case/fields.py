"""Fields that only the forms of a case need. They keep what was typed. Reads no tables."""

import re
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from tingsu.core.text import clean_line

_WRITTEN = re.compile(
    r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*?(?:[T\s日]+(\d{1,2})\s*[:：时點点]\s*(\d{1,2})?.*)?"
)
EVENING = time(17, 30)  # of a day that is named without an hour


class Instant(forms.Field):
    """A local date and time as a picker or a person writes it: 2026-11-21T14:00,
    2026年11月21日 14点. The value is an instant in UTC."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def to_python(self, value: Any) -> datetime | None:
        typed = clean_line(value) if isinstance(value, str) else ""
        if not typed:
            return None
        found = _WRITTEN.fullmatch(typed)
        try:
            return _instant(*found.groups()) if found else _odd()
        except (ValueError, OverflowError):
            return _odd()

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """To the minute: a picker knows no seconds."""
        before = self.prepare_value(initial) or ""
        try:
            return bool((self.prepare_value(self.to_python(data)) or "") != before)
        except ValidationError:
            return True


class Choice(forms.ChoiceField):
    """One of some codes; what is not offered is refused by the action, in its own words."""

    def __init__(self, choices: Any = (), *, strip: bool = False, **more: Any) -> None:
        more.setdefault("required", False)
        if strip:
            more["widget"] = forms.RadioSelect
        super().__init__(choices=choices, **more)
        self.error_messages["invalid_choice"] = _("请从列出的选项中选择。")


class Tick(forms.BooleanField):
    """A box that may stay empty."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)


def _instant(year: str, month: str, day: str, hour: str | None, minute: str | None) -> datetime:
    at = time(int(hour), int(minute or 0)) if hour else EVENING
    local = datetime.combine(
        date(int(year), int(month), int(day)), at, timezone.get_current_timezone()
    )
    return local.astimezone(UTC)


def _odd() -> datetime:
    raise ValidationError(_("请写成 2026-11-21 14:00 这样的时间。"))
