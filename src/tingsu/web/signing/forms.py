"""What the forms of signing send. Parsing only; the actions decide and refuse."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _l

from tingsu.cases.actions.sign import Hand
from tingsu.people.pictures import MOST_BYTES
from tingsu.web.case.fields import Instant
from tingsu.web.case.forms import StepForm
from tingsu.web.portal.fields import Files, Text

HEAD = "data:image/png;base64,"
BLANK = b"-"  # a drawn signature was chosen, and nothing was drawn


class SignForm(forms.Form):
    """A name, the statement, and what was drawn."""

    use_required_attribute = False

    name = Text(
        limit=60,
        required=True,
        label=_l("签字人姓名"),
        error_messages={"required": _l("请写上签字人的姓名。")},
    )
    picture = forms.CharField(required=False, widget=forms.HiddenInput, label=_l("手写签名"))
    agreed = forms.BooleanField(
        label=_l("我已看完上面的全文，同意按它办，并对自己的签字负责。"),
        error_messages={"required": _l("请先看完全文，再勾选这一句。")},
    )

    @property
    def how_typed(self) -> bool:
        """Whether the name was typed in place of drawing it."""
        return self.data.get("how") == "typed"

    def hand(self, place: str, address: str) -> Hand:
        """As the action takes it."""
        told: Mapping[str, Any] = self.cleaned_data
        drawn = self.data.get("how") == "drawn"
        picture = (_picture(told["picture"]) or BLANK) if drawn else b""
        return Hand(told["name"], told["agreed"], picture, place, address)


class DeclineForm(forms.Form):
    """Why not."""

    use_required_attribute = False

    text = Text(
        limit=2_000,
        lines=3,
        required=True,
        label=_l("哪里不同意"),
        error_messages={"required": _l("请写下为什么不签，我们好接着商量。")},
    )


class PaperForm(StepForm):
    """The scan of what was signed on paper."""

    optional: ClassVar[frozenset[str]] = frozenset({"signed_at"})

    name = Text(limit=60, label=_l("签字人姓名"))
    signed_at = Instant(required=False, label=_l("什么时候签的"))
    files = Files(required=False, label=_l("签好的那一页"))  # type: ignore[assignment]


class LinkForm(StepForm):
    """How long the link is open."""

    days = forms.IntegerField(required=False, initial=7, label=_l("链接几天内有效"))

    def clean_days(self) -> int:
        """What is left empty is refused by the action."""
        return int(self.cleaned_data["days"] or 0)


def _picture(sent: str) -> bytes:
    if not sent.startswith(HEAD) or len(sent) > MOST_BYTES * 2:
        return b""
    try:
        return base64.b64decode(sent[len(HEAD) :], validate=True)
    except binascii.Error:
        return b""
