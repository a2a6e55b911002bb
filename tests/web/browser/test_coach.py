"""Marks while typing: where they stand, what an input method feels of them, what a screen reader
hears, and the keyboard (CO-1, PL-6)."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from stage import Stage

pytestmark = pytest.mark.browser
FIELD = """<div class="field"><textarea class="form-control" id="t" name="text" aria-label="回复"
 data-coach="" data-coach-url="/coach/words/"></textarea></div>"""
WORDS = "不归我管"


def answer(request: Any) -> tuple[int, Any]:
    text = request.post_data_json["text"]
    at = text.find(WORDS)
    marks = [] if at < 0 else [
        {"start": at, "end": at + 4, "from": 0, "to": len(text), "kind": "not_my_job",
         "grade": "forbidden", "label": "不归我管", "why": "没人管", "better": "我来联系同事。",
         "learned": False},
    ]  # fmt: skip
    return 200, {"marks": marks, "check": []}


@pytest.fixture
def page(stage: Stage) -> Page:
    stage.answers["/coach/words/"] = answer
    return stage.show(FIELD)


def test_words_that_hurt_are_underlined_and_said(page: Page) -> None:
    page.locator("#t").press_sequentially(f"这事{WORDS}")
    expect(page.locator(".coach-copy mark")).to_have_text(WORDS)
    expect(page.locator("[role=status]", has_text="1 处伤人的话")).to_be_attached()
    expect(page.locator(".coach-row")).to_contain_text("没人管")


def test_the_copy_lies_exactly_under_the_text(page: Page) -> None:
    page.locator("#t").fill(f"{'很长的一句话，' * 60}{WORDS}")
    expect(page.locator(".coach-copy mark")).to_have_count(1)
    boxes = page.evaluate(
        "[...document.querySelectorAll('#t, .coach-copy')].map(e => {"
        " const s = getComputedStyle(e); return [e.clientWidth, e.clientHeight,"
        " e.scrollTop, s.fontSize, s.lineHeight, s.paddingLeft, s.fontFamily] })"
    )
    assert boxes[0] == boxes[1]


def test_alt_enter_takes_the_better_words_and_undo_brings_the_old_ones_back(page: Page) -> None:
    field = page.locator("#t")
    field.press_sequentially(f"这事{WORDS}")
    expect(page.locator(".coach-copy mark")).to_have_count(1)
    field.press("Alt+Enter")
    expect(field).to_have_value("我来联系同事。")
    expect(page.locator(".coach-copy mark")).to_have_count(0)
    field.press("Control+z")
    expect(field).to_have_value(f"这事{WORDS}")


def test_an_input_method_is_left_alone(page: Page, stage: Stage) -> None:
    page.clock.install()
    field = page.locator("#t")
    field.focus()
    field.evaluate(
        "f => { f.dispatchEvent(new CompositionEvent('compositionstart'));"
        " f.value = 'bu gui wo guan'; f.dispatchEvent(new InputEvent('input')); }"
    )
    page.clock.run_for(5_000)
    assert stage.bodies("/coach/words/") == []
    field.evaluate(
        "(f, words) => { f.value = words;"
        " f.dispatchEvent(new CompositionEvent('compositionend')); }",
        WORDS,
    )
    page.clock.run_for(5_000)
    expect(page.locator(".coach-copy mark")).to_have_count(1)


def test_no_style_is_written(page: Page) -> None:
    page.locator("#t").fill(WORDS)
    expect(page.locator(".coach-row")).to_have_count(1)
    assert page.evaluate("document.querySelectorAll('.coach-box [style]').length") == 0
