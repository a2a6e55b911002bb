"""The call at the promised time, a promise beyond authority, and the share kept (HA-7)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import now

from factories import House, make_case, make_member, signed_in
from tingsu.cases.actions import contact, promise, task
from tingsu.cases.models import Case, Promise
from tingsu.people.permission import Role


@pytest.fixture
def own(house: House) -> Case:
    """A case that 甲 owns."""
    return make_case(house, by="甲", at=now() - timedelta(hours=3), channel="phone")


def promised(house: House, case: Case, hours: float = 1, content: str = "回电说进展") -> Promise:
    by = house.actor("甲")
    promise.promise(case, by, now(), content=content, due_at=now() + timedelta(hours=1))
    row = Promise.objects.get(case=case, content=content)
    Promise.objects.filter(id=row.id).update(due_at=now() + timedelta(hours=hours))
    row.refresh_from_db()
    return row


def url(row: Promise) -> str:
    return f"/cases/{row.case_id}/promise/{row.id}/call/"


def post(house: House, row: Promise, **told: Any) -> Any:
    return signed_in(house["甲"]).post(url(row), {"ik": "a" * 32, **told})


def test_the_screen_has_what_is_needed_for_the_call(house: House, own: Case) -> None:
    row = promised(house, own)
    due = now() + timedelta(days=1)
    by = house.actor("甲")
    task.ask(own, by, now(), department=house.second, content="查门机记录", due_at=due)
    contact.contact(own, by, now(), channel="phone", direction="out", text="占线", reached=False)
    html = signed_in(house["甲"]).get(url(row)).content.decode()
    for words in (
        "回电说进展",
        "王小明",
        "138****1234",
        "查门机记录",
        "1 次没接通",
        "结果还没有出来",
    ):
        assert words in html
    assert "13800001234" not in html
    assert url(row) in signed_in(house["甲"]).get(f"/cases/{own.id}/").content.decode()


def test_the_result_is_recorded_in_one_go(house: House, own: Case) -> None:
    row = promised(house, own)
    answer = post(house, row, result="kept", text="说了查到门机老化", mood="1")
    assert answer["Location"] == f"/cases/{own.id}/"
    row.refresh_from_db()
    assert row.state == "kept"
    over = signed_in(house["甲"]).get(url(row)).content.decode()
    assert "记下这次通话" not in over
    again = post(house, row, result="kept", text="再按一次", ik="b" * 32)
    assert again.status_code == 422
    assert "已经有结果" in again.content.decode() or "结果" in again.content.decode()


def test_nothing_typed_is_lost_and_everything_missing_is_named(house: House, own: Case) -> None:
    row = promised(house, own)
    answer = post(house, row, result="moved", text="还要两天<b>", reason="", due_at="明天下午")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "还要两天&lt;b&gt;" in html
    assert "明天下午" in html
    answer = post(house, row, result="moved", text="还要两天", reason="", due_at="")
    html = answer.content.decode()
    assert "请写下没能按时做到的原因" in html
    assert "请写明时间" in html
    assert post(house, row).status_code == 422


def test_one_of_another_case_is_not_there(house: House, own: Case) -> None:
    row = promised(house, own)
    other = make_case(house, by="甲", at=now())
    browser = signed_in(house["甲"])
    assert browser.get(f"/cases/{other.id}/promise/{row.id}/call/").status_code == 404
    assert signed_in(house["乙"]).get(url(row)).status_code == 404
    assert signed_in(house["接待"]).get(url(row)).status_code == 403


def test_beyond_authority_asks_who_agreed_where_it_is_typed(house: House, own: Case) -> None:
    browser = signed_in(house["甲"])
    due = timezone.localtime(now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    told = {"content": "赔偿 900 元", "due_at": due, "ik": "c" * 32}
    step = f"/cases/{own.id}/promise/"
    assert "谁同意的" not in browser.get(step).content.decode()
    answer = browser.post(step, told)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "先问 主管" in html
    assert "赔偿 900 元" in html
    assert str(house["主管"].id) in html
    part = browser.post(
        step, told | {"ik": "d" * 32}, headers={"HX-Request": "true", "HX-Target": "body-promise"}
    )
    assert "agreed_by" in part.content.decode()
    done = browser.post(step, told | {"agreed_by": str(house["主管"].id), "ik": "e" * 32})
    assert done.status_code == 303
    assert Promise.objects.get(case=own).agreed_by_id == house["主管"].id


def settled(house: House, case: Case, how: str, name: str = "甲") -> None:
    by, content = house.actor(name), f"{how}{Promise.objects.count()}"
    promise.promise(case, by, now(), content=content, due_at=now() + timedelta(hours=1))
    row = Promise.objects.get(content=content)
    if how == "broken":
        promise.admit_broken(case, by, now(), promise_id=row.id, reason="忘了")
    else:
        at = now() + timedelta(hours=2 if how == "late" else 0)
        promise.keep(case, by, at, promise_id=row.id)


def test_the_share_kept_by_person_team_and_pack(house: House, own: Case) -> None:
    for how in ("kept", "kept", "kept", "broken"):
        settled(house, own, how)
    other = make_case(house, by="乙", at=now(), queue=house.second, pack="telecom")
    settled(house, other, "kept", "乙")
    html = signed_in(house["丁"]).get("/promises/").content.decode()
    assert "75%" in html  # 甲
    assert "80%" in html  # all
    for words in ("投诉处理一组", "工程部", "物业", "电信"):
        assert words in html
    assert signed_in(house["丁"]).get("/promises/?days=<script>").status_code == 200


def test_a_supervisor_sees_the_own_branch(house: House, own: Case) -> None:
    house.people["组长"] = make_member(house, "组长", Role.SUPERVISOR, house.first)
    settled(house, own, "kept")
    other = make_case(house, by="乙", at=now(), queue=house.second, pack="telecom")
    settled(house, other, "broken", "乙")
    promised(house, own, hours=-1, content="我这组的")
    by = house.actor("乙")
    promise.promise(other, by, now(), content="别组的", due_at=now() + timedelta(minutes=1))
    html = signed_in(house["组长"]).get("/promises/").content.decode()
    assert "100%" in html
    assert "我这组的" in html
    assert "别组的" not in html
    assert "电信" not in html


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_costs_the_same_for_many(
    house: House, own: Case, number: int, django_assert_max_num_queries: Any
) -> None:
    for n in range(number):
        promised(house, own, hours=-1, content=f"回电{n}")
    settled(house, own, "kept")
    browser = signed_in(house["丁"])
    browser.get("/promises/")
    with django_assert_max_num_queries(13):
        browser.get("/promises/")
