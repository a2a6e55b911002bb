"""`tingsu import FILE`: the same import in the foreground, with a line of progress.

Reads the file, talks to the terminal; writes through ``jobs`` and ``running``.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

from tingsu.cases.errors import Refusal
from tingsu.channels.file import jobs, running
from tingsu.channels.file.fields import BY_CODE, plain_header
from tingsu.channels.file.pace import pace_of
from tingsu.channels.file.preview import Shown, preview
from tingsu.channels.file.refused import reasons
from tingsu.channels.file.table import TableError
from tingsu.channels.models import ImportJob
from tingsu.people.models import Organisation

Say = Callable[[str], None]
SHOWN_ROWS = 3
DONE, WRONG, ASKED_WRONGLY = 0, 1, 2


@dataclass(frozen=True)
class Terminal:
    """Where words go and where answers come from."""

    say: Say = print
    ask: Callable[[str], str] = input
    live: bool = False  # a line that is written over again


class _Refused(Exception):
    """Asked wrongly: the words say what is missing."""


def command(args: argparse.Namespace) -> int:
    """``tingsu import FILE --organisation SLUG [--mapping NAME] [--map column=field] [--yes]``."""
    return run(
        args.file,
        args.organisation,
        mapping=args.mapping or "",
        columns=args.map or (),
        pack=args.pack or "",
        yes=args.yes,
        terminal=Terminal(live=sys.stdout.isatty()),
    )


def run(
    path: Path,
    organisation: str,
    *,
    mapping: str = "",
    columns: Sequence[str] = (),
    pack: str = "",
    yes: bool = False,
    terminal: Terminal | None = None,
) -> int:
    """Import a file. columns: ``heading=field``. Returns 0; 1: unreadable or stopped; 2: asked
    wrongly. What was imported before is recognised, so that a second run does no harm."""
    terminal = terminal or Terminal()
    try:
        job = _drafted(path, organisation, mapping, columns, pack)
    except (_Refused, TableError, Refusal, OSError) as problem:
        terminal.say(_words(problem))
        return ASKED_WRONGLY
    _tell(job, terminal.say)
    try:
        jobs.check_columns(job)
    except Refusal as refusal:
        terminal.say(refusal.words)
        terminal.say(_("用 --map 列名=字段 指出，例如 --map 内容=narrative。"))
        jobs.drop(job)
        return ASKED_WRONGLY
    if not yes and terminal.ask(_("导入吗？[y/N] ")).strip().lower() not in ("y", "yes", "是"):
        jobs.drop(job)
        terminal.say(_("没有导入。"))
        return WRONG
    return _work(job, terminal)


def _drafted(path: Path, slug: str, mapping: str, columns: Sequence[str], pack: str) -> ImportJob:
    house = _organisation(slug)
    with path.open("rb") as file:
        job = jobs.upload(house, None, path.name, file, now()).job
    chosen = dict(job.columns)
    if mapping:
        kept = jobs.named_mapping(house.id, mapping)
        if kept is None:
            jobs.drop(job)
            raise _Refused(_("没有叫「%(name)s」的对应关系。") % {"name": mapping})
        plain = {plain_header(header): header for header in job.headers}
        chosen = {plain[h]: field for h, field in kept.columns.items() if h in plain}
    try:
        chosen |= dict(_pair(text, job) for text in columns)
    except _Refused:
        jobs.drop(job)
        raise
    jobs.choose(job, chosen, {"pack": pack} if pack else {})
    return job


def _organisation(slug: str) -> Organisation:
    houses = list(Organisation.objects.filter(active=True).order_by("slug"))
    found = next((house for house in houses if house.slug == slug), None)
    if found is None:
        known = _("、").join(house.slug for house in houses) or _("（还没有机构）")
        words = _("没有机构「%(slug)s」。可以选：%(known)s。")
        raise _Refused(words % {"slug": slug, "known": known})
    return found


def _pair(text: str, job: ImportJob) -> tuple[str, str]:
    header, _sign, field = text.rpartition("=")
    if header not in job.headers:
        words = _("文件里没有「%(header)s」这一列。有：%(known)s。")
        raise _Refused(words % {"header": header, "known": _("、").join(job.headers)})
    if field and field not in BY_CODE:
        words = _("没有「%(field)s」这个字段。有：%(known)s。")
        raise _Refused(words % {"field": field, "known": _("、").join(BY_CODE)})
    return header, field


def _tell(job: ImportJob, say: Say) -> None:
    """What was understood: columns, and what the first rows become."""
    shown = preview(job, now())
    words = _("%(name)s：%(total)s 条记录，%(kind)s %(encoding)s")
    facts = {"kind": job.kind.upper(), "encoding": job.encoding, "name": job.name}
    say((words % (facts | {"total": f"{job.total:,}"})).rstrip())
    for note in job.notes:
        say(note)
    for header in job.headers:
        field = job.columns.get(header, "")
        label = _labelled(field) if field else _("不导入")
        say(f"  {header} → {label}")
    for row in shown.rows[:SHOWN_ROWS]:
        say(f"  {_row(row)}")
    if shown.refused:
        say(
            _("前 %(n)s 行里有 %(bad)s 行不能导入。") % {"n": len(shown.rows), "bad": shown.refused}
        )


def _labelled(field: str) -> str:
    return _("%(label)s（%(field)s）") % {"label": BY_CODE[field].label, "field": field}


def _row(row: Shown) -> str:
    if row.intake is None:
        return _refusal(row.number, row.column, row.reason)
    arrived = row.intake.received_at
    day = f"{localtime(arrived):%Y-%m-%d %H:%M}" if arrived else _("（没有收到时间）")
    return f"{row.number}  {day}  {row.intake.title}"


def _refusal(number: int, column: str, reason: str) -> str:
    place = _("第 %(n)s 行") % {"n": number}
    if column:
        words = _("%(place)s「%(column)s」：%(reason)s")
        return words % {"place": place, "column": column, "reason": reason}
    return _("%(place)s：%(reason)s") % {"place": place, "reason": reason}


def _work(job: ImportJob, terminal: Terminal) -> int:
    jobs.start(job, now())
    # Ours at once: a worker beside us must not begin with it.
    ImportJob.objects.filter(id=job.id).update(claimed_until=now() + running.LEASE)
    try:
        run = running.Run(job)
        while run.step(now()):
            _progress(job, terminal)
        run.close()
    except KeyboardInterrupt:
        jobs.stop(job, now())
        terminal.say(_("已停下。再运行一次会接着导入，不会重复。"))
        return WRONG
    except (TableError, OSError) as problem:
        running.fail(job, now(), _words(problem))
        terminal.say(_words(problem))
        return WRONG
    except running.Lost:
        terminal.say(_("这次导入被别人停下了。"))
        return WRONG
    except running.Broken:
        running.fail(job, now(), _("导入中断了。已导入的都在，请联系管理员后再试。"))
        raise
    _sum_up(job, terminal.say)
    return DONE


def _progress(job: ImportJob, terminal: Terminal) -> None:
    pace = pace_of(job)
    line = f"{pace.done:,} / {pace.total:,}  {pace.percent}%  {pace.rate}  {pace.left}"
    if terminal.live:
        sys.stdout.write(f"\r\x1b[K{line}")
        sys.stdout.flush()
    else:
        terminal.say(line)


def _sum_up(job: ImportJob, say: Say) -> None:
    words = _(
        "完成：新建 %(made)s 件，以前导入过 %(repeated)s 件，没能导入 %(refused)s 行。%(rate)s"
    )
    facts: dict[str, Any] = {
        name: f"{getattr(job, name):,}" for name in ("made", "repeated", "refused")
    }
    say(words % (facts | {"rate": pace_of(job).rate}))
    for row in reasons(job):
        say(f"  {_refusal(row.row, row.column, row.reason)}")


def _words(problem: BaseException) -> str:
    if isinstance(problem, OSError):
        return _("文件打不开：%(why)s") % {"why": problem.strerror or type(problem).__name__}
    return str(getattr(problem, "words", "") or problem)
