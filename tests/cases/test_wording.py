"""A letter with words that hurt is changed, or sent with a reason on the timeline (CO-2)."""

import pytest

from factories import NOON, House, fresh, kinds
from tingsu.cases.actions import reply
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case, Event, Letter
from tingsu.cases.queries.file import public_timeline

pytestmark = pytest.mark.django_db
RUDE = "这不归我管，您找别人去吧。"


def test_forbidden_words_do_not_leave(case: Case, house: House) -> None:
    with pytest.raises(Invalid) as refused:
        reply.reply(case, house.actor("甲"), NOON, text=RUDE)
    assert refused.value.field == "override"
    assert "不归我管" in refused.value.words
    assert not Letter.objects.filter(case=case, kind="interim").exists()


def test_with_a_reason_they_leave_and_the_reason_stays(case: Case, house: House) -> None:
    reply.reply(case, house.actor("甲"), NOON, text=RUDE, override="引用制度原文")
    kept = Event.objects.get(case=case, kind="wording_overridden")
    assert kept.text == "引用制度原文"
    assert "不归我管" in kept.data["words"][0]
    assert kinds(case)[-2:] == ["replied", "wording_overridden"]
    assert "wording_overridden" not in {one.kind for one in public_timeline(fresh(case))}


def test_a_final_answer_too(case: Case, house: House) -> None:
    with pytest.raises(Invalid):
        reply.reply(case, house.actor("甲"), NOON, text=RUDE, kind="final")


def test_another_cases_number_is_seen(case: Case, house: House) -> None:
    with pytest.raises(Invalid):
        reply.reply(case, house.actor("甲"), NOON, text="您的投诉 TS-20200101-0001 已办好。")
    reply.reply(case, house.actor("甲"), NOON, text=f"您的投诉 {case.number} 已办好。")


def test_a_kind_letter_needs_no_reason(case: Case, house: House) -> None:
    reply.reply(case, house.actor("甲"), NOON, text="您说师傅答“不归我管”，我向您道歉。")
    assert "wording_overridden" not in kinds(case)
