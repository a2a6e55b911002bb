"""``tingsu doctor``: is everything well, and if not, what to do. Looks, changes nothing.

0: well, or only hints; 1: something needs a person. A line per finding, in the caller's language.
"""

import argparse
from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError, connection
from django.utils.timezone import now

from tingsu.terminal import _, complain, say
from tingsu.upkeep import looks, ready
from tingsu.upkeep.looks import Finding


def command(_asked: argparse.Namespace) -> int:
    """Print what was found, the worst first."""
    found = sorted(examine(now()), key=lambda one: not one.bad)
    for one in found:
        if one.bad:
            complain(f"✗ {one.words}")
        else:
            say(f"• {one.words}")
    bad = sum(one.bad for one in found)
    if bad:
        complain(_("{0} 处要处理，{1} 处提示").format(bad, len(found) - bad))
    else:
        say(_("一切正常，{0} 处提示").format(len(found)))
    return 1 if bad else 0


def examine(at: datetime) -> Iterator[Finding]:
    """Everything that is to be said. Without a database only that, and what needs none."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = ready.pending()
    except DatabaseError as problem:
        yield Finding(_("数据库连不上或不能用：{0}").format(str(problem).strip()))
        yield from looks.around()
        return
    if waiting:
        yield Finding(_("数据库还差 {0} 步升级。请运行：tingsu migrate").format(waiting))
        yield from looks.around()
        return
    for look in looks.WITH_TABLES:
        yield from look(at)
    yield from looks.around()
