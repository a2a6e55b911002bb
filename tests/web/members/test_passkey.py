"""A passkey is added and used in Chromium, under the strict content policy (PL-3)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

pytestmark = pytest.mark.browser


@pytest.fixture
def page() -> Iterator[Page]:
    """A page with a finger reader; what the browser complains about fails the test."""
    problems: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        made = browser.new_page(locale="zh-CN")
        made.on("pageerror", lambda error: problems.append(str(error)))
        made.on(
            "console",
            lambda said: problems.append(said.text) if "Content Security" in said.text else None,
        )
        device = made.context.new_cdp_session(made)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": READER})
        yield made
        browser.close()
    assert problems == []


READER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_add_a_passkey_and_sign_in_with_it(page: Page, address: str) -> None:
    page.goto(f"{address}/account/login/?next=/account/")
    page.get_by_label("用户名或邮箱").fill("ding")
    page.get_by_label("密码").fill("雨后的操场-2026")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", name="登录与安全")).to_be_visible()

    page.goto(f"{address}/account/2fa/keys/add/")
    page.get_by_label("密码").fill("雨后的操场-2026")
    page.get_by_role("button", name="确认").click()
    page.get_by_label("名称").fill("办公室电脑")
    page.get_by_label("用它直接登录，不再输密码").check()
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_role("heading", name="备用码")).to_be_visible()
    page.goto(f"{address}/account/2fa/keys/")
    expect(page.get_by_text("办公室电脑")).to_be_visible()
    expect(page.get_by_text("登录，不用密码")).to_be_visible()

    page.goto(f"{address}/account/logout/")
    page.get_by_role("button", name="退出").click()
    page.goto(f"{address}/account/login/?next=/account/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url(f"{address}/account/")
    expect(page.get_by_text("有 1 个通行密钥。")).to_be_visible()


def test_a_device_without_the_key_says_so_in_words(page: Page, address: str) -> None:
    page.goto(f"{address}/account/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_text("通行密钥没有用成")).to_be_visible()
    expect(page).to_have_url(f"{address}/account/login/")
