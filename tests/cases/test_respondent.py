"""The respondent is heard, by a link, as a member or on paper; late stops nothing (HA-5)."""

import io
from datetime import timedelta
from typing import Any

import pytest

from factories import NOON, House, accepted, fresh, kinds, later, make_case
from tingsu.cases import answer_links
from tingsu.cases.actions import happen, respondent
from tingsu.cases.actions.attach import Given
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import AnswerLink, Attachment, Case, Clock, Event, RespondentAnswer
from tingsu.cases.queries import findings
from tingsu.core.lifecycle import State
from tingsu.people.actor import Actor

THEM = Actor("respondent")
TOLD = {
    "about": "游客投诉少去一个景点",
    "facts": "景点临时关闭，有公告为证",
    "responsibility": "不是我方原因",
    "remedy": "愿退门票",
}


@pytest.fixture
def own(house: House) -> Case:
    """A tourism case of 甲, accepted, whose respondent has the notice."""
    house.organisation.packs = ["tourism", "general"]
    house.organisation.save()
    case = make_case(house, by="甲", pack="tourism", respondent_unit="明州旅行社")
    happen.happen(accepted(case, house), house.actor("甲"), NOON, event="respondent_notified")
    return fresh(case)


def asked(house: House, case: Case, due: Any = None) -> AnswerLink:
    respondent.ask(case, house.actor("甲"), NOON, unit="明州旅行社", due_at=due or later(days=10))
    return AnswerLink.objects.latest("id")


def answer(case: Case, at: Any, **others: Any) -> RespondentAnswer:
    told: dict[str, Any] = {
        "told": TOLD, "unit": "明州旅行社", "person": "经理 周明 13900001111", "way": "link"
    }  # fmt: skip
    respondent.answer(case, others.pop("by", THEM), at, **told | others)
    return RespondentAnswer.objects.latest("id")


def test_an_answer_in_time_meets_the_clock_that_waits_for_it(house: House, own: Case) -> None:
    (waits,) = [
        row
        for row in Clock.objects.filter(case=own, state="running")
        if "respondent_answered" in row.explanation["rule"].get("met_by", ())
    ]
    link = asked(house, own)
    files = [Given("公告.txt", 6, io.BytesIO(b"closed"))]
    row = answer(own, later(days=2), link_id=link.id, files=files)
    waits.refresh_from_db()
    assert (waits.state, waits.late, row.late, row.by) == (
        "met", False, False, "经理 周明 13900001111",
    )  # fmt: skip
    event = Event.objects.get(case=own, kind="respondent_answered")
    assert "周明" not in event.text + str(event.data)
    assert Attachment.objects.get(event_id=event.id).given_by == "respondent"
    assert fresh(own).planned_at == later(days=2)
    link.refresh_from_db()
    assert link.answered_at == later(days=2)


def test_a_late_answer_is_marked_and_stops_nothing(house: House, own: Case) -> None:
    link = asked(house, own, due=later(days=3))
    Case.objects.filter(id=own.id).update(state=State.MEDIATING.value)
    row = answer(fresh(own), later(days=12), link_id=link.id)
    assert row.late
    assert fresh(own).state == State.MEDIATING
    assert "逾期" in findings.for_papers(fresh(own))["respondent_says"]


def test_an_answer_on_paper_is_late_by_the_clock(house: House, own: Case) -> None:
    me = house.actor("甲")
    row = answer(own, later(days=20), by=me, way="paper", answered_at=later(days=2))
    assert not row.late
    again = answer(own, later(days=30), by=me, way="paper")
    assert not again.late  # the clock was met by the first


def test_without_an_answer_the_case_goes_on(house: House, own: Case) -> None:
    asked(house, own)
    assert fresh(own).open
    assert kinds(own)[-1] == "respondent_asked"


@pytest.mark.parametrize(
    ("field", "others"),
    [
        ("about", {"told": TOLD | {"about": " "}}),
        ("facts", {"told": TOLD | {"facts": ""}}),
        ("remedy", {"told": TOLD | {"remedy": "长" * 5001}}),
        ("person", {"person": ""}),
        ("unit", {"unit": ""}),
        ("files", {"files": [Given("坏.exe", 3, io.BytesIO(b"MZx"))]}),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    own: Case, field: str, others: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as why:
        answer(own, NOON, **others)
    assert field in why.value.fields
    assert not RespondentAnswer.objects.exists()


def test_a_link_is_over_when_it_expires_or_is_taken_back(house: House, own: Case) -> None:
    link = asked(house, own, due=later(days=1))
    key = answer_links.key_of(link)
    assert answer_links.opens(link, key.upper(), later(days=20))
    assert not answer_links.opens(link, key[:-1] + "!", NOON)
    assert not answer_links.opens(link, key, later(days=32))
    with pytest.raises(Refusal):
        answer(own, later(days=32), link_id=link.id)
    respondent.revoke(own, house.actor("甲"), NOON, link_id=link.id)
    link.refresh_from_db()
    assert not answer_links.opens(link, key, NOON)
    with pytest.raises(Refusal) as over:
        answer(own, NOON, link_id=link.id)
    assert over.value.code == "ended"


def test_another_link_has_another_key(house: House, own: Case) -> None:
    first, second = asked(house, own), asked(house, own, due=later(days=9))
    assert answer_links.key_of(first) != answer_links.key_of(second)
    assert not answer_links.opens(second, answer_links.key_of(first), NOON)


def test_nothing_is_due_in_the_past(house: House, own: Case) -> None:
    with pytest.raises(Invalid) as why:
        asked(house, own, due=NOON - timedelta(days=1))
    assert "due_at" in why.value.fields
