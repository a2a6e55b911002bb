"""What a member can be good at, by name: trades with their groups of categories, languages and
dialects. Reads packs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tingsu import packs
from tingsu.people.directory import organisation
from tingsu.people.permission import Who

Choices = list[tuple[str, Any]]
LANGUAGES: Sequence[tuple[str, Any]] = (
    ("en", _("英语")), ("ja", _("日语")), ("ko", _("韩语")), ("ru", _("俄语")), ("fr", _("法语")),
    ("de", _("德语")), ("es", _("西班牙语")), ("ar", _("阿拉伯语")), ("vi", _("越南语")),
    ("th", _("泰语")), ("yue", _("粤语")), ("wuu", _("吴语")), ("nan", _("闽南语")),
    ("hak", _("客家话")), ("bo", _("藏语")), ("ug", _("维吾尔语")), ("mn", _("蒙古语")),
)  # fmt: skip


def skills(who: Who) -> Choices:
    """The trades of the organisation, each followed by its groups: 电信, 电信 › 收费."""
    language, found = get_language() or "zh-hans", {}
    for pack in map(packs.load, organisation(who.organisation_id).packs):
        name = pack.label(language)
        found[pack.id] = name
        for one in pack.categories.values():
            if one.code == one.group:
                found.setdefault(one.code, f"{name} › {one.label(language)}")
    return list(found.items())


def with_own(choices: Iterable[tuple[str, Any]], own: Iterable[str]) -> Choices:
    """The same, and what the member has besides: a code of before stays until it is taken off."""
    known = dict(choices)
    return [*known.items(), *((code, code) for code in own if code not in known)]
