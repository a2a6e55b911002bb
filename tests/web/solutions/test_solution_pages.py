"""Prepared solutions on the screen: written, released, offered beside a case, used at once."""

from typing import Any

import pytest

from factories import NOON, House, answered, fresh, make_case, make_outsider, signed_in
from tingsu.cases.actions import close, confirm, solution
from tingsu.cases.actions.solution import Article
from tingsu.cases.models import Case, Solution

LIFT = "锦绣花园三号楼电梯反复停梯，老人被困二十分钟，打应急电话没有人接，门机控制板老化。"


@pytest.fixture
def over(house: House) -> Case:
    """A case that 甲 closed."""
    case = answered(make_case(house, by="甲", narrative=LIFT), house)
    confirm.confirm(case, house.actor("甲"), NOON, agreed=True)
    close.close(case, house.actor("甲"), NOON, verdict="founded")
    return fresh(case)


@pytest.fixture
def row(house: House, over: Case) -> Solution:
    """An article that 主管 released."""
    article = Article("电梯反复停梯", LIFT, "当天换板，值班电话改双线。", wording="让老人受惊了。")
    solution.compose(over, house.actor("甲"), NOON, article=article)
    made = Solution.objects.select_related("case").get()
    solution.release(made, house.actor("主管"), NOON)
    made.refresh_from_db()
    return made


def page(house: House, url: str, name: str = "甲") -> str:
    html: str = signed_in(house[name]).get(url).content.decode()
    return html


def test_the_form_begins_masked_and_loses_nothing(house: House, over: Case) -> None:
    url = f"/cases/{over.id}/solution/"
    html = page(house, url)
    assert "写给下一位" in html
    assert "已修好" in html  # from the final answer
    told: dict[str, Any] = {"title": "", "situation": "停梯<b>", "worked": "换板", "cost": "一百"}
    answer = signed_in(house["甲"]).post(f"{url}write/", told)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "停梯&lt;b&gt;" in html
    assert "请只写数字" in html
    told |= {"title": "停梯", "cost": "120.50", "ik": "a" * 32}
    assert signed_in(house["甲"]).post(f"{url}write/", told).status_code == 302
    made = Solution.objects.get()
    assert (made.cost, made.state) == (12050, "proposed")


def test_a_supervisor_releases_or_sends_back(house: House, over: Case) -> None:
    article = Article("电梯反复停梯", LIFT, "换板")
    solution.compose(over, house.actor("甲"), NOON, article=article)
    row = Solution.objects.get()
    url = f"/solutions/{row.id}/"
    assert "电梯反复停梯" in page(house, "/solutions/?state=proposed", "主管")
    assert "发布</button>" not in page(house, url)
    assert signed_in(house["甲"]).post(f"{url}release/").status_code == 403
    empty = signed_in(house["主管"]).post(f"{url}return/", {"reason": ""})
    assert empty.status_code == 422
    assert "请写明原因" in empty.content.decode()
    signed_in(house["主管"]).post(f"{url}release/", {"ik": "b" * 32})
    assert "电梯反复停梯" in page(house, "/solutions/")
    signed_in(house["丁"]).post(f"{url}withdraw/", {"reason": "过时<i>", "ik": "c" * 32})
    assert "过时&lt;i&gt;" in page(house, url)


def test_it_is_offered_beside_a_like_case_and_used_with_one_click(
    house: House, row: Solution
) -> None:
    like = make_case(house, by="甲", narrative="锦绣花园电梯又停梯，老人被困，应急电话没人接")
    url = f"/cases/{like.id}/"
    assert f"{url}solutions/" in page(house, url)
    part = page(house, f"{url}solutions/")
    assert "像这样的，有预案" in part
    assert "让老人受惊了。" in part
    signed_in(house["甲"]).post(f"{url}solution-use/", {"row": str(row.id), "ik": "d" * 32})
    row.refresh_from_db()
    assert row.used == 1
    assert "像这样的" not in page(house, f"{url}solutions/")
    html = page(house, url)
    assert "用了 1 个预案" in html
    assert "用了预案" in html
    assert "电梯反复停梯" in page(house, f"{url}solution/")


def test_the_list_costs_the_same_for_many(
    house: House, row: Solution, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(house["甲"])
    browser.get("/solutions/")
    with django_assert_max_num_queries(8):
        html = browser.get("/solutions/?q=电梯").content.decode()
    assert row.title in html
    assert "还没有" in browser.get("/solutions/?q=<script>").content.decode()


def test_an_article_of_another_house_is_not_there(house: House, row: Solution) -> None:

    outsider = make_outsider()
    assert signed_in(outsider["丁"]).get(f"/solutions/{row.id}/").status_code == 404
    theirs = make_case(outsider, by="甲", narrative=LIFT)
    used = signed_in(outsider["甲"]).post(
        f"/cases/{theirs.id}/solution-use/", {"row": str(row.id), "ik": "e" * 32}
    )
    assert used.status_code == 404
