"""The stories can be told: they parse, and what they name is there."""

import re
import subprocess
import sys
from datetime import date

import pytest

from tingsu.cases.remedies import Asking, trial
from tingsu.core.channels import Channel
from tingsu.demo import houses, signins
from tingsu.demo.staff import House, all_houses
from tingsu.demo.stories import SLOT, Story, common, fill, stories
from tingsu.packs import available, load
from tingsu.people.permission import Role

GIVEN = {"day", "by", "me", "at", "dept", "call", "ta", "line"}
ALL = pytest.mark.parametrize("story", stories(), ids=lambda story: story.id)


def _texts(story: Story) -> list[str]:
    parts: list[str] = []
    for value in vars(story).values():
        parts += [value] if isinstance(value, str) else []
        parts += [one for one in value if isinstance(one, str)] if isinstance(value, tuple) else []
    return [*parts, *story.comments.values(), *story.remedy.get("facts", {}).values()]


def test_every_industry_of_the_demo_has_ten_stories_or_more() -> None:
    told = [story.pack for story in stories()]
    shown = {pack for house in houses() for pack in house["packs"]}
    assert set(told) == shown <= set(available())
    assert min(told.count(pack) for pack in shown) >= 10
    assert len({story.id for story in stories()}) == len(stories())


@ALL
def test_category_and_channels_exist(story: Story) -> None:
    assert story.category in load(story.pack).categories
    assert set(story.channels) <= set(Channel)
    assert story.severity in load(story.pack).severities
    assert 0 <= story.anger <= 4


@ALL
def test_every_slot_can_be_filled(story: Story) -> None:
    money = {"money"} if story.amount else set()
    asked = {name for text in _texts(story) for name in SLOT.findall(text)}
    assert asked <= GIVEN | money | set(story.slots)


@ALL
def test_a_story_that_runs_its_way_has_all_its_words(story: Story) -> None:
    if story.fate:
        assert story.why
        assert story.to or story.fate not in ("transfer", "refer")
        return
    assert story.reply
    assert story.yes
    assert story.no
    assert {"high", "low"} == set(story.comments)


@ALL
def test_a_reply_is_kind_and_concrete(story: Story) -> None:
    """Regret or thanks, a date, a person and a number, in every final answer (CO-2)."""
    if story.reply:
        assert re.search("抱歉|歉意|对不起|谢谢", story.reply)
        assert {"by", "me", "line"} <= set(SLOT.findall(story.reply))


@ALL
def test_departments_asked_are_there_and_somebody_answers(story: Story) -> None:
    for house in all_houses():
        if story.task and house.takes(story) and house.slug != "qinghe":
            assert house.has(story.task[0]) or story.desk == "authority"
            members = house.row["member"]
            if house.has(story.task[0]) and story.task[0] not in ("客户服务中心",):
                assert any(m["department"] == story.task[0] for m in members)


def test_tones_have_their_openers_and_closers() -> None:
    tones = {story.tone for story in stories()}
    assert tones == set(common()["openers"]) == set(common()["closers"])


def test_a_missing_slot_is_an_error_not_a_hole() -> None:
    with pytest.raises(KeyError):
        fill("退还 {money}", {})


def test_figures_stand_apart_from_ideographs() -> None:
    assert fill("收了{money}，{day}起", {"money": "¥5.00", "day": "3 月 1 日"}) == (
        "收了 ¥5.00，3 月 1 日起"
    )


def test_the_first_house_has_all_nine_roles() -> None:
    held = {role for member in houses()[0]["member"] for role in member["roles"]}
    assert held == set(Role)


def test_members_stand_in_departments_that_exist() -> None:
    for row in houses():
        assert all(House(row).has(member["department"]) for member in row["member"])
        assert House(row).has(row["intake"])


def test_sign_ins_are_printed_without_django() -> None:
    script = (
        "import sys; from tingsu.demo import signins; print(len(signins()));"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(signins()) >= 15


def test_the_password_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGSU_DEMO_PASSWORD", "another-word-9")
    assert {one.password for one in signins()} == {"another-word-9"}


@ALL
def test_what_is_owed_in_a_story_can_be_worked_out(story: Story) -> None:
    if not story.remedy:
        return
    facts = {n: fill(t, {"money": "¥88", "n": "9"}) for n, t in story.remedy["facts"].items()}
    asking = Asking(tuple(story.remedy["rules"]), facts)
    worked = trial(load(story.pack), date(2026, 9, 21), asking)
    assert len(worked.chosen) == len(story.remedy["rules"])
    assert worked.complete
    assert worked.outcome.lines
