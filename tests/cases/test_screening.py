"""First review on a real case: what the file answers, what is concluded, what follows (SC-1)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from factories import House, fresh, kinds, make_case
from tingsu.cases.actions import close, link, move, screen
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Event, Joined, Party, Screening
from tingsu.cases.queries import screening
from tingsu.core.lifecycle import Move, State
from tingsu.core.screening import Answer, Outcome

RECEIVED = datetime(2026, 9, 21, 4, 0, tzinfo=UTC)


@pytest.fixture
def authority(house: House) -> House:
    """A market regulator and tourism authority in one."""
    house.organisation.kind = "authority"
    house.organisation.packs = ["general", "tourism", "telecom"]
    house.organisation.save()
    return house


def case_in(house: House, pack: str, **facts: Any) -> Case:
    return make_case(house, by="甲", at=RECEIVED, pack=pack, channel="phone", **facts)


def met(case: Case, **others: Any) -> dict[str, Any]:
    """Everything met, but for what is said otherwise."""
    items = screening.checklist(case).items
    return {item.code: {"answer": "yes"} for item in items} | others


def conclude(house: House, case: Case, outcome: Outcome, **others: Any) -> Screening:
    screen.conclude(
        case, house.actor("甲"), now(), answers=met(case, **others), outcome=outcome, note="已核"
    )
    return Screening.objects.get(case=case)


def answers(case: Case, **told: Any) -> dict[str, tuple[str, str]]:
    found = screening.review(case, told).found
    return {one.check.item.code: (one.found.answer.value, one.found.fact) for one in found}


def test_the_file_answers_what_it_can(authority: House) -> None:
    case = case_in(authority, "tourism", respondent_unit="明州旅行社", request="退门票")
    found = answers(case)
    assert found["tour.respondent"] == ("yes", "respondent")
    assert found["tour.request"] == ("yes", "request")
    assert found["tour.form"] == ("yes", "form")
    assert found["tour.power"] == ("unknown", "")


def test_a_gap_asks_and_never_refuses(authority: House) -> None:
    case = case_in(authority, "tourism", name="", phone="")
    found = screening.review(case, {"tour.power": {"answer": "yes"}})
    assert found.proposal.outcome is Outcome.COMPLETE
    assert Outcome.REFUSE not in found.choices
    general = case_in(authority, "general", name="", phone="")
    assert answers(general)["material"] == ("unknown", "no_contact")


@pytest.mark.parametrize(
    ("pack", "code", "on", "counted"),
    [
        ("tourism", "tour.in_time", date(2026, 6, 23), ("yes", "2026-09-21")),
        ("tourism", "tour.in_time", date(2026, 6, 18), ("no", "2026-09-16")),
        ("general", "in_time", date(2023, 9, 21), ("yes", "2026-09-21")),
        ("general", "in_time", date(2023, 9, 18), ("no", "2026-09-18")),
        ("telecom", "tel.in_time", date(2024, 9, 21), ("yes", "2026-09-21")),
        ("telecom", "tel.in_time", date(2024, 9, 1), ("no", "2026-09-01")),
    ],
)
def test_the_time_bar_is_counted_from_the_day_that_a_person_gives(
    authority: House, pack: str, code: str, on: date, counted: tuple[str, str]
) -> None:
    case = case_in(authority, pack)
    found = screening.review(case, {code: {"on": on}}).found
    one = next(one for one in found if one.check.item.code == code)
    assert (one.found.answer.value, one.found.value) == counted


def test_fees_are_barred_after_five_months(authority: House) -> None:
    case = case_in(authority, "telecom")
    case.variants = ["fees"]
    told = {"tel.in_time": {"on": date(2026, 4, 1)}}
    assert screening.review(case, told).proposal.outcome is Outcome.REFUSE
    case.variants = []
    assert screening.review(case, told).proposal.outcome is not Outcome.REFUSE


def test_the_day_in_the_file_alone_refuses_nothing(authority: House) -> None:
    case = case_in(authority, "tourism", happened_at=RECEIVED - timedelta(days=300))
    assert answers(case)["tour.in_time"] == ("unknown", "out_of_time")


def test_a_conclusion_is_kept_with_its_grounds(authority: House) -> None:
    case = case_in(authority, "tourism")
    row = conclude(authority, case, Outcome.REFUSE, **{"tour.court": {"answer": "no"}})
    assert (row.outcome, row.proposed, row.grounds) == ("refuse", "refuse", ["tour.court"])
    entry = Event.objects.filter(case=case).order_by("seq").last()
    assert entry is not None
    assert (entry.kind, entry.text, entry.data["grounds"]) == ("screened", "已核", ["tour.court"])
    assert "人民法院已经受理" in screening.reasons(case, row)
    assert "向人民法院提起诉讼" in screening.with_routes(case, "理由")


@pytest.mark.parametrize("outcome", [Outcome.ACCEPT, Outcome.COMPLETE, Outcome.TRANSFER])
def test_nothing_goes_against_a_ground_of_refusal(authority: House, outcome: Outcome) -> None:
    case = case_in(authority, "tourism")
    with pytest.raises(Invalid):
        conclude(authority, case, outcome, **{"tour.scope": {"answer": "no"}})
    assert not Screening.objects.exists()


def test_nothing_is_refused_without_a_ground(authority: House) -> None:
    with pytest.raises(Invalid):
        conclude(authority, case_in(authority, "tourism"), Outcome.REFUSE)


def test_order_121_hands_nothing_over(authority: House) -> None:
    case = case_in(authority, "general")
    by, at = authority.actor("丁"), now()
    with pytest.raises(Refusal) as refused:
        close.end(case, by, at, move=Move.TRANSFER, reason="不归我们管", unit="城管局")
    assert refused.value.code == "no_such_outcome"
    with pytest.raises(Refusal):
        move.ask_complete(case, by, at, missing="合同", due_at=at + timedelta(days=3))


def test_where_the_list_is_demanded_nothing_is_decided_before(authority: House) -> None:
    case = case_in(authority, "tourism")
    assert screening.demanded(case)
    with pytest.raises(Refusal) as refused:
        move.move(case, authority.actor("甲"), now(), to=Move.ACCEPT)
    assert refused.value.code == "screening_first"
    conclude(authority, case, Outcome.COMPLETE, **{"tour.evidence": {"answer": "no"}})
    assert not screening.demanded(fresh(case))
    with pytest.raises(Refusal) as refused:
        move.move(fresh(case), authority.actor("甲"), now(), to=Move.ACCEPT)
    assert refused.value.code == "screened_otherwise"


def test_the_step_that_follows_tells_its_review(authority: House) -> None:
    case = case_in(authority, "general")
    row = conclude(authority, case, Outcome.REFUSE, consumer={"answer": "no"})
    close.end(case, authority.actor("丁"), now(), move=Move.REFUSE, reason="不是生活消费")
    entry = Event.objects.filter(case=case, kind="moved").latest("seq")
    assert entry.data["screening"] == str(row.id)
    assert entry.data["grounds"] == ["consumer"]
    assert fresh(case).state == State.REFUSED


def test_where_it_is_not_demanded_skipping_is_on_record(house: House) -> None:
    case = make_case(house, by="甲", at=now())
    move.move(case, house.actor("甲"), now(), to=Move.ACCEPT)
    entry = Event.objects.get(case=case, kind="moved")
    assert entry.data["checklist"] == "skipped"


def test_after_acceptance_there_is_no_first_review(house: House) -> None:
    case = make_case(house, by="甲", at=now())
    move.move(case, house.actor("甲"), now(), to=Move.ACCEPT)
    with pytest.raises(Refusal):
        conclude(house, case, Outcome.ACCEPT)


def test_a_repeat_is_shown_and_refuses_nothing(authority: House) -> None:
    before, case = case_in(authority, "general"), case_in(authority, "general")
    link.link(case, authority.actor("甲"), now(), other=before, kind="repeat")
    assert answers(case)["again"] == ("unknown", "repeats")
    found = screening.review(case, met(case, again={"answer": "no"}))
    assert found.proposal.outcome is Outcome.ACCEPT


def test_four_who_complain_together_choose_who_speaks(authority: House) -> None:
    case = case_in(authority, "tourism")
    by, at = authority.actor("甲"), now()
    for name in ("李一", "李二", "李三"):
        screen.join(case, by, at, name=name, phone="13900000000")
    assert fresh(case).people == 4
    assert answers(fresh(case))["speakers"] == ("no", "joint")
    first = Joined.objects.earliest("at", "id")
    screen.speaks(case, by, at, joined_id=first.id, yes=True)
    assert answers(fresh(case))["speakers"] == ("yes", "joint")
    screen.leave(case, by, at, joined_id=first.id)
    assert fresh(case).people == 3
    assert kinds(case)[-5:] == ["joined", "joined", "joined", "joined_speaks", "joined_left"]


def test_joint_complainants_are_sealed_and_no_name_is_in_the_timeline(house: House) -> None:
    case = make_case(house, by="甲", at=now())
    screen.join(case, house.actor("甲"), now(), name="李一", phone="13900000000")
    row = Joined.objects.select_related("party").get()
    assert row.party.name == "李一"
    stored = Party.objects.filter(id=row.party_id).values_list("name_sealed", flat=True)[0]
    assert stored is not None
    assert "李一".encode() not in bytes(stored)
    entry = Event.objects.get(case=case, kind="joined")
    assert "李一" not in f"{entry.text}{entry.data}"


def test_the_same_person_leaves_once(house: House) -> None:
    case = make_case(house, by="甲", at=now())
    screen.join(case, house.actor("甲"), now(), name="李一")
    row = Joined.objects.get()
    screen.leave(case, house.actor("甲"), now(), joined_id=row.id)
    with pytest.raises(Refusal):
        screen.leave(case, house.actor("甲"), now(), joined_id=row.id)


def test_answers_that_are_no_answers_are_left_to_the_file(house: House) -> None:
    case = make_case(house, by="甲", at=now(), request="修好")
    found = screening.review(case, {"wish": {"answer": "vielleicht"}})
    assert {one.found.answer for one in found.found} <= set(Answer)
