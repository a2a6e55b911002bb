"""What the scripts do for somebody who types, is interrupted, and comes back."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from stage import Stage

pytestmark = pytest.mark.browser

LIST = """
<section data-list>
  <ul>
    <li data-row><a href="#a">甲的投诉</a><input type="checkbox" aria-label="选中甲"></li>
    <li data-row><a href="#b">乙的投诉</a><input type="checkbox" aria-label="选中乙"></li>
  </ul>
</section>
<button type="button" data-key="r" data-action="回复客户" id="reply">回复</button>
<p id="pressed"></p>
<textarea id="text" aria-label="内容"></textarea>
"""
FORM = """
<form method="post" action="/reply/" data-draft-key="case:1:reply" data-draft-url="/drafts/">
  <input type="hidden" name="ik" value="once">
  <textarea name="text" aria-label="回复"></textarea>
  <span data-draft-status></span>
  <button>发送</button>
</form>
"""


def count_presses(page: Page) -> None:
    page.evaluate(
        "document.getElementById('reply').addEventListener('click',"
        "() => document.getElementById('pressed').append('r'))"
    )


def test_j_and_k_walk_the_list_and_x_ticks(stage: Stage) -> None:
    page = stage.show(LIST)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="乙的投诉")).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_label("选中乙")).to_be_checked()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="甲的投诉")).to_be_focused()


def test_a_letter_presses_its_button_but_never_while_typing(stage: Stage) -> None:
    page = stage.show(LIST)
    count_presses(page)
    page.keyboard.press("r")
    page.locator("#text").focus()
    page.keyboard.type("rrr")
    expect(page.locator("#pressed")).to_have_text("r")
    expect(page.locator("#text")).to_have_value("rrr")


@pytest.mark.parametrize(
    "composing",
    [
        "new KeyboardEvent('keydown', {key: 'r', bubbles: true, isComposing: true})",
        "new KeyboardEvent('keydown', {key: 'r', bubbles: true, keyCode: 229})",
    ],
)
def test_choosing_characters_presses_nothing(stage: Stage, composing: str) -> None:
    page = stage.show(LIST)
    count_presses(page)
    page.evaluate(f"document.body.dispatchEvent({composing})")
    expect(page.locator("#pressed")).to_have_text("")


def test_nothing_is_pressed_between_the_start_and_the_end_of_a_composition(stage: Stage) -> None:
    page = stage.show(LIST)
    count_presses(page)
    page.evaluate("document.body.dispatchEvent(new CompositionEvent('compositionstart'))")
    page.keyboard.press("r")
    expect(page.locator("#pressed")).to_have_text("")
    page.evaluate("document.body.dispatchEvent(new CompositionEvent('compositionend'))")
    page.keyboard.press("r")
    expect(page.locator("#pressed")).to_have_text("r")


def test_a_question_mark_shows_the_keys(stage: Stage) -> None:
    page = stage.show(LIST)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="键盘快捷键")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="键盘快捷键")).to_be_hidden()


def test_what_is_typed_is_kept_on_the_server(stage: Stage) -> None:
    stage.answers["/drafts/"] = (204, None)
    page = stage.show(FORM)
    page.get_by_label("回复").fill("王先生，您好")
    expect(page.get_by_text("草稿已保存")).to_be_visible()
    assert stage.bodies("/drafts/") == [
        {"key": "case:1:reply", "fields": {"text": ["王先生，您好"]}}
    ]


def test_a_draft_comes_back_and_can_be_thrown_away(stage: Stage) -> None:
    stage.answers["/drafts/"] = (
        200,
        {"at": "2026-11-21T02:02:00Z", "fields": {"text": ["写了一半"]}},
    )
    page = stage.show(FORM)
    expect(page.get_by_label("回复")).to_have_value("写了一半")
    expect(page.get_by_text("已恢复")).to_be_visible()
    page.get_by_role("button", name="丢弃").click()
    expect(page.get_by_label("回复")).to_have_value("")
    assert stage.bodies("/drafts/")[-1] == {"key": "case:1:reply", "fields": None}


def test_without_a_server_this_device_keeps_the_text(stage: Stage) -> None:
    stage.answers["/drafts/"] = (503, None)
    page = stage.show(FORM)
    page.get_by_label("回复").fill("断网时写的")
    expect(page.get_by_text("先存在这台电脑上")).to_be_visible()
    page = stage.show(FORM)
    expect(page.get_by_label("回复")).to_have_value("断网时写的")


def test_a_lost_session_keeps_the_page_and_offers_to_sign_in(stage: Stage) -> None:
    stage.answers["/drafts/"] = (401, None)
    page = stage.show(FORM)
    page.get_by_label("回复").fill("登录到期时写的")
    expect(page.get_by_role("dialog", name="登录已经到期")).to_be_visible()
    page.get_by_role("button", name="先不登录").click()
    expect(page.get_by_label("回复")).to_have_value("登录到期时写的")


def test_a_second_click_sends_nothing(stage: Stage) -> None:
    page = stage.show(FORM)
    page.evaluate(
        "window.sent = 0; document.addEventListener('submit', e => {"
        " if (!e.defaultPrevented) window.sent += 1; e.preventDefault(); })"
    )
    page.evaluate(
        "const f = document.querySelector('form[data-draft-key]');"
        "f.requestSubmit(); f.requestSubmit();"
    )
    assert page.evaluate("window.sent") == 1


def test_the_palette_finds_places_and_is_led_by_the_keyboard(stage: Stage) -> None:
    stage.answers["/palette/"] = (
        200,
        {"items": [{"word": "工作台", "icon": "home", "url": "#desk"}]},
    )
    page = stage.show(LIST + '<script type="application/json">{}</script>')
    page.evaluate("document.getElementById('palette').dataset.palette = '/palette/'")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    expect(page.get_by_role("option")).to_have_count(2)  # 回复客户 of this page, then 工作台
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name="工作台")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page).to_have_url("http://tingsu.test/page#desk")


def test_somebody_else_on_the_case_is_shown_and_a_change_is_told(stage: Stage) -> None:
    stage.answers["/presence/"] = (
        200,
        {"people": [{"name": "周明", "typing": True}], "version": 8},
    )
    page = stage.show('<div role="status" data-presence="/presence/" data-version="7"></div>')
    expect(page.get_by_text("周明 正在写")).to_be_visible()
    expect(page.get_by_text("这件投诉有了新的经过")).to_be_visible()


def test_the_bar_counts_down_and_says_when_the_letter_has_gone(stage: Stage) -> None:
    stage.page.clock.install()
    page = stage.show(
        '{% include "components/undo_bar.html" with seconds=15 total=15 to="王先生" url="/back/" %}'
    )
    expect(page.get_by_role("button", name="撤回")).to_be_visible()
    page.clock.run_for(5_000)
    expect(page.locator("[data-left]")).to_have_text("10 秒后发出")
    page.clock.run_for(10_500)
    expect(page.locator("[data-left]")).to_have_text("已发出")
    expect(page.get_by_role("button", name="撤回")).to_have_count(0)


def test_files_are_listed_refused_and_taken_out(stage: Stage) -> None:
    page = stage.show("<form>{% upload %}</form>")
    page.locator("input[type=file]").set_input_files(
        [
            FilePayload(name="小票.jpg", mimeType="image/jpeg", buffer=b"x" * 3000),
            FilePayload(name="setup.exe", mimeType="application/octet-stream", buffer=b"MZ"),
            FilePayload(name="空.txt", mimeType="text/plain", buffer=b""),
        ]
    )
    expect(page.get_by_text("小票.jpg · 3 KB")).to_be_visible()
    expect(page.get_by_text("setup.exe：这种文件不能接收")).to_be_visible()
    expect(page.get_by_text("空.txt：这是一个空文件")).to_be_visible()
    names = "[...document.querySelector('input[type=file]').files].map(f => f.name)"
    assert page.evaluate(names) == ["小票.jpg"]
    page.get_by_role("button", name="移除 小票.jpg").click()
    assert page.evaluate(names) == []


def test_the_theme_is_chosen_at_once_and_remembered(stage: Stage) -> None:
    page = stage.show(LIST)
    page.locator("[data-user-menu]").click()
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert "theme=dark" in page.evaluate("document.cookie")
