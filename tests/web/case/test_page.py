"""The page of a case: who sees what of it, and at what price."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from factories import House, make_case, make_outsider, signed_in
from tingsu.cases.actions import contact, facts, note, promise, reply, restate, task
from tingsu.cases.models import Case, Look, Presence
from tingsu.cases.queries import file
from tingsu.cases.queries.access import reached
from tingsu.cases.queries.here import WINDOW, rights_on
from tingsu.people.permission import Can

MOST_QUERIES = 25


def page(house: House, case: Case, name: str = "甲", **query: str) -> Any:
    return signed_in(house[name]).get(f"/cases/{case.id}/", query)


def test_it_shows_what_is_known(house: House, own: Case) -> None:
    html = page(house, own).content.decode()
    assert own.number in html
    assert "老人被困二十分钟" in html
    assert "138****1234" in html
    assert "13800001234" not in html


def test_the_next_step_is_the_big_button(house: House, own: Case) -> None:
    big = r'class="btn btn-primary btn-lg".*?</svg>([^<]+)<'
    html = page(house, own).content.decode()
    assert re.search(big, html, re.S)[1] == "记录复述"  # type: ignore[index]
    restate.restate(own, house.actor("甲"), now(), text="电梯停了三次", confirmed=True)
    html = page(house, own).content.decode()
    assert re.search(big, html, re.S)[1] == "受理"  # type: ignore[index]


@pytest.mark.parametrize("entries", [1, 500])
def test_a_long_case_costs_no_more(
    house: House, own: Case, entries: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    by, at = house.actor("甲"), now()
    for n in range(entries):
        note.note(own, by, at, text=f"备注 {n}")
    for n in range(3):
        promise.promise(own, by, at, content=f"回电 {n}", due_at=at + timedelta(hours=n + 1))
        task.ask(own, by, at, department=house.second, content="查", due_at=at + timedelta(days=1))
        make_case(house, at=at - timedelta(days=n + 1))
    browser = signed_in(house["甲"])
    browser.get(f"/cases/{own.id}/")
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = browser.get(f"/cases/{own.id}/")
    assert answer.content.count(b'<li class="event') <= WINDOW


def test_older_entries_are_a_click_away(house: House, own: Case) -> None:
    for n in range(70):
        note.note(own, house.actor("甲"), now(), text=f"备注第 {n} 条")
    html = page(house, own).content.decode()
    assert "备注第 69 条" in html
    assert "备注第 0 条" not in html
    before = re.search(r"\?before=(\d+)", html)
    assert before
    older = page(house, own, before=before[1])
    assert "备注第 0 条" in older.content.decode()
    part = signed_in(house["甲"]).get(
        f"/cases/{own.id}/", {"before": before[1]}, headers={"HX-Request": "true"}
    )
    assert "备注第 0 条" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_changed_facts_show_old_and_new(house: House, own: Case) -> None:
    facts.change(own, house.actor("甲"), now(), values={"severity": "serious", "product": "电梯"})
    html = page(house, own).content.decode()
    assert "<del>一般</del>" in html
    assert "<ins>较重</ins>" in html
    assert "{&quot;" not in html


def test_private_outgoing_and_incoming_look_different(house: House, own: Case) -> None:
    by, at = house.actor("甲"), now()
    note.note(own, by, at, text="内部的话，不给客户看的内容写在这里")
    contact.contact(own, by, at, channel="phone", direction="in", text="客户来电说还没修")
    reply.reply(own, by, at, text="我们已经安排维修")
    html = page(house, own).content.decode()
    for look in ("private", "in", "out"):
        assert f'class="event event-{look}"' in html
    assert "仅内部可见" in html
    assert "还没发出" in html


def test_who_may_not_read_does_not_learn_that_it_exists(house: House, own: Case) -> None:
    outsider = signed_in(make_outsider()["甲"])
    missing = outsider.get("/cases/00000000-0000-7000-8000-000000000000/")
    found = outsider.get(f"/cases/{own.id}/")
    assert found.status_code == missing.status_code == 404
    words = [one.content.decode().split("data-trouble")[1][:300] for one in (found, missing)]
    assert words[0] == words[1]
    assert page(house, own, "乙").status_code == 404
    assert signed_in(AnonymousUser()).get(f"/cases/{own.id}/").status_code == 302
    assert page(house, own, "管理员").status_code == 403


@pytest.mark.parametrize("name", ["督查", "审计"])
def test_those_who_do_not_talk_with_customers_see_masks(house: House, own: Case, name: str) -> None:
    note.note(own, house.actor("甲"), now(), text="王小明说他的手机是 13800001234，请回电")
    html = page(house, own, name).content.decode()
    assert "王小明" not in html
    assert "13800001234" not in html
    assert "王**" in html
    assert "/look/" not in html


def test_a_look_is_on_record_before_it_is_shown(house: House, own: Case) -> None:
    browser = signed_in(house["甲"])
    answer = browser.post(
        f"/cases/{own.id}/look/", {"field": "phone"}, headers={"HX-Request": "true"}
    )
    assert "13800001234" in answer.content.decode()
    assert Look.objects.get(case_id=own.id).fields == "phone"
    assert "13800001234" in browser.get(f"/cases/{own.id}/").content.decode()  # for ten minutes
    assert browser.post(f"/cases/{own.id}/look/", {"field": "nonsense"}).status_code == 422
    assert browser.post(f"/cases/{own.id}/look/", {"field": "phone"}).status_code == 302
    assert signed_in(house["督查"]).post(f"/cases/{own.id}/look/").status_code == 403


def test_menu_offers_what_the_person_may_do(house: House, own: Case) -> None:
    handler = page(house, own).content.decode()
    head = page(house, own, "丁").content.decode()
    for route in ("escalate", "facts", "merge", "withdraw"):
        assert f"/cases/{own.id}/{route}/" in handler
    for route in ("assign", "refuse", "instruct"):
        assert f'href="/cases/{own.id}/{route}/"' not in handler
        assert f'href="/cases/{own.id}/{route}/"' in head
    assert f'href="/cases/{own.id}/close/"' not in handler  # not before acceptance
    reading = page(house, own, "审计").content.decode()
    assert f"/cases/{own.id}/note/" not in reading


def test_presence_tells_of_the_others(house: House, own: Case) -> None:
    first, second = signed_in(house["甲"]), signed_in(house["丁"])
    url = f"/cases/{own.id}/presence/"
    seen = own.version
    assert first.get(url).json() == {"people": [], "version": 0}
    assert second.get(url).json()["people"] == [{"name": "甲", "typing": False}]
    note.note(own, house.actor("丁"), now(), text="只是备注")
    assert first.get(url).json()["version"] == 0
    facts.change(own, house.actor("丁"), now(), values={"product": "电梯"})
    own.refresh_from_db()
    assert first.get(url).json()["version"] == own.version
    assert second.get(url).json()["version"] <= seen  # one's own change is no news
    assert first.post(url).status_code == 204
    assert not Presence.objects.filter(member=house["甲"]).exists()


def test_rights_here_agree_with_the_door(house: House, own: Case) -> None:
    """The page asks once what ``access_case`` asks for each right: both say the same."""
    other = make_case(house, queue=house.second)
    task.ask(
        own, house.actor("甲"), now(), department=house.second, content="查",
        due_at=now() + timedelta(days=1),
    )  # fmt: skip
    ended = make_case(house, queue=house.second)
    Case.objects.filter(id=ended.id).update(state="closed", open=False, next_at=None)
    for name in house.people:
        who = house.who(name)
        for case in (own, other, Case.objects.get(id=ended.id)):
            here = rights_on(who, case, file.tasks(case))
            for right in Can:
                behind = right in who.rights and reached(who, right).filter(id=case.id).exists()
                assert (right in here) == behind, (name, right)


def test_what_is_like_a_case_comes_after_the_page(house: House) -> None:
    other = make_case(
        house, by="甲", narrative="伊景园强制捆绑车位", phone="13800000001", name="张"
    )
    case = make_case(
        house, by="甲", narrative="伊景园买房要捆绑车位", phone="13800000002", name="李"
    )
    client = signed_in(house["甲"])
    page = client.get(f"/cases/{case.id}/").content.decode()
    assert f"/cases/{case.id}/alike/" in page
    assert other.number not in page
    part = client.get(f"/cases/{case.id}/alike/").content.decode()
    assert other.number in part
    assert "伊景园" in part
