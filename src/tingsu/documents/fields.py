"""The fields of papers: what they are called, and what a case says for each. Reads queries."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import override, pgettext, pgettext_lazy

from tingsu.cases.models import Case, Document
from tingsu.cases.queries import findings
from tingsu.cases.queries.documents import happened
from tingsu.documents.words import day_words
from tingsu.people.models import Organisation
from tingsu.people.rulebook import case_pack

# In the order in which a form asks for them.
LABELS: Mapping[str, str | Promise] = {
    "complainant": _l("投诉人"),
    "complainant_sex": _l("投诉人性别"),
    "complainant_nationality": _l("投诉人国籍"),
    "complainant_phone": _l("投诉人电话"),
    "complainant_address": _l("投诉人地址"),
    "respondent": _l("被投诉方"),
    "respondent_place": _l("被投诉方所在地"),
    "respondent_person": _l("被投诉的人"),
    "unit": _l("收文单位"),
    "number": _l("投诉编号"),
    "title": _l("投诉事项"),
    "category": pgettext_lazy("paper", "类别"),
    "received_day": _l("收到日期"),
    "accepted_day": _l("受理日期"),
    "happened_day": _l("发生日期"),
    "happened_where": _l("发生地点"),
    "product": _l("产品或服务"),
    "order": _l("订单号"),
    "contract": _l("合同编号"),
    "amount": _l("争议金额"),
    "narrative": _l("事实经过"),
    "request": _l("诉求"),
    "reasons": _l("投诉人的理由"),
    "visit": _l("接待情况"),
    "reason": pgettext_lazy("paper", "理由"),
    "missing": _l("要补的材料"),
    "due_day": _l("办到哪一天"),
    "talk_person": _l("和谁谈的"),
    "talk_when": _l("谈话或核对的时间"),
    "talk_where": _l("谈话或核对的地点"),
    "talk_present": _l("在场的人"),
    "talk_record": _l("问答或核对的内容"),
    "talk_corrections": _l("对方更正的地方"),
    "talk_signed": _l("已经签字的人"),
    "investigators": _l("调查人员"),
    "respondent_says": _l("被投诉方的答复"),
    "disputed": _l("争议焦点"),
    "evidence_list": _l("证据清单"),
    "found": _l("查明的情况"),
    "liability": _l("责任"),
    "terms": _l("协议或决定的内容"),
    "answer": _l("处理结果"),
    "verdict": _l("核查结论"),
    "basis": pgettext_lazy("paper", "依据"),
    "routes": _l("其他途径"),
    "grounds": _l("不予受理的情形"),
    "opinion": _l("承办人意见"),
    "review": _l("复核或负责人意见"),
    "decision": _l("领导审批意见"),
    "owner": _l("承办人"),
    "house": _l("机构名称"),
    "house_address": _l("机构地址"),
    "house_contact": _l("机构联系方式"),
    "today": _l("签发日期"),
}
LONG = frozenset(
    "narrative request reasons visit reason missing found liability terms answer basis routes"
    " grounds opinion review decision talk_record talk_corrections talk_signed respondent_says"
    " disputed evidence_list".split()
)
PERSONAL = {"complainant_phone": "phone", "complainant_address": "address"}
"""Fields that show personal data of which every look is recorded, and what that data is."""


def values(case: Case, document: Document, house: Organisation, now: datetime) -> dict[str, str]:
    """Field -> text: what was typed, else what the step told, else what the case says."""
    typed: dict[str, str] = json.loads(document.typed or "{}")
    with override(document.language):
        found = _of_case(case, house, document.language, now) | _of_course(case, document.language)
        found |= findings.for_papers(case)
    if due := parse_datetime(typed.pop("due", "")):
        found["due_day"] = day_words(localdate(due), document.language)
    return {**found, **typed}


def example(language: str, house: Organisation, now: datetime) -> dict[str, str]:
    """A value for every field, to try a wording."""
    with override(language):
        made = {name: _("〔%(field)s〕") % {"field": label} for name, label in LABELS.items()}
    day = day_words(localdate(now), language)
    days = {name: day for name in LABELS if name.endswith("_day") or name == "today"}
    return made | days | _of_house(house)


def _of_house(house: Organisation) -> dict[str, str]:
    contact = (house.contact_department, house.contact_person, house.contact_phone)
    return {
        "house": house.name,
        "house_address": house.address,
        "house_contact": " ".join(filter(None, contact)),
        "routes": house.outside_bodies,
    }


def _of_case(case: Case, house: Organisation, language: str, now: datetime) -> dict[str, str]:
    party = case.party
    pack = case_pack(case)
    found = {
        "number": case.number,
        "title": case.title,
        "category": pack.category_label(case.category, language) if case.category else "",
        "received_day": _day(case.received_at, language),
        "happened_day": _day(case.happened_at, language),
        "happened_where": case.happened_where,
        "product": case.product,
        "order": case.order_number,
        "contract": case.contract_number,
        "amount": f"¥{case.amount / 100:,.2f}" if case.amount else "",
        "narrative": case.narrative,
        "request": case.request,
        "reasons": case.reasons,
        "respondent": case.respondent_unit or ("" if house.kind == "authority" else house.name),
        "respondent_place": case.respondent_place,
        "respondent_person": case.respondent_person,
        "owner": case.owner.name if case.owner else "",
        "verdict": _verdict(case.verdict),
        "today": day_words(localdate(now), language),
    }
    if party is not None:
        found |= {
            "complainant": party.name,
            "complainant_sex": _sex(party.sex),
            "complainant_nationality": party.nationality,
            "complainant_phone": party.phone,
            "complainant_address": party.address,
        }
    return found | _of_house(house)


def _of_course(case: Case, language: str) -> dict[str, str]:
    """What the timeline tells: the day of acceptance, the last answer, the visit."""
    found: dict[str, str] = {}
    kinds = ("received", "moved", "replied", "instructed", "approved", "offer_accepted")
    for event in happened(case, kinds):
        if event.kind == "moved" and event.data.get("to") == "accepted":
            found["accepted_day"] = _day(event.at, language)
        elif event.kind == "replied" and event.data.get("kind") == "final":
            found["answer"] = event.text
        elif event.kind == "offer_accepted":
            found["terms"] = str(event.data.get("agreed", ""))
        elif event.kind == "instructed":
            found["review"] = event.text
        elif event.kind == "approved":
            found["decision"] = _signed(event, language)
        elif event.kind == "received":
            found["visit"] = _visit(event.data.get("facts", {}))
    return found


def _signed(event: Any, language: str) -> str:
    """What the head signed: 同意。 丁 2026年9月21日."""
    said = event.text or _("同意。")
    name = event.member.name if event.member else ""
    return f"{said} {name} {_day(event.at, language)}"


def _visit(facts: Mapping[str, Any]) -> str:
    """What a visit adds: room, recorder, companions, joint check (IN-5)."""
    names = {
        "room": _("接待室"),
        "recorder": _("记录人"),
        "accompanied_by": _("同行人"),
        "joint_check": _("当场核对的原始资料"),
    }
    told = [f"{word}{_('：')}{facts[name]}" for name, word in names.items() if facts.get(name)]
    return "\n".join(told)


def _day(at: datetime | None, language: str) -> str:
    local: date | None = localdate(at) if at else None
    return day_words(local, language) if local else ""


def _verdict(code: str) -> str:
    words = {
        "founded": _("投诉有效"),
        "partly": _("部分有效"),
        "unfounded": _("投诉无效"),
        "undecided": _("无法认定"),
    }
    return words.get(code, "")


def _sex(code: str) -> str:
    return {"male": pgettext("sex", "男"), "female": pgettext("sex", "女")}.get(code, "")
