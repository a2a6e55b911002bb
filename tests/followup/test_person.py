"""A person asks to be erased: what stands in the way is named, else nothing of them is left
(PL-2)."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from factories import NOON, House, fresh, later, make_case
from followup.conftest import STORIES, make_full, put_away
from followup.test_disposal import NAMES, everything_said
from tingsu.cases.actions import archive
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Party
from tingsu.cases.verify import verify_case
from tingsu.followup import sweeping
from tingsu.followup.actions import person
from tingsu.followup.models import PersonRequest
from tingsu.people.actor import SYSTEM

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 3, tzinfo=UTC)


def asked(party: Party, house: House) -> PersonRequest:
    return person.ask(party, house.actor("接待"), AT, kind="erase", checked="到场出示身份证")


def party_of(case: Case) -> Party:
    party = fresh(case).party
    assert party
    return party


def test_due_by_the_packs_rule(filed: Case, house: House) -> None:
    row = asked(party_of(filed), house)
    assert (row.due_at - AT).days == 30
    assert row.state == "waiting"


def test_what_is_missing_is_named(filed: Case, house: House) -> None:
    with pytest.raises(Invalid) as refused:
        person.ask(party_of(filed), house.actor("接待"), AT, kind="", checked="")
    assert set(refused.value.fields) == {"kind", "checked"}


def test_the_same_request_is_there_once(filed: Case, house: House) -> None:
    asked(party_of(filed), house)
    with pytest.raises(Refusal):
        asked(party_of(filed), house)


def test_an_open_case_stands_in_the_way(house: House) -> None:
    case = make_full(house)
    (ground,) = person.grounds(party_of(case), AT)
    assert (ground.code, ground.number) == ("open", case.number)
    row = asked(party_of(case), house)
    with pytest.raises(Refusal):
        person.decide(row, house.actor("丁"), AT, approved=True)
    person.decide(row, house.actor("丁"), AT, approved=False)
    assert row.grounds == [] or row.grounds[0]["code"] == "open"
    assert PersonRequest.objects.get().grounds[0]["number"] == case.number


def test_a_legal_hold_stands_in_the_way(filed: Case, house: House) -> None:
    archive.hold(filed, house.actor("丁"), later(days=10), reason="客户已起诉")
    (ground,) = person.grounds(party_of(filed), AT)
    assert (ground.code, ground.words) == ("held", "客户已起诉")


def test_the_law_stands_in_the_way_and_our_own_habit_does_not(house: House) -> None:
    """Property keeps its files by own practice; tourism because it must."""
    property_case = put_away(make_case(house, by="甲", **STORIES), house)
    assert person.grounds(party_of(property_case), AT) == []
    tourism = make_case(house, by="甲", pack="tourism", name="赵敏", phone="13700000002")
    Case.objects.filter(id=tourism.id).update(
        state="closed", open=False, closed_at=NOON, next_at=None
    )
    (ground,) = person.grounds(party_of(tourism), AT)
    assert (ground.code, ground.day) == ("duty", "2029-09-21")
    assert person.grounds(party_of(tourism), datetime(2029, 9, 23, tzinfo=UTC)) == []


def test_two_persons(filed: Case, house: House) -> None:
    row = asked(party_of(filed), house)
    with pytest.raises(Refusal) as refused:
        person.decide(row, house.actor("接待"), AT, approved=True)
    assert refused.value.code == "two_persons"
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonRequest.objects.filter(id=row.id).update(decided_by=house["接待"])
    with pytest.raises(Invalid):
        person.decide(row, house.actor("丁"), AT, approved=False)


def test_nothing_of_the_person_is_left(filed: Case, house: House) -> None:
    row = asked(party_of(filed), house)
    person.decide(row, house.actor("丁"), AT, approved=True)
    assert sweeping.sweep(AT)
    row.refresh_from_db()
    assert (row.state, row.checked) == ("done", "")
    left = everything_said()
    assert [word for word in NAMES if word in left] == []
    party = Party.objects.get(id=row.party_id)
    assert party.erased_at == AT
    assert fresh(filed).anonymised_at == AT
    assert verify_case(fresh(filed)) is None
    with pytest.raises(Refusal):
        asked(party, house)


def test_a_case_that_begins_meanwhile_sends_it_back(filed: Case, house: House) -> None:
    party = party_of(filed)
    row = asked(party, house)
    person.decide(row, house.actor("丁"), AT, approved=True)
    make_case(house, by="甲")  # the same phone: the same person
    sweeping.sweep(AT)
    row.refresh_from_db()
    assert (row.state, row.decided_by_id) == ("waiting", None)
    assert not fresh(filed).anonymised_at


def test_a_case_disposed_of_before_is_no_obstacle(filed: Case, house: House) -> None:
    party = party_of(filed)
    archive.anonymise(filed, SYSTEM, AT, ground="disposal", reference="x")
    assert person.grounds(party, AT) == []
