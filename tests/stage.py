"""A page of the product without a server: rendered here and served to a browser from memory, under
the same content security policy as the real ones. For the tests of scripts and styles."""

import json
import mimetypes
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Page, Request, Route

from tingsu.people.permission import Role, Who

SITE = "http://tingsu.test"
ID = UUID(int=1)
WHO = Who(
    ID, ID, ID, ID, frozenset({ID}), "林晓", "专员", "投诉处理一组",
    frozenset({Role.HEAD, Role.ADMINISTRATOR}),
)  # fmt: skip
POLICY = "; ".join(
    f"{name} {' '.join(str(source) for source in sources)}"
    for name, sources in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
Answer = tuple[int, Any]
Answering = Callable[[Request], Answer]


class Stage:
    """One page under test. ``answers`` maps a path to (status, JSON) or a function of the request;
    ``asked`` keeps what the scripts sent; ``problems`` what the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.html = ""
        self.answers: dict[str, Answer | Answering] = {}
        self.asked: list[tuple[str, str, str]] = []
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", self._heard)
        page.route("**/*", self._serve)

    def show(self, main: str, *, base: str = "web/shell.html", **context: object) -> Page:
        """Render ``main`` inside the frame and open it."""
        source = (
            f'{{% extends "{base}" %}}{{% load tingsu_ui tingsu_forms %}}'
            f"{{% block main %}}{main}{{% endblock %}}"
        )
        request = RequestFactory().get("/desk/")
        request.at = datetime(2026, 11, 21, 5, 18, tzinfo=UTC)  # type: ignore[attr-defined]
        known = {"request": request, "who": WHO, "can": {right.value for right in WHO.rights}}
        known |= {"house": SimpleNamespace(name="云帆服务集团", contact_phone="")}
        with translation.override("zh-hans"):
            self.html = Template(source).render(Context({**known, **context}))
        self.page.goto(f"{SITE}/page")
        return self.page

    def bodies(self, path: str) -> list[Any]:
        """The JSON that was posted to the path."""
        sent = [body for method, to, body in self.asked if (method, to) == ("POST", path)]
        return [json.loads(body) for body in sent]

    def _heard(self, message: Any) -> None:
        # A refused answer (401, 404 …) is what some tests are about; it is no script's fault.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.problems.append(message.text)

    def _serve(self, route: Route) -> None:
        request = route.request
        path = urlsplit(request.url).path
        if path.startswith("/static/"):
            _file(route, path)
        elif path == "/page":
            headers = {"content-security-policy": POLICY, "content-type": "text/html"}
            route.fulfill(status=200, headers=headers, body=self.html)
        else:
            self.asked.append((request.method, path, request.post_data or ""))
            found = self.answers.get(path, (404, None))
            status, body = found(request) if callable(found) else found
            route.fulfill(status=status, json=body) if body is not None else route.fulfill(
                status=status
            )


def _file(route: Route, path: str) -> None:
    found = finders.find(path.removeprefix("/static/"))
    if not found:
        route.fulfill(status=404)
        return
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    route.fulfill(status=200, body=Path(str(found)).read_bytes(), content_type=kind)
