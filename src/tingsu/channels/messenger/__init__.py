"""Any messenger behind a gateway that can sign JSON (docs/manual/messengers.md)."""

from django.utils.translation import gettext_lazy as _l

from tingsu.channels import generic
from tingsu.channels.contract import Channel

CHANNEL = Channel(
    label=_l("其他即时消息"),
    way="messenger",
    asked={"send_url": _l("发消息的网址")},
    verify=generic.verify,
    parse=generic.parse,
    send=generic.send,
    own=("secret",),
    optional=frozenset({"send_url"}),
)
