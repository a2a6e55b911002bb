"""Loads the demo into an empty house. Touches people tables, and cases through their actions."""

import argparse
import sys
import time
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import override

from tingsu.cases.actions import deliver, sweep
from tingsu.cases.desk import save_draft
from tingsu.demo import plot
from tingsu.demo.life import Life
from tingsu.demo.pace import Pace
from tingsu.demo.play import Player
from tingsu.demo.settle import Home, sealed_password, settle
from tingsu.demo.staff import all_houses
from tingsu.demo.stories import common, fill
from tingsu.people.models import Organisation
from tingsu.terminal import _, complain, say

SENT_WITHIN = timedelta(seconds=20)
LOOKED_AT = 0.1  # the hour of the day at which the clocks are looked at: most end with the day
SHOWN_EVERY = 200  # steps
DRAFTS = 6


class NotEmpty(Exception):
    """Demo people never come to live beside real ones."""


def load_once() -> bool:
    """Load when the database holds no organisation; whether it was loaded."""
    if Organisation.objects.exists():
        return False
    load(localdate())
    return True


def command(args: argparse.Namespace) -> int:
    """``tingsu demo``."""
    del args
    try:
        load(localdate())
    except NotEmpty:
        complain(_("数据库里已有机构，演示数据只装进空库。要看演示，请换一个空的数据目录。"))
        return 1
    return 0


def load(today: date, *, count: int = plot.WHOLE) -> list[Life]:
    """Load the whole demo in one transaction: all of it or, when interrupted, nothing.

    today: the local day on which the story so far ends, at midnight. Raises NotEmpty.
    """
    if Organisation.objects.exists():
        raise NotEmpty
    began = time.monotonic()
    lives = plot.plan(today, count)
    with transaction.atomic(), override("zh-hans"):
        sealed = sealed_password()
        homes = {house.slug: settle(house, sealed) for house in all_houses()}
        player = _live(lives, homes, today)
        _drafts(lives, player, homes, today)
    seconds = f"{time.monotonic() - began:.1f}"
    say(_("演示数据已装好：{0} 件投诉，用时 {1} 秒。").format(len(lives), seconds))
    return lives


def _live(lives: list[Life], homes: dict[str, Home], today: date) -> Player:
    """Every step at its moment, and between the steps what the worker would have done."""
    player, steps = Player(homes), plot.timeline(lives)
    pace = plot.pace_of(today)
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
            posted = step.at + SENT_WITHIN
        _show(number, len(steps))
    for moment in [*looks, pace.end]:
        _look_at_clocks(moment, player)
        _post(moment, player)
    return player


def _looks(pace: Pace, first: datetime) -> list[datetime]:
    """The moments between the first step and today at which the worker looks at the clocks."""
    days = (pace.end - first).days + 1
    moments = [pace.at(pace.today - timedelta(days=back), LOOKED_AT) for back in range(days, 0, -1)]
    return [moment for moment in moments if moment > first]


def _look_at_clocks(at: datetime, player: Player) -> None:
    late, warned = sweep.due(at)
    player.take_in(sweep.breach(clock, at) for clock in late)
    player.take_in(sweep.warn(clock, at) for clock in warned)


def _post(at: datetime, player: Player) -> None:
    """Letters count as sent. Nothing leaves the house: the addresses are invented."""
    sent = timedelta(seconds=3)
    letters = deliver.claim(at)
    player.take_in(deliver.delivered(letter, letter.send_after + sent) for letter in letters)


def _drafts(lives: list[Life], player: Player, homes: dict[str, Home], today: date) -> None:
    """Replies that were begun and not sent."""
    pace = plot.pace_of(today)
    begun = [life for life in lives if life.target == "investigating"][:DRAFTS]
    for turn, life in enumerate(begun):
        case = player.cases[life.number]
        words = common()["words"]["drafts"][turn % 3]
        dept = life.story.task[0] if life.story.task else "业务部门"
        text = fill(words, {**life.values, "dept": dept})
        owner = homes[life.house].members[life.handler]
        at = pace.end - timedelta(hours=7 + turn)
        key = f"case:{case.id}:reply"
        save_draft(owner.id, key, {"text": text}, at, case_id=case.id, label=case.number)


def _show(done: int, whole: int) -> None:
    """A line that counts, for a person who watches."""
    if sys.stderr.isatty() and (done % SHOWN_EVERY == 0 or done == whole):
        end = "\n" if done == whole else ""
        sys.stderr.write(_("\r正在装入演示数据 {0}/{1}").format(done, whole) + end)
        sys.stderr.flush()
