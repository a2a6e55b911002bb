"""The committed document is the API as it is."""

import json
from pathlib import Path

from django.test import Client

from tingsu.api.house import API, document, written
from tingsu.api.place import ROUTER

RENEW = "the API changed: `tingsu api --write` renews docs/api/openapi.json; read the difference"


def test_the_committed_document_is_the_api_as_it_is(root: Path) -> None:
    committed = (root / "docs" / "api" / "openapi.json").read_text(encoding="utf-8")
    assert committed == written(), RENEW


def test_every_operation_has_a_door() -> None:
    for view in ROUTER.path_operations.values():
        for one in view.operations:
            right = one.view_func.right  # type: ignore[attr-defined]
            assert (right is None) == (not one.auth_callbacks), one.operation_id


def test_no_two_operations_share_a_name() -> None:
    names = [one["operationId"] for path in document()["paths"].values() for one in path.values()]
    assert len(names) == len(set(names))


def test_errors_are_problems_and_none_is_left_out() -> None:
    for path in document()["paths"].values():
        for one in path.values():
            wrong = {code: told for code, told in one["responses"].items() if int(code) >= 400}
            assert {"429", "500", "503"} <= set(wrong)
            assert all(
                list(told["content"]) == ["application/problem+json"] for told in wrong.values()
            )


def test_everybody_can_read_the_document() -> None:
    answer = Client().get("/api/openapi.json", headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    assert json.loads(answer.content)["openapi"].startswith("3.1")
    assert API.title.startswith("听诉")
