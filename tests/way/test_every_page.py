"""Every page in Chromium: no violation of WCAG 2.2 AA, nothing wider than the screen, nothing in
the console; light and dark, desk and phone (PL-6)."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page

from way.conftest import Live
from wcag import violations

pytestmark = pytest.mark.browser

PUBLIC = ["/", "/o/yunfan/how/", "/o/yunfan/new/", "/o/yunfan/find/", "/account/login/"]
HANDLER = [
    "/desk/",
    "/desk/waiting/",
    "/cases/",
    "/cases/?q=电梯",
    "/calendar/",
    "/calendar/?year=2027",
    "/new/call/",
    "/new/visit/",
    "/new/letter/",
    "/new/transfer/",
    "/parties/",
    "/account/sessions/",
    "/account/2fa/",
]
HEAD = [
    "/approvals/",
    "/tasks/",
    "/responsibility/",
    "/absence/",
    "/import/",
    "/calendar/?queue=all",
    "/calendar/new/",
]
ADMINISTRATOR = ["/house/members/", "/house/departments/", "/house/settings/", "/desk/"]
AUDITOR = ["/house/looks/", "/house/verify/"]
SCREENS: list[tuple[int, Literal["light", "dark"]]] = [(1440, "light"), (390, "dark")]


@pytest.fixture(scope="module")
def case(live: Live) -> str:
    """The path of a case that came in over the public form."""
    page = live.page()
    page.goto("/o/yunfan/new/")
    page.locator("[name=narrative]").fill("小区路灯坏了半个月，晚上看不清路。")
    page.locator("[name=name]").fill("赵敏")
    page.locator("[name=phone]").fill("13700000002")
    page.get_by_role("button", name="提交投诉").click()
    page.wait_for_url("**/receipt/**")
    found = re.search(r"receipt/([0-9a-f-]{36})", page.url)
    assert found
    return f"/cases/{found.group(1)}/"


def look(page: Page, paths: list[str]) -> list[str]:
    """What is wrong on these pages, on a wide screen and on a phone, by day and by night."""
    wrong: list[str] = []
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    for path in paths:
        for width, scheme in SCREENS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            said.clear()
            answer = page.goto(path, wait_until="networkidle")
            if answer is None or answer.status != 200:
                wrong.append(f"{path}: {answer and answer.status}")
                continue
            # Before axe looks: the probe itself uses inline styles, which the policy refuses.
            wrong += [f"{path}: {line}" for line in said]
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if wide > 0:
                wrong.append(f"{path}: {wide} px wider than {width}")
            wrong += violations(page)
    return list(dict.fromkeys(wrong))


def test_public_pages(live: Live) -> None:
    assert look(live.page(), PUBLIC) == []


def test_pages_of_a_handler(live: Live, case: str) -> None:
    steps = [
        f"{case}{step}/"
        for step in (
            *("reply", "contact", "promise", "task", "facts", "party", "clocks", "ladder"),
            *("responsibility", "escalate", "pass-on", "needs", "limit", "turn"),
        )
    ]
    prints = [f"{case}register/", f"{case}sheet/"]
    assert look(live.page("jia"), [*HANDLER, case, *steps, *prints]) == []


def test_first_review(live: Live, case: str) -> None:
    """The list is as good as its pages, and the verdict follows an answer without a reload."""
    page = live.page("jia")
    assert (
        look(page, [f"{case}{one}/" for one in ("screening", "approvals", "investigation")]) == []
    )
    page.goto(f"{case}screening/")
    verdict = page.locator("#weighed")
    verdict.get_by_role("heading", name="请客户补材料").wait_for()
    page.locator("[name=a-wish][value=yes]").check()
    verdict.get_by_role("heading", name="受理").wait_for()


def test_pages_of_a_head(live: Live) -> None:
    assert look(live.page("ding"), HEAD) == []


@pytest.mark.parametrize(
    ("user", "paths"), [("guanli", ADMINISTRATOR), ("shenji", AUDITOR)], ids=["guanli", "shenji"]
)
def test_pages_of_those_who_run_the_house(live: Live, user: str, paths: list[str]) -> None:
    assert look(live.page(user), paths) == []
