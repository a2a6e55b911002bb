"""Whatever is sent: no 500, and no answer that the document does not name (PL-4)."""

import logging
from typing import Any

from api.asking import ask
from api.world import make_whole_world

EACH = 4  # of each operation; scripts/api_fuzz.py asks thousands


def test_no_request_breaks_it_and_no_answer_is_undeclared(db: None, settings: Any) -> None:
    settings.PUBLIC_LIMITS = False
    logging.disable(logging.CRITICAL)
    try:
        told = ask(make_whole_world(), EACH)
    finally:
        logging.disable(logging.NOTSET)
    assert told.wrong == []
    assert told.statuses[500] == 0
    assert told.statuses[200] > 30
