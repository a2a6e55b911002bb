"""What is wrong with a pack, in words for the people who write packs. Touches nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from tingsu.packs.vocabulary import EVENTS, LANGUAGES, PAUSE_CAUSES, SEVERITIES, UNITS

GRADES = ("error", "warning", "note")
"""error: the pack must not be used; warning: probably wrong; note: for a person to look at."""


Say = Callable[[str], str]
"""Finds the sentence in another language; `tingsu.packs` itself speaks Simplified Chinese."""


def gettext_noop(text: str) -> str:
    """Marks a sentence for `tingsu messages`; it is translated when it is shown."""
    return text


_ = gettext_noop

USE = _("可用：{choices}。")


class Words(NamedTuple):
    """Grade, what is wrong, what to write instead, and what may stand there."""

    grade: str
    what: str
    instead: str
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its values, in no language yet."""

    text: str
    values: Mapping[str, Value] = field(hash=False)

    def by(self, say: Say) -> str:
        """The sentence in the language of ``say``."""
        shown = {name: _shown(value, say) for name, value in self.values.items()}
        return say(self.text).format(**shown) if self.text else ""


Value = str | Sequence[str] | Said
"""A name as it was written, several of them, or a sentence within the sentence."""


def _shown(value: Value, say: Say) -> str:
    if isinstance(value, str):
        return value
    return value.by(say) if isinstance(value, Said) else say("、").join(value)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where it stands, what it is, and what to write instead."""

    grade: str
    file: str
    line: int
    code: str
    about: Said
    advice: Said

    @property
    def what(self) -> str:
        """What is wrong, in Simplified Chinese."""
        return self.about.by(str)

    @property
    def instead(self) -> str:
        """What to write instead, in Simplified Chinese; may be empty."""
        return self.advice.by(str)

    def __str__(self) -> str:
        return self.line_in(str)

    def line_in(self, say: Say) -> str:
        """One line: file:line grade what, then what to do."""
        words = filter(None, (self.about.by(say), self.advice.by(say)))
        return f"{self.file}:{self.line} {self.grade} {' '.join(words)}"


WORDS: dict[str, Words] = {
    "bad_toml": Words(
        "error", _("读不懂这个文件：{value}。"), _("请检查这一行的引号、括号和等号。")
    ),
    "unreadable": Words("error", _("改了以后行业包用不了：{value}。"), _("请核对这一处的写法。")),
    "unknown_file": Words("error", _("不认识的文件 {value}。"), _("行业包里只有 {known}。")),
    "missing_file": Words("error", _("缺少文件 {value}。"), _("请补上，或从通用包复制一份再改。")),
    "duplicate_key": Words("error", _("同一项写了两次。"), _("请删去一处；原文：{value}。")),
    "never_started": Words(
        "warning",
        _("{value} 再也不会开始。"),
        _("代替别的时限的，要用 variant 写明只在什么情形下代替。"),
    ),
    "never_runs": Words(
        "warning",
        _("{value} 一开始就算完成，或永远完成不了。"),
        _("met_by 里要有事件，而且不能有起算的那个事件。"),
    ),
    "no_extension": Words(
        "warning",
        _("延长到 {value} 并没有变长。"),
        _("to 是总长，要大于 n；加一段用 by。"),
    ),
    "no_notice": Words(
        "warning",
        _("这个时限等着送达文书，可是没有这样的文书：{value}。"),
        _("请在 documents.toml 里写上，送达算什么写在 [[served]]。"),
    ),
    "never_asked": Words(
        "warning",
        _("{value} 不能做，又要先有别的。"),
        _("留 forbidden 或 needs 之一。"),
    ),
    "example_fails": Words("error", _("算例“{value}”算出来不一样。"), "{guess}"),
    "unknown_table": Words("error", _("不认识的部分 [{key}]。"), "{guess}"),
    "not_table": Words(
        "error", _("{key} 应当是一个部分。"), _("写成 [[{key}]] 或 [{key}]，内容另起一行。")
    ),
    "unknown_key": Words("error", _("不认识的项 {key}。"), "{guess}"),
    "missing_key": Words("error", _("缺少 {key}。"), _("请补上这一项。")),
    "missing_source": Words(
        "error",
        _("没有写出处。"),
        _("请写 act 和 article，或写 source；自定的写 house = true 和 source。"),
    ),
    "missing_label": Words("error", _("时限 {value} 没有名称。"), _("请写 label，三种语言都要。")),
    "missing_group": Words(
        "error", _("{value} 所属的组还没有。"), _('请先写一条 code = "{group}"。')
    ),
    "out_of_order": Words(
        "error",
        _("{value} 的生效日期没有往后排。"),
        _("同一时限按 since 从早到晚写，日期不能相同。"),
    ),
    "duplicate": Words("error", _("{value} 写了两次。"), _("请删去一条，或改一个名字。")),
    "wrong_id": Words("error", _("id 是 {value}，文件夹却叫 {known}。"), _("两处要一样。")),
    "unknown_calendar": Words("error", _("没有叫 {value} 的日历。"), _("现有的日历：{known}。")),
    "unknown_pack": Words("error", _("没有叫 {value} 的行业包。"), _("现有的行业包：{known}。")),
    "unknown_act": Words("error", _("没有叫 {value} 的法规。"), _("请先写进 acts.toml。")),
    "unknown_clock": Words(
        "error",
        _("没有叫 {value} 的时限。"),
        _("replaces 要写本包或所依据的包里已有的时限。"),
    ),
    "unknown_variant": Words(
        "error",
        _("没有叫 {value} 的地方规定或情形。"),
        _("请先在 pack.toml 写一条 [[variant]]。现有：{known}。"),
    ),
    "unknown_holiday": Words("error", _("没有叫 {value} 的节日。"), _("请先写进 [names]。")),
    "not_text": Words("error", _("{key} 应当是一段文字。"), _("请用引号写，不要空着。")),
    "not_flag": Words("error", _("{key} 只能是 true 或 false。"), ""),
    "not_number": Words("error", _("{key} 应当是大于零的整数。"), _("不要加引号。")),
    "not_inline": Words(
        "error", _("{key} 应当是一个表。"), _("例如 {{ received = 2026-09-30 }}。")
    ),
    "not_amount": Words(
        "error", _("{key} 应当是以分计的整数。"), _("200 元写成 20000，不要加引号。")
    ),
    "not_day": Words("error", _("{key} 应当是日期。"), _("例如 2026-04-15，不要加引号。")),
    "not_days": Words("error", _("{key} 应当是一列日期。"), _("例如 [2026-10-01, 2026-10-07]。")),
    "not_label": Words(
        "error",
        _("{key} 要有三种语言。"),
        _("语言写 {choices}，缺一不可。"),
        LANGUAGES,
    ),
    "not_labels": Words(
        "error", _("{key} 应当是一列文字，每条三种语言。"), _("请逐条写，每条一行。")
    ),
    "not_words": Words("error", _("{key} 应当是一列文字。"), _('例如 ["网速慢", "没有信号"]。')),
    "not_hours": Words(
        "error",
        _("{key} 的时间不对。"),
        _('例如 ["09:00-12:00", "13:30-18:00"]，从早到晚，到 24:00 为止。'),
    ),
    "bad_code": Words(
        "error",
        _("{key} 的写法不对：{value}。"),
        _("用小写字母，层与层之间一个点，最多三层，例如 network.coverage。"),
    ),
    "bad_unit": Words(
        "error",
        _("单位不对。"),
        _("可用：{choices}；提醒不用 mo 和 y。"),
        UNITS,
    ),
    "bad_span": Words("error", _("{key} 应当是一段时间。"), _('例如 {{ n = 2, unit = "wd" }}。')),
    "bad_extension": Words(
        "error",
        _("延长的写法不对。"),
        _('例如 [{{ by = 15, unit = "wd" }}]，延长用 by，延到用 to。'),
    ),
    "bad_event": Words("error", _("没有这个事件：{value}。"), USE, sorted(EVENTS)),
    "bad_pause": Words(
        "error",
        _("没有这个中止原因：{value}。"),
        USE,
        sorted(PAUSE_CAUSES),
    ),
    "bad_roll": Words(
        "error", _("末日顺延写错了：{value}。"), _("可用：none、public_holidays、rest_days。")
    ),
    "bad_start": Words("error", _("起算规则写错了：{value}。"), _("可用：excluded、included。")),
    "bad_end": Words("error", _("截止时刻写错了：{value}。"), _("可用：day、close。")),
    "bad_duty": Words(
        "error", _("谁的义务写错了：{value}。"), _("可用：house、respondent、complainant。")
    ),
    "bad_in_force": Words(
        "error", _("in_force_by 写错了：{value}。"), _("可用：event、received。")
    ),
    "bad_severity": Words(
        "error",
        _("没有这个严重程度：{value}。"),
        USE,
        SEVERITIES,
    ),
    "bad_article": Words(
        "error", _("条号写法不对：{value}。"), _('例如 "23.1(5)"：第 23 条第 1 款第 5 项。')
    ),
    "bad_zone": Words("error", _("没有这个时区：{value}。"), _("例如 Asia/Shanghai。")),
    "bad_weekend": Words(
        "error", _("weekend 写错了。"), _("可用：mon、tue、wed、thu、fri、sat、sun。")
    ),
    "bad_fixed": Words("error", _("days 写错了。"), _('例如 {{ "10-01" = "national_day" }}。')),
    "bad_range": Words(
        "error",
        _("off 要写放假的第一天和最后一天。"),
        _("例如 [2026-10-01, 2026-10-07]，先早后晚。"),
    ),
    "public_not_off": Words(
        "error",
        _("{value} 是法定节假日，却不在放假日期里。"),
        _("请核对 off 和 public。"),
    ),
    "work_on_weekday": Words("error", _("{value} 不是周末，不用补班。"), _("请核对 work。")),
    "work_in_holiday": Words("error", _("{value} 既放假又补班。"), _("请核对 off 和 work。")),
    "hours_roll": Words(
        "error", _("按小时计的时限不能顺延。"), _("请删去 roll、start_rule 和 ends_at。")
    ),
    "review_overdue": Words(
        "error", _("复核日期 {value} 已经过了。"), _("请核对后改写 review_by。")
    ),
    "before_act": Words(
        "warning", _("{value} 的生效日期早于所引法规的施行日期。"), _("请核对 since。")
    ),
    "review": Words("note", _("待核：{value}。"), ""),
}


def problem(
    code: str, file: str, line: int, words: Mapping[str, Words] = WORDS, **values: Value
) -> Problem:
    """A problem in words."""
    said = words[code] if code in words else WORDS[code]
    blank: dict[str, Value] = {"key": "", "value": "", "known": "", "guess": "", "group": ""}
    filled = blank | {"choices": said.choices} | values
    return Problem(
        said.grade, file, line, code, Said(said.what, filled), Said(said.instead, filled)
    )


def guess(word: str, known: Sequence[str]) -> Said:
    """The likely word, or all there are."""
    close = get_close_matches(word, known, n=1)
    if close:
        return Said(_("是不是 {value}？"), {"value": close[0]})
    return Said(USE, {"choices": sorted(known)})
