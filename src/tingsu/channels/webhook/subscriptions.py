"""Subscriptions of an organisation: add, stop, dead letters, replay. Writes these rows alone.

Every function raises Forbidden without ``Can.MEMBERS``, Invalid with words for the person.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tingsu.channels import outgoing, signing
from tingsu.channels.models import Delivery, Subscription
from tingsu.channels.webhook import ledger
from tingsu.core.text import clean_line
from tingsu.people.errors import Invalid
from tingsu.people.models import new_id
from tingsu.people.permission import Can, Forbidden, NotThere, Who, may

MOST = 20


def subscriptions(who: Who) -> list[Subscription]:
    """Those of the own organisation with their counts, in use first."""
    _allowed(who)
    rows = Subscription.objects.filter(organisation_id=who.organisation_id)
    counts = {
        state: Count("deliveries", filter=Q(deliveries__state=state))
        for state in ("waiting", "dead")
    }
    return list(rows.annotate(**counts).order_by("-active", "name", "id"))


def one(who: Who, ident: UUID) -> Subscription:
    """One of them. Raises NotThere."""
    _allowed(who)
    rows = Subscription.objects.filter(organisation_id=who.organisation_id)
    found = rows.filter(id=ident).first()
    if found is None:
        raise NotThere
    return found


def add(who: Who, typed: Mapping[str, Any], at: datetime) -> tuple[Subscription, str]:
    """A subscription from now on. Returns it with its secret, to be shown once.

    typed: kind, name, url, secret (of a robot), kinds, with_text.
    """
    _allowed(who)
    kind = typed["kind"] if typed["kind"] in ledger.WAYS else "webhook"
    name, url = clean_line(typed["name"])[:60], clean_line(typed["url"])[:400]
    secret = clean_line(typed.get("secret") or "")[:200]
    wrong = {} if name else {"name": _("请起个名字，例如对方系统的名称。")}
    wrong |= _address(url)
    if kind == "dingtalk" and not secret:
        wrong["secret"] = _("请填写机器人安全设置里的加签密钥。")
    if (
        Subscription.objects.filter(organisation_id=who.organisation_id, active=True).count()
        >= MOST
    ):
        wrong["name"] = _("最多 %(n)s 个，请先停用不再使用的。") % {"n": MOST}
    if wrong:
        raise Invalid(wrong)
    secret = secret if kind == "dingtalk" else signing.new_secret()
    row = Subscription(
        id=new_id(), organisation_id=who.organisation_id, kind=kind, name=name,
        wanted=sorted({str(one)[:24] for one in typed.get("kinds") or ()}),
        with_text=bool(typed.get("with_text")) and kind == "webhook",
        read_until=_overlapped(),
        made_by_id=who.member_id, made_at=at,
    )  # fmt: skip
    row.url, row.secret = url, secret
    row.save(force_insert=True)
    return row, secret


def switch(who: Who, row: Subscription, *, on: bool) -> None:
    """Stop, or go on with what was missed since."""
    _allowed(who)
    Subscription.objects.filter(id=row.id).update(active=on)


def dead(who: Who, row: Subscription, most: int = 100) -> list[Delivery]:
    """What could not be delivered, newest first."""
    _allowed(who)
    rows = Delivery.objects.filter(subscription=row, state="dead").order_by("-id")
    return list(rows[:most])


def replay(who: Who, row: Subscription, ident: UUID | None, at: datetime) -> int:
    """Try one dead letter again, or all of them; how many."""
    _allowed(who)
    rows = Delivery.objects.filter(subscription=row, state="dead")
    wanted = rows.filter(id=ident) if ident else rows
    return sum(ledger.replay(one, at) for one in wanted[:1000])


def _overlapped() -> UUID:
    """So far ahead of now that the look back does not reach what was before the subscription."""
    return UUID(int=new_id().int + (int(ledger.OVERLAP.total_seconds() * 1000) << 80))


def _address(url: str) -> dict[str, str]:
    try:
        outgoing.check(url)
    except outgoing.Unreachable as problem:
        words = {
            "inside": _("这个地址在本机或内部网络里。确实要用，请让维护人员打开设置。"),
            "name": _("这个地址的主机名查不到，请核对。"),
        }
        return {
            "url": words.get(str(problem), _("请填写完整的网址，例如 https://example.com/hook。"))
        }
    if not url.startswith("https://") and not settings.OUTSIDE_MAY_BE_INSIDE:
        return {"url": _("请用 https 开头的网址。")}
    return {}


def _allowed(who: Who) -> None:
    if not may(who, Can.MEMBERS):
        raise Forbidden(Can.MEMBERS)
