"""Forms that only parse and keep what was typed; what is wrong is said by people.admin."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tingsu.people.errors import Invalid, Refusal
from tingsu.people.permission import Role
from tingsu.web.members import known

Choices = Iterable[tuple[str, str]]


class Parsing(forms.Form):
    """Reads without judging: one place decides, and it is not the form."""

    use_required_attribute = False

    def typed(self) -> dict[str, Any]:
        """Every field as it was sent."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    def refuse(self, refusal: Refusal) -> None:
        """Put the words where they belong."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        fields = refusal.fields if isinstance(refusal, Invalid) else {refusal.field: refusal.words}
        for name, words in fields.items():
            self.add_error(name if name in self.fields else None, words)


class MemberForm(Parsing):
    """A member; the user name is asked for only when the account is made."""

    username = forms.CharField(label=_("用户名"), max_length=150)
    name = forms.CharField(label=_("姓名"), max_length=60)
    department = forms.ChoiceField(label=_("部门"))
    post = forms.CharField(label=_("职务"), max_length=60, required=False)
    phone = forms.CharField(label=pgettext_lazy("contact", "电话"), max_length=40, required=False)
    email = forms.CharField(
        label=_("邮箱"), max_length=254, required=False, widget=forms.EmailInput
    )
    skills = forms.MultipleChoiceField(
        label=_("熟悉的行业和类别"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("会的外语和方言"), required=False, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.CharField(label=_("负责的地区"), max_length=400, required=False)
    shifts = forms.CharField(
        label=_("当班时间"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    room = forms.CharField(label=_("手上最多几件"), max_length=3, required=False)
    roles = forms.MultipleChoiceField(
        label=_("角色"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, role.value) for role in Role],
    )

    def __init__(
        self, *args: Any, departments: Choices, skills: Choices, member: Any = None,
        new: bool, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for name, choices in (("skills", skills), ("languages", known.LANGUAGES)):
            own = getattr(member, name, [])
            self.initial[name] = own
            self.fields[name].choices = known.with_own(choices, own)  # type: ignore[attr-defined]
        self.fields["department"].choices = [("", _("请选择")), *departments]  # type: ignore[attr-defined]
        if not new:
            del self.fields["username"]

    def typed(self) -> dict[str, Any]:
        """What was chosen from a list is sent on as a person would write it: one line."""
        told = super().typed()
        return told | {name: ",".join(told[name]) for name in ("skills", "languages")}


class JoinForm(MemberForm):
    """Somebody who has an account already: the code says that they agree; the mail is theirs."""

    code = forms.CharField(label=_("加入码"), max_length=40)
    field_order = ("username", "code")  # so that trouble is told from top to bottom

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, new=True, **kwargs)
        del self.fields["email"]


class DepartmentForm(Parsing):
    """A department and its place in the tree."""

    name = forms.CharField(label=_("部门名称"), max_length=60)
    parent = forms.ChoiceField(label=_("上级部门"), required=False)
    phone = forms.CharField(label=pgettext_lazy("contact", "电话"), max_length=40, required=False)
    order = forms.CharField(label=_("排序"), max_length=3, required=False)
    intake = forms.BooleanField(label=_("新投诉先到这里"), required=False)

    def __init__(self, *args: Any, departments: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].choices = [("", _("没有，直属机构")), *departments]  # type: ignore[attr-defined]


class OrganisationForm(Parsing):
    """What the public and every acknowledgement say about the organisation."""

    name = forms.CharField(label=_("机构名称"), max_length=120)
    contact_department = forms.CharField(label=_("联系部门"), max_length=60)
    contact_person = forms.CharField(label=_("联系人"), max_length=60)
    contact_phone = forms.CharField(label=_("联系电话"), max_length=40)
    address = forms.CharField(
        label=pgettext_lazy("contact", "地址"), max_length=200, required=False
    )
    outside_bodies = forms.CharField(
        label=_("其他求助渠道"), max_length=2000, required=False, widget=forms.Textarea
    )
    assigns_itself = forms.BooleanField(label=_("新投诉自动分派给最合适的人"), required=False)
    open_to_public = forms.BooleanField(label=_("向公众开放网上投诉"), required=False)
    packs = forms.MultipleChoiceField(label=_("行业"), widget=forms.CheckboxSelectMultiple)
    pack = forms.ChoiceField(label=_("常用行业"))
    variants = forms.MultipleChoiceField(
        label=_("适用的地方规定"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, packs: Choices, variants: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(packs)
        self.fields["variants"].choices = list(variants)  # type: ignore[attr-defined]
        self.fields["packs"].choices = known  # type: ignore[attr-defined]
        self.fields["pack"].choices = known  # type: ignore[attr-defined]


def bound(request: HttpRequest, form: type[Parsing], shown: Mapping[str, Any], **extra: Any) -> Any:
    """The form with what was typed, or with what there is."""
    if request.method == "POST":
        return form(request.POST, **extra)
    return form(initial=dict(shown), **extra)


def key_of(sent: Mapping[str, Any], name: str) -> UUID | None:
    """An id that was sent along; one that somebody made up is simply the beginning."""
    try:
        return UUID(str(sent.get(name, "")))
    except ValueError:
        return None
