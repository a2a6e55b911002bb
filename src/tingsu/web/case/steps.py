"""All steps of a case by name: the table behind addresses, menus and forms. Reads no tables."""

from collections.abc import Mapping

from tingsu.web.case import moves, reading, record, talk, times
from tingsu.web.case.step import Step
from tingsu.web.documents import steps as documents

ALL: tuple[Step, ...] = (
    *talk.STEPS,
    *moves.STEPS,
    *record.STEPS,
    *times.STEPS,
    *reading.STEPS,
    *documents.STEPS,
)
STEPS: Mapping[str, Step] = {step.name: step for step in ALL}
COMPOSER = tuple(step for step in ALL if step.composer)
