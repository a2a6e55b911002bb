"""The own account over HTTP: devices one by one, a second organisation (PL-3)."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from factories import House, make_outsider, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "雨后的操场-2026"


def _signed_in(house: House, name: str = "甲", agent: str = "Firefox Windows") -> Client:
    """A browser that came through the sign-in page, so that it is on the list of devices."""
    user = house[name].user
    user.set_password(PASSWORD)
    user.save()
    return _again(house, name, agent)


def _again(house: House, name: str = "甲", agent: str = "Firefox Windows") -> Client:
    browser = Client(headers={"user-agent": agent})
    typed = {"login": house[name].user.username, "password": PASSWORD}
    assert browser.post(reverse("account_login"), typed).status_code == 302
    return browser


def _session(browser: Client) -> UserSession:
    return UserSession.objects.get(session_key=browser.session.session_key)


def test_one_device_is_signed_out_and_no_other(house: House) -> None:
    here, lost = _signed_in(house), _again(house, agent="Safari iPhone")
    kept = _again(house, agent="Edg Windows")
    page = here.get(reverse("usersessions_list")).content.decode()
    address = reverse("session_end", args=[_session(lost).id])
    assert address in page
    assert reverse("session_end", args=[_session(here).id]) not in page
    answer = here.post(address)
    assert answer.status_code == 303
    assert "Safari" not in here.get(answer["Location"]).content.decode()
    assert lost.get(reverse("desk")).status_code == 302
    assert kept.get(reverse("desk")).status_code == 200
    assert here.post(address).status_code == 303  # sent twice


def test_a_colleague_cannot_sign_me_out(house: House) -> None:
    mine, theirs = _signed_in(house), _signed_in(house, "乙")
    theirs.post(reverse("session_end", args=[_session(mine).id]))
    assert mine.get(reverse("desk")).status_code == 200


def test_the_own_device_signs_out_by_its_own_button_only(house: House) -> None:
    here = _signed_in(house)
    here.post(reverse("session_end", args=[_session(here).id]))
    assert here.get(reverse("desk")).status_code == 200


def test_with_the_code_an_account_works_in_two_organisations(house: House) -> None:
    other = make_outsider()
    outsider, admin = signed_in(other["甲"]), signed_in(house["管理员"])
    assert "切换机构" not in outsider.get(reverse("desk")).content.decode()
    page = outsider.get(reverse("join_code"))
    assert "no-store" in page["Cache-Control"]
    found = re.search(r"data-join-code>([a-z0-9-]{9})<", page.content.decode())
    assert found
    typed = {
        "username": other["甲"].user.username,
        "code": found[1],
        "name": "丙",
        "department": str(house.first.id),
        "roles": ["handler"],
    }
    answer = admin.post(reverse("member_join"), typed)
    assert answer.status_code == 303
    assert "切换机构" in admin.get(answer["Location"]).content.decode()
    desk = outsider.get(reverse("desk")).content.decode()
    assert f'href="{reverse("switch")}"' in desk
    outsider.post(reverse("switch"), {"to": str(house.organisation.id)})
    assert house.organisation.name in outsider.get(reverse("desk")).content.decode()


def test_a_refused_code_keeps_what_was_typed(house: House) -> None:
    admin = signed_in(house["管理员"])
    typed = {"username": "nobody", "code": "aaaa-bbbb", "name": "小丙", "roles": ["handler"]}
    page = admin.post(reverse("member_join"), typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert "对不上" in text
    assert 'value="小丙"' in text
    assert re.search(r'value="handler" checked', text)
