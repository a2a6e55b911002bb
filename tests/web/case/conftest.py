"""A case that 甲 owns, and a browser for everybody."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils.timezone import now

from factories import House, make_case, signed_in
from tingsu.cases.models import Case

Post = Callable[..., Any]


@pytest.fixture
def own(house: House) -> Case:
    """A case that 甲 took in by telephone and owns."""
    return make_case(house, by="甲", at=now(), channel="phone")


@pytest.fixture
def post(house: House) -> Post:
    """``post(case, "note", text=…)`` as 甲: by a plain form, or by htmx into its own place."""

    def send(
        case: Case, step: str, *, by: str = "甲", htmx: str = "", client: Client | None = None,
        **data: Any,
    ) -> Any:  # fmt: skip
        browser = client or signed_in(house[by])
        headers = {"HX-Request": "true", "HX-Target": htmx} if htmx else {}
        values = {"ik": UUID(int=hash((step, str(data))) % 2**64).hex, **data}
        return browser.post(f"/cases/{case.id}/{step.replace('_', '-')}/", values, headers=headers)

    return send
