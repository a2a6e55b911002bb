"""Prepared solutions: written masked, released by another, found on like cases, measured (IM-5)."""

from typing import Any

import pytest

from factories import (
    NOON,
    House,
    answered,
    fresh,
    kinds,
    later,
    make_case,
    make_member,
    make_outsider,
)
from tingsu.cases.actions import close, confirm, solution
from tingsu.cases.actions.solution import Article
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Solution, SolutionUse
from tingsu.cases.queries import solutions
from tingsu.people.permission import NotThere, Role

LIFT = "锦绣花园三号楼电梯反复停梯，老人被困二十分钟，打应急电话没有人接，门机控制板老化。"
TOLD = Article(
    title="电梯反复停梯困人",
    situation=LIFT,
    cause="门机控制板老化",
    worked="维保单位当天换板，值班电话改为双线，楼长群里说明经过。",
    wording="让老人受惊了，非常抱歉。控制板今天已经换好，值班电话加了一线。",
    cost=120_000,
)


def closed(house: House, *, confirmed: bool = True, **facts: Any) -> Case:
    """A case of 甲 that is over."""
    case = answered(make_case(house, by="甲", narrative=LIFT, **facts), house)
    if confirmed:
        confirm.confirm(case, house.actor("甲"), NOON, agreed=True)
    close.close(case, house.actor("甲"), NOON, verdict="founded", reason="客户没有回话")
    return fresh(case)


def written(house: House, case: Case, **more: Any) -> Solution:
    article = Article(**(vars_of(TOLD) | more))
    solution.compose(case, house.actor("甲"), NOON, article=article)
    return Solution.objects.select_related("case").get(case=case)


def vars_of(article: Article) -> dict[str, Any]:
    return {name: getattr(article, name) for name in Article.__dataclass_fields__}


def released(house: House, case: Case | None = None, **more: Any) -> Solution:
    row = written(house, case or closed(house), **more)
    solution.release(row, house.actor("主管"), later(hours=1))
    row.refresh_from_db()
    return row


def test_it_is_written_masked(house: House) -> None:
    case = closed(house, address="杭州市西湖区文三路 88 号 2 幢 301", order_number="DD20260901")
    row = written(
        house, case,
        situation="王小明 13800001234 住杭州市西湖区文三路 88 号 2 幢 301，单 DD20260901，停梯三次",
        wording=f"王小明先生，您的投诉 {case.number} 已经办好",
    )  # fmt: skip
    text = row.situation + row.wording
    for secret in ("王小明", "13800001234", "301", "DD20260901", case.number):
        assert secret not in text
    assert "停梯三次" in text
    assert kinds(case)[-1] == "solution_written"


def test_the_first_draft_is_masked_too(house: House) -> None:
    case = closed(house)
    Case.objects.filter(id=case.id).update(narrative="王小明 13800001234 说停梯三次")
    first = solutions.first_draft(fresh(case))
    assert "王小明" not in first["situation"]
    assert "13800001234" not in first["situation"]
    assert first["wording"] == "已修好"


def test_only_a_settled_case_becomes_one(house: House) -> None:
    case = make_case(house, by="甲")
    with pytest.raises(Refusal, match="open"):
        solution.compose(case, house.actor("甲"), NOON, article=TOLD)


def test_everything_missing_is_named_at_once(house: House) -> None:
    case = closed(house)
    with pytest.raises(Invalid) as refused:
        solution.compose(case, house.actor("甲"), NOON, article=Article("", " ", "", cost=-1))
    assert set(refused.value.fields) == {"title", "situation", "worked", "cost"}


def test_another_releases_it(house: House) -> None:
    house.people["组长"] = make_member(house, "组长", Role.SUPERVISOR, house.first)
    case = closed(house)
    solution.compose(case, house.actor("组长"), NOON, article=TOLD)
    row = Solution.objects.select_related("case").get()
    with pytest.raises(Refusal, match="two_persons"):
        solution.release(row, house.actor("组长"), NOON)
    solution.release(row, house.actor("丁"), NOON)
    row.refresh_from_db()
    assert (row.state, row.released_by_id) == ("released", house["丁"].id)
    with pytest.raises(Refusal, match="ended"):
        solution.release(row, house.actor("丁"), NOON)
    with pytest.raises(Refusal, match="released"):
        solution.compose(case, house.actor("甲"), NOON, article=TOLD)


def test_it_goes_back_with_why_and_is_written_anew(house: House) -> None:
    case = closed(house)
    row = written(house, case)
    with pytest.raises(Invalid):
        solution.send_back(row, house.actor("主管"), NOON, reason="")
    solution.send_back(row, house.actor("主管"), NOON, reason="少了花费")
    again = written(house, case, title="电梯停梯：换板加双线")
    assert (again.id, again.state, again.note) == (row.id, "proposed", "")


def test_it_is_found_on_like_cases_and_nowhere_else(house: House) -> None:
    row = released(house)
    like = make_case(house, by="甲", narrative="我们锦绣花园的电梯又停梯，老人被困，应急电话没人接")
    assert [one.row.id for one in solutions.suggested(like)] == [row.id]
    other = make_case(house, by="甲", narrative="宽带费多扣了三个月，要求退费并说明原因")
    assert solutions.suggested(other) == []
    assert solutions.suggested(fresh(row.case)) == []  # not on its own case
    outsider = make_outsider()
    theirs = make_case(outsider, by="甲", narrative=LIFT)
    assert solutions.suggested(theirs) == []
    with pytest.raises(NotThere):
        solutions.one(outsider.who("甲"), row.id)
    solution.withdraw(row, house.actor("主管"), NOON, reason="办法过时了")
    assert solutions.suggested(like) == []


def test_what_nobody_released_is_not_found(house: House) -> None:
    written(house, closed(house))
    assert solutions.suggested(make_case(house, by="甲", narrative=LIFT)) == []


def test_finding_asks_two_questions(house: House, django_assert_num_queries: Any) -> None:
    released(house)
    like = make_case(house, by="甲", narrative=LIFT)
    solutions.suggested(like)
    with django_assert_num_queries(2):
        assert solutions.suggested(like)


def used(house: House, row: Solution) -> Case:
    case = make_case(house, by="甲", narrative=LIFT)
    solution.use(case, house.actor("甲"), NOON, solution=row)
    return case


def figures(row: Solution) -> tuple[int, int, int, int]:
    row.refresh_from_db()
    return row.used, row.satisfied, row.dissatisfied, row.reopened


def test_it_is_used_once_on_a_case(house: House) -> None:
    row = released(house)
    case = used(house, row)
    assert kinds(case)[-1] == "solution_used"
    assert (fresh(case).solutions, figures(row)) == (1, (1, 0, 0, 0))
    with pytest.raises(Refusal, match="already"):
        solution.use(case, house.actor("甲"), NOON, solution=row)
    assert solutions.suggested(fresh(case)) == []
    assert solutions.percent(row) is None


def test_how_it_did_the_end_of_the_case_says(house: House) -> None:
    row = released(house)
    case = used(house, row)
    by = house.actor("甲")
    answered(case, house)
    confirm.confirm(case, by, NOON, agreed=True, rating=5)
    close.close(case, by, NOON, verdict="founded")
    assert figures(row) == (1, 1, 0, 0)
    assert solutions.percent(row) == 100
    confirm.rate(case, by, NOON, rating=1)  # thought better of it
    assert figures(row) == (1, 0, 1, 0)
    close.reopen(case, house.actor("丁"), NOON, reason="又停了")
    assert figures(row) == (1, 0, 0, 1)
    assert solutions.percent(row) == 0


def test_a_case_that_says_nothing_counts_for_nothing(house: House) -> None:
    row = released(house)
    case = used(house, row)
    answered(case, house)
    close.close(case, house.actor("甲"), NOON, verdict="founded", reason="联系不上")
    assert figures(row) == (1, 0, 0, 0)
    assert SolutionUse.objects.get().result == "unsaid"


def test_the_list_is_found_by_words_and_goes_on(house: House) -> None:
    released(house)
    who = house.who("甲")
    assert [one.title for one in solutions.page(who, words="双线 电梯").rows] == [TOLD.title]
    assert solutions.page(who, words="宽带").rows == []
    assert solutions.page(who, state="proposed").rows == []
    assert solutions.page(who, state="nonsense", after="nonsense").rows
    assert solutions.page(make_outsider().who("丁")).rows == []
