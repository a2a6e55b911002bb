"""What each role may do, and what each recorded change was, in a sentence. Reads no tables."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tingsu.people.permission import Can, Role

ROLE_SENTENCES: Mapping[Role, Promise] = {
    Role.RECEPTION: _("登记来电、来访和来信，记录联系；看得到全机构的投诉和完整的联系方式。"),
    Role.HANDLER: _("承办本部门的投诉：联系、承诺、请人协办、回复、办结。"),
    Role.SUPERVISOR: _("承办人能做的都能做，还能转交、审批、不予受理、移送、重新办理和批量导入。"),
    Role.HEAD: _("主管能做的都能做，范围是全机构；还能批示、批准关注名单。"),
    Role.INSPECTOR: _("查看全机构的投诉，可以写备注；联系方式是遮住的。"),
    Role.TRAINER: _("只看已经结束的投诉，联系方式是遮住的，用来备课。"),
    Role.RESPONDENT: _("只看请本部门协办的投诉，并作答复。"),
    Role.ADMINISTRATOR: _("管理成员、部门、机构资料和批量导入；看不到投诉内容。"),
    Role.AUDITOR: _("查看投诉、查看记录和变更记录，核对经过是否完整；什么也不能改。"),
}

CHANGES: Mapping[str, Promise] = {
    "member_added": _("添加成员"),
    "member_joined": _("添加已有账号"),
    "member_changed": _("修改成员"),
    "member_off": _("停用成员"),
    "member_on": _("恢复成员"),
    "member_password": _("给成员新密码"),
    "member_factor": _("解除二次验证"),
    "absence_set": _("安排不在岗与代批"),
    "api_token_made": _("建立令牌"),
    "calendar_token_made": _("开通日历地址"),
    "token_revoked": _("停用令牌"),
    "absence_ended": _("取消不在岗"),
    "department_added": _("添加部门"),
    "department_changed": _("修改部门"),
    "department_off": _("停用部门"),
    "phrase_added": _("添加伤人的说法"),
    "phrase_ended": _("取消伤人的说法"),
    "saying_added": _("添加话术"),
    "saying_ended": _("取消话术"),
    "beginner_on": _("开始带教"),
    "beginner_off": _("结束带教"),
    "guide_binds": _("新手按方法走"),
    "guide_free": _("不再要求新手按方法走"),
    "department_on": _("恢复部门"),
    "organisation_changed": _("修改机构资料"),
    "letters_changed": _("修改信件用语"),
    "signature_brought": _("上传签名图"),
    "signature_withdrawn": _("停用签名图"),
    "seal_proposed": _("提出印章"),
    "seal_valid": _("批准印章"),
    "seal_refused": _("不采用印章"),
    "seal_withdrawn": _("停用印章"),
    "layout_proposed": _("提出文书版式"),
    "layout_signed": _("签批文书版式"),
    "layout_refused": _("不采用文书版式"),
    "layout_revoked": _("撤回文书版式"),
    "organisation_founded": _("建立机构"),
    "rules_proposed": _("提出修改规则"),
    "rules_signed": _("签批修改规则"),
    "rules_refused": _("不采用修改规则"),
    "rules_revoked": _("撤回修改规则"),
}

CHANGED_FIELDS: Mapping[str, Promise] = {
    "name": _("名称"),
    "post": _("职务"),
    "phone": pgettext_lazy("contact", "电话"),
    "email": _("邮箱"),
    "department": _("部门"),
    "roles": _("角色"),
    "parent": _("上级部门"),
    "order": _("排序"),
    "intake": _("接收新投诉"),
    "contact_department": _("联系部门"),
    "contact_person": _("联系人"),
    "contact_phone": _("联系电话"),
    "address": pgettext_lazy("contact", "地址"),
    "outside_bodies": _("其他求助渠道"),
    "open_to_public": _("向公众开放"),
    "assigns_itself": _("自动分派"),
    "skills": _("熟悉的类别"),
    "languages": _("语言"),
    "regions": _("地区"),
    "shifts": _("当班时间"),
    "room": _("手上最多几件"),
    "pack": _("常用行业"),
    "packs": _("行业"),
    "variants": _("适用的地方规定"),
    "since": _("从哪天起"),
    "from_on": _("从哪天起"),
    "until_on": _("到哪天为止（含当天）"),
    "deputy": _("由谁代批"),
}

LOOKED_FIELDS: Mapping[str, Promise] = {
    "name": _("姓名"),
    "phone": pgettext_lazy("contact", "电话"),
    "email": _("邮箱"),
    "address": pgettext_lazy("contact", "地址"),
    "respondent_person": _("被投诉的人"),
}

# Where a chain broke -> what that means (cases.verify).
BROKEN: Mapping[str, Promise] = {
    "gap": _("少了一条，或次序被动过。"),
    "link": _("这一条没有接上前一条。"),
    "hash": _("这一条的内容与当时写下的不同。"),
    "text": _("这一条的文字与当时写下的不同。"),
    "head": _("末尾的记录少了或多了。"),
}

# What a token may be given; in the order in which a person reads it.
RIGHTS: Mapping[Can, Promise] = {
    Can.DESK: _("看工作台、成员和规则"),
    Can.READ: _("查看投诉"),
    Can.RECEIVE: _("登记投诉"),
    Can.RECORD: _("记备注、联系、附件"),
    Can.HANDLE: _("承办：接手、回复、承诺、办结"),
    Can.ASSIGN: _("交办"),
    Can.DECIDE: _("决定：不予受理、移送、重新办理"),
    Can.INSTRUCT: _("批示"),
    Can.APPROVE: _("签批"),
    Can.ANSWER: _("答复协办"),
    Can.PARTIES: _("查当事人"),
    Can.UNMASK: _("看完整的个人信息（每次都留记录）"),
    Can.WATCH: _("提出关注名单"),
    Can.WATCH_APPROVE: _("批准关注名单"),
}
