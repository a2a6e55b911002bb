"""Walks every route as everybody and says how each was answered; the table beside it says how it
should be (tests/web/permissions.toml). Used by the test and by scripts/permissions.py.

Each request is undone afterwards, so that the order of the walk does not matter.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from permission_world import NOWHERE, PEOPLE, World
from tingsu.web.door import FOREIGN


@dataclass(frozen=True)
class Route:
    """One address: its name, the right its door asks for, and what must be filled in."""

    name: str
    door: str  # a right, "public", "allauth", or "NONE" when somebody forgot it
    holes: dict[str, Any]  # parameter -> converter
    within: str = ""  # the namespace that its name is in


def routes() -> list[Route]:
    """Every named address of the product, by name."""
    found = {route.name: route for route in _walk(get_resolver().url_patterns, {})}
    return sorted(found.values(), key=lambda route: route.name)


def nameless() -> list[str]:
    """Addresses without a name, which no table could list."""
    return [route.door for route in _walk(get_resolver().url_patterns, {}) if not route.name]


def walk(world: World, along: list[Route]) -> Iterator[tuple[str, str]]:
    """Route name and its row of the table: method, door, and an answer for each of PEOPLE."""
    logging.disable(logging.CRITICAL)
    try:
        with override_settings(PUBLIC_LIMITS=False, ACCOUNT_RATE_LIMITS=False):
            for route in along:
                yield route.name, " ".join(_row(world, route))
    finally:
        logging.disable(logging.NOTSET)


def _row(world: World, route: Route) -> list[str]:
    address = reverse(f"{route.within}{route.name}", kwargs=_filled(world, route))
    method, answers = "GET", _asked(world, lambda browser: browser.get(address))
    if "405" in answers:  # for steps alone: nothing to see, only to do
        method, answers = "POST", _asked(world, lambda browser: browser.post(address))
    return [method, route.door, *answers]


def _asked(world: World, ask: Callable[[Client], Any]) -> list[str]:
    return [_undone(world.browsers[name], ask) for name in PEOPLE]


def _undone(browser: Client, ask: Callable[[Client], Any]) -> str:
    cookies = dict(browser.cookies)
    with transaction.atomic():
        answer = ask(browser)
        said = _said(answer.status_code, answer.headers.get("Location", ""))
        if answer.streaming:
            b"".join(answer.streaming_content)  # closes the file, and leaves the connection open
        transaction.set_rollback(True)
    browser.cookies.clear()
    browser.cookies.update(cookies)
    cache.clear()
    return said


def _said(status: int, location: str) -> str:
    """The status; a redirect to the sign-in page as "in", any other as "go"."""
    if status in {301, 302, 303}:
        return "in" if location.startswith(reverse("account_login")) else "go"
    return str(status)


def _filled(world: World, route: Route) -> dict[str, object]:
    return {
        name: world.filling.get(name, _anything(converter))
        for name, converter in route.holes.items()
    }


def _anything(converter: Any) -> object:
    return {"UUIDConverter": NOWHERE, "IntConverter": 1}.get(type(converter).__name__, "x")


def _walk(patterns: list[Any], holes: dict[str, Any], within: str = "") -> Iterator[Route]:
    for pattern in patterns:
        below = holes | pattern.pattern.converters
        if getattr(pattern, "namespace", "") == "api":
            continue  # its operations are walked by tests/api
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else within
            yield from _walk(pattern.url_patterns, below, space)
        elif isinstance(pattern, URLPattern) and not pattern.callback.__module__.startswith(
            "ninja."
        ):
            # Operations of the API are walked by tests/api.
            yield Route(pattern.name or "", _door(pattern.callback), below, within)


def _door(view: Any) -> str:
    if view.__module__.startswith(FOREIGN):
        return "allauth" if "allauth" in view.__module__ else "public"
    if not hasattr(view, "right"):
        return "NONE"
    return view.right.value if view.right else "public"
