"""Loads the demo into an empty house. Touches people tables, and cases through their actions."""

import argparse
import sys
import time
from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import override

from tingsu.cases.actions import deliver, remind, rise, sweep
from tingsu.cases.desk import save_draft
from tingsu.cases.models import Letter
from tingsu.demo import plot
from tingsu.demo.agreed import bring_home
from tingsu.demo.asking import caught_up
from tingsu.demo.bargains import negotiate
from tingsu.demo.inquiry import look_into
from tingsu.demo.kept import put_in_order
from tingsu.demo.life import Life
from tingsu.demo.outside import connect
from tingsu.demo.pace import Pace
from tingsu.demo.papers import send_out
from tingsu.demo.play import Player
from tingsu.demo.settle import Home, sealed_password, settle
from tingsu.demo.shared import share
from tingsu.demo.signing import put_up
from tingsu.demo.staff import all_houses
from tingsu.demo.stories import common, fill
from tingsu.demo.talks import talk
from tingsu.people.models import Organisation
from tingsu.terminal import _, complain, say

ON_ITS_WAY = timedelta(seconds=3)
SENT = timedelta(seconds=20)  # after it was written; there are fifteen to take it back
LOOKED_AT = 0.1  # the hour of the day at which the clocks are looked at: most end with the day
SHOWN_EVERY = 200  # steps
DRAFTS = 6


class NotEmpty(Exception):
    """Demo people never come to live beside real ones."""


def load_once() -> bool:
    """Load when the database holds no organisation; whether it was loaded."""
    if Organisation.objects.exists():
        return False
    load(now())
    return True


def command(args: argparse.Namespace) -> int:
    """``tingsu demo``."""
    del args
    try:
        load(now())
    except NotEmpty:
        complain(_("数据库里已有机构，演示数据只装进空库。要看演示，请换一个空的数据目录。"))
        return 1
    return 0


def load(moment: datetime, *, count: int = plot.WHOLE) -> list[Life]:
    """Load the whole demo in one transaction: all of it or, when interrupted, nothing.

    moment: where the story stops. The whole day is planned, so that one day has one plan; what
    it brings after the moment has not happened yet, and entries of the future would be seen as
    what they are. Returns the lives that have begun. Raises NotEmpty.
    """
    if Organisation.objects.exists():
        raise NotEmpty
    began = time.monotonic()
    pace = plot.pace_of(localdate(moment))
    lives = [life for life in plot.plan(pace.today, count) if life.received <= moment]
    with transaction.atomic(), override("zh-hans"):
        sealed = sealed_password()
        homes = {house.slug: settle(house, sealed) for house in all_houses()}
        player = _live(lives, homes, pace, moment)
        _drafts(lives, player, homes, pace)
        look_into(player.cases.values(), moment)
        negotiate(player.cases.values(), moment)
        put_up(player.cases.values(), moment)
        for show in (bring_home, talk, put_in_order, connect):
            show(homes.values(), moment)
        send_out(player.cases.values(), moment)
        caught_up(moment)
    seconds = f"{time.monotonic() - began:.1f}"
    say(_("演示数据已装好：{0} 件投诉，用时 {1} 秒。").format(len(lives), seconds))
    return lives


def _live(lives: list[Life], homes: dict[str, Home], pace: Pace, moment: datetime) -> Player:
    """Every step at its moment, and between the steps what the worker would have done."""
    player, steps = Player(homes), plot.timeline(lives, moment)
    looks = _looks(pace, steps[0][1].at)
    posted: datetime | None = None
    for number, (life, step) in enumerate(steps, start=1):
        if posted and step.at > posted:
            _post(posted, player)
            posted = None
        while looks and looks[0] <= step.at:
            _look_at_clocks(looks[0], player)
            _post(looks.pop(0), player)
        player.play(life, step)
        # A receipt leaves no entry, so that it may be marked with the next letters.
        if step.verb == "reply":
            posted = step.at + SENT
        _show(number, len(steps))
    for at in [*looks, moment]:
        _look_at_clocks(at, player)
        _post(at, player)
    _share(moment, player)
    return player


def _looks(pace: Pace, first: datetime) -> list[datetime]:
    """The moments from the first step until today begins at which the worker looks at clocks."""
    days = (pace.end - first).days + 1
    moments = [pace.at(pace.today - timedelta(days=back), LOOKED_AT) for back in range(days, 0, -1)]
    return [moment for moment in moments if moment > first]


def _look_at_clocks(at: datetime, player: Player) -> None:
    late, warned = sweep.due(at)
    player.take_in(sweep.breach(clock, at) for clock in late)
    player.take_in(sweep.warn(clock, at) for clock in warned)
    player.take_in(sweep.follow(clock, at) for clock in sweep.overdue(at))


def _share(at: datetime, player: Player) -> None:
    """What goes up by rule and what is reminded of, as the story stops."""
    player.take_in(remind.remind(task, at) for task in remind.due(at))
    player.take_in(rise.look(rise.waiting(at), at))  # the worker asks about the others
    share(player.homes.values(), at)


def _post(at: datetime, player: Player) -> None:
    """Letters count as sent. Nothing leaves the house: the addresses are invented."""
    letters = Letter.objects.filter(state="waiting", send_after__lte=at).order_by("send_after")
    for letter in letters:
        player.take_in([deliver.delivered(letter, min(at, letter.send_after + ON_ITS_WAY))])


def _drafts(lives: list[Life], player: Player, homes: dict[str, Home], pace: Pace) -> None:
    """Replies that were begun and not sent, by as many handlers as there are."""
    turns: Counter[str] = Counter()
    at_work = [life for life in lives if life.target == "investigating"]
    begun = sorted(at_work, key=lambda life: _turn(turns, life.handler))[:DRAFTS]
    for turn, life in enumerate(begun):
        case = player.cases[life.number]
        words = common()["words"]["drafts"][turn % 3]
        dept = life.story.task[0] if life.story.task else "业务部门"
        text = fill(words, {**life.values, "dept": dept})
        owner = homes[life.house].members[life.handler]
        at = pace.end - timedelta(hours=7 + turn)
        key = f"case:{case.id}:reply"
        save_draft(owner.id, key, {"text": text}, at, case_id=case.id, label=case.number)


def _turn(turns: Counter[str], who: str) -> int:
    turns[who] += 1
    return turns[who]


def _show(done: int, whole: int) -> None:
    """A line that counts, for a person who watches."""
    if sys.stderr.isatty() and (done % SHOWN_EVERY == 0 or done == whole):
        end = "\n" if done == whole else ""
        sys.stderr.write(_("\r正在装入演示数据 {0}/{1}").format(done, whole) + end)
        sys.stderr.flush()
