"""Finding a case again by number and code; guesses lead nowhere and are counted (IN-7)."""

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from factories import House, make_case, make_outsider
from tingsu.cases.codes import code_of
from tingsu.cases.models import Case
from tingsu.people import limits as counting
from tingsu.web import limits

from .conftest import followed, open_case, words

pytestmark = pytest.mark.django_db
FIND = "/o/yunfan/find/"


def look(client: Client, number: str, code: str) -> Any:
    return client.post(FIND, {"number": number, "code": code})


def test_number_and_code_open_the_page(stranger: Client, case: Case) -> None:
    address = open_case(stranger, case)
    page = stranger.get(address)
    assert case.number in words(page)
    assert code_of(case) not in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_both_are_read_as_people_type_them(stranger: Client, case: Case) -> None:
    number = f" {case.number.lower().replace('-', '—')} "
    code = code_of(case).replace("-", " ").lower()
    assert look(stranger, number, code).status_code == 303
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in case.number)
    assert look(Client(), wide, code_of(case)).status_code == 303


def test_a_miss_never_tells_which_of_the_two_missed(stranger: Client, case: Case) -> None:
    wrong_code = look(stranger, case.number, "AAAAA-AAAAA")
    wrong_number = look(stranger, "TS-20200101-9999", code_of(case))
    assert wrong_code.status_code == wrong_number.status_code == 422
    assert "编号和查询码对不上" in words(wrong_code)
    assert words(wrong_code) == words(wrong_number)  # but for what was typed
    assert not followed(stranger)


@pytest.mark.parametrize("code", ["查询码", "😡", "\x00", "é" * 500, "-"])
def test_odd_codes_are_only_wrong(stranger: Client, case: Case, code: str) -> None:
    assert look(stranger, case.number, code).status_code == 422
    assert look(stranger, code, code).status_code == 422


def test_empty_fields_are_asked_for(stranger: Client, house: House) -> None:
    answer = look(stranger, "", "")
    assert answer.status_code == 422
    assert "请填写回执上的编号" in words(answer)
    assert "请填写回执上的查询码" in words(answer)


def test_the_case_of_another_organisation_is_not_found_here(stranger: Client, house: House) -> None:
    there = make_case(make_outsider())
    assert look(stranger, there.number, code_of(there)).status_code == 422
    address = open_case(stranger, there)
    assert stranger.get(address.replace("mingzhou", "yunfan")).status_code == 303


def test_guessing_one_number_is_stopped_for_a_while(
    stranger: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "seconds", lambda: 1_800_000_000)
    for _ in range(limits.FIND_NUMBER.most):
        assert look(stranger, case.number, "AAAAA-AAAAA").status_code == 422
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    answer = look(elsewhere, case.number, code_of(case))
    assert answer.status_code == 429
    assert "再试" in words(answer)
    assert "400-000-0000" in words(answer)
    monkeypatch.setattr(counting, "seconds", lambda: 1_800_000_000 + limits.FIND.seconds)
    assert look(elsewhere, case.number, code_of(case)).status_code == 303


def test_guessing_many_numbers_is_stopped_by_address(
    stranger: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "seconds", lambda: 1_800_000_000)
    for n in range(limits.FIND.most):
        look(stranger, f"TS-20260101-{n:04d}", "AAAAA-AAAAA")
    assert look(stranger, case.number, code_of(case)).status_code == 429
    assert look(Client(REMOTE_ADDR="203.0.113.9"), case.number, code_of(case)).status_code == 303


def test_right_look_ups_are_not_counted(stranger: Client, case: Case) -> None:
    for _ in range(limits.FIND_NUMBER.most + 2):
        open_case(stranger, case)


def test_a_wrong_link_leads_to_the_form_and_into_no_log(
    stranger: Client, case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    for slug, number in (("yunfan", case.number), ("yunfan", "x"), ("nobody", case.number)):
        answer = stranger.get(f"/o/{slug}/open/{number}/AAAAA-AAAAA/")
        assert answer.status_code == 303
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "AAAAA" not in answer["Location"]
    assert not caplog.records
    assert "这个链接打不开" in words(stranger.get(f"{FIND}?link=1"))


def test_links_are_counted_like_the_form(
    stranger: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "seconds", lambda: 1_800_000_000)
    for _ in range(limits.FIND_NUMBER.most):
        stranger.get(f"/o/yunfan/open/{case.number}/AAAAA-AAAAA/")
    answer = stranger.get(f"/o/yunfan/open/{case.number}/{code_of(case)}/")
    assert answer["Location"] == f"{FIND}?link=1"


def test_leaving_ends_the_access(stranger: Client, case: Case) -> None:
    address = open_case(stranger, case)
    assert stranger.get("/o/yunfan/leave/").status_code == 405
    stranger.post("/o/yunfan/leave/")
    assert stranger.get(address)["Location"] == f"{FIND}?again=1"


def test_a_void_code_ends_the_access_it_gave(stranger: Client, case: Case) -> None:
    address = open_case(stranger, case)
    Case.objects.filter(id=case.id).update(code_round=2)
    assert stranger.get(address).status_code == 303


def test_a_forged_cookie_opens_nothing(stranger: Client, case: Case) -> None:
    address = open_case(stranger, case)
    value = stranger.cookies["followed"].value
    stranger.cookies["followed"] = f"{value[:-2]}AA"
    assert stranger.get(address).status_code == 303


def test_one_browser_follows_several_cases(stranger: Client, house: House, case: Case) -> None:
    second = make_case(house, narrative="第二件")
    addresses = [open_case(stranger, one) for one in (case, second)]
    assert [stranger.get(one).status_code for one in addresses] == [200, 200]


def test_addresses_are_counted_by_household() -> None:
    asked = HttpRequest()
    asked.META = {"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}
    assert limits.address_of(asked) == "2001:db8:1:2::/64"


def test_behind_our_proxy_the_customer_counts_not_the_proxy(settings: Any) -> None:
    settings.BEHIND_TLS = True

    asked = HttpRequest()
    asked.META = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 198.51.100.7"}
    assert limits.address_of(asked) == "198.51.100.7"
