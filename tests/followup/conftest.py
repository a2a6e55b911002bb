"""The people and the file that tests of this room start from."""

import io
from typing import Any

import pytest
from django.test import override_settings

from factories import NOON, House, fresh, later, make_case, make_house
from tingsu.cases.actions import archive, attach, close, move, note, promise, restate
from tingsu.cases.models import ArchiveEntry, Case
from tingsu.core.lifecycle import Move
from tingsu.people.actor import CUSTOMER

STORIES: dict[str, Any] = {
    "narrative": "王小明说三号楼电梯停了三次，电话13800001234，身份证在前台登记过。",
    "request": "请给王小明一个说法",
    "respondent_person": "保安小刘",
    "respondent_unit": "云帆物业三号楼",
    "order_number": "DD-20260901-77",
    "address": "杭州市西湖区文三路 1 号",
}


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: object):  # type: ignore[no-untyped-def]
    with override_settings(MEDIA_ROOT=str(tmp_path)):
        yield


@pytest.fixture
def house(db: None) -> House:
    """One organisation with everybody in it."""
    return make_house()


@pytest.fixture
def filed(house: House) -> Case:
    """A case with everything that names a person, put away three years and more before today."""
    return put_away(make_full(house), house)


def make_full(house: House) -> Case:
    """A case with files, a promise and words on every page of it."""
    case = make_case(house, by="甲", **STORIES)
    who = house.actor("甲")
    given = attach.Given("王小明身份证.txt", 9, io.BytesIO("王小明的身份证".encode()))
    attach.attach(case, CUSTOMER, NOON, files=[given])
    restate.restate(case, who, NOON, text="王小明被困二十分钟", confirmed=True)
    promise.promise(case, who, NOON, content="给王小明回电", due_at=later(hours=3))
    promise.keep(case, who, NOON, promise_id=case.promises.get().id)
    note.note(case, who, NOON, text="王小明脾气急")
    return fresh(case)


def put_away(case: Case, house: House) -> Case:
    """Closed and in the archive, its term over on the first of October 2029."""
    move.move(case, house.actor("甲"), NOON, to=Move.ACCEPT)
    close.close(case, house.actor("甲"), NOON, verdict="founded", reason="王小明没有回音")
    archive.archive(fresh(case), house.actor("丁"), later(days=9), place="B 柜 3 层")
    return fresh(case)


def entry(case: Case) -> ArchiveEntry:
    return ArchiveEntry.objects.get(case=case)
