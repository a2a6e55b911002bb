"""What is wrong with a pack, in words for the people who write packs. Touches nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from tingsu.packs.vocabulary import EVENTS, LANGUAGES, PAUSE_CAUSES, SEVERITIES, UNITS, WARN_UNITS

GRADES = ("error", "warning", "note")
"""error: the pack must not be used; warning: probably wrong; note: for a person to look at."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: where it stands, what it is, and what to write instead."""

    grade: str
    file: str
    line: int
    code: str
    what: str
    instead: str = ""

    def __str__(self) -> str:
        """One line: file:line grade what, then what to do."""
        advice = f" {self.instead}" if self.instead else ""
        return f"{self.file}:{self.line} {self.grade} {self.what}{advice}"


Words = tuple[str, str, str]
"""Grade, what is wrong, what to write instead."""

WORDS: dict[str, Words] = {
    "bad_toml": ("error", "读不懂这个文件：{value}。", "请检查这一行的引号、括号和等号。"),
    "unreadable": ("error", "改了以后行业包用不了：{value}。", "请核对这一处的写法。"),
    "unknown_file": ("error", "不认识的文件 {value}。", "行业包里只有 {known}。"),
    "missing_file": ("error", "缺少文件 {value}。", "请补上，或从通用包复制一份再改。"),
    "duplicate_key": ("error", "同一项写了两次。", "请删去一处；原文：{value}。"),
    "never_started": (
        "warning",
        "{value} 再也不会开始。",
        "代替别的时限的，要用 variant 写明只在什么情形下代替。",
    ),
    "never_runs": (
        "warning",
        "{value} 一开始就算完成，或永远完成不了。",
        "met_by 里要有事件，而且不能有起算的那个事件。",
    ),
    "no_extension": (
        "warning",
        "延长到 {value} 并没有变长。",
        "to 是总长，要大于 n；加一段用 by。",
    ),
    "no_notice": (
        "warning",
        "这个时限等着送达文书，可是没有这样的文书：{value}。",
        "请在 documents.toml 里写上，送达算什么写在 [[served]]。",
    ),
    "never_asked": (
        "warning",
        "{value} 不能做，又要先有别的。",
        "留 forbidden 或 needs 之一。",
    ),
    "example_fails": ("error", "算例“{value}”算出来不一样。", "{guess}"),
    "unknown_table": ("error", "不认识的部分 [{key}]。", "{guess}"),
    "not_table": ("error", "{key} 应当是一个部分。", "写成 [[{key}]] 或 [{key}]，内容另起一行。"),
    "unknown_key": ("error", "不认识的项 {key}。", "{guess}"),
    "missing_key": ("error", "缺少 {key}。", "请补上这一项。"),
    "missing_source": (
        "error",
        "没有写出处。",
        "请写 act 和 article，或写 source；自定的写 house = true 和 source。",
    ),
    "missing_label": ("error", "时限 {value} 没有名称。", "请写 label，三种语言都要。"),
    "missing_group": ("error", "{value} 所属的组还没有。", '请先写一条 code = "{group}"。'),
    "out_of_order": (
        "error",
        "{value} 的生效日期没有往后排。",
        "同一时限按 since 从早到晚写，日期不能相同。",
    ),
    "duplicate": ("error", "{value} 写了两次。", "请删去一条，或改一个名字。"),
    "wrong_id": ("error", "id 是 {value}，文件夹却叫 {known}。", "两处要一样。"),
    "unknown_calendar": ("error", "没有叫 {value} 的日历。", "现有的日历：{known}。"),
    "unknown_pack": ("error", "没有叫 {value} 的行业包。", "现有的行业包：{known}。"),
    "unknown_act": ("error", "没有叫 {value} 的法规。", "请先写进 acts.toml。"),
    "unknown_clock": (
        "error",
        "没有叫 {value} 的时限。",
        "replaces 要写本包或所依据的包里已有的时限。",
    ),
    "unknown_variant": (
        "error",
        "没有叫 {value} 的地方规定或情形。",
        "请先在 pack.toml 写一条 [[variant]]。现有：{known}。",
    ),
    "unknown_holiday": ("error", "没有叫 {value} 的节日。", "请先写进 [names]。"),
    "not_text": ("error", "{key} 应当是一段文字。", "请用引号写，不要空着。"),
    "not_flag": ("error", "{key} 只能是 true 或 false。", ""),
    "not_number": ("error", "{key} 应当是大于零的整数。", "不要加引号。"),
    "not_inline": ("error", "{key} 应当是一个表。", "例如 {{ received = 2026-09-30 }}。"),
    "not_amount": ("error", "{key} 应当是以分计的整数。", "200 元写成 20000，不要加引号。"),
    "not_day": ("error", "{key} 应当是日期。", "例如 2026-04-15，不要加引号。"),
    "not_days": ("error", "{key} 应当是一列日期。", "例如 [2026-10-01, 2026-10-07]。"),
    "not_label": (
        "error",
        "{key} 要有三种语言。",
        "语言写 " + "、".join(LANGUAGES) + "，缺一不可。",
    ),
    "not_labels": ("error", "{key} 应当是一列文字，每条三种语言。", "请逐条写，每条一行。"),
    "not_words": ("error", "{key} 应当是一列文字。", '例如 ["网速慢", "没有信号"]。'),
    "not_hours": (
        "error",
        "{key} 的时间不对。",
        '例如 ["09:00-12:00", "13:30-18:00"]，从早到晚，到 24:00 为止。',
    ),
    "bad_code": (
        "error",
        "{key} 的写法不对：{value}。",
        "用小写字母，层与层之间一个点，最多三层，例如 network.coverage。",
    ),
    "bad_unit": (
        "error",
        "单位不对。",
        "可用：" + "、".join(UNITS) + "；提醒可用：" + "、".join(WARN_UNITS) + "。",
    ),
    "bad_span": ("error", "{key} 应当是一段时间。", '例如 {{ n = 2, unit = "wd" }}。'),
    "bad_extension": (
        "error",
        "延长的写法不对。",
        '例如 [{{ by = 15, unit = "wd", approval = "负责人" }}]，延长用 by，延到用 to。',
    ),
    "bad_event": ("error", "没有这个事件：{value}。", "可用：" + "、".join(sorted(EVENTS)) + "。"),
    "bad_pause": (
        "error",
        "没有这个中止原因：{value}。",
        "可用：" + "、".join(sorted(PAUSE_CAUSES)) + "。",
    ),
    "bad_roll": ("error", "末日顺延写错了：{value}。", "可用：none、public_holidays、rest_days。"),
    "bad_start": ("error", "起算规则写错了：{value}。", "可用：excluded、included。"),
    "bad_end": ("error", "截止时刻写错了：{value}。", "可用：day、close。"),
    "bad_duty": ("error", "谁的义务写错了：{value}。", "可用：house、respondent、complainant。"),
    "bad_in_force": ("error", "in_force_by 写错了：{value}。", "可用：event、received。"),
    "bad_severity": (
        "error",
        "没有这个严重程度：{value}。",
        "可用：" + "、".join(SEVERITIES) + "。",
    ),
    "bad_article": ("error", "条号写法不对：{value}。", '例如 "23.1(5)"：第 23 条第 1 款第 5 项。'),
    "bad_zone": ("error", "没有这个时区：{value}。", "例如 Asia/Shanghai。"),
    "bad_weekend": ("error", "weekend 写错了。", "可用：mon、tue、wed、thu、fri、sat、sun。"),
    "bad_fixed": ("error", "days 写错了。", '例如 {{ "10-01" = "national_day" }}。'),
    "bad_range": (
        "error",
        "off 要写放假的第一天和最后一天。",
        "例如 [2026-10-01, 2026-10-07]，先早后晚。",
    ),
    "public_not_off": (
        "error",
        "{value} 是法定节假日，却不在放假日期里。",
        "请核对 off 和 public。",
    ),
    "work_on_weekday": ("error", "{value} 不是周末，不用补班。", "请核对 work。"),
    "work_in_holiday": ("error", "{value} 既放假又补班。", "请核对 off 和 work。"),
    "hours_roll": ("error", "按小时计的时限不能顺延。", "请删去 roll、start_rule 和 ends_at。"),
    "review_overdue": ("error", "复核日期 {value} 已经过了。", "请核对后改写 review_by。"),
    "before_act": ("warning", "{value} 的生效日期早于所引法规的施行日期。", "请核对 since。"),
    "review": ("note", "待核：{value}。", ""),
}


def problem(
    code: str, file: str, line: int, words: Mapping[str, Words] = WORDS, **values: str
) -> Problem:
    """A problem in words."""
    grade, what, instead = words[code] if code in words else WORDS[code]
    filled = {"key": "", "value": "", "known": "", "guess": "", "group": "", **values}
    return Problem(grade, file, line, code, what.format(**filled), instead.format(**filled))


def guess(word: str, known: list[str]) -> str:
    """The likely word, or all there are."""
    close = get_close_matches(word, known, n=1)
    return f"是不是 {close[0]}？" if close else f"可用：{'、'.join(sorted(known))}。"
