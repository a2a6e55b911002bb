"""The caller is recognised; the same matter is not registered twice unseen (IN-3, IN-8, HA-2)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localtime, now

from factories import House, fresh, kinds, make_case, make_outsider, signed_in
from tingsu.cases.actions.close import end
from tingsu.cases.actions.promise import promise
from tingsu.cases.models import Case, Link, Party, Promise
from tingsu.core.lifecycle import Move

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
Made = Callable[[Any], Case]
PHONE = "13800001234"


@pytest.fixture
def earlier(house: House) -> Case:
    """王小明's open complaint of today, 甲's."""
    return make_case(house, by="甲", at=now() - timedelta(hours=2), phone=PHONE)


def asked(house: House, by: str = "甲", **told: str) -> str:
    answer = signed_in(house[by]).post("/new/recognise/", told)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "typed", ["13800001234", "138 0000 1234", "+86 138-0000-1234", "１３８００００１２３４"]
)
def test_a_number_is_recognised_however_it_is_written(
    typed: str, house: House, earlier: Case
) -> None:
    page = asked(house, phone=typed)
    assert "王小明" in page
    assert earlier.title in page
    assert "138****1234" in page
    assert PHONE not in page


@pytest.mark.parametrize(
    "phone", ["12345", "400-800-1234", "010-65001234 转 801", "8001", "+85221234567"]
)
def test_odd_numbers_are_kept_and_recognised(
    phone: str, house: House, send: Send, made: Made
) -> None:
    case = made(send(phone=phone, name="王小明"))
    assert case.party is not None
    assert case.party.phone == phone
    assert "王小明" in asked(house, phone=phone)


def test_a_mail_address_is_recognised(house: House) -> None:
    make_case(house, by="甲", at=now(), phone="", email="wang@example.com")
    assert "王小明" in asked(house, email="Wang@Example.com")


def test_promises_that_are_owed_stand_in_the_panel(house: House, earlier: Case) -> None:
    due = now() + timedelta(hours=1)
    promise(earlier, house.actor("甲"), now(), content="一小时内回电", due_at=due)
    assert "一小时内回电" in asked(house, phone=PHONE)


def test_another_house_is_not_recognised(house: House) -> None:
    make_case(make_outsider(), at=now(), phone=PHONE)
    page = asked(house, phone=PHONE)
    assert "王小明" not in page
    assert "第一次来投诉" in page


def test_a_number_never_stands_in_an_address(house: House) -> None:
    assert signed_in(house["甲"]).get("/new/recognise/?phone=1").status_code == 405


def test_a_case_out_of_reach_is_named_and_not_opened(house: House, earlier: Case) -> None:
    page = asked(house, by="乙", phone=PHONE)
    assert earlier.title in page
    assert str(earlier.id) in page  # as a choice: it can be tied
    assert f"/cases/{earlier.id}/" not in page


def test_before_saving_it_is_asked_whether_it_is_the_same(send: Send, earlier: Case) -> None:
    answer = send(phone=PHONE)
    assert answer.status_code == 422
    assert "是不是同一件事" in answer.content.decode()
    assert Case.objects.count() == 1


def test_another_matter_is_said_once(send: Send, made: Made, earlier: Case) -> None:
    case = made(send(phone=PHONE, same="new"))
    assert kinds(case) == ["received", "told_apart"]
    assert case.party_id == earlier.party_id


def test_the_same_matter_goes_into_the_open_case(
    house: House, send: Send, made: Made, earlier: Case
) -> None:
    due = localtime(now() + timedelta(hours=3))
    told = {"promise": "晚上回电", "promise_due": f"{due:%Y-%m-%dT%H:%M}"}
    case = made(send(phone=PHONE, same=f"merge:{earlier.id}", **told))
    assert case.state == "merged"
    assert case.merged_into_id == earlier.id
    assert Promise.objects.get().case_id == earlier.id
    page = signed_in(house["甲"]).get(f"/new/done/{case.id}/").content.decode()
    assert earlier.number in page


def test_a_related_one_is_linked(send: Send, made: Made, earlier: Case) -> None:
    case = made(send(phone=PHONE, same=f"related:{earlier.id}"))
    assert Link.objects.get().kind == "related"
    assert fresh(case).open


def test_a_complaint_after_the_end_counts_as_a_repeat(
    house: House, send: Send, made: Made, earlier: Case
) -> None:
    end(earlier, house.actor("甲"), now(), move=Move.WITHDRAW, reason="客户撤回")
    made(send(phone=PHONE, same=f"repeat:{earlier.id}"))
    assert Link.objects.get().kind == "repeat"


def test_old_ended_cases_are_not_asked_about(house: House, send: Send, made: Made) -> None:
    old = make_case(house, by="甲", at=now() - timedelta(days=100), phone=PHONE)
    then = now() - timedelta(days=99)
    end(old, house.actor("甲"), then, move=Move.WITHDRAW, reason="客户撤回")
    made(send(phone=PHONE))


def test_reception_ties_and_does_not_merge(house: House, send: Send, earlier: Case) -> None:
    assert f"merge:{earlier.id}" not in asked(house, by="接待", phone=PHONE)
    refused = send(by="接待", phone=PHONE, same=f"merge:{earlier.id}")
    assert refused.status_code == 422
    assert fresh(earlier).version == earlier.version


def test_a_case_that_was_not_offered_cannot_be_tied(house: House, send: Send) -> None:
    other = make_case(make_outsider(), at=now(), phone="13900000000")
    assert send(phone=PHONE, same=f"related:{other.id}").status_code == 422


def test_the_chosen_person_keeps_their_name(
    house: House, send: Send, made: Made, earlier: Case
) -> None:
    told = {"phone": PHONE, "same": "new", "party": str(earlier.party_id)}
    case = made(send(name="王先生", **told))
    assert case.party_id == earlier.party_id


def test_a_second_caller_of_the_household_is_somebody_else(
    send: Send, made: Made, earlier: Case
) -> None:
    refused = send(phone=PHONE, same="new", party="new")
    assert refused.status_code == 422
    assert "怎么称呼" in refused.content.decode()
    case = made(send(phone=PHONE, same="new", party="new", name="李梅"))
    assert case.party_id != earlier.party_id
    assert Party.objects.count() == 2


def test_what_a_known_person_tells_anew_fills_the_blanks(
    send: Send, made: Made, earlier: Case
) -> None:
    made(send(phone=PHONE, same="new", address="城东区 1 号", needs="听力不便"))
    party = Party.objects.get()
    assert (party.address, party.needs, party.name) == ("城东区 1 号", "听力不便", "王小明")


def test_recognising_costs_the_same_for_one_and_for_many(
    house: House, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_case(house, by="甲", at=now(), phone=PHONE, name=f"家人{number}")
    client = signed_in(house["甲"])
    client.post("/new/recognise/", {"phone": PHONE})
    with django_assert_max_num_queries(14):
        client.post("/new/recognise/", {"phone": PHONE})


def test_the_panel_works_without_scripts(house: House, earlier: Case) -> None:
    told = {"phone": PHONE, "narrative": "写到一半", "go": "look"}
    answer = signed_in(house["甲"]).post("/new/call/", told)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert earlier.title in page
    assert "写到一半" in page
    assert "data-form-errors" not in page


def test_a_call_begins_from_the_page_of_a_person(
    house: House, send: Send, made: Made, earlier: Case
) -> None:
    page = signed_in(house["甲"]).get(f"/new/call/?party={earlier.party_id}").content.decode()
    assert earlier.title in page
    assert PHONE not in page  # chosen, not looked at
    told = {"party": str(earlier.party_id), "same": "new"}
    refused = send(amount="很多", **told)
    assert PHONE not in refused.content.decode()
    case = made(send(**told))
    assert case.party_id == earlier.party_id


def test_nobody_of_another_house_can_be_named(house: House) -> None:
    theirs = make_case(make_outsider(), by="甲", at=now())
    page = signed_in(house["甲"]).get(f"/new/call/?party={theirs.party_id}").content.decode()
    assert theirs.title not in page
