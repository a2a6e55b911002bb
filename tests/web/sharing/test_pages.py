"""Shared work in the browser: taking over, the sheet, tasks, responsibility, needs, limits
(HA-10, HA-11, HA-13, IM-2)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from factories import House, fresh, kinds, make_case, signed_in
from tingsu.cases.actions import escalate, needs, responsible, task
from tingsu.cases.models import Case, Handover, Responsibility, Task
from tingsu.people.models import Member, Organisation
from tingsu.web.sharing import card


@pytest.fixture
def case(house: House) -> Case:
    """甲's case of today."""
    return make_case(house, by="甲", at=now())


def page(house: House, name: str, url: str, status: int = 200) -> str:
    answer = signed_in(house[name]).get(url)
    assert answer.status_code == status
    return str(answer.content.decode())


def post(house: House, name: str, url: str, **data: Any) -> Any:
    return signed_in(house[name]).post(url, {"ik": "k1", **data})


@pytest.fixture
def asked(house: House, case: Case) -> Handover:
    """甲 asks 主管 with the form of the page."""
    post(house, "甲", f"/cases/{case.id}/escalate/", to=house["主管"].id, reason="客户要见领导",
         version=case.version)  # fmt: skip
    return Handover.objects.get(case=case)


def test_the_supervisor_finds_it_on_the_desk_and_takes_over(
    house: House, case: Case, asked: Handover
) -> None:
    desk = page(house, "主管", "/desk/")
    assert "请我接手" in desk
    assert case.number in desk
    ladder = page(house, "主管", f"/cases/{case.id}/ladder/")
    assert "请主管接手" in ladder
    assert "等这一级接手" in ladder
    assert "客户非常愤怒" in ladder  # what would send it up by itself
    answer = post(house, "主管", f"/cases/{case.id}/takeover-accept/", row=asked.id)
    assert answer.status_code == 303
    assert fresh(case).owner == house["主管"]


def test_who_is_not_asked_sees_no_buttons(house: House, case: Case, asked: Handover) -> None:
    assert "takeover-accept" in page(house, "主管", f"/cases/{case.id}/ladder/")
    assert "takeover-accept" not in page(house, "甲", f"/cases/{case.id}/ladder/")
    assert page(house, "乙", f"/cases/{case.id}/ladder/", 404)
    refused = post(house, "甲", f"/cases/{case.id}/takeover-accept/", row=asked.id)
    assert refused.status_code == 422
    assert fresh(case).owner == house["甲"]


def test_returned_without_a_reason_is_asked_for_one(
    house: House, case: Case, asked: Handover
) -> None:
    url = f"/cases/{case.id}/takeover-return/"
    assert "请写下为什么退回" in post(house, "主管", url, row=asked.id, reason="").content.decode()
    assert post(house, "主管", url, row=asked.id, reason="先回电话").status_code == 303
    assert "先回电话" in page(house, "甲", f"/cases/{case.id}/ladder/")


def test_the_sheet_is_read_and_printed(house: House, case: Case, asked: Handover) -> None:
    sheet = page(house, "主管", f"/cases/{case.id}/ladder/{asked.id}/")
    for words in ("交接单", "发生了什么", "客户要什么", "答应过的", "试过的办法", "电梯停了三次"):
        assert words in sheet
    assert "13800001234" not in sheet
    assert "王小明" in sheet
    assert "王小明" not in page(house, "督查", f"/cases/{case.id}/ladder/{asked.id}/")


def test_the_case_page_asks_no_more_for_cases_that_nobody_takes_over(
    house: House, case: Case, django_assert_num_queries: Any
) -> None:
    who = house.who("甲")
    with django_assert_num_queries(0):
        assert card.card(who, case, now()) is None


def test_another_department_takes_it(house: House, case: Case) -> None:
    post(house, "甲", f"/cases/{case.id}/pass-on/", department=house.second.id, reason="归工程部",
         version=case.version)  # fmt: skip
    row = Handover.objects.get(case=case)
    assert "请我接手" in page(house, "乙", "/desk/")
    post(house, "乙", f"/cases/{case.id}/takeover-accept/", row=row.id)
    assert (fresh(case).owner, fresh(case).queue) == (house["乙"], house.second)


def test_tasks_stand_by_their_day(house: House, case: Case) -> None:
    for n, words in ((2, "后天的"), (1, "明天的")):
        due = now() + timedelta(days=n)
        task.ask(fresh(case), house.actor("甲"), now(), department=house.second, content=words,
                 due_at=due, assignee=house["乙"])  # fmt: skip
    mine = page(house, "乙", "/tasks/?list=mine")
    assert mine.index("明天的") < mine.index("后天的")
    assert "后天的" in page(house, "被投诉", "/tasks/?list=department")
    assert "后天的" in page(house, "甲", "/tasks/?list=asked")
    assert "后天的" not in page(house, "丁", "/tasks/?list=asked")


def test_tasks_cost_the_same_for_many(
    house: House, case: Case, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(house["乙"])
    browser.get("/tasks/")
    for n in range(30):
        task.ask(fresh(case), house.actor("甲"), now(), department=house.second,
                 content=f"第{n}项", due_at=now() + timedelta(hours=n + 1))  # fmt: skip
    with django_assert_max_num_queries(12):
        first = browser.get("/tasks/?list=department").content.decode()
    assert first.count("data-row") == 25
    rest = browser.get(first.split("after=")[1].join(["/tasks/?list=department&after=", ""])
                       .split('"')[0]).content.decode()  # fmt: skip
    assert "第29项" in rest


def test_a_department_declines_and_the_asker_sends_it_on(house: House, case: Case) -> None:
    task.ask(case, house.actor("甲"), now(), department=house.second, content="查监控",
             due_at=now() + timedelta(days=1))  # fmt: skip
    row = Task.objects.get(case=case)
    url = f"/cases/{case.id}/task-decline/"
    assert "办不了" in page(house, "被投诉", f"/cases/{case.id}/")
    assert post(house, "被投诉", url, row=row.id, reason="归客服中心").status_code == 303
    assert "对方办不了" in page(house, "甲", f"/cases/{case.id}/")
    post(house, "甲", f"/cases/{case.id}/task-redirect/", row=row.id, reason="他们有监控",
         department=house.centre.id)  # fmt: skip
    row.refresh_from_db()
    assert (row.state, row.department) == ("open", house.centre)


def test_nobody_touches_a_task_of_others(house: House, case: Case) -> None:
    task.ask(case, house.actor("甲"), now(), department=house.centre, content="查监控",
             due_at=now() + timedelta(days=1))  # fmt: skip
    row = Task.objects.get(case=case)
    answer = post(house, "被投诉", f"/cases/{case.id}/task-decline/", row=row.id, reason="x")
    assert answer.status_code == 404


def test_responsibility_from_naming_to_ruling(house: House, case: Case) -> None:
    post(house, "甲", f"/cases/{case.id}/responsible/", kind="cause", department=house.second.id,
         reason="漏检一次")  # fmt: skip
    row = Responsibility.objects.get(case=case)
    register = page(house, "被投诉", "/responsibility/")
    assert "漏检一次" in register
    assert "漏检一次" not in page(house, "甲", "/responsibility/")  # of another department
    url = f"/responsibility/{row.id}/"
    assert "请写下为什么不同意" in post(house, "被投诉", url, agrees="no", text="").content.decode()
    assert page(house, "甲", url, 404)
    assert post(house, "被投诉", url, agrees="no", text="外包做的").status_code == 303
    assert "有异议" in page(house, "丁", f"/responsibility/?department={house.second.id}")
    settle = f"/cases/{case.id}/responsible-settle/"
    assert post(house, "丁", settle, row=row.id, stands="yes", text="合同写明").status_code == 303
    assert "合同写明" in page(house, "甲", f"/cases/{case.id}/responsibility/")


def test_needs_are_seen_by_those_who_talk_with_customers(house: House, case: Case) -> None:
    data = {"kinds": ["elderly"], "words": "耳背，说慢一点"}
    url = f"/cases/{case.id}/needs/"
    assert "请先问过客户" in post(house, "甲", url, **data).content.decode()
    assert post(house, "甲", url, **data, consent="yes").status_code == 303
    seen = page(house, "甲", f"/cases/{case.id}/")
    assert "耳背，说慢一点" in seen
    assert "说慢一点，一次说一件事" in seen  # what to do
    hidden = page(house, "督查", f"/cases/{case.id}/")
    assert "耳背" not in hidden
    assert "年长" not in hidden


def test_the_next_call_shows_what_they_need(house: House, case: Case) -> None:
    needs.mark(
        case, house.actor("甲"), now(), kinds=["language"], words="只说宁波话", consent="yes"
    )
    told = {"phone": "13800001234", "channel": "phone"}
    seen = signed_in(house["接待"]).post("/new/recognise/", told).content.decode()
    assert "只说宁波话" in seen
    assert "请会他语言的同事接" in seen  # what to do


def test_abuse_breaks_and_turns_are_kept(house: House, case: Case) -> None:
    base = f"/cases/{case.id}"
    refused = post(house, "甲", f"{base}/limit/", happened="骂人", ended="on")
    assert "约好下次" in refused.content.decode()
    again = (now() + timedelta(days=1)).strftime("%Y-%m-%dT10:00")
    post(house, "甲", f"{base}/limit/", happened="骂人", words="先缓缓", ended="on", again_at=again)
    signed_in(house["甲"]).post(f"{base}/break/", {"minutes": "10", "ik": "k2"})
    signed_in(house["甲"]).post(f"{base}/turn/", {"to": house["主管"].id, "ik": "k3"})
    assert kinds(case)[-5:] == ["abused", "limit_set", "appointed", "break_taken", "turn_taken"]


def test_the_dialog_says_who_fits_and_why(house: House) -> None:
    case = make_case(house, at=now())
    offered = page(house, "主管", f"/cases/{case.id}/assign/")
    assert "看下来这几位合适" in offered
    assert "手上 0 件" in offered


def test_the_administrator_says_what_cases_are_given_by(house: House) -> None:
    url = f"/house/members/{house['甲'].id}/"
    told: dict[str, Any] = {
        "name": "甲",
        "department": house.first.id,
        "roles": ["handler"],
        "skills": "property、fees",
        "languages": "en",
        "regions": "江东区，海曙区",
        "shifts": "周一至周五 9:00-18:00",
        "room": "15",
    }
    odd = signed_in(house["管理员"]).post(url, told | {"shifts": "早班", "room": "很多"})
    assert "读不懂" in odd.content.decode()
    assert "早班" in odd.content.decode()
    assert signed_in(house["管理员"]).post(url, told).status_code in (302, 303)
    row = Member.objects.get(id=house["甲"].id)
    assert (row.skills, row.languages, row.regions) == (
        ["property", "fees"], ["en"], ["江东区", "海曙区"],
    )  # fmt: skip
    assert (row.shifts, row.room) == (["mon-fri 09:00-18:00"], 15)
    assert "周一至周五" in page(house, "管理员", url) or "mon-fri" in page(house, "管理员", url)


def test_assignment_by_itself_is_a_setting(house: House) -> None:
    assert "新投诉自动分派" in page(house, "管理员", "/house/settings/")
    assert not Organisation.objects.get(id=house.organisation.id).assigns_itself


def test_a_naming_of_lateness_stands_in_the_register(house: House, case: Case) -> None:
    responsible.name(case, house.actor("主管"), now(), kind="lateness", department=house.first,
                     member=house["甲"], reason="到期没有答复")  # fmt: skip
    assert "到期没有答复" in page(house, "甲", "/responsibility/?kind=lateness")
    assert "到期没有答复" not in page(house, "甲", "/responsibility/?kind=cause")


def test_asking_above_is_told_with_its_time(house: House, case: Case) -> None:
    escalate.escalate(case, house.actor("甲"), now(), to=house["主管"], reason="要见领导")
    told = page(house, "甲", f"/cases/{case.id}/")
    assert "请主管接手" in told
    assert "等主管接手" in told  # beside the timeline
