"""What every operation promises: whose token, which version, which error, how often (PL-4)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now

from factories import House, fresh, kinds, make_case, make_outsider
from programs import Program, program, secret_of
from tingsu.cases.models import Case, Event
from tingsu.people import admin, tokens
from tingsu.people.errors import Invalid
from tingsu.people.models import HouseChange, Organisation, Token, User
from tingsu.people.permission import NotThere

STORY = {"channel": "phone", "narrative": "电梯又停了，没有人来修。", "name": "赵一"}


def test_without_a_token_nothing_is_told(case: Case) -> None:
    answer = program().get(f"/cases/{case.id}")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "no_token"


def test_errors_speak_the_language_of_the_caller(case: Case) -> None:
    bare = Program().client.get(f"/api/v1/cases/{case.id}", headers={"Accept-Language": "en"})
    assert bare.json()["detail"].startswith("Please send a valid token")


def test_the_secret_is_shown_once_and_kept_as_a_digest(house: House) -> None:
    secret = secret_of(house["甲"])
    row = Token.objects.get()
    assert secret.startswith("tingsu_")
    assert row.prefix == secret[:12]
    assert secret not in str(vars(row))
    assert HouseChange.objects.filter(kind="api_token_made").count() == 1


def test_a_token_may_no_more_than_its_scopes(house: House, case: Case) -> None:
    reader = program(house["甲"], {"read"})
    assert reader.get(f"/cases/{case.id}").status_code == 200
    answer = reader.post(f"/cases/{case.id}/note", {"text": "看过"})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_a_token_asks_only_for_rights_of_its_member(house: House) -> None:
    with pytest.raises(Invalid):
        secret_of(house["审计"], scopes={"handle"})


def test_what_the_member_loses_the_token_loses(house: House, case: Case) -> None:
    caller = program(house["甲"])
    house["甲"].roles = ["inspector"]
    house["甲"].save()
    assert caller.post(f"/cases/{case.id}/take", None, If_Match="*").status_code == 403


@pytest.mark.parametrize(
    "how", ["revoked", "over", "member off", "house off", "account off", "new password"]
)
def test_a_token_that_ended_opens_nothing(house: House, case: Case, how: str) -> None:
    caller = program(house["甲"])
    if how == "revoked":
        tokens.revoke(house.who("甲"), Token.objects.get().id, now())
    elif how == "over":
        Token.objects.update(expires_at=now() - timedelta(seconds=1))
    elif how == "member off":
        house["甲"].active = False
        house["甲"].save()
    elif how == "house off":
        Organisation.objects.update(active=False)
    elif how == "account off":
        User.objects.filter(id=house["甲"].user_id).update(is_active=False)
    else:
        admin.new_password(house.who("管理员"), house["甲"], now())
    assert caller.get(f"/cases/{case.id}").status_code == 401


def test_a_colleague_cannot_stop_it_but_the_administrator_can(house: House) -> None:
    secret_of(house["甲"])
    row = Token.objects.get()
    with pytest.raises(NotThere):
        tokens.revoke(house.who("乙"), row.id, now())
    assert tokens.revoke(house.who("管理员"), row.id, now()).revoked_at


def test_a_token_lasts_a_year_at_most(house: House) -> None:
    who = house.who("甲")
    with pytest.raises(Invalid):
        tokens.make(
            who, name="x", scopes=["read"], expires_on=localdate() + timedelta(days=400), at=now()
        )


def test_strangers_find_nothing(house: House, case: Case) -> None:
    assert program(make_outsider()["甲"]).get(f"/cases/{case.id}").status_code == 404
    assert program(house["乙"]).get(f"/cases/{case.id}").status_code == 404


def test_nowhere_is_a_problem_too(handler: Program) -> None:
    for path in ("/nothing", "/cases/x", "/cases/x/note"):
        answer = handler.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_body_that_is_no_json(handler: Program, case: Case) -> None:
    answer = handler.client.post(
        f"/api/v1/cases/{case.id}/note",
        "{text",
        "application/json",
        headers={"Authorization": f"Bearer {handler.secret}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


@pytest.mark.parametrize(
    ("told", "field"),
    [({}, "text"), ({"text": 5}, "text"), ({"text": "好", "txt": "x"}, "txt"),
     ({"text": ""}, "text"), ({"text": "\0"}, "text"), ({"text": "\ud800"}, "text")],
)  # fmt: skip
def test_each_wrong_field_is_named(
    handler: Program, case: Case, told: dict[str, Any], field: str
) -> None:
    answer = handler.post(f"/cases/{case.id}/note", told)
    assert answer.status_code == 422
    assert [(one["place"], one["field"]) for one in answer.json()["errors"]] == [("body", field)]


def test_the_same_key_writes_once(handler: Program, case: Case) -> None:
    first = handler.post(f"/cases/{case.id}/note", {"text": "问过物业"}, Idempotency_Key="n-1")
    again = handler.post(f"/cases/{case.id}/note", {"text": "问过物业"}, Idempotency_Key="n-1")
    assert [first.json()["repeated"], again.json()["repeated"]] == [False, True]
    assert kinds(case).count("note") == 1


def test_another_members_key_is_another_key(house: House, handler: Program, case: Case) -> None:
    handler.post(f"/cases/{case.id}/note", {"text": "甲说"}, Idempotency_Key="1")
    program(house["主管"]).post(f"/cases/{case.id}/note", {"text": "主管说"}, Idempotency_Key="1")
    assert kinds(case).count("note") == 2


def test_a_step_says_which_version_was_seen(handler: Program, case: Case) -> None:
    told = {"text": "您好，我们正在查。"}
    assert handler.post(f"/cases/{case.id}/reply", told).status_code == 428
    seen = handler.get(f"/cases/{case.id}")
    assert seen["ETag"] == f'"{fresh(case).version}"'
    handler.post(
        f"/cases/{case.id}/contact", {"channel": "phone", "direction": "out", "text": "通了"}
    )
    late = handler.post(f"/cases/{case.id}/reply", told, If_Match=seen["ETag"])
    assert late.status_code == 412
    assert [one["kind"] for one in late.json()["changes"]] == ["contact"]
    now_seen = handler.get(f"/cases/{case.id}")["ETag"]
    assert handler.post(f"/cases/{case.id}/reply", told, If_Match=now_seen).status_code == 200


def test_receiving_is_harmless_when_repeated(handler: Program) -> None:
    assert handler.post("/cases", STORY).status_code == 422
    first = handler.post("/cases", STORY, Idempotency_Key="call-77")
    again = handler.post("/cases", STORY, Idempotency_Key="call-77")
    assert [first.status_code, again.status_code] == [201, 200]
    assert first.json()["number"] == again.json()["number"]
    assert Case.objects.count() == 1
    other = handler.post("/cases", STORY | {"narrative": "另一件事"}, Idempotency_Key="call-77")
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"channel": "pigeon"}, "channel"), ({"pack": "nowhere"}, "pack"),
     ({"category": "x"}, "category"), ({"amount": -1}, "amount"), ({"anger": 9}, "anger"),
     ({"happened_at": "2026-11-21"}, "happened_at"), ({"narrative": " "}, "narrative"),
     ({"channel": "visit"}, "room")],
)  # fmt: skip
def test_what_cannot_be_received_is_named(handler: Program, wrong: Any, field: str) -> None:
    answer = handler.post("/cases", STORY | wrong, Idempotency_Key="k")
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_too_many_requests_wait(house: House, case: Case, settings: Any) -> None:
    settings.API_PER_MINUTE = 3
    caller = program(house["甲"])
    answers = [caller.get(f"/cases/{case.id}") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_pages_follow_each_other(house: House, handler: Program) -> None:
    made = {make_case(house, by="甲").number for _ in range(5)}
    first = handler.get("/cases", limit=3).json()
    second = handler.get("/cases", limit=3, after=first["following"]).json()
    assert {one["number"] for page in (first, second) for one in page["cases"]} == made
    assert second["following"] is None
    for wrong in ("x", first["following"] + "x"):
        assert handler.get("/cases", after=wrong).status_code == 422
    assert handler.get("/cases", queue="mine", after=first["following"]).status_code == 422


def test_search_finds_by_words_and_by_number(handler: Program, case: Case) -> None:
    for words in ("老人被困", "13800001234", case.number):
        found = handler.get("/cases", q=words).json()["cases"]
        assert [one["number"] for one in found] == [case.number]


def test_those_who_do_not_talk_with_customers_read_it_masked(house: House, case: Case) -> None:
    seen = program(house["审计"]).get(f"/cases/{case.id}").json()
    assert seen["party"]["name"] != "王小明"
    assert seen["complainant"] != "王小明"
    told = program(house["甲"]).get(f"/cases/{case.id}").json()
    assert (told["complainant"], told["party"]["phone"]) == ("王小明", "138****1234")


def test_a_look_is_on_record_before_it_is_shown(handler: Program, case: Case) -> None:
    answer = handler.post(f"/cases/{case.id}/look", {"fields": ["phone"], "reason": "回电"})
    assert answer.json()["values"] == {"phone": "13800001234"}
    entry = Event.objects.get(case=case, kind="looked")
    assert (entry.data, entry.text) == ({"fields": ["phone"]}, "回电")


def test_a_filter_with_a_typo_is_refused(handler: Program) -> None:
    answer = handler.get("/cases", stat="closed")
    assert [(one["place"], one["field"]) for one in answer.json()["errors"]] == [("query", "stat")]
