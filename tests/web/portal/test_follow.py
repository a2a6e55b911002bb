"""The follow page: where it stands, and what the customer may do (IN-7, HA-12, HA-15)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from factories import House, make_case
from tingsu.cases.actions import attach, move, note, promise, reply
from tingsu.cases.models import Attachment, Case, Event, Letter
from tingsu.core.lifecycle import Move, State

from .conftest import events, open_case, words

pytestmark = pytest.mark.django_db


def test_it_says_where_it_stands_and_by_when(stranger: Client, house: House, own: Case) -> None:
    due = now() + timedelta(days=2)
    promise.promise(own, house.actor("甲"), now(), content="周一回电", due_at=due)
    page = words(stranger.get(open_case(stranger, own)))
    for told in ("您的投诉已经受理", "最迟", "周一回电", "处理并告知消费者", "调查处理", "王小明"):
        assert (told in page) is (told != "王小明")  # the page names nobody


def test_a_late_step_is_admitted(stranger: Client, house: House) -> None:
    case = make_case(house, at=now() - timedelta(days=60))
    page = words(stranger.get(open_case(stranger, case)))
    assert "我们晚了，对不起" in page
    assert "400-000-0000" in page


def test_what_the_house_keeps_to_itself_stays_there(
    stranger: Client, house: House, own: Case
) -> None:
    note.note(own, house.actor("甲"), now(), text="此人常投诉")
    move.move(own, house.actor("甲"), now(), to=Move.INVESTIGATE, reason="先查监控再说")
    attach.attach(
        own,
        house.actor("甲"),
        now(),
        files=[attach.Given("内部.txt", 3, SimpleUploadedFile("a", b"abc"))],
    )
    page = words(stranger.get(open_case(stranger, own)))
    for hidden in ("此人常投诉", "先查监控再说", "内部.txt"):
        assert hidden not in page
    assert "我们正在调查" in page


def test_a_letter_shows_when_it_has_left(stranger: Client, house: House, own: Case) -> None:
    address = open_case(stranger, own)
    reply.reply(own, house.actor("甲"), now(), kind="final", text="结果如下")
    page = words(stranger.get(address))
    assert "结果如下" not in page
    assert "请您确认处理结果" not in page.replace("请您确认处理结果 2", "")
    assert "我们正在形成处理意见" in page
    assert stranger.post(f"{address}answer/", {"agreed": "yes"}).status_code == 422
    Letter.objects.filter(case=own, kind="final").update(claimed_until=now())
    page = words(stranger.get(address))
    assert "结果如下" in page
    assert "处理结果出来了" in page


def test_a_letter_taken_back_was_never_seen(stranger: Client, house: House, own: Case) -> None:
    actor = house.actor("甲")
    reply.reply(own, actor, now(), text="写错了的话")
    letter = Letter.objects.get(case=own, kind="interim")
    reply.take_back(own, actor, now(), letter_id=letter.id)
    assert "写错了的话" not in words(stranger.get(open_case(stranger, own)))


def test_a_message_with_files_reaches_the_case(stranger: Client, own: Case) -> None:
    address = open_case(stranger, own)
    told = {"text": "昨晚又停了", "files": [SimpleUploadedFile("a.txt", b"abc")], "ik": "k"}
    for _ in range(2):  # a double click
        assert stranger.post(f"{address}add/", told)["Location"] == address
        told["files"] = [SimpleUploadedFile("a.txt", b"abc")]
    assert events(own).count("customer_added") == 1
    assert Attachment.objects.count() == 1
    own.refresh_from_db()
    assert own.planned_at is not None  # somebody looks at it now
    assert own.planned_at <= now()
    page = words(stranger.get(address))
    assert "昨晚又停了" in page
    assert "a.txt" in page


def test_files_alone_are_a_message(stranger: Client, own: Case) -> None:
    address = open_case(stranger, own)
    stranger.post(f"{address}add/", {"text": "", "files": [SimpleUploadedFile("票.txt", b"abc")]})
    assert "票.txt" in Event.objects.get(case=own, kind="customer_added").text


def test_nothing_to_say_is_asked_for(stranger: Client, own: Case) -> None:
    answer = stranger.post(f"{open_case(stranger, own)}add/", {"text": "  "})
    assert answer.status_code == 422
    assert "请写下要补充的内容" in words(answer)


def test_what_was_asked_for_sets_it_moving(stranger: Client, house: House) -> None:
    case = make_case(house, by="甲")
    due = now() + timedelta(days=5)
    move.ask_complete(case, house.actor("甲"), now(), missing="请补购票凭证", due_at=due)
    address = open_case(stranger, case)
    page = words(stranger.get(address))
    assert "需要您补充一些材料" in page
    assert "请补购票凭证" in page
    assert "之前补充" in page
    stranger.post(f"{address}add/", {"text": "凭证号 123"})
    case.refresh_from_db()
    assert case.state == State.SCREENING


def test_the_customer_agrees_and_rates(stranger: Client, answered: Case) -> None:
    address = open_case(stranger, answered)
    page = words(stranger.get(address))
    assert page.index("控制板已经更换") < page.index("这个结果您满意吗")
    told = {"agreed": "yes", "rating": "5", "text": "谢谢师傅", "ik": "k"}
    stranger.post(f"{address}answer/", told)
    stranger.post(f"{address}answer/", told)
    answered.refresh_from_db()
    assert answered.confirmed_at
    assert answered.rating == 5
    assert events(answered).count("customer_confirmed") == 1
    page = words(stranger.get(address))
    assert "谢谢您的确认" in page
    assert "这个结果您满意吗" not in page


def test_the_customer_objects_with_words(stranger: Client, answered: Case) -> None:
    address = open_case(stranger, answered)
    answer = stranger.post(f"{address}answer/", {"agreed": "no", "rating": "2", "text": ""})
    assert answer.status_code == 422
    assert "请告诉我们哪里还不满意" in words(answer)
    stranger.post(f"{address}answer/", {"agreed": "no", "text": "电梯还在响"})
    answered.refresh_from_db()
    assert answered.state == State.INVESTIGATING
    assert "电梯还在响" in words(stranger.get(address))


@pytest.mark.parametrize("told", [{}, {"agreed": "maybe"}, {"agreed": "yes", "rating": "9"}])
def test_half_an_answer_is_asked_again(
    stranger: Client, answered: Case, told: dict[str, str]
) -> None:
    address = open_case(stranger, answered)
    assert stranger.post(f"{address}answer/", told).status_code == 422
    answered.refresh_from_db()
    assert answered.confirmed_at is None
