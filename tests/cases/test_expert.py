"""Tests and opinions that were ordered: which clocks stop, and when they run on (HA-4, HA-14)."""

from factories import NOON, House, fresh, kinds, later, make_case
from tingsu.cases._clocks import clocks_from
from tingsu.cases.actions import expert
from tingsu.cases.models import Case, Clock, Expert
from tingsu.core.lifecycle import State


def _regulator(house: House) -> Case:
    house.organisation.kind = "authority"
    house.organisation.save()
    case = make_case(
        house, by="甲", at=NOON, pack="general", request="退款", respondent_unit="某店"
    )
    Case.objects.filter(id=case.id).update(state=State.MEDIATING.value)
    return fresh(case)


def test_a_test_stops_the_clocks_that_may_stop_and_its_result_lets_them_run(house: House) -> None:

    case = _regulator(house)
    for row in clocks_from(case, "accepted", NOON):
        row.save()
    stoppable = [
        row for row in Clock.objects.filter(case=case, state="running")
        if "testing" in row.explanation["rule"].get("pauses", ())
    ]  # fmt: skip
    assert stoppable, "order 121 stops mediation for a test"
    before = {row.id: row.due_at for row in stoppable}
    me = house.actor("甲")
    expert.order(case, me, NOON, kind="test", body="市质检院", question="插头是否合格")
    paused = Clock.objects.filter(case=case, state="paused")
    assert {row.id for row in paused} == set(before)
    assert Clock.objects.filter(case=case, state="running").exclude(id__in=before).exists()
    expert.order(case, me, NOON, kind="appraisal", body="评估所", question="值多少")
    first, second = Expert.objects.order_by("id")
    expert.result(case, me, later(days=3), expert_id=first.id, text="不合格")
    assert Clock.objects.filter(case=case, state="paused").count() == len(before)
    expert.result(case, me, later(days=5), expert_id=second.id, text="不估了", withdrawn=True)
    rows = Clock.objects.filter(id__in=before)
    assert all(row.state == "running" and row.due_at > before[row.id] for row in rows)
    assert kinds(case).count("clock_resumed") == len(before)


def test_an_opinion_stops_no_clock(house: House) -> None:
    case = _regulator(house)
    expert.order(case, house.actor("甲"), NOON, kind="expert", body="李教授", question="是否合理")
    assert not Clock.objects.filter(case=case, state="paused").exists()
    assert Expert.objects.get().paused == []
