"""Whatever is sent: no 500, and no answer that the document does not name (PL-4)."""

import logging
from typing import Any

import pytest

from api.asking import ask
from api.walk import operations
from api.world import make_whole_world

EACH = 4  # of each operation; scripts/api_fuzz.py asks thousands
PARTS = 3  # shared by the workers of a run


@pytest.mark.parametrize("part", range(PARTS))
def test_no_request_breaks_it_and_no_answer_is_undeclared(
    db: None, settings: Any, part: int
) -> None:
    settings.PUBLIC_LIMITS = False
    logging.disable(logging.CRITICAL)
    names = tuple(one.name for one in operations()[part::PARTS])
    try:
        told = ask(make_whole_world(), EACH, names)
    finally:
        logging.disable(logging.NOTSET)
    assert told.wrong == []
    assert told.statuses[500] == 0
    assert told.statuses[200] > 30
