"""How operations are declared: a place (one module) hangs them up with right, shape and words.

A step on a case is a function ``(Doing, Told) -> Written``; its address, headers, statuses and
answer are the same for all of them. Touches no tables.
"""

import hashlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, get_args, get_type_hints
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from ninja.errors import ValidationError
from ninja.params.functions import Header
from ninja.responses import Status

from tingsu.api import problems
from tingsu.api.door import Call, Find, Token, opened, slowly, whole, whole_file
from tingsu.api.shapes import Asked, Out
from tingsu.cases.actions import approve
from tingsu.cases.errors import NeedsApproval
from tingsu.people.actor import Actor
from tingsu.people.permission import Can, Who

View = Callable[..., Any]
ALWAYS = (429, 500, 503)
# One for all places: two places may have operations at one address.
ROUTER = Router()
KEY_PATTERN = r"^[\x21-\x7e]{1,255}$"
MATCH_PATTERN = r'^(\*|(W/)?"[0-9]{1,9}")$'


class Done(Out):
    """What a step left behind. ``version`` is the case's ETag now."""

    case_id: UUID
    number: str
    state: str
    open: bool
    version: int
    repeated: bool  # the same Idempotency-Key had done it before: nothing was written now
    waits_for: list[str]  # the step waits for signatures: the roles that sign, in order


@dataclass(frozen=True)
class Doing:
    """One step, parsed: what actions take."""

    case: Any
    who: Who
    by: Actor
    at: datetime
    key: str | None
    expected: int | None

    @property
    def once(self) -> dict[str, Any]:
        """The keywords of steps that only add."""
        return {"key": self.key}

    @property
    def fresh(self) -> dict[str, Any]:
        """The keywords of steps that build on what the caller saw."""
        return {"key": self.key, "expected": self.expected}


class Place:
    """One part of the API: a tag in the document, a module here."""

    def __init__(self, tag: str) -> None:
        self.tag = tag

    def get(self, path: str, right: Can | None, summary: Any, shape: Any) -> Callable[[View], View]:
        """A read. On a path with ``case_id`` the caller must see all of the case."""
        return self.operation("GET", path, right, summary, {200: shape}, find=whole_file)

    def part(self, path: str, right: Can, summary: Any, shape: Any) -> Callable[[View], View]:
        """A read that those who were only asked something have a part of (``auth.reduced``)."""
        return self.operation("GET", path, right, summary, {200: shape}, find=opened)

    def post(
        self, path: str, right: Can | None, summary: Any, answers: dict[int, Any]
    ) -> Callable[[View], View]:
        """Anything else than a step on a case."""
        return self.operation("POST", path, right, summary, answers, body=True)

    def operation(
        self,
        method: str,
        path: str,
        right: Can | None,
        summary: Any,
        answers: dict[int, Any],
        *,
        body: bool = False,
        find: Find = whole,
        more: tuple[int, ...] = (),
        extra: dict[str, Any] | None = None,
    ) -> Callable[[View], View]:
        """Any operation. right: None for everybody, at a slower pace. more: further statuses.
        extra: what the document says of a good answer that is not JSON."""
        on_case = "case_id" in path
        wrong = {422, *ALWAYS, *more, *((400, 409, 413) if body else ())}
        wrong |= {401, 403} if right else set()
        wrong |= {404} if "{" in path or body else set()
        said = problems.described(wrong) | ({200: extra} if extra else {})

        def hang(view: View) -> View:
            inside = _with_case(view) if on_case else view
            inside = _strict(inside if right else _open(inside), _query_of(view))
            inside.right = right  # type: ignore[attr-defined]
            auth = Token(right, find if on_case else None) if right else None
            ROUTER.api_operation(
                [method],
                path,
                auth=auth,
                response=answers,
                operation_id=f"{_room(view)}_{view.__name__}",
                summary=summary,
                tags=[self.tag],
                openapi_extra={"responses": said},
                url_name=f"{_room(view)}_{view.__name__}",
            )(inside)
            return view

        return hang

    def step(
        self, name: str, right: Can, summary: Any, *, fresh: bool = False
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """A step: POST /cases/{case_id}/<name>. fresh: the caller must say which version was seen
        (If-Match); steps that only add need none."""

        def hang(do: Callable[..., Any]) -> Callable[..., Any]:
            shape = _body_of(do)

            @wraps(do)
            def view(request: Call, response: HttpResponse, **sent: Any) -> Any:
                on = Doing(
                    request.auth.case, request.auth.who, request.auth.by, request.auth.at,
                    key_of(request.auth.who, name, sent.get("key")), _expected(sent.get("seen")),
                )  # fmt: skip
                return _taken(on, do, [sent["told"]] if shape else [], response)

            view.__signature__ = _signature(shape, fresh=fresh)  # type: ignore[attr-defined]
            self.operation(
                "POST", f"/cases/{{uuid:case_id}}/{name}", right, summary,
                {200: Done, 202: Done},
                body=True, more=(412, 428) if fresh else (),
            )(view)  # fmt: skip
            return do

        return hang


def etag(response: HttpResponse, version: int) -> None:
    """The version of the case that the answer tells of."""
    response.headers["ETag"] = f'"{version}"'


def told(case: Any, *, repeated: bool = False, waits_for: tuple[str, ...] = ()) -> dict[str, Any]:
    """What ``Done`` says of a case."""
    return {
        "case_id": case.id,
        "number": case.number,
        "state": case.state,
        "open": case.open,
        "version": case.version,
        "repeated": repeated,
        "waits_for": list(waits_for),
    }


def key_header() -> Any:
    """Idempotency-Key, for operations that are not steps."""
    return Header(None, alias="Idempotency-Key", pattern=KEY_PATTERN)


def key_of(who: Who, what: str, sent: str | None) -> str | None:
    """The caller's key as the house keeps it: another member's, or another step's, is another."""
    if not sent:
        return None
    return "api:" + hashlib.sha256(f"{who.member_id}|{what}|{sent}".encode()).hexdigest()[:40]


def _taken(on: Doing, do: Callable[..., Any], sent: list[Any], response: HttpResponse) -> Any:
    """Take the step; one that wants a signature is put before the one who signs (HA-18)."""
    try:
        written = do(on, *sent)
    except NeedsApproval as needed:
        written = approve.ask(on.case, on.by, on.at, planned=needed.planned, **on.fresh)
        etag(response, written.case.version)
        return Status(202, told(written.case, waits_for=needed.demand.stages))
    etag(response, written.case.version)
    return Status(200, told(written.case, repeated=written.repeated))


def _signature(shape: Any, *, fresh: bool) -> inspect.Signature:
    """What ninja reads of a step: the case, the headers, the body."""
    kind = inspect.Parameter.KEYWORD_ONLY
    found = [
        inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD),
        inspect.Parameter("response", kind, annotation=HttpResponse),
        inspect.Parameter("key", kind, annotation=str | None, default=key_header()),
    ]
    if fresh:
        seen = Header(..., alias="If-Match", pattern=MATCH_PATTERN)
        found.append(inspect.Parameter("seen", kind, annotation=str, default=seen))
    if shape:
        found.append(inspect.Parameter("told", kind, annotation=shape))
    return inspect.Signature(found)


def _body_of(do: Callable[..., Any]) -> Any:
    """The shape of the step's second argument; None for a step that asks nothing."""
    names = list(inspect.signature(do).parameters)
    return get_type_hints(do)[names[1]] if len(names) > 1 else None


def _with_case(view: View) -> View:
    """The door has found the case: the operation need not take its id from the address."""
    asks = inspect.signature(view)
    if "case_id" in asks.parameters:
        return view

    @wraps(view)
    def inside(request: Call, **sent: Any) -> Any:
        sent.pop("case_id")
        return view(request, **sent)

    mine = inspect.Parameter("case_id", inspect.Parameter.KEYWORD_ONLY, annotation=UUID)
    inside.__signature__ = asks.replace(  # type: ignore[attr-defined]
        parameters=[*asks.parameters.values(), mine]
    )
    return inside


def _strict(view: View, known: frozenset[str]) -> View:
    """A word in the address that nobody knows is refused: a filter with a typo filters nothing."""

    @wraps(view)
    def inside(request: Any, *args: Any, **sent: Any) -> Any:
        if unknown := sorted(set(request.GET) - known):
            errors = [{"type": "extra_forbidden", "loc": ("query", name)} for name in unknown]
            raise ValidationError(errors)
        return view(request, *args, **sent)

    return inside


def _query_of(view: View) -> frozenset[str]:
    """The names that a read knows in its address: the fields of its ``Asked``."""
    shapes = [args[0] for hint in _hints(view).values() if (args := get_args(hint))]
    asked = [one for one in shapes if isinstance(one, type) and issubclass(one, Asked)]
    return frozenset(name for one in asked for name in one.model_fields)


def _hints(view: View) -> dict[str, Any]:
    return get_type_hints(getattr(view, "__wrapped__", view), include_extras=True)


def _open(view: View) -> View:
    """Everybody may, but nobody fast."""

    @wraps(view)
    def inside(request: Any, *args: Any, **sent: Any) -> Any:
        slowly(request)
        return view(request, *args, **sent)

    return inside


def _room(view: View) -> str:
    return view.__module__.rpartition(".")[2]


def _expected(seen: str | None) -> int | None:
    if seen is None or seen == "*":
        return None
    return int(seen.removeprefix("W/").strip('"'))
