"""Every page in Chromium: no violation of WCAG 2.2 AA, nothing wider than the screen, nothing in
the console; light and dark, desk and phone (PL-6). The house is a small demo, so that every page
has something to show."""

from typing import Literal

import pytest
from playwright.sync_api import Page

from way.conftest import Live
from wcag import violations

pytestmark = pytest.mark.browser

# A word in braces is a place that the demo names; its case is worked on by whom it belongs to, so
# cases are looked at by those who see all of them.
PUBLIC = [
    "/", "/o/yunfan/how/", "/o/yunfan/new/", "/o/yunfan/find/", "/account/login/", "/try/",
    "/try/general/", "/verify/", "{to_sign}", "{to_answer}", "{offer}",
]  # fmt: skip
HANDLER = [
    "/desk/", "/desk/waiting/", "/cases/", "/cases/?q=电梯", "/calendar/", "/calendar/?year=2027",
    "/new/call/", "/new/visit/", "/new/letter/", "/new/transfer/", "/parties/", "/tasks/",
    "/callbacks/", "/callbacks/?list=all", "/solutions/", "{solution}", "/mail/",
    "{mail}", "/account/sessions/", "/account/2fa/", "/account/tokens/", "/account/dates/",
    "/account/signature/",
]  # fmt: skip
HEAD = [
    "/approvals/", "/absence/", "/import/", "/calendar/?queue=all", "/calendar/new/", "/tasks/",
    "/responsibility/", "{callback}", "/promises/", "{promise}", "/archive/", "/archive/?list=due",
    "/archive/?list=held", "/archive/disposals/", "{disposal}", "/people/requests/", "{request}",
    "/rules/", "/house/seals/", "/house/layouts/", "/house/layouts/general/refusal/zh-hans/",
]  # fmt: skip
STEPS = [
    "reply", "contact", "promise", "task", "facts", "party", "clocks", "ladder", "responsibility",
    "escalate", "pass-on", "needs", "limit", "turn", "screening", "approvals", "remedy", "plans",
    "plans/new", "plans/talk", "ending", "documents", "callbacks", "file", "register", "sheet",
]  # fmt: skip
WINGS = [
    "{case}", "{plans}plans/", "{inquiry}investigation/", "{signed}ending/", "{agreement}ending/",
    "{owed}ending/", "{sign}", "{signed}ending/new/settlement/", "{signed}ending/decision/",
    "{closed}solution/", "{closed}callbacks/", "{archived}file/",
]  # fmt: skip
TRAINER = ["/coach/", "/coach/guide/", "/desk/"]
ADMINISTRATOR = [
    "/house/members/", "/house/departments/", "/house/settings/", "/house/letters/", "/desk/",
    "/house/mailboxes/", "{mailbox}", "/house/outside/", "/house/outside/hooks/new/", "{hook}",
    "/house/outside/in/call/", "/house/tokens/", "/house/documents/",
]  # fmt: skip
AUDITOR = ["/house/changes/", "/house/looks/", "/house/verify/", "/archive/"]
SCREENS: list[tuple[int, Literal["light", "dark"]]] = [(1440, "light"), (390, "dark")]
AT_REST = "() => !document.querySelector('.htmx-request')"


def look(shown: Live, user: str, paths: list[str]) -> list[str]:
    """What is wrong on these pages, on a wide screen and on a phone, by day and by night."""
    page = shown.page(user)
    page.set_default_navigation_timeout(60_000)  # the first look at a page reads its templates
    wrong: list[str] = []
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    for path in paths:
        for width, scheme in SCREENS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            said.clear()
            wrong += [f"{path}: {line}" for line in _seen(page, path.format(**shown.places), said)]
    page.context.close()
    return list(dict.fromkeys(wrong))


def _seen(page: Page, path: str, said: list[str]) -> list[str]:
    answer = page.goto(path)
    if answer is None or answer.status != 200:
        return [f"{answer and answer.status}"]
    page.wait_for_function(AT_REST)
    # Before axe looks: the probe itself uses inline styles, which the policy refuses.
    wrong = list(said)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        wrong.append(f"{wide} px wider than the screen")
    return wrong + violations(page)


@pytest.mark.parametrize(
    ("user", "paths"),
    [
        ("", PUBLIC),
        ("banli", HANDLER),
        ("zhuguan", [f"{{case}}{step}/" for step in STEPS]),
        ("zhuguan", WINGS),
        ("fuze", HEAD),
        ("peixun", TRAINER),
        ("guanli", ADMINISTRATOR),
        ("shenji", AUDITOR),
    ],
    ids=["public", "handler", "steps", "wings", "head", "trainer", "administrator", "auditor"],
)
def test_pages(shown: Live, user: str, paths: list[str]) -> None:
    assert look(shown, user, paths) == []


def test_first_review(shown: Live) -> None:
    """The verdict follows an answer without a reload."""
    page = shown.page()
    page.goto("/o/yunfan/new/")
    page.locator("[name=narrative]").fill("小区路灯坏了半个月，晚上看不清路。")
    page.locator("[name=name]").fill("赵敏")
    page.locator("[name=phone]").fill("13700000002")
    page.get_by_role("button", name="提交投诉").click()
    page.wait_for_url("**/receipt/**")
    ident = page.url.partition("receipt/")[2][:36]
    page = shown.page("zhuguan")
    page.goto(f"/cases/{ident}/screening/")
    verdict = page.locator("#weighed")
    verdict.get_by_role("heading", name="请客户补材料").wait_for()
    page.locator("[name=a-wish][value=yes]").check()
    verdict.get_by_role("heading", name="受理").wait_for()
