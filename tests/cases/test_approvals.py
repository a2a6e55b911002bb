"""Signatures: who is asked, what happens at once, what is refused (CL-1, HA-18)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from factories import House, fresh, kinds, make_case, make_member
from tingsu.cases.actions import approve, close, facts, move, note, screen
from tingsu.cases.errors import NeedsApproval, Refusal, Stale
from tingsu.cases.models import Approval, Case, Clock, Event
from tingsu.cases.queries import approvals, screening
from tingsu.core.lifecycle import Move, State
from tingsu.core.screening import Outcome
from tingsu.people import absence
from tingsu.people.permission import Forbidden, NotThere, Role


@pytest.fixture
def authority(house: House) -> House:
    """A tourism authority, where the head signs what 甲 puts up."""
    house.organisation.kind = "authority"
    house.organisation.packs = ["tourism", "property"]
    house.organisation.save()
    return house


@pytest.fixture
def case(authority: House) -> Case:
    return make_case(authority, by="甲", at=now(), pack="tourism", channel="phone")


def review(house: House, case: Case, by: str = "甲") -> None:
    """First review, as the pack demands it before anything is decided."""
    if case.screened_at is None:
        met = {item.code: {"answer": "yes"} for item in screening.checklist(case).items}
        screen.conclude(case, house.actor(by), now(), answers=met, outcome=Outcome.ACCEPT)


def put_up(house: House, case: Case, **step: Any) -> Approval:
    """甲 takes a step, is told that it needs a signature, and asks for it."""
    by, at = house.actor("甲"), now()
    review(house, case)
    with pytest.raises(NeedsApproval) as needed:
        move.move(case, by, at, to=Move.ACCEPT, **step)
    approve.ask(case, by, at, planned=needed.value.planned)
    return Approval.objects.get(case=case, state="waiting")


def sign(house: House, row: Approval, name: str = "丁", **more: Any) -> Any:
    return approve.approve(fresh(row.case), house.actor(name), now(), approval_id=row.id, **more)


def test_a_step_that_wants_a_signature_is_not_taken(authority: House, case: Case) -> None:
    row = put_up(authority, case)
    assert fresh(case).state == State.RECEIVED
    assert fresh(case).approvals_waiting == 1
    assert (row.kind, row.role, row.asked_by_id) == ("filing", "head", authority["甲"].id)
    assert kinds(case)[-1] == "approval_asked"


def test_signing_carries_it_out_at_once_with_the_signer_as_actor(
    authority: House, case: Case
) -> None:
    row = put_up(authority, case)
    sign(authority, row, text="同意立案，先调取合同")
    case = fresh(case)
    assert (case.state, case.approvals_waiting) == (State.ACCEPTED, 0)
    said, done = Event.objects.filter(case=case).order_by("-seq")[:2][::-1]
    assert (said.kind, said.text) == ("approved", "同意立案，先调取合同")
    assert (done.kind, done.member_id) == ("moved", authority["丁"].id)
    assert done.data["approval"] == str(row.id)


def test_the_clock_is_met_on_the_day_of_the_signature(authority: House, case: Case) -> None:
    row = put_up(authority, case)
    screen = Clock.objects.get(case=case, rule="cn.tour.screen")
    assert screen.state == "running"
    at = now() + timedelta(days=1)
    approve.approve(fresh(case), authority.actor("丁"), at, approval_id=row.id)
    screen.refresh_from_db()
    assert (screen.state, screen.ended_at) == ("met", at)


def test_the_head_does_not_do_alone_what_takes_two(authority: House, case: Case) -> None:
    review(authority, case)
    with pytest.raises(Refusal) as refused:
        move.move(case, authority.actor("丁"), now(), to=Move.ACCEPT)
    assert refused.value.code == "two_persons"


def test_who_asked_does_not_sign(authority: House, case: Case) -> None:
    row = put_up(authority, case)
    with pytest.raises(Refusal) as refused:
        sign(authority, row, "甲")
    assert refused.value.code == "same_person"


def test_a_request_is_made_once(authority: House, case: Case) -> None:
    put_up(authority, case)
    with pytest.raises(Refusal) as refused:
        put_up(authority, fresh(case))
    assert refused.value.code == "already_asked"


def test_signed_twice_is_carried_out_once(authority: House, case: Case) -> None:
    row = put_up(authority, case)
    sign(authority, row, key="k1")
    again = sign(authority, row, key="k1")
    assert again.repeated
    assert kinds(case).count("moved") == 1
    with pytest.raises(Refusal):
        sign(authority, row)


def test_when_the_case_moved_on_the_signer_is_told_what_changed(
    authority: House, case: Case
) -> None:
    row = put_up(authority, case)
    facts.change(fresh(case), authority.actor("甲"), now(), values={"request": "改为退全款"})
    with pytest.raises(Stale) as stale:
        sign(authority, row)
    assert [change.kind for change in stale.value.changes] == ["facts_changed"]
    assert fresh(case).state == State.RECEIVED
    assert Approval.objects.get(id=row.id).state == "waiting"
    approve.send_back(
        fresh(case), authority.actor("丁"), now(), approval_id=row.id, reason="诉求变了，请重新提请"
    )
    assert put_up(authority, fresh(case)).state == "waiting"


def test_a_note_meanwhile_changes_nothing(authority: House, case: Case) -> None:
    row = put_up(authority, case)
    note.note(fresh(case), authority.actor("甲"), now(), text="合同已拿到")
    sign(authority, row)
    assert fresh(case).state == State.ACCEPTED


def test_a_return_needs_its_reason_and_goes_to_the_timeline(authority: House, case: Case) -> None:
    row = put_up(authority, case)
    head, at = authority.actor("丁"), now()
    with pytest.raises(Refusal):
        approve.send_back(fresh(case), head, at, approval_id=row.id, reason=" ")
    approve.send_back(fresh(case), head, at, approval_id=row.id, reason="缺合同")
    last = Event.objects.filter(case=case).order_by("seq").last()
    assert last is not None
    assert (last.kind, last.text) == ("approval_returned", "缺合同")
    assert fresh(case).approvals_waiting == 0


def test_only_the_asker_or_the_owner_withdraws(authority: House, case: Case) -> None:
    row = put_up(authority, case)
    with pytest.raises(Refusal):
        approve.withdraw(fresh(case), authority.actor("丁"), now(), approval_id=row.id)
    approve.withdraw(fresh(case), authority.actor("甲"), now(), approval_id=row.id)
    assert Approval.objects.get(id=row.id).state == "withdrawn"


def test_what_waits_is_void_when_the_case_ends(authority: House, case: Case) -> None:
    row = put_up(authority, case)
    at = now()
    close.end(fresh(case), authority.actor("甲"), at, move=Move.WITHDRAW, reason="游客撤回")
    assert Approval.objects.get(id=row.id).state == "void"
    assert fresh(case).approvals_waiting == 0


def test_closing_waits_for_the_signature_and_keeps_the_verdict(
    authority: House, case: Case
) -> None:
    sign(authority, put_up(authority, case))
    case = fresh(case)
    by, at = authority.actor("甲"), now()
    with pytest.raises(NeedsApproval) as needed:
        close.close(case, by, at, verdict="founded", reason="双方和解，客户不便回话")
    approve.ask(case, by, at, planned=needed.value.planned)
    sign(authority, Approval.objects.get(case=case, kind="closing"))
    assert (fresh(case).state, fresh(case).verdict) == (State.CLOSED, "founded")


def test_a_travel_agency_signs_nothing_here(house: House) -> None:
    house.organisation.packs = ["tourism"]
    house.organisation.save()
    case = make_case(house, by="甲", at=now(), pack="tourism")
    move.move(case, house.actor("甲"), now(), to=Move.ACCEPT)
    assert fresh(case).state == State.ACCEPTED


def test_the_inbox_has_what_waits_for_me_oldest_due_first(authority: House) -> None:
    rows = []
    for days in (3, 1, 2):
        at = now() - timedelta(days=days)
        one = make_case(authority, by="甲", at=at, pack="tourism", phone="")
        review(authority, one)
        with pytest.raises(NeedsApproval) as needed:
            move.move(one, authority.actor("甲"), at, to=Move.ACCEPT)
        approve.ask(one, authority.actor("甲"), at, planned=needed.value.planned)
        rows.append(Approval.objects.get(case=one))
    head = authority.who("丁")
    by_due = [row.id for row in sorted(rows, key=lambda row: (row.due_at, row.id))]
    first = approvals.inbox(head, now(), size=2)
    second = approvals.inbox(head, now(), after=first.following, size=2)
    assert [row.id for row in (*first.rows, *second.rows)] == by_due
    assert second.following == ""
    assert approvals.waiting_for(head, now()).count() == 3
    assert approvals.waiting_for(authority.who("主管"), now()).count() == 0


def test_the_door_is_closed_for_those_who_do_not_sign_this(authority: House, case: Case) -> None:
    row = put_up(authority, case)
    with pytest.raises(Forbidden):
        approvals.access_approval(authority.who("甲"), row.id, now())
    with pytest.raises(NotThere):
        approvals.access_approval(authority.who("主管"), row.id, now())
    assert approvals.access_approval(authority.who("丁"), row.id, now())[0] == row


def away(house: House, first: date, last: date, deputy: str = "主管") -> None:
    absence.set_absence(
        house.who("丁"), house["丁"], now(),
        from_on=first, until_on=last, deputy_id=house[deputy].id,
    )  # fmt: skip


def test_a_deputy_signs_while_the_head_is_away_and_it_says_so(authority: House, case: Case) -> None:
    row = put_up(authority, case)
    today = absence.local_day(authority.organisation.id, now())
    away(authority, today, today)
    deputy = authority.who("主管")
    found, standing = approvals.access_approval(deputy, row.id, now())
    assert (found, standing.name) == (row, "丁")
    assert approvals.waiting_for(deputy, now()).count() == 1
    sign(authority, row, "主管", in_place_of=standing.in_place_of)
    entry = Event.objects.get(case=case, kind="approved")
    assert entry.data["in_place_of"] == str(authority["丁"].id)
    assert fresh(case).state == State.ACCEPTED


def test_a_deputy_signs_nothing_before_and_after(authority: House, case: Case) -> None:
    row = put_up(authority, case)
    today = absence.local_day(authority.organisation.id, now())
    away(authority, today + timedelta(days=1), today + timedelta(days=2))
    deputy = authority.who("主管")
    with pytest.raises(NotThere):
        approvals.access_approval(deputy, row.id, now())
    assert approvals.access_approval(deputy, row.id, now() + timedelta(days=1))
    with pytest.raises(NotThere):
        approvals.access_approval(deputy, row.id, now() + timedelta(days=3))


def test_a_deputy_who_asked_does_not_sign(authority: House) -> None:
    case = make_case(authority, by="主管", at=now(), pack="tourism")
    by = authority.actor("主管")
    review(authority, case, "主管")
    with pytest.raises(NeedsApproval) as needed:
        move.move(case, by, now(), to=Move.ACCEPT)
    approve.ask(case, by, now(), planned=needed.value.planned)
    today = absence.local_day(authority.organisation.id, now())
    away(authority, today, today)
    assert approvals.waiting_for(authority.who("主管"), now()).count() == 0
    with pytest.raises(Refusal) as refused:
        sign(authority, Approval.objects.get(case=case), "主管")
    assert refused.value.code == "same_person"


def test_nobody_stands_in_who_may_not_sign_or_is_away(authority: House) -> None:
    today = absence.local_day(authority.organisation.id, now())
    with pytest.raises(Exception, match="invalid"):
        away(authority, today, today, deputy="甲")
    other = make_member(authority, "戊", Role.HEAD, authority.centre)
    absence.set_absence(
        authority.who("管理员"), other, now(),
        from_on=today, until_on=today, deputy_id=authority["主管"].id,
    )  # fmt: skip
    with pytest.raises(Exception, match="invalid"):
        absence.set_absence(
            authority.who("丁"), authority["丁"], now(),
            from_on=today, until_on=today, deputy_id=other.id,
        )  # fmt: skip


def test_only_the_member_or_an_administrator_says_who_is_away(authority: House) -> None:
    today = absence.local_day(authority.organisation.id, now())
    with pytest.raises(Forbidden):
        absence.set_absence(
            authority.who("主管"), authority["丁"], now(),
            from_on=today, until_on=today, deputy_id=authority["主管"].id,
        )  # fmt: skip
