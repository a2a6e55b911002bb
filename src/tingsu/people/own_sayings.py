"""An organisation's own sayings: good words beside those of the industry (CO-5). Touches its table.

Only who may coach adds and takes out; every change is on record (PL-1).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tingsu.core.wording.technique import OWN, Saying
from tingsu.packs import load
from tingsu.packs.techniques import TECHNIQUES
from tingsu.people import rulebook
from tingsu.people._recording import Sheet, record
from tingsu.people.errors import Invalid
from tingsu.people.models import OwnSaying, new_id
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may

MOST = 500  # in one organisation
LIMIT = 300
STAGES = ("contact", "restate", "reply", "agree")
CHANNELS = ("spoken", "written", "visit")


def add(who: Who, typed: Mapping[str, Any], at: datetime) -> OwnSaying:
    """Offer these words from now on. Raises Invalid at the fields."""
    _only_trainers(who)
    facts = _checked(typed)
    if len(rows(who.organisation_id)) >= MOST:
        raise Invalid({"text": _("话术已经有 %(n)s 条，请先去掉用不上的。") % {"n": MOST}})
    with transaction.atomic():
        row = OwnSaying.objects.create(
            id=new_id(),
            organisation_id=who.organisation_id,
            added_by_id=who.member_id,
            added_at=at,
            **facts,
        )
        record(who, at, "saying_added", row.text)
        rulebook.moved(who.organisation_id)
    return row


def end(who: Who, saying_id: UUID, at: datetime) -> None:
    """Do not offer them any more; what they did stays counted. Raises NotThere."""
    _only_trainers(who)
    row = OwnSaying.objects.filter(organisation_id=who.organisation_id, id=saying_id).first()
    if row is None:
        raise NotThere
    with transaction.atomic():
        gone = OwnSaying.objects.filter(id=row.id, ended_at__isnull=True)
        if gone.update(ended_at=at, ended_by_id=who.member_id):
            record(who, at, "saying_ended", row.text)
            rulebook.moved(who.organisation_id)


def rows(organisation_id: UUID) -> list[OwnSaying]:
    """The own sayings in force, newest first."""
    found = OwnSaying.objects.filter(organisation_id=organisation_id, ended_at__isnull=True)
    return list(found.select_related("added_by").order_by("-id"))


def sayings(organisation_id: UUID) -> list[Saying]:
    """The same for the library; the words are the same in every language."""
    return [
        Saying(
            id=f"{OWN}{row.id}",
            technique=row.technique,
            text=dict.fromkeys(("zh-hans", "zh-hant", "en"), row.text),
            stage=row.stage,
            channels=(row.channel,) if row.channel else (),
        )
        for row in rows(organisation_id)
    ]


def _checked(typed: Mapping[str, Any]) -> dict[str, str]:
    sheet = Sheet(typed)
    text = sheet.text("text", LIMIT)
    facts = {name: str(typed.get(name) or "") for name in ("technique", "stage", "channel")}
    if not text and "text" not in sheet.wrong:
        sheet.wrong["text"] = _("请写下可以怎么说。")
    if facts["technique"] not in TECHNIQUES.of(load("general")).techniques:
        sheet.wrong["technique"] = _("请选一个方法。")
    if facts["stage"] not in ("", *STAGES):
        sheet.wrong["stage"] = _("请从列出的选项中选择。")
    if facts["channel"] not in ("", *CHANNELS):
        sheet.wrong["channel"] = _("请从列出的选项中选择。")
    if sheet.wrong:
        raise Invalid(sheet.wrong)
    return {"text": text, **facts}


def _only_trainers(who: Who) -> None:
    if not may(who, Can.COACH):
        raise Forbidden(Can.COACH)
