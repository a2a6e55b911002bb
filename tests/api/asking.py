"""Asks the API everything that its document allows, and more (schemathesis). Used by the suite with
a few hundred cases and by scripts/api_fuzz.py with thousands.

Each request is undone afterwards, so that what one case writes does not decide the next one's
answer. Ids of the address and of the body are real ones most of the time: an address that leads
nowhere says nothing of what lies behind it.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode

from permission_world import World
from programs import secret_of
from tingsu.api.house import document
from tingsu.wsgi import application

# What a request in order may also be told: by the state of the case, the law, the clock.
REFUSED = ["2xx", "401", "403", "404", "409", "412", "413", "422", "428"]
CONFIG = {
    "checks": {
        "positive_data_acceptance": {"expected-statuses": REFUSED},
        "negative_data_rejection": {"expected-statuses": ["400", *REFUSED[1:]]},
        "missing_required_header": {"expected-statuses": ["401", "403", "404", "422", "428"]},
    }
}
IDS = {
    "case_id", "other", "party_id", "task_id", "promise_id", "document_id", "approval_id", "member",
    "department", "assignee", "file_id", "plan_id", "offer_id", "signing_id", "call_id", "caller",
    "handover_id", "responsibility_id", "dossier_id", "disposal_id", "request_id", "agreement_id",
    "proposal_id", "proposal", "obligation_id", "solution_id", "number", "code", "what", "mail_id",
    "surge_id",
}  # fmt: skip


@dataclass
class Told:
    """How it went: requests by status, and what was wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


@contextmanager
def _one_connection() -> Iterator[None]:
    """As Django's own test client does it: the end of a request closes no connection of ours."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@_one_connection()
def ask(world: World, each: int, only: tuple[str, ...] = ()) -> Told:
    """So many cases of each operation, half of them in order, half of them not. only: those whose
    names begin so."""
    told = Told()
    schema = schemathesis.openapi.from_dict(document(), config=SchemathesisConfig.from_dict(CONFIG))
    schema.app = application
    secrets = [secret_of(world.house[name]) for name in ("甲", "丁")]
    for turn, operation in enumerate(_operations(schema)):
        if only and not operation.definition.raw["operationId"].startswith(only):
            continue
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            caller = Caller(world, secrets[turn % 2], told)
            _run(caller, operation, mode, max(each // 2, 1))
    return told


def _operations(schema: Any) -> Iterator[Any]:
    for result in schema.get_all_operations():
        yield result.ok()


@dataclass(frozen=True)
class Caller:
    """Whose token, in which world, and where to tell."""

    world: World
    secret: str
    told: Told


def _run(caller: Caller, operation: Any, mode: Any, most: int) -> None:
    told = caller.told
    try:
        strategy = operation.as_strategy(generation_mode=mode)
    except Exception as odd:  # noqa: BLE001 - nothing to negate: an operation without parameters
        if mode is GenerationMode.POSITIVE:
            told.wrong.append(f"{operation.label}: {odd}")
        return

    @settings(
        max_examples=most, deadline=None, database=None, derandomize=True,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=strategy)
    def inside(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            _real_ids(caller.world, case)
        _once(case, caller.secret, told)

    try:
        inside()
    except (Exception, BaseExceptionGroup) as odd:  # noqa: BLE001 - one run tells everything
        if mode is GenerationMode.POSITIVE or "Unsatisfiable" not in type(odd).__name__:
            told.wrong.append(f"{operation.label}: {type(odd).__name__} {odd}"[:1500])


def _once(case: Any, secret: str, told: Told) -> None:
    headers = {"Authorization": f"Bearer {secret}"}
    with transaction.atomic():
        try:
            answer = case.call(headers=headers)
            told.statuses[answer.status_code] += 1
            case.validate_response(answer, headers=headers)
        finally:
            transaction.set_rollback(True)
            cache.clear()


def _real_ids(world: World, case: Any) -> None:
    _fill(world, case.path_parameters)
    if isinstance(case.body, dict):
        _fill(world, case.body)


def _fill(world: World, sent: Any) -> None:
    known = world.filling | {
        "other": world.filling["case_id"],
        "member": world.filling["member_id"],
        "assignee": world.filling["member_id"],
        "caller": world.filling["member_id"],
        "proposal": world.filling["proposal_id"],
        "department": world.filling["department_id"],
    }
    for name in set(sent or {}) & (IDS | {"slug", "pack", "pack_id"}):
        if sent[name] is not None:
            sent[name] = str(known[name])
