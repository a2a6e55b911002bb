"""A browser for the scripts and styles alone. No server, no database."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from stage import Stage
from wcag import violations

PATIENCE = 90_000  # ms for what takes a moment, on a machine that is busy with other things
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a file; two at a time Playwright does not allow."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield browser
        browser.close()


@pytest.fixture
def stage(chromium: Browser) -> Iterator[Stage]:
    """A fresh page; what the browser complained about fails the test at its end."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    made = Stage(context.new_page())
    yield made
    context.close()
    assert made.problems == []


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Stage]:
    """The same on a phone."""
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, locale="zh-CN"
    )
    context.set_default_timeout(PATIENCE)
    made = Stage(context.new_page())
    yield made
    context.close()
    assert made.problems == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Ask axe-core for WCAG 2.2 AA violations; one line each."""
    return violations
