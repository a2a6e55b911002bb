"""One complaint all the way: public page, desk, talk, promise, task, answer, confirmation, end.

The walk of the issue that founded the house; through the real server and worker, on whichever
database DATABASE_URL names.
"""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from way.conftest import Live

pytestmark = pytest.mark.browser

STORY = "上周三起三号楼电梯停了三次，老人两天没能下楼，打物业电话没人接。"
ANSWER = (
    "王先生，您好。电梯三次停运，让老人下不了楼，我们很抱歉。已查明是门机老化，"
    "今天下午更换，以后每月检修一次。联系人：甲，400-000-0000。"
)


def test_a_complaint_all_the_way(live: Live) -> None:
    number, code = complain(live.page())
    agent = live.page("jia")
    take(agent, number)
    call_back_and_restate(agent)
    promise(agent)
    note_and_ask(agent)
    answer_task(live.page("yi"), number)
    reply(agent)
    customer = look_up(live.page(), number, code)
    confirm(customer)
    close(agent)
    customer.reload()
    expect(customer.locator("h1")).to_contain_text("办结")


def complain(page: Page) -> tuple[str, str]:
    """On a phone, without an account; the receipt tells number and code."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    page.locator("a[href$='/new/']").first.click()
    page.locator("[name=narrative]").fill(STORY)
    page.locator("[name=request]").fill("尽快修好，给老人一个说法")
    page.locator("[name=name]").fill("王小明")
    page.locator("[name=phone]").fill("13800001234")
    page.get_by_role("button", name="提交投诉").click()
    page.wait_for_url("**/receipt/**")
    text = page.locator("main").inner_text()
    number = re.search(r"TS-\d{8}-\d{4}", text)
    code = re.search(r"\b[A-Z2-7]{5}-[A-Z2-7]{5}\b", text)
    assert number
    assert code
    expect(page.locator(".qr svg")).to_be_visible()
    return number.group(), code.group()


def take(page: Page, number: str) -> None:
    """From the queue of the department; the biggest button says what comes first."""
    page.goto("/desk/?queue=waiting")
    page.get_by_role("link", name=re.compile("上周三起三号楼电梯")).first.click()
    expect(page.locator(".case-no")).to_have_text(number)
    page.locator("#case-head form[action$='/take/'] button").click()
    expect(page.locator("#case-head")).to_contain_text("甲（我）")


def write(page: Page, tab: str) -> None:
    """Open a tab of the composer."""
    page.locator(f"#tab-{tab}").click()


def send(page: Page, tab: str, story: str) -> None:
    """Send the open tab and see it in the story."""
    page.locator(f"#pane-{tab} button.btn").last.click()
    expect(page.locator("#case-story")).to_contain_text(story)


def call_back_and_restate(page: Page) -> None:
    write(page, "contact")
    page.locator("#pane-contact [name=direction][value=out]").check(force=True)
    page.locator("#pane-contact [name=channel]").select_option("phone")
    page.locator("#pane-contact [name=text]").fill("王先生说老人被困过一次，现在很担心。")
    send(page, "contact", "老人被困过一次")
    write(page, "restate")
    page.locator("#pane-restate [name=text]").fill(
        "您是说电梯停了三次，老人被困，要尽快修好，对吗？"
    )
    page.locator("#pane-restate [name=confirmed][value=yes]").check(force=True)
    send(page, "restate", "要尽快修好，对吗")
    page.locator("#case-head form[action$='/accept/'] button").click()
    expect(page.locator("#case-head")).to_contain_text("已受理")


def promise(page: Page) -> None:
    write(page, "promise")
    page.locator("#pane-promise [name=content]").fill("明天上午告知检查结果")
    due = datetime.now() + timedelta(days=1)  # noqa: DTZ005 - what a person at this desk types
    page.locator("#pane-promise [name=due_at]").fill(due.strftime("%Y-%m-%dT%H:%M"))
    send(page, "promise", "明天上午告知检查结果")


def note_and_ask(page: Page) -> None:
    write(page, "note")
    page.locator("#pane-note [name=text]").fill("先问工程部门机的事。")
    send(page, "note", "先问工程部门机的事")
    write(page, "task")
    page.locator("#pane-task [name=content]").fill("请查三号楼电梯三次停运的原因")
    page.locator("#pane-task [name=department]").select_option(label="工程部")
    due = datetime.now() + timedelta(hours=4)  # noqa: DTZ005
    page.locator("#pane-task [name=due_at]").fill(due.strftime("%Y-%m-%dT%H:%M"))
    send(page, "task", "请查三号楼电梯三次停运的原因")


def answer_task(page: Page, number: str) -> None:
    """乙 of the department that was asked sees what is asked, not who complained."""
    page.goto("/desk/?queue=tasks")
    page.get_by_role("link", name=re.compile("上周三起三号楼电梯")).first.click()
    expect(page.locator("main")).to_contain_text(number)
    expect(page.locator("main")).not_to_contain_text("王小明")
    page.locator("main textarea[name=text]").fill("门机老化，今天下午更换。")
    page.locator("main form button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("门机老化，今天下午更换。")


def reply(page: Page) -> None:
    page.reload()
    page.get_by_role("button", name="可以了").click()
    expect(page.locator("#case-side")).to_contain_text("已完成")
    page.get_by_role("button", name="做到了").click()
    expect(page.locator("#case-story")).to_contain_text("做到")
    write(page, "reply")
    page.locator("#pane-reply [name=kind][value=final]").check(force=True)
    page.locator("#pane-reply [name=text]").fill(ANSWER)
    send(page, "reply", "已查明是门机老化")
    expect(page.locator("#undo")).to_contain_text("撤回")
    expect(page.locator("#case-head")).to_contain_text("待客户确认")


def look_up(page: Page, number: str, code: str) -> Page:
    page.goto("/")
    page.locator("a[href$='/find/']").first.click()
    page.locator("[name=number]").fill(number)
    page.locator("[name=code]").fill(code)
    page.locator("[name=code]").press("Enter")
    page.wait_for_url("**/follow/**")
    return page


def confirm(page: Page) -> None:
    """The letter shows once the worker has sent it."""
    for _try in range(60):
        if page.get_by_text("已查明是门机老化").count():
            break
        page.reload()
    page.locator("[name=agreed][value=yes]").check(force=True)
    page.locator("[name=rating][value='5']").check(force=True)
    page.locator("form[action$='/answer/'] button.btn-primary").click()
    expect(page.locator("main")).to_contain_text("谢谢")


def close(page: Page) -> None:
    page.reload()
    page.locator("#case-head .btn-primary").click()
    page.locator("dialog [name=verdict][value=founded]").check(force=True)
    page.locator("dialog button.btn-primary").click()
    expect(page.locator("#case-head")).to_contain_text("已办结")
