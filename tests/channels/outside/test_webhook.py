"""Webhooks: each entry once, signed, tried again, dead in sight, replayed; never to the inside."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils.timezone import now

from counterpart import Counterpart
from factories import House, make_case, make_outsider
from tingsu.cases.actions import note
from tingsu.cases.models import Event
from tingsu.channels import outgoing, signing
from tingsu.channels.models import Delivery, Subscription
from tingsu.channels.webhook import ledger, subscriptions
from tingsu.people.errors import Invalid
from tingsu.people.permission import Forbidden


def subscribe(house: House, url: str, **typed: Any) -> tuple[Subscription, str]:
    told = {"kind": "webhook", "name": "数据平台", "url": url, **typed}
    return subscriptions.add(house.who("管理员"), told, now())


def test_what_happens_is_told_once_and_signed(house: House, other: Counterpart) -> None:
    make_case(house)  # before the subscription: not told
    row, secret = subscribe(house, f"{other.url}/hook")
    case = make_case(house, by="甲")
    note.note(case, house.actor("甲"), now(), text="身份证号 110101199003070000")
    for _ in range(3):
        ledger.sweep(now())
    events = Event.objects.filter(case=case).order_by("seq")
    assert [one.json["id"] for one in other.got] == [str(one.id) for one in events]
    first = other.got[0]
    assert first.headers["content-type"].startswith("application/cloudevents+json")
    assert signing.holds(secret, first.headers, first.body, int(now().timestamp()))
    assert not signing.holds(secret, first.headers, first.body + b" ", int(now().timestamp()))
    assert not signing.holds(secret, first.headers, first.body, int(now().timestamp()) + 999)
    told = first.json
    assert (told["specversion"], told["type"], told["subject"]) == (
        "1.0", "tingsu.case.received", str(case.id),
    )  # fmt: skip
    assert all(b"11010119" not in one.body and b"text" not in one.body for one in other.got)
    assert Delivery.objects.filter(subscription=row, state="sent").count() == events.count()


def test_words_are_told_only_where_they_were_chosen(house: House, other: Counterpart) -> None:
    subscribe(house, other.url, with_text=True, kinds=["note"])
    case = make_case(house, by="甲")
    note.note(case, house.actor("甲"), now(), text="问过物业")
    ledger.sweep(now())
    assert [one.json["data"]["text"] for one in other.got] == ["问过物业"]


def test_a_late_commit_with_an_early_id_is_not_missed(house: House, other: Counterpart) -> None:
    row, _secret = subscribe(house, other.url)
    case = make_case(house, by="甲")
    ledger.sweep(now())
    Delivery.objects.filter(event_id=case.events.all()[0].id).delete()  # as if not yet seen
    ledger.sweep(now())
    assert len(other.got) == case.version + 1
    assert Delivery.objects.filter(subscription=row).count() == case.version


def test_no_answer_is_tried_again_and_dies_in_sight(house: House, other: Counterpart) -> None:
    other.answers = [(500, {})]
    row, _secret = subscribe(house, other.url, kinds=["received"])
    make_case(house)
    at = now()
    ledger.sweep(at)
    due = [Delivery.objects.get().next_at]
    for _ in range(len(ledger.PAUSES)):
        at = Delivery.objects.get().next_at
        ledger.send(at)
        due.append(Delivery.objects.get().next_at)
    one = Delivery.objects.get()
    assert (one.state, one.error, one.attempts) == ("dead", "HTTP 500", len(ledger.PAUSES) + 1)
    gaps = [later - sooner for sooner, later in pairwise(due[:-1])]
    assert gaps == sorted(gaps)
    admin = house.who("管理员")
    assert subscriptions.dead(admin, row) == [one]
    other.answers = [(204, {})]
    assert subscriptions.replay(admin, row, None, at) == 1
    ledger.send(at)
    assert Delivery.objects.get().state == "sent"


def test_one_that_is_silent_keeps_no_other_waiting(house: House, other: Counterpart) -> None:
    subscribe(house, f"{other.url}/a", kinds=["received"], name="甲方")
    other.answers = [(503, {})]
    for _ in range(3):
        make_case(house)
    ledger.sweep(now())
    assert len(other.got) == 1  # the rest wait for its pause
    assert not ledger.send(now())


def test_strangers_are_told_nothing_of_us(house: House, other: Counterpart) -> None:
    outsider = make_outsider()
    subscribe(outsider, other.url)
    make_case(house)
    ledger.sweep(now())
    assert other.got == []


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/x", "http://localhost:8000/", "https://10.1.2.3/", "https://[::1]/",
     "https://169.254.169.254/latest", "https://[::ffff:127.0.0.1]/", "https://0.0.0.0/",
     "file:///etc/passwd", "https://user@example.com/", "ftp://example.com", "x", "https://",
     "https://192.168.1.1:99999/"],
)  # fmt: skip
def test_nobody_makes_us_knock_at_our_own_doors(house: House, url: str) -> None:
    with pytest.raises(outgoing.Unreachable):
        outgoing.check(url)
    with pytest.raises(Invalid):
        subscribe(house, url)


def test_a_stopped_one_goes_on_where_it_was(house: House, other: Counterpart) -> None:
    row, _secret = subscribe(house, other.url, kinds=["received"])
    admin = house.who("管理员")
    subscriptions.switch(admin, row, on=False)
    make_case(house)
    ledger.sweep(now())
    assert other.got == []
    subscriptions.switch(admin, row, on=True)
    ledger.sweep(now())
    assert len(other.got) == 1


def test_only_administrators_subscribe(house: House) -> None:
    with pytest.raises(Forbidden):
        subscriptions.subscriptions(house.who("甲"))


def test_a_robot_is_signed_as_its_vendor_asks(house: House, other: Counterpart) -> None:
    url = f"{other.url}/robot/send?access_token=abc"
    subscribe(house, url, kind="dingtalk", secret="SECx", kinds=["received"])
    case = make_case(house)
    ledger.sweep(now())
    (sent,) = other.got
    assert "&timestamp=" in sent.path
    assert "&sign=" in sent.path
    assert sent.json == {"msgtype": "text", "text": {"content": f"{case.number} 收到新投诉"}}
    other.answers = [(200, {"errcode": 310000})]
    make_case(house)
    ledger.sweep(now() + timedelta(seconds=1))
    assert Delivery.objects.get(state="waiting").error == "errcode 310000"
