"""What the parts, tables and keys of a pack are called. Reads no tables.

A key that is not named here is shown as it stands in the file; a test sees to it that those of
the parts of this product are.
"""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise


class Title(NamedTuple):
    """A part or table: its name, its icon, what it is for."""

    name: Words
    icon: str
    lead: Words = ""


PARTS: Mapping[str, Title] = {
    "clocks": Title(_("时限"), "clock", _("每件事几天内要做完，从哪天算，依据哪一条。")),
    "pack": Title(_("用语和承诺"), "bookmark", _("这个行业的叫法、营业时间、最长多久要有回音。")),
    "taxonomy": Title(_("类别"), "tag", _("投诉归到哪一类；每一类里写着客户常说的话。")),
    "screening": Title(_("初审"), "list-check", _("受理前要核对什么，结果有哪几种。")),
    "investigation": Title(_("调查"), "search", _("至少几个人调查，被投诉方几天内答复。")),
    "handling": Title(
        _("办理"), "clipboard-check", _("哪些步骤不能做、先要做什么；权限、回访和保存。")
    ),
    "guide": Title(_("谈话方法"), "messages", _("先处理心情，再处理事情：一步一步怎么谈。")),
    "remedies": Title(_("赔偿"), "coin", _("退多少、赔多少，依据哪一条。")),
    "overdue": Title(_("到期以后"), "alarm", _("时限过了怎么办：报给谁、几小时内。")),
    "escalation": Title(
        _("上报与照顾"), "arrow-up-right", _("什么情况下上报给谁、多久内接手；哪些客户要特别照顾。")
    ),
    "sharing": Title(_("分派与协办"), "users", _("新投诉给谁办、能转几次、协办怎么提醒。")),
    "documents": Title(_("文书"), "file-text", _("有哪些通知书和协议，写些什么，送给谁。")),
    "ending": Title(_("了结"), "circle-check", _("协议怎么起头，哪些理由可以撤销，多久履行。")),
    "approvals": Title(_("审批"), "writing", _("哪些事要谁批准。")),
    "techniques": Title(_("技巧"), "message-circle", _("什么时候用什么办法，可以怎么说。")),
    "wording": Title(_("用语库"), "message-2", _("可以这样说的话。")),
    "examples": Title(_("算例"), "scale", _("照这些规则算出来是什么；每次发布都重算。")),
}

TABLES: Mapping[str, Words] = {
    "terms": _("用语"),
    "opening": _("营业时间"),
    "silence": _("最长多久要有回音"),
    "first_contact": _("第一次联系"),
    "severity": _("严重程度"),
    "root_cause": _("原因"),
    "variant": _("地方规定和特别情形"),
    "category": _("类别"),
    "clock": _("时限"),
    "investigators": _("至少几人调查"),
    "answer": _("被投诉方多久答复"),
    "move": _("步骤的条件"),
    "goodwill": _("可以自行决定的补偿"),
    "reminder": _("承诺的提醒"),
    "callback": _("回访"),
    "script": _("回访用语"),
    "retry": _("没接通时"),
    "survey": _("满意度调查"),
    "retention": _("保存期限"),
    "personal": _("个人信息请求"),
    "template": _("协议的起头"),
    "principle": _("原则"),
    "ground": _("理由"),
    "after_mediation": _("调解不成以后"),
    "execution": _("多久履行"),
    "no_answer": _("客户不回话"),
    "approval": _("审批"),
    "breach": _("时限过了以后"),
    "level": _("上报的级别"),
    "escalate": _("什么情况下上报"),
    "need": _("要特别照顾的客户"),
    "assign": _("分派时看什么"),
    "passing": _("部门之间转办"),
    "task_reminder": _("协办的提醒"),
    "list": _("同义的词"),
    "kind": _("伤人的方式"),
    "phrase": _("伤人的话"),
    "technique": _("技巧"),
    "saying": _("可以说的话"),
    "guide": _("什么时候用哪种方法"),
    "method": _("方法"),
    "document": _("文书"),
    "served": _("送达以后算什么"),
    "item": _("核对什么"),
    "outcomes": _("可能的结果"),
    "checklist": _("是否必须核对"),
    "joint": _("共同投诉"),
    "route": _("还可以找谁"),
    "example": _("算例"),
    "topic": _("赔偿事项"),
    "party": _("由谁承担"),
    "set": _("成套的规则"),
    "group": _("择一的规则"),
    "rounding": _("取整"),
    "fact": _("要知道的事实"),
    "rule": _("赔偿规则"),
    "reduction": _("减免"),
}

KEYS: Mapping[str, Words] = {
    "id": _("代号"), "code": _("代号"), "name": _("名称"), "label": _("名称"), "kind": _("种类"),
    "since": _("从哪天起"), "n": _("多长"), "unit": _("单位"), "event": _("从什么时候起"),
    "met_by": _("做到什么算完成"), "start_rule": _("当天算不算"), "roll": _("末日遇休息日"),
    "ends_at": _("当天几点止"), "warn": _("提前提醒"), "pauses": _("可以暂停的原因"),
    "duty": _("谁的义务"), "extension": _("可以延长"), "variant": _("只适用于"),
    "replaces": _("代替"), "in_force_by": _("按哪天的规定"),
    "on_holidays": _("节假日营业"), "mon": _("周一"), "tue": _("周二"), "wed": _("周三"),
    "thu": _("周四"), "fri": _("周五"), "sat": _("周六"), "sun": _("周日"),
    "case": _("投诉叫作"), "complainant": _("投诉人叫作"), "respondent": _("被投诉方叫作"),
    "product": _("商品叫作"), "service": _("服务叫作"), "order": _("订单叫作"),
    "contract": _("合同叫作"), "place": _("地点叫作"),
    "to_head": _("要报负责人"), "standing": _("全机构适用"), "examples": _("客户常说"),
    "move": _("哪一步"), "next": _("接下来可以"), "asks": _("问几次"),
    "binding": _("没问够不能办结"), "closes": _("到期自动办结"),
    "forbidden": _("不能做，因为"), "needs": _("先要有"), "role": _("角色"), "fen": _("金额"),
    "after": _("隔多久"), "when": _("什么情况"), "caller": _("由谁回访"), "posts": _("岗位"),
    "ask": _("问什么"), "scales": _("问什么"),
    "ways": _("用什么方式"), "method": _("方法"), "stage": _("步骤"),
    "gap": _("早或晚多久"), "within": _("要在多久内过问"), "shown_by": _("做到什么自动打勾"),
    "hints": _("提示"), "questions": _("可以这样问"),
    "form": _("样式"), "word": _("文号用字"), "to": _("送给谁"), "on": _("什么时候用"),
    "approve": _("要先审批"), "salute": _("称呼"), "body": _("正文"), "documents": _("文书"),
    "facts": _("事实"), "given": _("日期"), "expect": _("结果"), "note": _("说明"),
    "extends": _("以哪个行业为基础"), "calendar": _("日历"), "own_law": _("不沿用国内规定"),
    "act": _("法规"), "article": _("条款"), "source": _("出处"), "house": _("本单位惯例"),
    "review": _("待核"), "review_by": _("在此之前复核"), "none": _("不再适用"),
    "general": _("通常"), "notes": _("说明"), "rules": _("规则"), "option": _("选项"),
    "line": _("算法"), "hint": _("提示"), "blank": _("空着时"), "least": _("最少"),
    "most": _("最多"), "topic": _("事项"), "set": _("成套的规则"), "public": _("公众可见"),
    "pays": _("由谁出"), "recourse": _("向谁追偿"), "currency": _("币种"), "gives": _("给什么"),
    "way": _("算法"), "of": _("按什么算"), "less": _("减去"), "other": _("另一数"),
    "rate": _("比例"), "rate_fact": _("比例由谁定"), "low": _("下限"), "high": _("上限"),
    "per": _("每"), "by": _("乘以"), "steps": _("分档"), "zones": _("分区"),
    "inside": _("在内"), "rerouted": _("改乘"), "late": _("延误"), "part": _("部分"),
    "whole": _("全部"), "scale": _("倍数"), "days": _("天数"), "need": _("条件"),
    "floor": _("不少于"), "cap": _("不超过"), "cap_of": _("不超过其"), "rounding": _("取整"),
    "either": _("任一"), "group": _("择一组"), "together": _("可以并用"),
    "how": _("怎么做"), "fits": _("什么情形用"), "signs": _("怎样认出来"),
    "caution": _("当心"), "technique": _("技巧"), "text": _("文字"),
    "channels": _("渠道"), "approval": _("要什么审批"), "no": _("不符合时"),
    "unknown": _("不清楚时"), "reason": _("告知的话"),
    "clocks": _("要看的时限"), "codes": _("结果"), "required": _("必须先核对"),
    "persons": _("几人以上"),
    "who": _("谁来批"), "above": _("超过多少才要"), "goodwill": _("按善意补偿的权限"),
    "only": _("只限"), "two": _("两人分开"), "clock": _("时限"), "words": _("词"),
    "grade": _("轻重"), "why": _("为什么"), "better": _("可以这样说"), "say": _("会这样说"),
    "unless": _("除非同时有"), "undated": _("没有时间才算"), "even_if": _("引用也算"),
    "rung": _("第几级"), "quiet": _("多久没有进展"), "anger": _("情绪到几级"),
    "severity": _("严重程度"), "repeat": _("第几次投诉"), "amount": _("争议金额（分）"),
    "risks": _("提到什么"), "care": _("怎么照顾"), "look": _("看什么"),
    "points": _("分数"), "must": _("必须"), "before": _("提前多久"),
    "caught": _("例：会标出"), "harmless": _("例：不会标出"),
}  # fmt: skip

VALUES: Mapping[str, Mapping[str, Words]] = {
    "roll": {
        "none": _("不顺延"),
        "public_holidays": _("遇法定节假日顺延"),
        "rest_days": _("遇休息日顺延到工作日"),
    },
    "start_rule": {"excluded": _("当天不算"), "included": _("当天算")},
    "ends_at": {"day": _("当天结束"), "close": _("营业时间结束")},
    "duty": {"house": _("我们"), "respondent": _("被投诉方"), "complainant": _("投诉人")},
    "in_force_by": {"received": _("收到投诉那天"), "event": _("事情发生那天")},
    "pauses": {"testing": _("鉴定、检测"), "hearing": _("听证")},
    "when": {
        "always": _("每次"), "angry": _("客户发怒时"), "visit": _("当面谈时"),
        "asking": _("来求助、咨询、建议时"),
        "clash": _("与员工有过冲突"), "dissatisfied": _("评价不满意"), "major": _("重大投诉"),
    },
    "scales": {
        "satisfaction": _("满意度"), "rater": _("服务质量五方面"), "justice": _("三种公平"),
        "recommend": _("愿不愿推荐"),
    },
    "ways": {"link": _("网上链接"), "sms": _("短信"), "phone": pgettext_lazy("contact", "电话")},
    "needs": {
        "category": _("类别"), "complainant": _("投诉人"), "confirmed": _("客户确认"),
        "contacted": _("联系过客户"), "contract": _("合同号"), "instructed": _("负责人批示"),
        "order": _("订单号"), "reason": _("原因"), "request": _("诉求"),
        "respondent": _("被投诉单位"), "restated": _("复述并确认"),
        "narrative": _("事实经过"), "happened_at": _("发生时间"), "happened_where": _("发生地点"),
        "product": _("商品或服务"), "order_number": _("订单号"), "contract_number": _("合同号"),
        "amount": _("涉及金额"), "respondent_unit": _("被投诉方"),
    },
    "shown_by": {
        "prepared": _("看过以往记录"), "recorded": _("记下了经过和诉求"),
        "contacted": _("联系过客户"), "apologised": _("致过歉"), "restated": _("复述并确认"),
        "checked": _("查过"), "promised": _("说定了时间"), "offered": _("提出过方案"),
        "agreed": _("客户同意方案"),
        "executed": _("方案已执行"), "answered": _("已答复"), "confirmed": _("客户确认"),
        "called_back": _("已回访"), "thanked": _("谢过客户"), "shared": _("告诉了有关的人"),
        "summed_up": _("记下了原因和教训"),
    },
    "unit": {
        "wd": _("个工作日"), "cd": _("天"), "h": _("小时"), "oh": _("个营业小时"), "w": _("周"),
        "mo": _("个月"), "y": _("年"), "money": _("金额"), "days": _("天"), "hours": _("小时"),
        "minutes": _("分钟"), "count": _("次数"), "km": _("公里"), "rate": _("比例"),
        "flag": _("是或否"), "choice": _("选一项"),
    },
    "form": {"notice": _("通知书"), "agreement": _("协议"), "sheet": _("表单")},
    "to": {
        "complainant": _("投诉人"), "respondent": _("被投诉方"), "unit": _("其他单位"),
        "file": _("存档"),
    },
    "grade": {"warn": _("提醒"), "forbidden": _("不能说")},
    "kind": {
        "mood": _("心情"), "matter": _("事情"),
        "clock": _("时限"), "remedy": _("赔偿"), "screening": _("初审"),
        "filing": _("立案"), "refusal": _("不予受理"), "extension": _("延长期限"),
        "decision": _("处理决定"), "closing": _("办结"), "document": _("文书"),
        "jurisdiction": _("管辖"), "scope": _("受理范围"), "consumer": _("生活消费"),
        "direct_interest": _("直接利害关系"), "identified_respondent": _("明确的被投诉方"),
        "concrete_request": _("具体的诉求"), "complete_form": _("材料齐全"),
        "evidence": _("证据"), "mandate": _("委托手续"), "identity": _("真实身份"),
        "time_bar": _("时效"), "court_or_arbitration": _("法院或仲裁"),
        "already_handled": _("已经处理过"), "business_first": _("先找过商家"),
        "representatives": _("推选代表"), "other": _("其他"),
    },
    "approval": {"document": _("文书审批"), "decision": _("处理决定")},
    "only": {"company": _("企业"), "authority": _("主管部门")},
    "no": {
        "refuse": _("不予受理"), "transfer": _("移送"), "refer": _("下转"),
        "complete": _("请客户补材料"), "ask": _("问清楚"), "note": _("记一笔"),
    },
    "unknown": {"complete": _("请客户补材料"), "ask": _("问清楚"), "note": _("记一笔")},
    "codes": {
        "accept": _("受理"), "refuse": _("不予受理"), "transfer": _("移送"), "refer": _("下转"),
        "ask_complete": _("请客户补材料"),
    },
    "together": {"higher": _("取高的一项"), "special": _("特别规定优先")},
    "currency": {"CNY": _("人民币"), "EUR": _("欧元")},
    "gives": {
        "refund": _("退款"), "replacement": _("更换"), "repair": _("修理"),
        "substitute": _("备用品"), "warranty": _("延长保修"), "discount": _("优惠"),
        "gift": _("赠送"), "compensation": _("赔偿"), "penalty": _("违约金"),
        "payment": _("支付"), "apology": _("道歉"), "explanation": _("说明"), "visit": _("上门"),
    },
    "way": {
        "whole": _("照实际金额"), "share": _("按比例"), "agreed": _("由人定比例"),
        "stepped": _("分档按比例"), "gap": _("差价"), "use_fee": _("使用费"),
        "distance": _("按距离定额"), "prorata": _("按时间折算"), "right": _("不计金额"),
    },
    "severity": {"ordinary": _("一般"), "serious": _("较重"), "major": _("重大")},
    "role": {"supervisor": _("主管"), "head": _("负责人")},
    "risks": {
        "media": _("媒体"), "regulator": _("监管部门"), "lawyer": _("律师或起诉"),
        "safety": _("人身安全"), "self_harm": _("轻生的话"),
    },
    "look": {
        "received": _("谁接的"), "known": _("办过这位客户的事"), "skill": _("熟悉这一类"),
        "language": _("会客户的语言"), "region": _("负责这一片"), "shift": _("现在当班"),
        "load": _("手上有多少"), "hard": _("正办着难的"),
    },
    "how": {"half_up": _("四舍五入到分"), "down": _("舍去尾数"), "up": _("进一到分")},
    "rounding": {"half_up": _("四舍五入到分"), "down": _("舍去尾数"), "up": _("进一到分")},
}  # fmt: skip

EVENTS: Mapping[str, Words] = {
    "received": _("收到投诉"), "completed": _("材料补齐"), "asked_complete": _("请客户补材料"),
    "accepted": _("受理"), "refused": _("不予受理"), "referred": _("下转"),
    "transferred": _("移送"), "investigating": _("开始调查"), "negotiating": _("开始协商"),
    "mediating": _("转入调解"), "executing": _("开始执行"), "confirming": _("请客户确认"),
    "replied": _("答复客户"), "closed": _("办结"), "reopened": _("重新办理"),
    "withdrawn": _("客户撤回"), "cancelled": _("撤销"), "contacted": _("联系客户"),
    "harm_known": _("知道权益受损"), "contract_ended": _("合同结束"),
    "goods_received": _("收到商品"),
}  # fmt: skip
EVENT_KEYS = frozenset({"event", "met_by", "on"})
STANDING: Mapping[str, Title] = {
    "now": Title(_("现行"), "check"),
    "coming": Title(_("将生效"), "hourglass"),
    "past": Title(_("曾经"), "history"),
    "ended": Title(_("不再适用"), "ban"),
}
STATES: Mapping[str, Title] = {
    "proposed": Title(_("等人签批"), "hourglass"),
    "signed": Title(_("已签批"), "circle-check"),
    "refused": Title(_("没有采用"), "x"),
    "revoked": Title(_("已撤回"), "arrow-back-up"),
}
