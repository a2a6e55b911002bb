"""The record of a negotiation as a paper: offers, answers, authority, tactics, agreed text."""

import pytest

from factories import NOON, House, fresh, later, make_house
from plans import made, offered, ripe, says
from tingsu.cases.actions import document
from tingsu.cases.actions.bargain import bargain
from tingsu.cases.actions.bottom_line import set_line
from tingsu.cases.models import Case, Document
from tingsu.cases.remedy_kept import Gift
from tingsu.documents.fields import values
from tingsu.documents.tables import table

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def case(house: House) -> Case:
    case = ripe(house)
    first = made(case, house, gifts=(Gift("gift", 5_000, "果篮"),))
    set_line(fresh(case), house.actor("甲"), NOON, most=9_753_186, words="梅花鹿不让")
    bargain(fresh(case), house.actor("甲"), NOON, text="客户要整梯", tactics=["same_side"])
    says(case, offered(case, house, first, tactics=["settle_early"]), "countered", wanted=80_000)
    second = made(fresh(case), house, name="加一份果篮")
    says(case, offered(case, house, second), "accepted", at=later(hours=2), text="行")
    return fresh(case)


def test_the_table_tells_who_offered_what_with_which_authority_and_tactics(case: Case) -> None:
    block = table(case, "talks")
    assert block.head[0] == "时间"
    steps = [row[1] for row in block.rows]
    assert steps == [
        "拟定方案", "协商", "向客户提出", "客户还价", "拟定方案", "向客户提出", "客户接受",
    ]  # fmt: skip
    told = "\n".join(row[2] for row in block.rows)
    for part in (
        "权限：¥200.00 以内", "酌情 ¥50.00", "做法：先让一步", "做法：同一战线", "客户要整梯",
        "希望合计得到 ¥800.00", "谈定：", "按规则应给 ¥500.00",
    ):  # fmt: skip
        assert part in told
    assert {row[3] for row in block.rows} == {"甲", "客户"}


def test_how_far_we_would_have_gone_stands_in_no_paper(case: Case, house: House) -> None:
    told = "\n".join(
        "|".join(row) for name in ("talks", "course", "contacts") for row in table(case, name).rows
    )
    for secret in ("9753186", "97,531.86", "梅花鹿"):
        assert secret not in told


def test_the_paper_begins_with_what_was_agreed(case: Case, house: House) -> None:
    by = house.actor("甲")
    document.begin(case, by, NOON, kind="negotiation_record")
    row = Document.objects.get(case=case, kind="negotiation_record")
    found = values(fresh(case), row, house.organisation, NOON)
    assert "合计给您 ¥500.00" in found["terms"]
    assert "梅花鹿" not in "".join(found.values())
