"""The follow page after the end, for merged cases, and what it withholds (IN-7, HA-15)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from factories import House, make_case
from tingsu.cases.actions import close, customer, link, move, reply
from tingsu.cases.models import Attachment, Case, Event, Letter
from tingsu.core.lifecycle import Move, State
from tingsu.people import limits as counting
from tingsu.web import limits
from tingsu.web.portal.progress import STANDING

from .conftest import events, open_case, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(house: House, own: Case) -> Case:
    close.close(own, house.actor("甲"), now(), verdict="founded", reason="已修好")
    return own


def test_after_the_end_one_can_rate_and_ask_again(stranger: Client, ended: Case) -> None:
    address = open_case(stranger, ended)
    page = words(stranger.get(address))
    assert "这件投诉已经办结" in page
    assert "发给承办人" not in page
    stranger.post(f"{address}rate/", {"rating": "4", "text": "还行"})
    answer = stranger.post(f"{address}reopen/", {"text": ""})
    assert answer.status_code == 422
    assert "请写下为什么希望重新处理" in words(answer)
    stranger.post(f"{address}reopen/", {"text": "又停了"})
    ended.refresh_from_db()
    assert ended.rating == 4
    assert ended.reopen_asked_at
    assert "负责人正在看" in words(stranger.get(address))


def test_a_message_to_an_ended_case_is_not_swallowed(stranger: Client, ended: Case) -> None:
    answer = stranger.post(f"{open_case(stranger, ended)}add/", {"text": "又停了"})
    assert answer.status_code == 422
    assert "请求重新处理" in words(answer)
    assert "customer_added" not in events(ended)


def test_rating_too_early_is_refused(stranger: Client, own: Case) -> None:
    answer = stranger.post(f"{open_case(stranger, own)}rate/", {"rating": "5"})
    assert answer.status_code == 422
    assert "办结之后才能评分" in words(answer)


@pytest.fixture
def merged(house: House, own: Case) -> Case:
    """A neighbour's case, handled together with ``own``."""
    case = make_case(house, by="甲", name="周先生", phone="13900005555")
    customer.add(own, now(), text="主件的人自己说的")
    link.merge(case, house.actor("甲"), now(), into=own)
    return case


def test_a_merged_case_shows_its_own_page(stranger: Client, own: Case, merged: Case) -> None:
    address = open_case(stranger, merged)
    page = words(stranger.get(address))
    assert "与同一件事的其他投诉一起办理" in page
    assert own.number not in page
    assert "主件的人自己说的" not in page
    told = {"text": "我家也被困过", "files": [SimpleUploadedFile("a.txt", b"abc")]}
    assert stranger.post(f"{address}add/", told).status_code == 303
    assert Event.objects.filter(case=own, kind="customer_added", data__via=merged.number).exists()
    assert Attachment.objects.get().case_id == own.id
    assert "我家也被困过" in words(stranger.get(address))
    main_page = words(stranger.get(open_case(stranger, own)))
    assert "我家也被困过" not in main_page
    assert "a.txt" not in main_page
    assert "主件的人自己说的" in main_page


def test_a_merged_case_is_neither_rated_nor_reopened(stranger: Client, merged: Case) -> None:
    address = open_case(stranger, merged)
    assert stranger.post(f"{address}rate/", {"rating": "5"}).status_code == 422
    assert stranger.post(f"{address}reopen/", {"text": "快点"}).status_code == 422


def test_a_merged_case_goes_as_far_as_its_main_case(
    stranger: Client, house: House, own: Case, merged: Case
) -> None:
    close.close(own, house.actor("甲"), now(), verdict="founded", reason="已修好")
    address = open_case(stranger, merged)
    assert stranger.get(address).content.decode().count("is-done") == 5
    assert stranger.post(f"{address}add/", {"text": "还有"}).status_code == 422


def test_every_state_has_its_words_and_its_page(stranger: Client, house: House) -> None:
    assert set(STANDING) == set(State)
    case = make_case(house, by="甲")
    address = open_case(stranger, case)
    for step in (
        Move.SCREEN,
        Move.ACCEPT,
        Move.INVESTIGATE,
        Move.NEGOTIATE,
        Move.MEDIATE,
        Move.DECIDE,
        Move.EXECUTE,
        Move.ASK_CONFIRM,
    ):
        move.move(case, house.actor("甲"), now(), to=step)
        answer = stranger.get(address)
        assert answer.status_code == 200
        assert str(STANDING[case.state][0]) in words(answer)


@pytest.mark.parametrize(
    ("step", "told"),
    [(Move.REFUSE, "没有被受理"), (Move.TRANSFER, "移送：住建局"), (Move.WITHDRAW, "已撤回")],
)
def test_an_early_end_says_why(stranger: Client, house: House, step: Move, told: str) -> None:
    case = make_case(house, by="甲")
    close.end(case, house.actor("甲"), now(), move=step, reason="不属于本单位职责", unit="住建局")
    page = words(stranger.get(open_case(stranger, case)))
    assert told in page
    assert "不属于本单位职责" in page
    assert "请求重新处理" in page


def test_too_many_messages_wait_and_are_kept(
    stranger: Client, own: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SAY", limits.Limit("say", 1, 3600))
    monkeypatch.setattr(counting, "seconds", lambda: 1_800_000_000)
    address = open_case(stranger, own)
    stranger.post(f"{address}add/", {"text": "一"})
    answer = stranger.post(f"{address}add/", {"text": "第二句"})
    assert answer.status_code == 429
    assert "第二句" in answer.content.decode()


@pytest.mark.parametrize("step", ["add", "answer", "rate", "reopen"])
def test_steps_are_for_those_who_opened_the_case(stranger: Client, own: Case, step: str) -> None:
    before = events(own)
    answer = stranger.post(f"/o/yunfan/follow/{own.id}/{step}/", {"text": "x", "agreed": "yes"})
    assert answer["Location"] == "/o/yunfan/find/?again=1"
    assert events(own) == before
    address = open_case(stranger, own)
    assert stranger.get(f"{address}{step}/").status_code == 405


def test_the_page_costs_the_same_however_long_the_story(
    stranger: Client, house: House, own: Case, django_assert_max_num_queries: Any
) -> None:
    for n in range(12):
        customer.add(own, now(), text=f"补充 {n}")
    address = open_case(stranger, own)
    with django_assert_max_num_queries(14):
        stranger.get(address)


def test_the_walk_from_complaint_to_thanks(stranger: Client, house: House) -> None:
    """The public half of the whole way."""
    stranger.post("/o/yunfan/new/", {"narrative": "门锁坏了三天", "phone": "13800001111"})
    case = Case.objects.get()
    actor = house.actor("甲")
    address = f"/o/yunfan/follow/{case.id}/"
    assert "我们收到了您的投诉" in words(stranger.get(address))
    move.move(case, actor, now(), to=Move.ACCEPT)
    reply.reply(case, actor, now(), kind="final", text="锁已换好，钥匙在前台。")
    Letter.objects.filter(case=case).update(state="sent")
    stranger.post(f"{address}answer/", {"agreed": "yes", "rating": "5"})
    case.refresh_from_db()
    close.close(case, actor, now(), verdict="founded")
    page = words(stranger.get(address))
    assert "这件投诉已经办结" in page
    assert "您打了 5 分" in page
