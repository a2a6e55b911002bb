"""The archive register: how long, where, held, and taken out again (CL-2)."""

from datetime import date

import pytest

from factories import House, fresh, kinds, later, make_case
from followup.conftest import entry, put_away
from tingsu.cases.actions import archive, close
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import ArchiveEntry, Case

pytestmark = pytest.mark.django_db


def test_the_register_says_until_when_and_why(filed: Case) -> None:
    row = entry(filed)
    assert (row.state, row.place, row.number) == ("kept", "B 柜 3 层", filed.number)
    assert row.keep_until == date(2029, 9, 21)
    assert (row.rule["n"], row.rule["unit"], row.rule["house"]) == (3, "y", True)
    assert (filed.state, filed.outcome) == ("archived", "unconfirmed")
    assert filed.closed_at == row.closed_at


def test_the_law_of_a_pack_is_no_house_practice(house: House) -> None:
    case = put_away(make_case(house, by="甲"), house)
    assert entry(case).rule["house"]
    assert not keep_of(house, "tourism")["house"]


def keep_of(house: House, pack: str) -> dict[str, object]:
    from tingsu.cases._archive import keep_until

    case = make_case(house, by="甲", pack=pack)
    return keep_until(case, later(days=1))[1]


def test_hold_and_lift(filed: Case, house: House) -> None:
    with pytest.raises(Invalid):
        archive.hold(filed, house.actor("丁"), later(days=10), reason=" ")
    archive.hold(filed, house.actor("丁"), later(days=10), reason="客户已起诉")
    row = entry(filed)
    assert (row.hold, row.held_by_id) == ("客户已起诉", house["丁"].id)
    with pytest.raises(Refusal):
        archive.hold(filed, house.actor("丁"), later(days=10), reason="再来一次")
    archive.lift(filed, house.actor("丁"), later(days=11), reason="已判决")
    assert entry(filed).held_at is None
    assert kinds(filed)[-2:] == ["hold_set", "hold_lifted"]


def test_the_place_of_the_paper(filed: Case, house: House) -> None:
    archive.set_place(filed, house.actor("丁"), later(days=10), place="库房 7 号架")
    assert entry(filed).place == "库房 7 号架"
    with pytest.raises(Refusal):
        archive.set_place(make_case(house), house.actor("丁"), later(days=1), place="哪里")


def test_taken_out_and_put_away_again(filed: Case, house: House) -> None:
    close.reopen(filed, house.actor("丁"), later(days=20), reason="又坏了")
    assert entry(filed).state == "reopened"
    case = fresh(filed)
    close.close(case, house.actor("甲"), later(days=21), verdict="founded", reason="已修")
    archive.archive(fresh(case), house.actor("丁"), later(days=22))
    states = list(ArchiveEntry.objects.order_by("id").values_list("state", "round"))
    assert states == [("reopened", 1), ("kept", 2)]
