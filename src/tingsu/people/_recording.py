"""What the writers of this room share: tidy input, and a record of every change. People tables."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tingsu.core.text import clean
from tingsu.people.models import HouseChange
from tingsu.people.permission import Can, Forbidden, Who, may

Changed = dict[str, list[Any]]  # field -> [before, after]
PRIVATE = frozenset({"email", "phone"})  # that it changed is recorded, the value is not


class Sheet:
    """Reads typed values one by one and gathers what is wrong with them."""

    def __init__(self, typed: Mapping[str, Any]) -> None:
        self.typed = typed
        self.wrong: dict[str, str] = {}

    def text(self, name: str, limit: int, *, ask: str = "") -> str:
        """One line, cleaned. ``ask``: what to say when it is empty; "" where it may be."""
        value = " ".join(clean(str(self.typed.get(name) or "")).split())
        return self._checked(name, value, limit, ask)

    def lines(self, name: str, limit: int) -> str:
        """Several lines, cleaned; may be empty."""
        return self._checked(name, clean(str(self.typed.get(name) or "")).strip(), limit, "")

    def _checked(self, name: str, value: str, limit: int, ask: str) -> str:
        if ask and not value:
            self.wrong[name] = ask
        if len(value) > limit:
            words = _("最多 %(limit)s 字，现在是 %(length)s 字。")
            self.wrong[name] = words % {"limit": limit, "length": len(value)}
        return value


def only_administrators(who: Who) -> None:
    """Raises Forbidden: the writers ask for themselves, whatever the face did."""
    if not may(who, Can.MEMBERS):
        raise Forbidden(Can.MEMBERS)


def differences(row: Any, wanted: Mapping[str, Any]) -> Changed:
    """Set the wanted values on the row and tell which ones changed."""
    found: Changed = {}
    for name, value in wanted.items():
        before = getattr(row, name)
        if before != value:
            found[name] = ["", ""] if name in PRIVATE else [_plain(before), _plain(value)]
            setattr(row, name, value)
    return found


def record(
    who: Who, at: datetime, kind: str, subject: str, data: Mapping[str, Any] | None = None
) -> None:
    """One line for the auditor. Passwords and codes never come here."""
    HouseChange.objects.create(
        organisation_id=who.organisation_id,
        member_id=who.member_id,
        at=at,
        kind=kind,
        subject=subject[:120],
        data=dict(data or {}),
    )


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | str | list) or value is None else str(value)
