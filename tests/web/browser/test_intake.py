"""The form of a call in Chromium: prompts tick, the restatement is composed, times are quick."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from stage import Stage
from tingsu.core.channels import Channel
from tingsu.web.intake.caller import Caller
from tingsu.web.intake.forms import IntakeForm
from tingsu.web.labels import CHANNELS

Theme = Literal["light", "dark"]
pytestmark = pytest.mark.browser
OFFERS: dict[str, list[tuple[str, Any]]] = {
    "pack": [("general", "通用"), ("hotel", "酒店")],
    "category": [
        ("", "还不清楚"),
        ("通用 · 质量", [("general:quality", "质量"), ("general:fake", "假货")]),
        ("酒店 · 客房", [("hotel:room", "房间"), ("hotel:noise", "太吵")]),
    ],
    "taken_by": [("me", "我来办")],
    "party": [("", "")],
    "same": [("", "")],
}


@pytest.fixture
def call(stage: Stage) -> Stage:
    """An empty form of a call at 13:18."""
    form = IntakeForm(Channel.PHONE, OFFERS, initial={"pack": "general", "taken_by": "me"})
    stage.answers["/drafts/"] = (204, None)
    stage.answers["/new/hear/"] = (204, None)  # asked a moment after the last key
    stage.show(
        "{{ block.super }}",
        base="web/intake/form.html",
        form=form,
        channel="phone",
        label=CHANNELS[Channel.PHONE],
        caller=Caller(),
        token="t1",
        draft_key="call:t1",
        ik="a" * 32,
        local_now="2026-11-21T13:18",
    )
    return stage


def test_the_address_carries_the_draft(call: Stage) -> None:
    assert call.page.url.endswith("?draft=t1")


def test_prompts_tick_as_they_are_told(call: Stage) -> None:
    page = call.page

    def told() -> list[str | None]:
        return [one.get_attribute("data-prompt") for one in page.locator(".is-told").all()]

    assert told() == []
    page.fill("[name=narrative]", "昨天在店里，店员说不归他管，到现在还没人回话。")
    assert told() == ["when", "where", "who", "what", "result"]
    page.click("[data-prompt=wish]")
    page.keyboard.type("退款")
    assert told()[-1] == "wish"


def test_the_restatement_is_composed_and_taken_with_the_tick(call: Stage) -> None:
    page = call.page
    page.fill("[name=name]", "王先生")
    page.fill("[name=narrative]", "电饭煲冒烟。\n店员不管。")
    page.fill("[name=request]", "退款。")
    words = "王先生，您是说：电饭煲冒烟。店员不管。您希望退款。我理解得对吗？"
    assert page.inner_text("[data-restate-shown]") == words
    page.check("[name=restated_ok]")
    assert page.input_value("[name=restated]") == words
    page.fill("[name=restated]", "我自己的话")
    page.fill("[name=narrative]", "改了")
    assert page.input_value("[name=restated]") == "我自己的话"


@pytest.mark.parametrize(
    ("word", "due"),
    [
        ("30 分钟后", "2026-11-21T13:48"),
        ("今天 17:30", "2026-11-21T17:30"),
        ("明天 10:00", "2026-11-22T10:00"),
        ("不承诺时间", ""),
    ],
)
def test_quick_times_are_the_time_of_the_house(word: str, due: str, call: Stage) -> None:
    call.page.click(f"[data-quick] >> text={word}")
    assert call.page.input_value("[name=promise_due]") == due


def test_what_a_button_filled_in_is_kept_as_well(call: Stage) -> None:
    call.page.click("[data-quick] >> text=今天 17:30")
    expect(call.page.locator("[data-draft-status]")).to_contain_text("草稿已保存")
    assert call.bodies("/drafts/")[-1]["fields"]["promise_due"] == ["2026-11-21T17:30"]


def test_categories_are_those_of_the_industry_and_of_the_words(call: Stage) -> None:
    page = call.page

    def shown() -> list[str]:
        return page.locator("[name=category] option").all_inner_texts()

    assert shown() == ["还不清楚", "质量", "假货"]
    page.select_option("[name=pack]", "hotel")
    assert shown() == ["还不清楚", "房间", "太吵"]
    page.fill("#category-find", "吵")
    assert page.input_value("[name=category]") == "hotel:noise"


def test_enter_in_a_field_registers_and_throws_nothing_away(call: Stage) -> None:
    page = call.page
    assert page.evaluate("document.querySelector('form.call button').value") == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_barrier(theme: Theme, call: Stage, axe: Callable[[Page], list[str]]) -> None:
    call.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    assert call.problems == []
    assert axe(call.page) == []
    call.problems.clear()  # axe tries inline styles of its own, which the policy stops
