"""Channels that call us: which there are, which an organisation has. Writes Account rows.

The writers raise Forbidden without ``Can.MEMBERS``, Invalid with words for the person.
"""

import json
import secrets as chance
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.channels import call, messenger, signing, sms, wechat, wecom
from tingsu.channels.contract import Channel, Secrets
from tingsu.channels.models import Account
from tingsu.core.text import clean_line
from tingsu.people.errors import Invalid
from tingsu.people.models import new_id
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may

CHANNELS: Mapping[str, Channel] = {
    "call": call.CHANNEL,
    "sms": sms.CHANNEL,
    "wechat": wechat.CHANNEL,
    "wecom": wecom.CHANNEL,
    "messenger": messenger.CHANNEL,
}


def accounts(who: Who) -> list[Account]:
    """Those of the own organisation, in use first."""
    _allowed(who)
    rows = Account.objects.filter(organisation_id=who.organisation_id)
    return list(rows.order_by("-active", "kind", "name", "id"))


def one(who: Who, ident: UUID) -> Account:
    """One of them. Raises NotThere."""
    _allowed(who)
    rows = Account.objects.filter(organisation_id=who.organisation_id)
    found = rows.filter(id=ident).first()
    if found is None:
        raise NotThere
    return found


def add(who: Who, typed: Mapping[str, Any], at: datetime) -> tuple[Account, str]:
    """An account. Returns it with the secret that we made up, "" where the vendor gives them all.

    typed: kind, name, and what the channel asks for.
    """
    _allowed(who)
    channel = CHANNELS.get(str(typed.get("kind")))
    if channel is None:
        raise Invalid({"kind": _("请从列出的选项中选择。")})
    name = clean_line(str(typed.get("name") or ""))[:60]
    told = {code: clean_line(str(typed.get(code) or ""))[:400] for code in channel.asked}
    wrong = {} if name else {"name": _("请起个名字，例如号码或公众号的名称。")}
    for code, value in told.items():
        if not value and code not in channel.optional:
            wrong[code] = _("请填写这一项。")
    if told.get("aes_key") and len(told["aes_key"]) != 43:
        wrong["aes_key"] = _("这个密钥应有 43 个字符。")
    if wrong:
        raise Invalid(wrong)
    made = {code: signing.new_secret() for code in channel.own}
    row = Account(
        id=new_id(), organisation_id=who.organisation_id, kind=str(typed["kind"]), name=name,
        key=chance.token_urlsafe(18), made_at=at,
    )  # fmt: skip
    row.secrets = json.dumps({**told, **made})
    row.save(force_insert=True)
    return row, next(iter(made.values()), "")


def switch(who: Who, row: Account, *, on: bool) -> None:
    """Stop or go on taking messages in. What came stays."""
    _allowed(who)
    Account.objects.filter(id=row.id).update(active=on)


def open_account(key: str) -> Account:
    """The account behind an address. Raises NotThere."""
    found = Account.objects.filter(key=key, active=True, organisation__active=True).first()
    if found is None or found.kind not in CHANNELS:
        raise NotThere
    return found


def secrets_of(row: Account) -> Secrets:
    """What the administrator filled in, opened."""
    found: dict[str, str] = json.loads(row.secrets or "{}")
    return found


def _allowed(who: Who) -> None:
    if not may(who, Can.MEMBERS):
        raise Forbidden(Can.MEMBERS)
