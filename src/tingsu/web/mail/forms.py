"""The form of a mailbox: parses only; what is wrong is said by channels.mail.boxes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tingsu.web.members.forms import Parsing


class MailboxForm(Parsing):
    """Address and, for IMAP, where it lies."""

    address = forms.CharField(label=_("邮箱地址"), max_length=254)
    kind = forms.ChoiceField(
        label=_("怎么收"),
        choices=(
            ("imap", _("到邮箱服务器上取（IMAP）")),
            ("smtp", _("邮件直接寄到本系统（SMTP）")),
        ),
        widget=forms.RadioSelect,
    )
    queue = forms.ChoiceField(label=_("新投诉到哪个部门"), required=False)
    starts_on = forms.CharField(
        label=_("从哪天的来信收起"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    host = forms.CharField(label=_("IMAP 服务器"), max_length=200)
    port = forms.CharField(label=pgettext_lazy("network", "端口"), max_length=5)
    security = forms.ChoiceField(
        label=_("加密"),
        choices=(("tls", "TLS"), ("starttls", "STARTTLS"), ("none", _("不加密（只用于本机）"))),
    )
    account = forms.CharField(label=_("登录账号"), max_length=254)
    password = forms.CharField(
        label=_("密码或授权码"), required=False, max_length=200, widget=forms.PasswordInput
    )
    folder = forms.CharField(label=_("文件夹"), max_length=200)

    def __init__(self, *args: Any, queues: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        queue: Any = self.fields["queue"]
        queue.choices = [("", _("接收新投诉的部门")), *queues]
