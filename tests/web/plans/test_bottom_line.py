"""How far we go is seen by those who negotiate and by nobody else, on no face (HA-6)."""

import json

import pytest
from django.core import mail
from django.test import Client, override_settings

from factories import NOON, House, fresh, later, make_member, make_outsider, signed_in
from plans import made, offered, ripe
from tingsu import work
from tingsu.cases import offer_links, search
from tingsu.cases.actions.bottom_line import set_line
from tingsu.cases.codes import code_of
from tingsu.cases.models import Case, Event
from tingsu.people.permission import Role

SECRETS = ("97,531.86", "97531.86", "9753186", "梅花鹿")


@pytest.fixture
def case(house: House) -> Case:
    case = ripe(house, email="wang@example.org")
    made(case, house)
    set_line(fresh(case), house.actor("甲"), NOON, most=9_753_186, words="梅花鹿不让")
    return fresh(case)


def tells(content: str) -> list[str]:
    return [one for one in SECRETS if one in content]


def pages(case: Case) -> list[str]:
    base = f"/cases/{case.id}/"
    return [base, f"{base}plans/", f"{base}remedy/", f"{base}documents/", f"{base}approvals/"]


@pytest.mark.parametrize("name", ["甲", "主管", "丁"])
def test_those_who_negotiate_see_it_in_their_wing(case: Case, house: House, name: str) -> None:
    shown = signed_in(house[name]).get(f"/cases/{case.id}/plans/").content.decode()
    assert tells(shown)[:1] == ["97,531.86"]
    assert "梅花鹿" in shown


@pytest.mark.parametrize(
    "name", ["乙", "接待", "督查", "培训师", "被投诉", "管理员", "审计", "组员", "协办"]
)
def test_for_the_others_there_is_no_such_thing(case: Case, house: House, name: str) -> None:
    """A colleague of the group, who answers a task, who audits, who is complained of …"""
    Case.objects.filter(id=case.id).update(queue=house.first)
    house.people["组员"] = make_member(house, "组员", Role.HANDLER, house.first)
    house.people["协办"] = make_member(house, "协办", Role.RESPONDENT, house.second)
    client = signed_in(house[name])
    reads = name in ("接待", "督查", "审计", "组员")
    for page in pages(case):
        answer = client.get(page)
        assert (answer.status_code == 200) == reads
        content = answer.content.decode()
        assert tells(content) == []
        assert "谈判底线</h2>" not in content
    refused = client.post(f"/cases/{case.id}/plans/line/", {"most": "1"}).status_code
    assert refused in (403, 404)


def test_not_for_another_house(case: Case) -> None:
    client = signed_in(make_outsider()["甲"])
    assert client.get(f"/cases/{case.id}/plans/").status_code == 404


def test_the_timeline_says_that_it_was_set_and_nothing_more(case: Case) -> None:
    told = [
        json.dumps([event.text, event.data], ensure_ascii=False)
        for event in Event.objects.filter(case=case)
    ]
    assert tells("".join(told)) == []
    assert Event.objects.filter(case=case, kind="line_set", public=False).exists()


def test_nobody_finds_it_by_searching(case: Case, house: House) -> None:
    who = house.who("丁")
    for word in SECRETS:
        assert list(search.find(who.organisation_id, word)) == []


def test_neither_the_customer_nor_a_letter_is_told(case: Case, house: House) -> None:
    row = offered(case, house, case.plans_made.get())
    with override_settings(PUBLIC_URL="https://example.org"):
        work.letters(later(minutes=5))
    assert mail.outbox
    assert tells("".join(f"{one.subject}{one.body}" for one in mail.outbox)) == []
    stranger = Client()
    told = {"number": case.number, "code": code_of(case)}
    follow = stranger.post("/o/yunfan/find/", told)["Location"]
    link = f"/o/yunfan/offer/{offer_links.token_of(row)}/"
    for address in (follow, link):
        content = stranger.get(address).content.decode()
        assert "经理当面道歉" in content
        assert tells(content) == []


def test_a_plan_beyond_it_says_so_to_them_alone(case: Case, house: House) -> None:
    set_line(case, house.actor("甲"), NOON, most=100)
    own = signed_in(house["甲"]).get(f"/cases/{case.id}/plans/").content.decode()
    assert "超出底线 ¥499.00" in own
    assert "超出了这件投诉的谈判底线" in own
    audit = signed_in(house["审计"]).get(f"/cases/{case.id}/plans/").content.decode()
    assert "超出" not in audit.replace("超出权限", "")
