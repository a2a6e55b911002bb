"""Call-backs after the end, until it is settled (FU-1, FU-2)."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from factories import NOON, House, answered, fresh, kinds, later, make_case, make_member
from tingsu.cases.actions import callback, close, confirm, reply
from tingsu.cases.actions.callback import Heard
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import CallBack, Case, Event, Task
from tingsu.cases.queries import callbacks
from tingsu.cases.verify import verify_case
from tingsu.people.actor import CUSTOMER
from tingsu.people.permission import Forbidden, NotThere, Role
from tingsu.work import calls

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(house: House) -> Case:
    """A case that 甲 keeps."""
    return make_case(house, by="甲")


def closed(case: Case, house: House, rating: int | None = 5) -> Case:
    """The case after its end, as its pack lets it end."""
    answered(case, house)
    confirm.confirm(case, CUSTOMER, NOON, agreed=True, rating=rating)
    close.close(case, house.actor("甲"), NOON, verdict="founded")
    return fresh(case)


def rows(case: Case) -> list[CallBack]:
    return callbacks.of_case(case)


def test_the_plan_is_made_with_the_end(case: Case, house: House) -> None:
    """Three working days, counted by the calendar; it stands in the closing entry too."""
    done = closed(case, house)
    (row,) = rows(case)
    assert (row.rule, row.state, row.caller_id) == ("first", "due", house["甲"].id)
    assert localdate(row.due_at) == date(2026, 9, 24)
    assert done.callback_at == row.due_at
    entry = Event.objects.get(case=case, kind="closed")
    assert entry.data["callbacks"] == [row.due_at.isoformat(timespec="seconds")]


def test_no_end_without_its_plan(case: Case, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks while the rows are written leaves the case open."""
    answered(case, house)
    confirm.confirm(case, CUSTOMER, NOON, agreed=True)

    def broken(*_args: object) -> None:
        raise RuntimeError("cut off")

    monkeypatch.setattr("tingsu.cases._write.insert", broken)
    with pytest.raises(RuntimeError, match="cut off"):
        close.close(case, house.actor("甲"), NOON, verdict="founded")
    assert fresh(case).open
    assert not CallBack.objects.exists()


def test_a_clash_brings_a_second_and_a_third_call(house: House) -> None:
    case = make_case(house, by="甲", respondent_person="保安小刘")
    closed(case, house)
    assert [row.rule for row in rows(case)] == ["first", "second", "third"]


def test_a_clash_noted_after_the_end_brings_them_too(case: Case, house: House) -> None:
    closed(case, house)
    callback.note_clash(fresh(case), house.actor("甲"), later(days=1), text="和门岗吵了起来")
    assert [row.rule for row in rows(case)] == ["first", "second", "third"]
    with pytest.raises(Refusal):
        callback.note_clash(fresh(case), house.actor("甲"), later(days=1), text="再记一次")


def test_a_bad_rating_brings_one_more(case: Case, house: House) -> None:
    closed(case, house, rating=2)
    assert [row.rule for row in rows(case)] == ["first", "again"]
    other = closed(make_case(house, by="甲"), house)
    confirm.rate(other, CUSTOMER, later(days=1), rating=1, text="还是没修好")
    assert [row.rule for row in rows(other)] == ["first", "again"]
    confirm.rate(fresh(other), CUSTOMER, later(days=2), rating=1)
    assert len(rows(other)) == 2


def test_the_post_that_calls(house: House) -> None:
    """A dealer's manager calls in person; where nobody holds the post the call stands open."""
    house.organisation.packs = ["property", "auto"]
    house.organisation.save()
    case = closed(make_case(house, by="甲", pack="auto"), house)
    (row,) = rows(case)
    assert (row.caller_id, row.post["zh-hans"]) == (None, "服务经理或客户关系经理")
    manager = make_member(house, "经理", Role.SUPERVISOR, house.centre)
    manager.post = "客户关系经理"
    manager.save()
    other = closed(make_case(house, by="甲", pack="auto"), house)
    assert rows(other)[0].caller_id == manager.id


def test_nobody_answers_three_times(case: Case, house: House) -> None:
    """The next working day each time; after the third try the call is over."""
    closed(case, house)
    at = later(days=3)
    for day in (1, 2, 3):
        row = rows(case)[0]
        assert (row.state, row.tries) == ("due", day - 1)
        callback.unanswered(fresh(case), house.actor("甲"), at, row_id=row.id)
        at += timedelta(days=1)
    row = rows(case)[0]
    assert (row.state, row.result, row.tries) == ("done", "unreached", 3)
    assert kinds(case)[-3:] == ["callback_tried", "callback_tried", "callback_done"]
    assert fresh(case).callback_at is None


def test_content(case: Case, house: House) -> None:
    closed(case, house)
    heard = Heard("satisfied", "修得很好，谢谢")
    callback.answered(fresh(case), house.actor("甲"), later(days=3), row_id=rows(case)[0].id,
                      heard=heard)  # fmt: skip
    row = rows(case)[0]
    assert (row.state, row.result, row.answer) == ("done", "satisfied", "修得很好，谢谢")
    with pytest.raises(Refusal):
        callback.answered(fresh(case), house.actor("甲"), later(days=3), row_id=row.id,
                          heard=heard)  # fmt: skip


@pytest.mark.parametrize(
    ("heard", "fields"),
    [
        (Heard("", "x"), {"result"}),
        (Heard("dissatisfied"), {"text", "then"}),
        (Heard("dissatisfied", "没修", "task"), {"department", "due_at"}),
        (Heard("dissatisfied", "没修", "end"), {"reason"}),
        (Heard("satisfied", "", "reopen"), {"then"}),
    ],
)
def test_what_is_missing_is_named(case: Case, house: House, heard: Heard, fields: set[str]) -> None:
    closed(case, house)
    with pytest.raises(Invalid) as refused:
        callback.answered(fresh(case), house.actor("甲"), later(days=3),
                          row_id=rows(case)[0].id, heard=heard)  # fmt: skip
    assert set(refused.value.fields) == fields


def test_not_content_begins_anew_at_once(house: House) -> None:
    """The other calls of the plan are void; what the customer said stays with the one made."""
    case = closed(make_case(house, by="甲", respondent_person="保安小刘"), house)
    heard = Heard("dissatisfied", "门又坏了", "reopen")
    callback.answered(case, house.actor("甲"), later(days=3), row_id=rows(case)[0].id, heard=heard)
    now = fresh(case)
    assert (now.state, now.round, now.callback_at) == ("accepted", 2, None)
    states = [(row.state, row.result, row.led_to) for row in rows(case)]
    assert states == [("done", "dissatisfied", "reopened"), ("void", "", ""), ("void", "", "")]
    assert kinds(case)[-2:] == ["callback_done", "reopened"]
    assert verify_case(now) is None


def test_a_second_end_has_a_plan_of_its_own(case: Case, house: House) -> None:
    closed(case, house)
    close.reopen(fresh(case), house.actor("丁"), later(days=1), reason="又坏了")
    assert [row.state for row in rows(case)] == ["void"]
    again = fresh(case)
    reply.reply(again, house.actor("甲"), later(days=2), text="换了新的门机", kind="final")
    confirm.confirm(again, CUSTOMER, later(days=3), agreed=True)
    close.close(again, house.actor("甲"), later(days=3), verdict="founded")
    assert [(row.round, row.state) for row in rows(case)] == [(1, "void"), (2, "due")]


def test_not_content_and_a_task_is_called_again_until_settled(case: Case, house: House) -> None:
    closed(case, house)
    due = later(days=5)
    heard = Heard("dissatisfied", "灯还是不亮", "task", department=house.second, due_at=due)
    callback.answered(fresh(case), house.actor("甲"), later(days=3), row_id=rows(case)[0].id,
                      heard=heard)  # fmt: skip
    task = Task.objects.get(case=case)
    assert (task.department_id, task.content, task.state) == (house.second.id, "灯还是不亮", "open")
    following = rows(case)[-1]
    assert (following.rule, following.state) == ("again", "due")
    assert following.due_at > due
    assert fresh(case).callback_at == following.due_at
    last = Heard("dissatisfied", "不想再说了", "end", "客户不愿再谈，已书面告知申诉途径")
    callback.answered(fresh(case), house.actor("甲"), later(days=20), row_id=following.id,
                      heard=last)  # fmt: skip
    assert rows(case)[-1].led_to == "ended"
    assert not fresh(case).open
    assert Event.objects.filter(case=case, kind="note").latest("seq").text.startswith("客户不愿")


def test_who_wants_no_calls_gets_none(house: House) -> None:
    case = closed(make_case(house, by="甲", respondent_person="保安小刘"), house)
    callback.answered(case, house.actor("甲"), later(days=3), row_id=rows(case)[0].id,
                      heard=Heard("refused"))  # fmt: skip
    assert [row.state for row in rows(case)] == ["done", "void", "void"]
    assert fresh(case).callback_at is None


def test_one_more_call(case: Case, house: House) -> None:
    with pytest.raises(Refusal):
        callback.add(case, house.actor("甲"), NOON, due_at=later(days=9), text="下周再问")
    closed(case, house)
    callback.add(fresh(case), house.actor("甲"), NOON, due_at=later(days=1), text="家里有病人",
                 caller=house["主管"])  # fmt: skip
    row = rows(case)[0]
    assert (row.rule, row.caller_id, fresh(case).callback_at) == ("", house["主管"].id, row.due_at)


def test_the_worker_says_once_that_a_call_is_late(case: Case, house: House) -> None:
    closed(case, house)
    assert not calls(later(days=1))
    assert calls(later(days=9))
    assert not calls(later(days=9))
    assert kinds(case).count("callback_overdue") == 1


def test_lists_and_their_door(case: Case, house: House) -> None:
    closed(case, house)
    row = rows(case)[0]
    jia, now = house.who("甲"), later(days=9)
    assert [one.id for one in callbacks.page(jia, "mine", now).rows] == [row.id]
    assert callbacks.counts(jia, now) == {"mine": 1, "open": 1, "late": 1}
    assert callbacks.page(house.who("乙"), "open", now).rows == []
    with pytest.raises(NotThere):
        callbacks.access_call(house.who("乙"), row.id)
    with pytest.raises(Forbidden):
        callbacks.access_call(house.who("审计"), row.id)


def test_pages_follow_each_other(house: House) -> None:
    for _n in range(3):
        closed(make_case(house, by="甲"), house)
    who, found, after = house.who("甲"), [], ""
    while True:
        page = callbacks.page(who, "mine", NOON, after=after, size=1)
        found += [row.id for row in page.rows]
        after = page.following
        if not after:
            break
    assert len(set(found)) == len(found) == 3
