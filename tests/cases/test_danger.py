"""Talk of ending one's life reaches a person at once, whichever way it comes (CO-4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from factories import NOON, House, answered, fresh, later, make_case
from tingsu import work
from tingsu.cases.actions import confirm, contact, customer
from tingsu.cases.models import Case
from tingsu.cases.queries import lists
from tingsu.mind.reading import LONGEST
from tingsu.packs import available, load
from tingsu.packs.escalation import ESCALATION

pytestmark = pytest.mark.django_db
SAID = "你们再不管，我就不想活了。"
AT = later(hours=1)


def _written(case: Case, _house: House) -> None:
    customer.add(case, AT, text=SAID)


def _after_much(case: Case, _house: House) -> None:
    customer.add(case, AT, text="电梯又停了。" * 800 + SAID)


def _told(case: Case, house: House) -> None:
    by = house.actor("甲")
    contact.contact(case, by, AT, channel="phone", direction="in", text=SAID)


def _objected(case: Case, house: House) -> None:
    confirm.confirm(answered(case, house), house.actor("甲"), AT, agreed=False, text=SAID)


@pytest.mark.parametrize("way", [_written, _after_much, _told, _objected])
def test_said_later_it_is_with_the_head_within_a_look(
    house: House, way: Callable[[Case, House], None]
) -> None:
    case = make_case(house, by="甲", narrative="电梯今天停了一次，请看一下。")
    work.sharing(NOON)
    assert fresh(case).handed_up_id is None
    way(fresh(case), house)
    work.sharing(AT + timedelta(seconds=2))
    assert fresh(case).handed_up_id == house["丁"].id


@pytest.mark.parametrize("channel", ["web", "phone", "mail", "chat"])
def test_a_complaint_that_begins_with_it_waits_for_the_head(house: House, channel: str) -> None:
    case = make_case(
        house, channel=channel, narrative="电梯停了。" * (LONGEST // 4) + SAID, title="电梯"
    )
    assert case.for_head
    work.sharing(NOON)
    assert fresh(case).handed_up_id == house["丁"].id


def test_on_a_case_that_is_over_it_comes_to_the_desk(house: House) -> None:
    case = make_case(house, by="甲")
    Case.objects.filter(id=case.id).update(
        state="closed", open=False, closed_at=NOON, next_at=None, rating=5
    )
    customer.add(fresh(case), AT, text="谢谢，都好了。")
    assert _to_reopen(house) == 0
    customer.add(fresh(case), AT, text=SAID)
    assert _to_reopen(house) == 1


def _to_reopen(house: House) -> int:
    return lists.queue_of(house.who("主管"), "reopen").count()


@pytest.mark.parametrize("pack", available())
def test_every_trade_sends_it_to_the_top(pack: str) -> None:
    rules = ESCALATION.of(load(pack)).rules(NOON.date())
    assert [rule.to for rule in rules if "self_harm" in rule.risks] == ["head"]
