"""Commands that look and report, and change nothing."""

import argparse
from datetime import datetime
from pathlib import Path

from tingsu.terminal import _, complain, say


def packs(args: argparse.Namespace) -> int:
    """`tingsu pack check [FOLDER]`: a line per problem; 1 when one of them is an error."""
    from tingsu.packs.check import check
    from tingsu.packs.loader import FOLDER
    from tingsu.packs.worked import failing

    folder: Path = args.folder or FOLDER
    if not folder.is_dir():
        complain(_("没有这个文件夹：{0}").format(folder))
        return 2
    problems = check(folder, datetime.now().astimezone().date())
    if not any(problem.grade == "error" for problem in problems):
        problems += failing(folder)
    for problem in problems:
        complain(problem.line_in(_))
    errors = sum(problem.grade == "error" for problem in problems)
    say(_("行业包：{0} 处错误，{1} 处提示").format(errors, len(problems) - errors))
    return 1 if errors else 0


def verify(args: argparse.Namespace) -> int:
    """`tingsu verify`: a line per broken chain with its first broken link; 1 when there is one."""
    del args
    from tingsu.cases.verify import Broken, verify

    faults = {
        "gap": _("少了一条经过"),
        "link": _("和上一条接不上"),
        "hash": _("内容被改动过"),
        "text": _("文字被改动过"),
        "head": _("末尾的经过和投诉上记的不一致"),
    }
    broken = 0
    for found in verify():
        if isinstance(found, Broken):
            broken += 1
            where = _("{number} 第 {seq} 条：{what}")
            complain(where.format(number=found.number, seq=found.seq, what=faults[found.what]))
        else:
            whole = _("查了 {cases} 件投诉、{events} 条经过，{broken} 件有断链")
            say(whole.format(cases=found.cases, events=found.events, broken=broken))
    return 1 if broken else 0
