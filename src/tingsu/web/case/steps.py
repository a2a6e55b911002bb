"""All steps of a case by name: the table behind addresses, menus and forms. Reads no tables."""

from collections.abc import Mapping

from tingsu.web.case import moves, reading, record, talk, times
from tingsu.web.case.step import Step
from tingsu.web.documents import steps as documents
from tingsu.web.ending import steps as ending
from tingsu.web.guide import steps as guide
from tingsu.web.investigation import steps as investigation
from tingsu.web.machine import steps as machine
from tingsu.web.sharing import steps as sharing
from tingsu.web.signing import steps as signing
from tingsu.web.solutions import steps as solutions

ALL: tuple[Step, ...] = (
    *talk.STEPS,
    *moves.STEPS,
    *record.STEPS,
    *times.STEPS,
    *reading.STEPS,
    *documents.STEPS,
    *investigation.STEPS,
    *signing.STEPS,
    *ending.STEPS,
    *guide.STEPS,
    *solutions.STEPS,
    *machine.STEPS,
    *sharing.STEPS,
)
STEPS: Mapping[str, Step] = {step.name: step for step in ALL}
COMPOSER = tuple(step for step in ALL if step.composer)
