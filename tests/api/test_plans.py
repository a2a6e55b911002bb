"""Plans and offers by programs; how far we go is for those who negotiate alone (HA-6, PL-4)."""

from datetime import timedelta

from django.utils.timezone import now

from factories import House, accepted, fresh
from programs import Program, program
from tingsu.cases.actions.bottom_line import set_line
from tingsu.cases.models import BottomLine, Case, Offer, RemedyPlan

PLAN = {
    "name": "赔付并道歉", "situations": ["cpl.fraud"], "facts": {"price": "120"},
    "gifts": [{"gives": "apology", "fen": 0, "words": "经理当面道歉"}], "own_cost": 3000,
    "own_cost_for": "快递", "feasible": "easy", "weighed": {"benefit": "快"},
}  # fmt: skip


def seen(caller: Program, case: Case) -> str:
    """The version that the caller sees."""
    return str(caller.get(f"/cases/{case.id}")["ETag"])


def test_made_offered_answered(handler: Program, case: Case, house: House) -> None:
    accepted(case, house)
    here = f"/cases/{case.id}"
    assert handler.post(f"{here}/plan", PLAN).status_code == 200
    row = RemedyPlan.objects.get()
    told = handler.get(f"{here}/plans").json()
    assert told["plans"][0]["sums"] == [{"currency": "CNY", "worth": 50_000, "cost": 53_000}]
    until = (now() + timedelta(days=2)).isoformat(timespec="seconds")
    given = {"plan_id": str(row.id), "expires_at": until}
    assert handler.post(f"{here}/offer", given, If_Match=seen(handler, case)).status_code == 200
    offer = Offer.objects.get()
    said = {"offer_id": str(offer.id), "answer": "accepted", "way": "phone"}
    answer = handler.post(f"{here}/offer-answer", said, If_Match=seen(handler, case))
    assert (answer.status_code, answer.json()["state"]) == (200, "executing")
    told = handler.get(f"{here}/plans").json()
    assert (told["plans"][0]["state"], told["offers"][0]["state"]) == ("accepted", "accepted")
    assert fresh(case).owed_open == 2


def test_what_is_wrong_is_said(handler: Program, case: Case) -> None:
    answer = handler.post(f"/cases/{case.id}/plan", PLAN | {"name": ""})
    assert answer.status_code == 422
    assert not RemedyPlan.objects.exists()


def test_the_line_is_for_those_who_negotiate(case: Case, house: House) -> None:
    set_line(case, house.actor("甲"), now(), most=9_753_186, words="梅花鹿不让")
    here = f"/cases/{case.id}"
    owner = program(house["甲"]).get(f"{here}/plan-line").json()
    assert (owner["most"], owner["words"]) == (9_753_186, "梅花鹿不让")
    for name in ("乙", "接待", "督查", "被投诉", "审计", "管理员"):
        caller = program(house[name])
        assert caller.get(f"{here}/plan-line").status_code in (403, 404)
        assert caller.post(f"{here}/plan-line", {"most": 1}).status_code in (403, 404)
        for part in ("", "/plans", "/timeline", "/remedies"):
            content = caller.get(f"{here}{part}").content.decode()
            assert "9753186" not in content
            assert "梅花鹿" not in content
    assert BottomLine.objects.get().most == "9753186"
