"""Fields of the public forms: they keep what was typed and word their own refusals. No tables."""

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tingsu.core.text import clean_line

Form = TypeVar("Form", bound=forms.Form)
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2})\s*[:：时點点]\s*(\d{1,2})?\s*分?")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")


class _Together(dict[str, forms.Field]):
    """Fields by name that a form takes over as they are."""

    def __deepcopy__(self, _memo: Any) -> "_Together":
        return _Together(self)


def made_once(form: type[Form]) -> type[Form]:
    """A form whose fields are made once, for all requests: to copy nineteen of them took longer
    than to check what was typed. Whoever changes a field copies that one first."""
    cast("Any", form).base_fields = _Together(form.base_fields)
    return form


class Text(forms.Field):
    """Any text. ``max_length`` is for the counter alone: the action refuses what is too long, and
    cleans what hides or breaks, so that nobody loses a paste to a stray control character."""

    def __init__(
        self, *, limit: int, lines: int = 1, attrs: dict[str, str] | None = None, **more: Any
    ) -> None:
        more.setdefault("required", False)
        widget = forms.Textarea({"rows": lines}) if lines > 1 else forms.TextInput(attrs)
        more.setdefault("widget", widget)
        super().__init__(**more)
        self.max_length = limit

    def to_python(self, value: Any) -> str:
        return value if isinstance(value, str) else ""


class Mail(Text):
    """A mail address, as far as one can tell without writing to it."""

    def to_python(self, value: Any) -> str:
        address = clean_line(super().to_python(value))
        if address and not _MAIL.fullmatch(address):
            raise ValidationError(_("这个邮箱地址看起来不完整，例如 name@example.com。"))
        return address


class Phone(Text):
    """A telephone number of any country, with at least five digits."""

    def to_python(self, value: Any) -> str:
        number = clean_line(super().to_python(value))
        if number and sum(sign.isdigit() for sign in number) < 5:
            raise ValidationError(_("这个号码看起来不完整，请核对。"))
        return number


class Day(forms.Field):
    """A day as a date picker or a person writes it: 2026-11-20, 2026/11/20, 2026年11月20日."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "max": "2100-12-31"})

    def to_python(self, value: Any) -> date | None:
        typed = clean_line(value) if isinstance(value, str) else ""
        if not typed:
            return None
        found = _DAY.fullmatch(typed)
        try:
            return date(*map(int, found.groups())) if found and int(found[1]) > 1800 else _odd()
        except ValueError:
            return _odd()


class Hour(forms.Field):
    """A time of day: 18:30, 18点30分."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def to_python(self, value: Any) -> time | None:
        typed = clean_line(value) if isinstance(value, str) else ""
        found = _TIME.match(typed)
        try:
            if typed and found:
                return time(int(found[1]), int(found[2] or 0))
        except ValueError:
            found = None
        if typed and not found:
            raise ValidationError(_("请写成 18:30 这样的时间。"))
        return None


class Money(Text):
    """Yuan as people write them, in fen."""

    def to_python(self, value: Any) -> Any:
        typed = clean_line(super().to_python(value)).strip("¥￥元 ").replace(",", "")
        if not typed:
            return None
        try:
            fen = int(Decimal(typed) * 100)
        except (InvalidOperation, ValueError, OverflowError) as odd:
            raise ValidationError(_("请只写数字，例如 1280.50。")) from odd
        if not 0 <= fen < 10**14:
            raise ValidationError(_("请核对这个金额。"))
        return fen


class Files(forms.FileField):
    """Several files; what they are is looked at by the action, and said at this field."""

    class Widget(forms.FileInput):
        allow_multiple_selected = True

    widget = Widget

    def clean(self, data: Any, _initial: Any = None) -> Any:
        return data


def _odd() -> date:
    raise ValidationError(_("请写成 2026-05-03 这样的日期。"))
