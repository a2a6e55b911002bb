"""The real server with the real worker, on a database of its own, and browsers before it."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import tables
from tingsu import demo

PASSWORD = "电梯修好了-2026"  # as in seed.py
PATIENCE = 60_000  # ms for what takes a moment, on a machine that is busy with other things
expect.set_options(timeout=PATIENCE)


@dataclass
class Live:
    """A running house. places: where there is something to see, as its seed tells."""

    url: str
    browser: Browser
    password: str = PASSWORD
    places: dict[str, str] = field(default_factory=dict)

    def page(self, user: str = "", *, width: int = 1440) -> Page:
        """A browser window of its own; signed in when a user is named."""
        # Nothing moves: a colour half-way between two themes is no colour of ours.
        context = self.browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            base_url=self.url,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if user:
            page.goto("/account/login/")
            page.locator("[name=login]").fill(user)
            page.locator("[name=password]").fill(self.password)
            page.locator("[name=password]").press("Enter")
            page.wait_for_url("**/desk/**")
        return page


@pytest.fixture(scope="module")
def live(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One house for the walks of a file: seeded, served by ``tingsu serve``."""
    with _house(root, tmp_path_factory.mktemp("live"), "seed.py") as live:
        yield live


@pytest.fixture(scope="module")
def shown(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The same with a small demo in it: a house in which every page has something to show."""
    with _house(root, tmp_path_factory.mktemp("shown"), "seed_demo.py") as live:
        live.password = demo.password()
        yield live


@contextmanager
def _house(root: Path, folder: Path, seed: str) -> Iterator[Live]:
    with _database(folder) as url:
        # The house that is beside these tests, wherever another one is installed.
        own = os.pathsep.join(str(root / part) for part in ("src", "tests"))
        environment = _environment(folder, url) | {"PYTHONPATH": own}
        program = [sys.executable, str(root / "tests/way" / seed)]
        told = subprocess.run(
            program, env=environment, check=True, stdout=subprocess.PIPE, text=True
        )
        port = _free_port()
        serve = [sys.executable, "-m", "tingsu.cli", "serve", "--port", str(port)]
        house = subprocess.Popen(serve, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            _wait_for(house, port)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox"]
                )
                places = json.loads(told.stdout or "{}")
                yield Live(f"http://127.0.0.1:{port}", browser, places=places)
                browser.close()
        finally:
            house.terminate()
            house.wait(30)


class _database:  # noqa: N801 - reads like a function where it is used
    """A database beside the one that DATABASE_URL names; for SQLite a file in the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = os.environ.get("DATABASE_URL", "")
        self.name = f"{urlsplit(self.server).path.strip('/')}_live_{os.getpid()}"

    def __enter__(self) -> str:
        if not tables.ON_POSTGRES:
            tables.lay(self.folder)
            return ""
        self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._run(f"CREATE DATABASE {self.name} TEMPLATE {tables.template()}")
        return urlsplit(self.server)._replace(path=f"/{self.name}").geturl()

    def __exit__(self, *_problem: object) -> None:
        if tables.ON_POSTGRES:
            self._run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        # By way of the server's own database: the named one need not exist.
        maintenance = urlsplit(self.server)._replace(path="/postgres").geturl()
        with psycopg.connect(maintenance, autocommit=True) as connection:
            connection.execute(statement.encode())


def _environment(folder: Path, url: str) -> dict[str, str]:
    own = {
        "TINGSU_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "tingsu.settings",
        "TINGSU_SEND_DELAY": "2",
    }
    return (
        {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
        | own
        | ({"DATABASE_URL": url} if url else {})
    )


def _wait_for(house: "subprocess.Popen[str]", port: int) -> None:
    """Its first line that names the address; then the first page."""
    assert house.stdout is not None
    for line in house.stdout:
        if f":{port}" in line:
            break
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", "/account/login/")
        assert connection.getresponse().status == 200


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
