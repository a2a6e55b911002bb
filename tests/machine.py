"""A house whose language model is a counterpart on loopback: switch it on, ask, be answered."""

from typing import Any

from django.utils.timezone import now

from factories import House
from tingsu.cases.models import Case, MachineText
from tingsu.channels.llm import asking, connecting
from tingsu.channels.models import LanguageModel

KEY = "sk-very-secret"


def said(text: Any, **more: Any) -> dict[str, Any]:
    """An answer as such an interface gives it."""
    message = {"role": "assistant", "content": text, **more}
    return {"choices": [{"message": message}], "usage": {"total_tokens": 321}}


def switch_on(house: House, url: str, **more: Any) -> LanguageModel:
    """By the administrator."""
    typed = {
        "active": True, "url": url, "name": "qwen", "key": KEY, "listener": "whisper",
        "per_day": "5", "per_month": "50", "seconds": "5",
    }  # fmt: skip
    return connecting.save(house.who("管理员"), typed | more, now())


def answered(house: House, case: Case, kind: str = "draft", **more: Any) -> MachineText:
    """Asked by 甲 and answered as the worker does it."""
    row = asking.ask(house.who("甲"), case, kind, now(), **more)
    for mine in asking.claimed(now(), 9):
        asking.answer(mine)
    row.refresh_from_db()
    return row
