"""The respondent's own page: opened by a link, answered, late, revoked, limited, masked (HA-5)."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client, override_settings
from django.utils.timezone import now

from factories import House, accepted, fresh, make_case, make_member, signed_in
from tingsu.cases import answer_links
from tingsu.cases.actions import respondent, task
from tingsu.cases.models import AnswerLink, Attachment, Case, Event, RespondentAnswer
from tingsu.people.permission import Role

TOLD = {"about": "电梯停运", "facts": "主板烧毁，已更换", "person": "周经理 13900001111"}


@pytest.fixture
def own(house: House) -> Case:
    """A case of 甲, accepted."""
    return accepted(
        make_case(
            house, by="甲", narrative="我是王小明，13800001234，电梯停了三次", request="修好"
        ),
        house,
    )


@pytest.fixture
def link(house: House, own: Case) -> AnswerLink:
    """A link for the company that looks after the lifts."""
    due = now() + timedelta(days=5)
    respondent.ask(own, house.actor("甲"), now(), unit="维保公司", due_at=due)
    return AnswerLink.objects.get()


def address(link: AnswerLink) -> str:
    return f"/o/yunfan/respond/{link.id}/"


def opened(link: AnswerLink) -> Client:
    """A browser that has opened the link."""
    browser = Client()
    answer = browser.get(f"{address(link)}{answer_links.key_of(link)}/")
    assert answer.headers["Location"] == address(link)
    return browser


def test_the_link_leads_to_a_page_without_its_key(link: AnswerLink) -> None:
    browser = opened(link)
    answer = browser.get(address(link))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] != "no-referrer"  # else the form is refused
    assert answer_links.key_of(link) not in html
    assert AnswerLink.objects.get().opened_at is not None


def test_nothing_of_the_complainant_is_shown(link: AnswerLink) -> None:
    html = opened(link).get(address(link)).content.decode()
    assert "电梯停了三次" in html
    assert "王小明" not in html
    assert "13800001234" not in html


def test_an_answer_comes_in_with_its_files(own: Case, link: AnswerLink) -> None:
    file = io.BytesIO("维修单".encode())
    file.name = "维修单.txt"
    answer = opened(link).post(address(link), TOLD | {"files": file})
    assert answer.status_code == 303
    row = RespondentAnswer.objects.get()
    assert (row.way, row.late, row.by) == ("link", False, "周经理 13900001111")
    event = Event.objects.get(kind="respondent_answered")
    assert (event.actor, event.member_id) == ("respondent", None)
    assert Attachment.objects.get().given_by == "respondent"
    assert not event.public
    page = signed_in_page(own)
    assert "主板烧毁" in page


def signed_in_page(case: Case) -> str:
    assert case.owner is not None
    browser = signed_in(case.owner)
    return str(browser.get(f"/cases/{case.id}/investigation/").content.decode())


def test_the_same_submit_twice_is_one_answer(link: AnswerLink) -> None:
    browser = opened(link)
    for _turn in range(2):
        assert browser.post(address(link), TOLD | {"ik": "a" * 32}).status_code == 303
    assert RespondentAnswer.objects.count() == 1


def test_what_is_missing_is_said_and_nothing_typed_is_lost(link: AnswerLink) -> None:
    answer = opened(link).post(address(link), {"about": "电梯", "remedy": "愿意赔"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "请写明查到的事实和证据" in html
    assert "愿意赔" in html


def test_a_late_answer_is_taken_and_marked(link: AnswerLink) -> None:
    AnswerLink.objects.update(due_at=now() - timedelta(days=1))
    browser = opened(link)
    assert "已经过了" in browser.get(address(link)).content.decode()
    assert browser.post(address(link), TOLD).status_code == 303
    assert RespondentAnswer.objects.get().late


def test_nobody_else_comes_in(house: House, link: AnswerLink) -> None:
    assert Client().get(address(link)).status_code == 404
    wrong = Client()
    wrong.get(f"{address(link)}{'a' * 24}/")
    assert wrong.get(address(link)).status_code == 404
    other = Client()
    other.cookies["responding"] = "forged"
    assert other.post(address(link), TOLD).status_code == 404
    respondent.ask(
        link.case, house.actor("甲"), now(), unit="另一家", due_at=now() + timedelta(days=3)
    )
    second = AnswerLink.objects.exclude(id=link.id).get()
    assert opened(link).get(address(second)).status_code == 404


def test_taken_back_or_over_it_opens_nothing(house: House, own: Case, link: AnswerLink) -> None:
    browser = opened(link)
    respondent.revoke(own, house.actor("甲"), now(), link_id=link.id)
    assert browser.get(address(link)).status_code == 404
    assert browser.post(address(link), TOLD).status_code == 404
    AnswerLink.objects.update(revoked_at=None, expires_at=now() - timedelta(minutes=1))
    assert browser.get(address(link)).status_code == 404
    assert not RespondentAnswer.objects.exists()


@override_settings(PUBLIC_LIMITS=True)
def test_guessing_and_flooding_are_limited(link: AnswerLink) -> None:
    caches["limits"].clear()
    guesser = Client()
    for _turn in range(30):
        guesser.get(f"{address(link)}{'b' * 24}/")
    right = guesser.get(f"{address(link)}{answer_links.key_of(link)}/")
    assert "responding" not in right.cookies
    caches["limits"].clear()
    browser = opened(link)
    answers = [browser.post(address(link), TOLD).status_code for _turn in range(31)]
    assert answers[-1] == 429
    caches["limits"].clear()


def test_a_respondent_member_answers_what_their_unit_was_asked(house: House, own: Case) -> None:
    member = make_member(house, "周经理", Role.RESPONDENT, house.second)
    there = signed_in(member).get(f"/cases/{own.id}/respond/")
    assert there.status_code == 404
    task.ask(
        own, house.actor("甲"), now(), department=house.second, content="请答复",
        due_at=now() + timedelta(days=2),
    )  # fmt: skip
    browser = signed_in(member)
    html = browser.get(f"/cases/{own.id}/").content.decode()
    assert f"/cases/{own.id}/respond/" in html
    form: Any = browser.get(f"/cases/{own.id}/respond/")
    assert "王小明" not in form.content.decode()
    assert "answered_at" not in form.content.decode()
    sent = browser.post(f"/cases/{own.id}/respond/", TOLD | {"unit": "工程部"})
    assert sent.status_code == 303
    assert RespondentAnswer.objects.get().way == "member"
    assert fresh(own).inquired_at is not None
    assert browser.get(f"/cases/{own.id}/investigation/").status_code == 404
