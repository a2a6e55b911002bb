"""The words of a record of a talk or a check: to be signed, and for its paper. Reads signatures."""

import json
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from tingsu.cases._signing import signings
from tingsu.cases.inquiry_words import CAPACITIES, words_of
from tingsu.cases.models import Minutes

ABOUT = "minutes"  # the kind of thing that is signed: Signing.about


def pairs_of(one: Minutes) -> list[tuple[str, str]]:
    """Questions and answers, or things and what was seen."""
    return [(str(a), str(b)) for a, b in json.loads(one.pairs or "[]")]


def capacity_words(code: str) -> str:
    """投诉人."""
    return words_of(CAPACITIES, [code])


def paper_values(one: Minutes, language: str) -> dict[str, str]:
    """The fields of the paper, in its language."""
    with override(language):
        values = {
            "talk_person": f"{one.person}（{capacity_words(one.capacity)}）",
            "talk_when": _when(one.at),
            "talk_where": one.place,
            "talk_present": _("、").join(one.present.split("\n")) if one.present else "",
            "talk_record": _record(one),
            "talk_corrections": one.corrections,
            "talk_signed": _signed(one),
        }
    return {name: text for name, text in values.items() if text}


def _record(one: Minutes) -> str:
    if one.kind == "interview":
        asked, answered = _("问："), _("答：")
        told = [f"{asked}{a}\n{answered}{b}" if a else f"{answered}{b}" for a, b in pairs_of(one)]
        return "\n".join(told)
    return "\n".join(f"{a}{_('：')}{b}" if b else a for a, b in pairs_of(one))


def title_of(one: Minutes) -> str:
    """询问笔录 2026-11-22 10:00."""
    name = _("询问笔录") if one.kind == "interview" else _("现场核对记录")
    return f"{name} {_when(one.at)}"


def full_text(one: Minutes) -> str:
    """What somebody puts their name to: who, when, where, what was said, what was put right."""
    head = [
        (_("对象"), f"{one.person}（{capacity_words(one.capacity)}）"),
        (_("时间"), _when(one.at)),
        (_("地点"), one.place),
        (_("在场"), one.present.replace("\n", _("、"))),
    ]
    told = "\n".join(f"{name}{_('：')}{value}" for name, value in head if value)
    corrected = f"{_('更正')}{_('：')}{one.corrections}" if one.corrections else ""
    return "\n\n".join(filter(None, (told, _record(one), corrected)))


def _signed(one: Minutes) -> str:
    """Who has signed, how and when; who would not."""
    ways = {
        "drawn": _("当面手写"),
        "typed": _("本人键入"),
        "paper": _("纸上签字"),
    }
    found = []
    for mark in signings(one.id):
        if mark.state == "declined":
            found.append(_("%(name)s没有签字") % {"name": mark.name})
        elif mark.state == "signed":
            found.append(f"{mark.signed_as}（{ways[mark.way]} {_when(mark.ended_at or one.at)}）")
    return "\n".join(found)


def _when(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
