"""Commands that look and report, and change nothing. Need no database."""

import argparse
from datetime import datetime
from pathlib import Path

from tingsu.terminal import _, complain, say


def packs(args: argparse.Namespace) -> int:
    """`tingsu pack check [FOLDER]`: a line per problem; 1 when one of them is an error."""
    from tingsu.packs.check import check
    from tingsu.packs.loader import FOLDER

    folder: Path = args.folder or FOLDER
    if not folder.is_dir():
        complain(_("没有这个文件夹：{0}").format(folder))
        return 2
    problems = check(folder, datetime.now().astimezone().date())
    for problem in problems:
        complain(str(problem))
    errors = sum(problem.grade == "error" for problem in problems)
    say(_("行业包：{0} 处错误，{1} 处提示").format(errors, len(problems) - errors))
    return 1 if errors else 0
