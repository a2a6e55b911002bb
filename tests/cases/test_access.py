"""Reach, asked of the database and of a case in hand: one answer (PL-1)."""

import pytest

from factories import NOON, House, fresh, later, make_case
from tingsu.cases.actions import assign, close, task
from tingsu.cases.queries.access import near, reached
from tingsu.core.lifecycle import Move
from tingsu.people.permission import Can, reaches

pytestmark = pytest.mark.django_db


def test_both_ways_of_asking_agree_for_everybody(house: House) -> None:
    waiting = make_case(house, queue=house.centre, narrative="等在中心")
    owned = make_case(house, by="甲", narrative="甲承办")
    beside = make_case(house, queue=house.second, narrative="工程部的")
    taken = make_case(house, queue=house.centre, narrative="丁接了")
    assign.take(taken, house.actor("丁"), NOON)
    ended = make_case(house, queue=house.second, narrative="撤回的")
    close.end(ended, house.actor("丁"), NOON, move=Move.WITHDRAW, reason="和解")
    cases = [fresh(case) for case in (waiting, owned, beside, taken, ended)]
    for name in house.people:
        who = house.who(name)
        for right in (Can.READ, Can.HANDLE, Can.ASSIGN):
            inside = set(reached(who, right).filter(tasks__isnull=True))
            assert {case for case in cases if near(who, case, reaches(who, right))} == inside, name


def test_a_task_opens_the_case_to_those_who_were_asked(house: House) -> None:
    case = make_case(house, by="甲")
    who = house.who("被投诉")
    assert case not in reached(who, Can.ANSWER)
    task.ask(
        case, house.actor("甲"), NOON, department=house.second, content="查", due_at=later(hours=1)
    )
    assert case in reached(who, Can.ANSWER)
    assert case not in reached(who, Can.HANDLE)
