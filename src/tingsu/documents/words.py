"""What the layouts themselves say, in the language of the paper. Touches nothing."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext


def words(language: str) -> dict[str, str]:
    """Word by name, as the templates ask for them."""
    with override(language):
        return {
            "signed": _("签名："),
            "date": pgettext("paper", "日期："),
            "verify": _("扫码核验本文书"),
            "seal": pgettext("paper", "（盖章处）"),
            "copies": _("送达："),
            "stop": _("、"),
            "sign-here": _("签字（盖章）        年   月   日"),
        }


def day_words(day: date, language: str) -> str:
    """A day as papers write it: 2026年11月21日, 21 November 2026."""
    if language == "en":
        return f"{day.day} {day:%B} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"
