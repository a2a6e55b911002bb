"""Takes the pictures of the README from the demo: starts ``tingsu serve --demo`` on a data folder
of its own, looks at it in Chromium, writes docs/pictures/*.png.

Needs what the browser tests need: Chromium at /usr/bin/chromium and a Chinese font. With Pillow
installed the pictures become smaller.
"""

import argparse
import io
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, sync_playwright

from tingsu.demo import PASSWORD, plot

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
WIDE, PHONE = (1440, 900), (390, 844)
MOST = 250_000  # bytes of one picture
HOUSE = "yunfan"
MOST_LOOKED_AT = 40  # cases of one desk


@contextmanager
def house() -> Iterator[str]:
    """A running demo; gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        own = {"TINGSU_DATA": folder, "TINGSU_DEMO_PASSWORD": PASSWORD}
        others = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        serve = [sys.executable, "-m", "tingsu.cli", "serve", "--demo", "--port", str(_free_port())]
        running = subprocess.Popen(serve, env=others | own, stdout=subprocess.PIPE, text=True)
        try:
            yield _address(running)
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(30)


def _address(running: "subprocess.Popen[str]") -> str:
    """From the first line that names it; the demo is loaded by then."""
    for line in running.stdout or ():
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found.group()
    raise SystemExit("tingsu serve --demo did not start")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Camera:
    """Opens windows of one house and keeps what they show."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url

    def window(self, user: str = "", *, dark: bool = False, phone: bool = False) -> Page:
        """A window of its own; signed in when a user is named."""
        width, height = PHONE if phone else WIDE
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            is_mobile=phone,
            has_touch=phone,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            base_url=self.url,
        )
        page = context.new_page()
        if user:
            page.goto("/account/login/")
            page.locator("[name=login]").fill(user)
            page.locator("[name=password]").fill(PASSWORD)
            page.locator("[name=password]").press("Enter")
            page.wait_for_url("**/desk/**")
        return page

    def take(self, page: Page, name: str) -> None:
        """Keep the window as it is. Raises SystemExit when the picture is too heavy."""
        page.wait_for_load_state("networkidle")
        path = PICTURES / f"{name}.png"
        path.write_bytes(smaller(page.screenshot()))
        size = path.stat().st_size
        print(f"{path.name}: {size // 1000} kB")
        if size > MOST:
            raise SystemExit(f"{path.name}: more than {MOST // 1000} kB")


def smaller(picture: bytes) -> bytes:
    """With few colours where Pillow is at hand, else as it came."""
    try:
        from PIL import Image  # noqa: PLC0415 - not among what the project needs
    except ImportError:
        return picture
    few = Image.open(io.BytesIO(picture)).convert("RGB").quantize(160)
    out = io.BytesIO()
    few.save(out, "png", optimize=True)
    return min(picture, out.getvalue(), key=len)


def desk(camera: Camera, name: str, *, dark: bool = False) -> None:
    """The day of somebody who handles complaints, with one of them beside the list."""
    page = camera.window("banli", dark=dark)
    page.goto("/desk/?queue=mine")
    with page.expect_response(re.compile("/desk/preview/")):
        page.keyboard.press("j")
        page.keyboard.press("j")
    camera.take(page, name)


def case(camera: Camera, name: str) -> None:
    """The complaint of one desk with the most to show."""
    page = camera.window("banli")
    page.goto("/desk/?queue=mine")
    links = page.locator("[data-row] a.row-title")
    found = [str(links.nth(n).get_attribute("href")) for n in range(links.count())]
    page.goto(max(found[:MOST_LOOKED_AT], key=lambda address: _worth(page, address)))
    camera.take(page, name)


def _worth(page: Page, address: str) -> int:
    """Kinds of things that a case shows, then how long its story is; late ones come last."""
    page.goto(address)
    kinds = (".promise", ".task", ".clock", ".event-in", ".event-out", ".event-good")
    shown = sum(page.locator(kind).count() > 0 for kind in kinds)
    late = page.locator(".case-head .due-late").count()
    unsorted = page.locator(".case-facts").get_by_text("未分类").count()
    story = page.locator("#case-story .event").count()
    return 100 * shown + min(story, 99) - 1000 * late - 200 * unsorted


def call(camera: Camera, name: str) -> None:
    """A call half-way: the caller was recognised, the story is told."""
    page = camera.window("jiedai")
    page.goto("/new/call/")
    with page.expect_response(re.compile("/new/recognise/")):
        page.locator("[name=phone]").fill(_known_number())
    page.locator("[name=narrative]").fill(
        "昨天下午在你们门店买的电饭煲，回家第一次用就跳闸。今早拿去店里，店员说拆了封不能退。"
    )
    page.locator("[name=request]").fill("退货退款，请店里说清楚为什么不给退")
    camera.take(page, name)


def _known_number() -> str:
    """The telephone number of whoever complained most often; the demo is the same each time."""
    lives = plot.plan(datetime.now(ZoneInfo("Asia/Shanghai")).date())
    numbers = Counter(life.person.phone for life in lives if life.house == HOUSE)
    return numbers.most_common(1)[0][0]


def portal(camera: Camera, name: str) -> None:
    """What a customer sees first, on a telephone."""
    page = camera.window(phone=True)
    page.goto(f"/o/{HOUSE}/")
    camera.take(page, name)


def follow(camera: Camera, name: str) -> None:
    """A complaint that was just sent, followed on a telephone."""
    page = camera.window(phone=True)
    page.goto(f"/o/{HOUSE}/new/")
    page.locator("[name=narrative]").fill("六号楼电梯这个月第三次停，老人下不了楼。")
    page.locator("[name=request]").fill("修好，并告诉我们原因。")
    page.locator("main form.public-form button.btn-primary").click()
    page.wait_for_url("**/receipt/**")
    camera.take(page, name)


def main() -> None:
    """All pictures, of a house started for it or of one that runs already (--url)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a running demo, instead of starting one")
    url = parser.parse_args().url
    PICTURES.mkdir(parents=True, exist_ok=True)
    if url:
        _all(url)
        return
    with house() as started:
        _all(started)


def _all(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        camera = Camera(browser, url)
        desk(camera, "desk")
        desk(camera, "desk-dark", dark=True)
        case(camera, "case")
        call(camera, "call")
        portal(camera, "portal")
        follow(camera, "receipt")
        browser.close()


if __name__ == "__main__":
    main()
