"""The clocks wing: every time limit with its count, its source and what was done to it (HA-14)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from factories import NOON, House, accepted, later, make_case, make_house, signed_in
from tingsu.cases.actions import clock
from tingsu.cases.models import Case, Clock, Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    made = make_house()
    made.organisation.packs = ["general", "bank", "tourism"]
    made.organisation.save()
    return made


@pytest.fixture
def case(house: House) -> Case:
    return accepted(make_case(house, by="甲", pack="general"), house)


def page(client: Client, case: Case) -> str:
    return str(client.get(reverse("case_clocks", args=[case.id])).content.decode())


def row_of(case: Case, rule: str) -> Clock:
    return Clock.objects.get(case=case, rule=rule)


def test_every_clock_is_there_with_its_source(house: House, case: Case) -> None:
    shown = page(signed_in(house["甲"]), case)
    for row in Clock.objects.filter(case=case):
        assert f"clock-{row.id}" in shown
    assert "第23条第1款第5项" in shown
    assert "市场监督管理投诉举报处理办法" in shown
    assert "按时完成" in shown  # accepting met the first one


def test_what_was_done_to_a_clock_stands_below_it(house: House, case: Case) -> None:
    row, by = row_of(case, "cn.samr.mediate"), house.actor("甲")
    clock.pause(case, by, later(days=1), clock_id=row.id, cause="testing")
    clock.resume(case, by, later(days=6), clock_id=row.id)
    shown = page(signed_in(house["甲"]), case)
    assert "时限暂停" in shown
    assert "时限恢复" in shown
    assert "is-pause" in shown
    assert "鉴定、检测" in shown


def test_days_are_told_apart(house: House) -> None:
    arrived = NOON.replace(day=27)  # over National Day
    case = make_case(house, by="甲", pack="general", at=arrived, received_at=arrived)
    shown = page(signed_in(house["甲"]), case)
    assert "国庆节不计" in shown
    assert "调休上班，计入" in shown
    for look in ("is-start", "is-on", "is-off", "is-end"):
        assert look in shown


def _told(client: Client, route: str, case: Case, **data: Any) -> int:
    answer = client.post(reverse(route, args=[case.id]), {"ik": "k", **data})
    return int(answer.status_code)


def test_a_clock_is_met_from_its_own_button(house: House) -> None:
    case = accepted(make_case(house, by="甲", pack="tourism"), house)
    client = signed_in(house["甲"])
    assert "受理通知已送达双方" in page(client, case)
    form = client.get(reverse("case_happen", args=[case.id]), {"event": "notice_served"})
    assert '<option value="notice_served" selected>' in form.content.decode()
    assert _told(client, "case_happen", case, event="notice_served", happened_at="") == 303
    assert row_of(case, "cn.tour.serve").state == "met"
    story = client.get(reverse("case", args=[case.id])).content.decode()
    assert "受理通知已送达双方" in story


def test_extending_is_offered_where_the_source_allows_it_to_whoever_decides(house: House) -> None:
    case = make_case(house, by="甲", pack="bank", at=later(days=400))
    row = row_of(case, "cn.bank.simple")
    assert row.due_at > NOON
    head = signed_in(house["丁"])
    form = head.get(reverse("case_extend", args=[case.id]), {"row": str(row.id)})
    assert "可以延到 30 天" in form.content.decode()
    Clock.objects.filter(id=row.id).update(state="running")
    assert not Event.objects.filter(case=case, kind="clock_extended").exists()
    assert signed_in(house["接待"]).get(reverse("case_extend", args=[case.id])).status_code in (
        403,
        404,
    )
