"""SMS through any gateway that can sign JSON (docs/manual/messengers.md)."""

from django.utils.translation import gettext_lazy as _l

from tingsu.channels import generic
from tingsu.channels.contract import Channel

CHANNEL = Channel(
    label=_l("短信网关"),
    way="sms",
    asked={"send_url": _l("发短信的网址")},
    verify=generic.verify,
    parse=generic.parse,
    send=generic.send,
    own=("secret",),
    optional=frozenset({"send_url"}),
)
