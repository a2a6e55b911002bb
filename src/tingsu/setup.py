"""`tingsu setup`: an organisation and its administrator, from the terminal. Needs Django."""

import argparse

from django.utils.timezone import now
from django.utils.translation import override

from tingsu import packs
from tingsu.people.errors import Invalid
from tingsu.people.founding import Founded, found
from tingsu.prepare import migrate
from tingsu.terminal import _, complain, language, say

_OPTIONS = {"username": "administrator"}  # the others are called as their field


def command(args: argparse.Namespace) -> int:
    """Make it, and print the first password, this once. 2: something typed will not do."""
    migrate(args)
    typed = {**vars(args), "username": args.administrator}
    try:
        with override(spoken := language().replace("_", "-").lower()):
            known = {code: packs.load(code).label(spoken) for code in packs.available()}
            founded = found(typed, known, now())
    except Invalid as refusal:
        for field, words in refusal.fields.items():
            complain(f"--{_OPTIONS.get(field, field)}: {words}")
        return 2
    _tell(founded)
    return 0


def _tell(founded: Founded) -> None:
    house, administrator = founded.organisation, founded.administrator
    say(_("已建立机构“{0}”，投诉入口是 /o/{1}/。").format(house.name, house.slug))
    say(_("用户名：{0}").format(administrator.user.username))
    say(_("初始密码：{0}（只显示这一次，登录后要先换成自己的）").format(founded.password))
    say(_("接着：tingsu serve，登录后在“设置”里写上对外的联系电话，再添加成员。"))
