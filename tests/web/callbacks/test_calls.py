"""The list of call-backs, the call with its script, the wing of a case (FU-1, FU-2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from factories import House, answered, fresh, make_case, signed_in
from tingsu.cases.actions import callback, close, confirm
from tingsu.cases.models import CallBack, Case
from tingsu.people.actor import CUSTOMER

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(house: House) -> Case:
    """A case of 甲 that has ended well."""
    found = answered(make_case(house, by="甲"), house)
    confirm.confirm(found, CUSTOMER, timezone.now(), agreed=True)
    close.close(found, house.actor("甲"), timezone.now(), verdict="founded")
    return fresh(found)


@pytest.fixture
def call(case: Case) -> CallBack:
    return CallBack.objects.get(case=case)


@pytest.fixture
def jia(house: House) -> Client:
    return signed_in(house["甲"])


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_list_and_the_desk_show_what_is_to_be_called(jia: Client, call: CallBack) -> None:
    page = said(jia.get("/callbacks/"))
    assert f"/callbacks/{call.id}/" in page
    assert "首次回访" in page
    assert "今天回访" in said(jia.get("/desk/"))


def test_the_list_asks_the_same_for_one_and_for_many(
    house: House, jia: Client, call: CallBack, django_assert_max_num_queries: Any
) -> None:
    for _n in range(8):
        CallBack.objects.create(
            case=call.case, organisation=house.organisation, caller=house["甲"],
            planned_at=call.due_at, due_at=call.due_at, made_at=call.made_at,
        )  # fmt: skip
    jia.get("/callbacks/")
    with django_assert_max_num_queries(14):
        jia.get("/callbacks/")


def test_the_script_is_the_packs_in_the_callers_name(jia: Client, call: CallBack) -> None:
    page = said(jia.get(f"/callbacks/{call.id}/"))
    assert "您好，我是云帆服务的甲" in page
    assert "答应您的事都做到了吗" in page


def test_a_bad_answer_keeps_what_was_typed(jia: Client, call: CallBack) -> None:
    sent = {"result": "dissatisfied", "text": "门又坏了，没人管", "then": ""}
    answer = jia.post(f"/callbacks/{call.id}/", sent)
    assert answer.status_code == 422
    assert "门又坏了，没人管" in said(answer)
    assert "请选接下来怎么办" in said(answer)


def test_not_content_begins_anew(jia: Client, call: CallBack) -> None:
    sent = {"result": "dissatisfied", "text": "门又坏了", "then": "reopen", "ik": "k1"}
    answer = jia.post(f"/callbacks/{call.id}/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cases/{call.case_id}/")
    assert fresh(call.case).open


def test_a_task_and_another_call(house: House, jia: Client, call: CallBack) -> None:
    due = timezone.localtime() + timedelta(days=2)
    sent = {
        "result": "dissatisfied", "text": "灯不亮", "then": "task",
        "department": str(house.second.id), "due_at": due.strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    assert jia.post(f"/callbacks/{call.id}/", sent).status_code == 303
    assert CallBack.objects.get(case=call.case, state="due").rule == "again"
    # The department that was asked finds it and sees the question, though the case is over.
    assert "灯不亮" in said(signed_in(house["乙"]).get(f"/cases/{call.case_id}/"))


def test_wishes_may_become_a_task(house: House, jia: Client, call: CallBack) -> None:
    due = timezone.localtime() + timedelta(days=2)
    sent = {"result": "wishes", "text": "装个扶手", "department": str(house.second.id),
            "due_at": due.strftime("%Y-%m-%dT%H:%M")}  # fmt: skip
    assert jia.post(f"/callbacks/{call.id}/", sent).status_code == 303
    call.refresh_from_db()
    assert (call.result, call.led_to) == ("wishes", "task")


def test_nobody_answered(jia: Client, call: CallBack) -> None:
    assert jia.post(f"/callbacks/{call.id}/unanswered/", {"ik": "k"}).status_code == 303
    assert jia.post(f"/callbacks/{call.id}/unanswered/", {"ik": "k"}).status_code == 303
    call.refresh_from_db()
    assert call.tries == 1


def test_the_wing_and_one_more_call(jia: Client, case: Case) -> None:
    assert "首次回访" in said(jia.get(f"/cases/{case.id}/callbacks/"))
    odd = jia.post(f"/cases/{case.id}/callbacks/add/", {"due_at": "下周", "text": "家里有病人"})
    assert odd.status_code == 422
    assert "家里有病人" in said(odd)
    due = timezone.localtime() + timedelta(days=5)
    sent = {"due_at": due.strftime("%Y-%m-%dT%H:%M"), "text": "家里有病人"}
    assert jia.post(f"/cases/{case.id}/callbacks/add/", sent).status_code == 303
    assert CallBack.objects.filter(case=case).count() == 2


def test_a_clash_brings_more_calls(jia: Client, case: Case) -> None:
    url = f"/cases/{case.id}/callbacks/clash/"
    assert jia.post(url, {"text": ""}).status_code == 422
    assert jia.post(url, {"text": "和门岗吵过"}).status_code == 303
    assert [row.rule for row in CallBack.objects.filter(case=case).order_by("due_at")] == [
        "first", "second", "third",
    ]  # fmt: skip


def test_the_timeline_says_it_in_words(house: House, jia: Client, call: CallBack) -> None:
    heard = callback.Heard("satisfied", "修得很好")
    callback.answered(call.case, house.actor("甲"), timezone.now(), row_id=call.id, heard=heard)
    page = said(jia.get(f"/cases/{call.case_id}/"))
    assert "修得很好" in page
    assert "满意" in page
