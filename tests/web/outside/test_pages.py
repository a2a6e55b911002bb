"""Tokens, connections, the ringing telephone, the own calendar: pages over HTTP."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from icalendar import Calendar

from factories import House, make_case, signed_in
from programs import Program
from tingsu.cases.actions import promise
from tingsu.channels import accounts
from tingsu.channels.call import ringing
from tingsu.channels.contract import Ringing
from tingsu.channels.models import Account, Delivery, Subscription
from tingsu.people.models import Token


@pytest.fixture
def admin(house: House) -> Client:
    return signed_in(house["管理员"])


def shown(page: str, mark: str) -> str:
    found = re.search(rf"data-{mark}>([^<]+)<", page)
    assert found, page
    return found[1]


def test_a_token_is_made_shown_once_used_and_stopped(house: House) -> None:
    case = make_case(house, by="甲")
    browser = signed_in(house["甲"])
    told = {"name": "呼叫中心", "scopes": ["read"], "expires_on": localdate() + timedelta(days=30)}
    page = browser.post("/account/tokens/", told).content.decode()
    secret = shown(page, "token")
    assert Program(secret).get(f"/cases/{case.id}").status_code == 200
    again = browser.get("/account/tokens/").content.decode()
    assert secret not in again
    assert secret[:12] in again
    row = Token.objects.get()
    assert browser.post(f"/account/tokens/{row.id}/stop/").status_code == 303
    assert Program(secret).get(f"/cases/{case.id}").status_code == 401


def test_a_refused_token_keeps_what_was_typed(house: House) -> None:
    browser = signed_in(house["甲"])
    answer = browser.post("/account/tokens/", {"name": "呼叫中心", "scopes": ["members"]})
    assert answer.status_code == 422
    assert 'value="呼叫中心"' in answer.content.decode()
    assert not Token.objects.exists()


def test_the_administrator_stops_the_token_of_a_member(house: House, admin: Client) -> None:
    told = {"name": "甲的程序", "scopes": ["read"], "expires_on": localdate() + timedelta(days=30)}
    signed_in(house["甲"]).post("/account/tokens/", told)
    assert "甲的程序" in admin.get("/house/tokens/").content.decode()
    admin.post(f"/account/tokens/{Token.objects.get().id}/stop/", {"house": "1"})
    assert Token.objects.get().revoked_at


def test_a_webhook_is_added_and_its_secret_shown_once(admin: Client, settings: Any) -> None:
    settings.OUTSIDE_MAY_BE_INSIDE = True
    told = {"kind": "webhook", "name": "数据平台", "url": "http://127.0.0.1:9/x", "kinds": "closed"}
    page = admin.post("/house/outside/hooks/new/", told).content.decode()
    assert shown(page, "secret").startswith("whsec_")
    row = Subscription.objects.get()
    assert (row.wanted, row.with_text) == (["closed"], False)
    assert shown(page, "secret") not in admin.get("/house/outside/").content.decode()


def test_an_address_inside_is_refused_where_it_was_typed(admin: Client) -> None:
    told = {"kind": "webhook", "name": "数据平台", "url": "http://127.0.0.1:9/x"}
    answer = admin.post("/house/outside/hooks/new/", told)
    assert answer.status_code == 422
    assert "http://127.0.0.1:9/x" in answer.content.decode()
    assert not Subscription.objects.exists()


def test_dead_letters_are_seen_and_sent_again(admin: Client, settings: Any) -> None:
    settings.OUTSIDE_MAY_BE_INSIDE = True
    told = {"kind": "webhook", "name": "数据平台", "url": "http://127.0.0.1:9/x"}
    admin.post("/house/outside/hooks/new/", told)
    row = Subscription.objects.get()
    Delivery.objects.create(
        subscription=row, event_id=row.id, state="dead", next_at=now(), made_at=now(),
        error="HTTP 500",
    )  # fmt: skip
    assert "没送到" in admin.get("/house/outside/").content.decode()
    assert "HTTP 500" in admin.get(f"/house/outside/hooks/{row.id}/").content.decode()
    admin.post(f"/house/outside/hooks/{row.id}/again/")
    assert Delivery.objects.get().state == "waiting"


@pytest.mark.parametrize("vendor", sorted(accounts.CHANNELS))
def test_every_channel_has_a_form_that_says_what_is_missing(admin: Client, vendor: str) -> None:
    where = f"/house/outside/in/{vendor}/"
    assert admin.get(where).status_code == 200
    assert admin.post(where, {}).status_code == 422
    filled = dict.fromkeys(accounts.CHANNELS[vendor].asked, "x" * 43) | {"name": "接入"}
    page = admin.post(where, filled).content.decode()
    assert shown(page, "address").endswith(f"/api/hooks/{Account.objects.get().key}")


def test_the_telephone_rings_on_the_desk_and_the_form_knows_the_number(
    house: House, admin: Client
) -> None:
    make_case(house)  # 王小明, 13800001234
    house["接待"].phone = "8001"
    house["接待"].save()
    admin.post("/house/outside/in/call/", {"name": "电话"})
    told = Ringing("c1", "ringing", "13800001234", "8001")
    call = ringing.note(Account.objects.get(), told, now())
    reception = signed_in(house["接待"])
    page = reception.get("/calls/now/").content.decode()
    assert "王小明" in page
    assert "13800001234" not in page
    assert (
        'value="13800001234"' in reception.get(f"{reverse('call')}?call={call.id}").content.decode()
    )
    assert "王小明" not in signed_in(house["甲"]).get("/calls/now/").content.decode()
    other = signed_in(house["甲"]).get(f"{reverse('call')}?call={call.id}").content.decode()
    assert "13800001234" not in other


def test_the_own_dates_come_into_the_calendar_without_a_name(house: House) -> None:
    case = make_case(house, by="甲", at=now())
    due = now() + timedelta(days=1)
    promise.promise(case, house.actor("甲"), now(), content="给王小明回电", due_at=due)
    browser = signed_in(house["甲"])
    address = shown(browser.post("/account/dates/", {"do": "open"}).content.decode(), "address")
    path = address.removeprefix("http://testserver")
    answer = Client().get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert {str(one["summary"]) for one in events} >= {f"承诺到期 {case.number}"}
    assert "王小明" not in answer.content.decode()
    newer = shown(browser.post("/account/dates/", {"do": "open"}).content.decode(), "address")
    assert Client().get(path).status_code == 404  # the old address has ended
    browser.post("/account/dates/", {"do": "close"})
    assert Client().get(newer.removeprefix("http://testserver")).status_code == 404
