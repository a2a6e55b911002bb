"""Words for the check list: answers, facts behind them, outcomes. Reads no tables."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _l

from tingsu.core.screening import Answer, Found, Outcome
from tingsu.web import spoken
from tingsu.web.labels import SCREENED, Label

ANSWERS: Mapping[Answer, Label] = {
    Answer.YES: Label(_l("符合"), "circle-check", "good"),
    Answer.NO: Label(_l("不符合"), "alert-circle", "late"),
    Answer.UNKNOWN: Label(_l("还不清楚"), "help-circle"),
}
# The outcome's step on the case page, its word and its icon.
STEP: Mapping[Outcome, str] = {
    Outcome.ACCEPT: "accept",
    Outcome.REFUSE: "refuse",
    Outcome.TRANSFER: "transfer",
    Outcome.REFER: "refer",
    Outcome.COMPLETE: "complete",
}
OUTCOMES: Mapping[Outcome, Label] = {one: SCREENED[one.value] for one in Outcome}
NEEDS: Mapping[Outcome, Any] = {
    Outcome.ACCEPT: "",
    Outcome.REFUSE: _l("下一步：核对告知的理由和其他途径"),
    Outcome.TRANSFER: _l("下一步：写明移送给哪个单位"),
    Outcome.REFER: _l("下一步：写明单位和报告日期"),
    Outcome.COMPLETE: _l("下一步：核对要补什么、什么时候以前"),
}
EVENTS: Mapping[str, Any] = {
    "harm_known": _l("知道权益受损的日期"),
    "contract_ended": _l("合同结束的日期"),
}
_FACTS: Mapping[str, Any] = {
    "respondent": _l("被投诉方：%(value)s"),
    "no_respondent": _l("还没写被投诉的是谁"),
    "request": _l("诉求：%(value)s"),
    "no_request": _l("还没问清客户要什么"),
    "no_narrative": _l("还没写清发生了什么"),
    "form": _l("姓名和联系方式都有"),
    "no_name": _l("没有留姓名"),
    "no_contact": _l("没有留联系方式"),
    "files": _l("已交 %(value)s 份附件"),
    "no_files": _l("还没有附件；有没有别的证据，要问客户"),
    "repeats": _l("登记簿里有 %(value)s 件标为重复的，见左边「关联的投诉」；重复不是不受理的理由"),
    "no_repeats": _l("登记簿里没有标为重复的"),
    "alone": _l("一个人投诉"),
    "joint": _l("%(people)s 人共同投诉，%(speak)s 人代表"),
    "no_bar": _l("这类投诉没有时效规定"),
    "no_day": _l("请填日期，系统来算"),
    "in_time": _l("到 %(value)s 为止，收到时没有超过"),
    "out_of_time": _l("到 %(value)s 为止，收到时已经超过"),
}


def fact(found: Found) -> str:
    """The fact behind an answer, in a sentence; "" where the file says nothing."""
    if not found.fact:
        return ""
    given = {"value": found.value}
    if found.fact in ("in_time", "out_of_time"):
        given["value"] = spoken.day(date.fromisoformat(found.value))
    if found.fact == "joint":
        given["people"], _slash, given["speak"] = found.value.partition("/")
    return str(_FACTS[found.fact]) % given
