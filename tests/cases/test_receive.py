"""A case begins: IN-1, IN-2, IN-3, IN-7, IN-10."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from factories import NOON, STORY, House, make_case, make_outsider
from tingsu.cases._births import Frame
from tingsu.cases.actions.receive import Arrival, _arrived, receive, receive_many
from tingsu.cases.codes import code_of, opens
from tingsu.cases.errors import Invalid
from tingsu.cases.intake import Intake
from tingsu.cases.models import Case, Clock, Event, Letter, Party, Promise
from tingsu.core.channels import ASKED, Channel
from tingsu.people.actor import CUSTOMER, Actor

pytestmark = pytest.mark.django_db


def test_everything_is_there_at_once(case: Case, house: House) -> None:
    assert case.number == "TS-20260921-0001"
    assert case.title == STORY.split("。")[0]
    assert case.queue == house.first
    assert case.next_at is not None
    told = Event.objects.get(case=case)
    assert (told.kind, told.seq, told.public) == ("received", 1, True)
    assert STORY in told.text
    assert set(Clock.objects.filter(case=case).values_list("state", flat=True)) == {"running"}
    letter = Letter.objects.get(case=case)
    for part in (case.number, "抱歉", "客户服务中心", "苏敏", "400-000-0000"):
        assert part in letter.body


def test_personal_data_is_not_in_clear(case: Case) -> None:
    party = Party.objects.get(cases=case)
    assert (party.name, party.phone) == ("王小明", "13800001234")
    stored = bytes(party.name_sealed) + bytes(party.phone_sealed) + party.phone_index.encode()
    assert "王小明".encode() not in stored
    assert b"13800001234" not in stored


def test_numbers_run_by_organisation_and_day(house: House) -> None:
    other = make_outsider()
    numbers = [make_case(house).number, make_case(house).number, make_case(other).number]
    tomorrow = make_case(house, at=NOON + timedelta(days=1)).number
    assert numbers == ["TS-20260921-0001", "TS-20260921-0002", "TS-20260921-0001"]
    assert tomorrow == "TS-20260922-0001"


def test_the_same_submit_makes_one_case(house: House) -> None:
    first = make_case(house, intake_key="form-1")
    again = receive(
        house.organisation,
        Intake(channel="web", narrative="又点了一次", intake_key="form-1"),
        CUSTOMER,
        NOON,
    )
    assert again.repeated
    assert again.case.id == first.id
    assert Case.objects.count() == 1


def test_a_batch_with_the_same_key_twice_makes_one_case(house: House) -> None:
    told = Intake(channel="file", narrative=STORY, intake_key="row-7")
    first, second = receive_many(house.organisation, [told, told], CUSTOMER, NOON)
    assert (first.repeated, second.repeated) == (False, True)
    assert Case.objects.count() == 1


def _arrival(
    house: House, intake: Intake, at: datetime, by: Actor = CUSTOMER, *, owned: bool = False
) -> Arrival:
    return Arrival(Frame(house.organisation, by, at, house.first, owned), intake)


def test_those_of_one_moment_are_received_together_and_each_keeps_its_instant(
    house: House,
) -> None:
    other, later = make_outsider(), NOON + timedelta(seconds=1)
    told = {key: Intake("web", f"{STORY}{key}", intake_key=key) for key in "abc"}
    crowd = [
        _arrival(house, told["a"], NOON),
        _arrival(other, told["b"], NOON),
        _arrival(house, told["c"], later),
        _arrival(house, told["a"], later),
    ]
    found = _arrived(crowd)
    assert [one.repeated for one in found] == [False, False, False, True]
    assert [one.case.received_at for one in found] == [NOON, NOON, later, NOON]
    assert [one.case.organisation_id for one in found[:2]] == [
        house.organisation.id,
        other.organisation.id,
    ]
    assert found[3].case.id == found[0].case.id
    assert Case.objects.count() == 3
    assert len(set(Case.objects.values_list("organisation", "number"))) == 3


def test_who_takes_a_complaint_and_how_it_came_is_not_mixed_up_among_those_of_one_moment(
    house: House,
) -> None:
    jia, yi = house.actor("甲"), house.actor("乙")
    told = {key: Intake("web", f"{STORY}{key}", intake_key=key) for key in "abc"}
    found = _arrived(
        [
            _arrival(house, told["a"], NOON, jia, owned=True),
            _arrival(house, told["b"], NOON),
            _arrival(house, told["c"], NOON, yi, owned=True),
        ]
    )
    assert [one.case.owner_id for one in found] == [jia.member_id, None, yi.member_id]
    said = [Event.objects.get(case=one.case, seq=1).actor for one in found]
    assert said == ["member", "customer", "member"]


def test_one_that_was_sent_before_does_not_hold_up_the_others(house: House) -> None:
    before = make_case(house, channel="web", intake_key="a")
    crowd = [_arrival(house, Intake("web", f"{STORY}{key}", intake_key=key), NOON) for key in "ab"]
    again, new = _arrived(crowd)
    assert (again.repeated, again.case.id) == (True, before.id)
    assert not new.repeated
    assert Letter.objects.filter(case=new.case).exists()


@pytest.mark.parametrize("phone", ["13800001234", "138 0000 1234", "+86-138-0000-1234"])
def test_a_known_number_is_the_known_person(house: House, phone: str) -> None:
    first = make_case(house)
    again = make_case(house, phone=phone)
    assert again.party_id == first.party_id


def test_the_household_has_a_number_but_two_people(house: House) -> None:
    husband, wife = make_case(house), make_case(house, name="赵敏")
    assert husband.party_id != wife.party_id
    assert husband.party is not None
    assert wife.party is not None
    assert husband.party.phone_index == wife.party.phone_index


def test_a_promise_of_the_same_talk_is_in_the_ledger(house: House) -> None:
    due = NOON + timedelta(hours=2)
    case = make_case(
        house, by="甲", channel="phone", restated="电梯停了三次，对吗", promise="两小时内回电",
        promise_due=due,
    )  # fmt: skip
    assert case.owner == house["甲"]
    assert (case.next_at, case.next_kind) == (due, "promise")
    assert case.restated_at == NOON
    assert Promise.objects.get(case=case).due_at == due
    kinds = list(Event.objects.filter(case=case).order_by("seq").values_list("kind", flat=True))
    assert kinds == ["received", "restated", "promised"]


@pytest.mark.parametrize("channel", sorted(Channel))
def test_each_channel_asks_for_what_it_needs(house: House, channel: Channel) -> None:
    required = {asked.code for asked in ASKED[channel] if asked.required}
    if required:
        with pytest.raises(Invalid) as refused:
            make_case(house, channel=channel.value)
        assert set(refused.value.fields) == required
    case = make_case(house, channel=channel.value, channel_facts=dict.fromkeys(required, "有"))
    assert Event.objects.get(case=case).data["channel"] == channel.value


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"narrative": "", "request": ""}, "narrative"),
        ({"narrative": "  \u200b\x00 "}, "narrative"),
        ({"narrative": "长" * 20_001}, "narrative"),
        ({"title": "长" * 201}, "title"),
        ({"channel": "pigeon"}, "channel"),
        ({"amount": -1}, "amount"),
        ({"happened_at": NOON + timedelta(days=1)}, "happened_at"),
        ({"happened_at": NOON.replace(year=1970)}, "happened_at"),
        ({"promise": "回电"}, "promise_due"),
        ({"promise": "回电", "promise_due": NOON.replace(year=2099)}, "promise_due"),
    ],
)
def test_a_refusal_names_the_field(house: House, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_case(house, **wrong)
    assert field in refused.value.fields
    assert not Case.objects.exists()


@pytest.mark.parametrize("name", ["𠮷野家", "👩‍👩‍👧 一家", "Ñandú", "محمد", "欧阳·买买提"])
def test_rare_names_come_back_as_written(house: House, name: str) -> None:
    case = make_case(house, name=name)
    assert Party.objects.get(cases=case).name == name


def test_codes_open_their_own_case_only(house: House) -> None:
    case, other = make_case(house), make_case(house)
    code = code_of(case)
    assert opens(case, code)
    assert opens(case, code.lower().replace("-", " "))
    assert not opens(other, code)
    case.code_round += 1
    assert not opens(case, code)


def test_an_answered_record_comes_in_closed(house: House) -> None:
    answered = NOON - timedelta(days=300)
    case = make_case(
        house,
        received_at=NOON - timedelta(days=310),
        reply="已派人修好。",
        closed_at=answered,
    )
    assert (case.state, case.open, case.closed_at) == ("closed", False, answered)
    told = Event.objects.filter(case=case).order_by("seq")
    assert [(e.kind, e.at) for e in told][1:] == [("replied", answered), ("closed", answered)]
    assert not Clock.objects.filter(case=case).exclude(state="met").exists()


def test_a_call_fills_in_what_was_not_known(house: House) -> None:
    first = make_case(house)
    again = make_case(
        house, by="甲", channel="phone", email="wang@example.com", needs="听力不好，请发短信"
    )
    assert again.party_id == first.party_id
    party = Party.objects.get(cases=again)
    assert (party.email, party.needs) == ("wang@example.com", "听力不好，请发短信")
    assert make_case(house, name="", phone="", email="wang@example.com").party_id == party.id


def test_a_stranger_with_the_number_changes_nobody(house: House) -> None:
    known = make_case(house)
    forged = make_case(house, email="stranger@example.com")
    assert forged.party_id != known.party_id
    assert Party.objects.get(cases=known).email == ""
