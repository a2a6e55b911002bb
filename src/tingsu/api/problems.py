"""What went wrong, as application/problem+json (RFC 9457) in the caller's language. No tables."""

import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tingsu.api.shapes import Out
from tingsu.cases.errors import Invalid, Refusal, Stale
from tingsu.people import errors as people
from tingsu.people.permission import Forbidden, NotThere

TYPE = "application/problem+json"
REFERENCE = "#/components/schemas/{model}"
LOG = logging.getLogger("tingsu.api")


class Wrong(Out):
    """One field that cannot be taken as it is. place: body | query | path | header."""

    place: str
    field: str
    detail: str


class Change(Out):
    """Something that happened since the caller looked."""

    at: str
    kind: str
    who: str
    text: str


class Problem(Out):
    """An error: ``code`` for programs, ``detail`` for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[Wrong] = []
    changes: list[Change] = []


class TooOften(Exception):
    """More requests than agreed; ``wait`` seconds until the next."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__("too often")


class Refused(Exception):
    """This face's own refusals: a status, a code and words."""

    def __init__(self, status: int, code: str, words: str) -> None:
        self.status, self.code, self.words = status, code, words
        super().__init__(code)


def answer(status: int, code: str, words: str, **more: Any) -> HttpResponse:
    """A problem as it is sent."""
    told = {
        "type": f"urn:tingsu:problem:{code}",
        "title": _TITLES[status](),
        "status": status,
        "code": code,
        "detail": words,
        "errors": [],
        "changes": [],
        **more,
    }
    response = JsonResponse(told, status=status, content_type=TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def wrong_in_body(fields: Mapping[str, str]) -> list[dict[str, str]]:
    """Words by field, as errors of the body."""
    return [{"place": "body", "field": name, "detail": words} for name, words in fields.items()]


def hang(api: NinjaAPI) -> None:
    """Every error of the house gets its answer."""
    for kind, handler in (
        (Stale, _stale),
        (Invalid, _invalid),
        (people.Invalid, _invalid),
        (Refusal, _refusal),
        (people.Refusal, _refusal),
        (Refused, lambda _r, one: answer(one.status, one.code, one.words)),
        (Forbidden, lambda _r, _one: answer(403, "forbidden", _("这个令牌不能做这一步。"))),
        (NotThere, lambda _r, _one: not_there()),
        (AuthenticationError, lambda _r, _one: _no_token()),
        (TooOften, _too_often),
        (ValidationError, _not_valid),
        (HttpError, _unread),
        (RequestDataTooBig, lambda _r, _one: _too_big()),
        (TooManyFilesSent, lambda _r, _one: _too_big()),
        (OperationalError, _database),
        (Exception, _broken),
    ):
        api.add_exception_handler(kind, handler)


def not_there() -> HttpResponse:
    """404, the same whether it does not exist or is out of reach."""
    return answer(404, "not_there", _("没有找到，或不在您的范围内。"))


def _stale(_request: HttpRequest, one: Any) -> HttpResponse:
    changes = [
        {"at": change.at.isoformat(), "kind": change.kind, "who": change.who, "text": change.text}
        for change in one.changes
    ]
    words = _("您看过之后，这件投诉有了新的变化。请先读一遍，再用新的版本提交。")
    return answer(412, "stale", words, changes=changes)


def _invalid(_request: HttpRequest, one: Any) -> HttpResponse:
    return answer(422, "invalid", one.words, errors=wrong_in_body(one.fields))


def _refusal(_request: HttpRequest, one: Any) -> HttpResponse:
    if one.field:
        return answer(422, one.code, one.words, errors=wrong_in_body({one.field: one.words}))
    return answer(409, one.code, one.words)


def _no_token() -> HttpResponse:
    words = _("请带上有效的令牌：Authorization: Bearer tingsu_…")
    response = answer(401, "no_token", words)
    response.headers["WWW-Authenticate"] = 'Bearer realm="tingsu"'
    return response


def _too_often(_request: HttpRequest, one: Any) -> HttpResponse:
    response = answer(429, "too_often", _("请求太密了，请过 %(n)s 秒再试。") % {"n": one.wait})
    response.headers["Retry-After"] = str(one.wait)
    return response


def _too_big() -> HttpResponse:
    return answer(413, "too_big", _("内容太大了，请分几次提交。"))


def _database(request: HttpRequest, one: Any) -> HttpResponse:
    _log(request, one)
    response = answer(503, "busy", _("现在存不下来，请过一会儿用同一个 Idempotency-Key 再试。"))
    response.headers["Retry-After"] = "5"
    return response


def _broken(request: HttpRequest, one: Any) -> HttpResponse:
    _log(request, one)
    return answer(500, "broken", _("我们这边出了差错，请告诉管理员现在的时间。"))


def _log(request: HttpRequest, one: Exception) -> None:
    """The route and not the address: numbers and codes stay out of the log."""
    LOG.error("%s", request.resolver_match and request.resolver_match.route, exc_info=one)


def _unread(_request: HttpRequest, one: Any) -> HttpResponse:
    status = one.status_code if one.status_code in _TITLES else 400
    return answer(status, "unreadable", _("没能读懂这次请求，请核对 JSON 格式。"))


def _not_valid(_request: HttpRequest, one: Any) -> HttpResponse:
    errors = [_wrong(each) for each in one.errors]
    if any(each == {**each, "place": "header", "field": "If-Match"} for each in errors):
        words = _("请用 If-Match 写明您看到的是哪一版（ETag），或写 * 表示不论哪一版。")
        return answer(428, "if_match", words, errors=errors)
    return answer(422, "invalid", _("有些内容不对，见各项说明。"), errors=errors)


def _wrong(error: Mapping[str, Any]) -> dict[str, str]:
    place, *path = [str(part) for part in error["loc"]]
    # The first step below the body is the name of our own parameter.
    fields = path[1:] if place in ("body", "form") else path[-1:]
    place = "body" if place in ("form", "file") else place
    return {"place": place, "field": ".".join(fields or path), "detail": _say(error)}


def _say(error: Mapping[str, Any]) -> str:
    kind, told = str(error["type"]), error.get("ctx") or {}
    if kind == "missing":
        return _("请填写这一项。")
    if kind == "extra_forbidden":
        return _("没有这一项。")
    if kind == "string_too_long":
        return _("最多 %(n)s 字。") % {"n": told["max_length"]}
    if kind in ("literal_error", "enum"):
        return _("只能是：%(these)s。") % {"these": told.get("expected", "")}
    return _("这一项的类型或格式不对（%(kind)s）。") % {"kind": kind}


_TITLES = {
    400: lambda: _("没能读懂"),
    401: lambda: _("需要令牌"),
    403: lambda: _("没有这项权限"),
    404: lambda: _("没有找到"),
    405: lambda: _("不能这样请求"),
    409: lambda: _("现在不能这样做"),
    412: lambda: _("有了新的变化"),
    413: lambda: _("内容太大"),
    415: lambda: _("不是 JSON"),
    422: lambda: _("内容不对"),
    428: lambda: _("请写明版本"),
    429: lambda: _("请求太密"),
    500: lambda: _("我们这边出了差错"),
    503: lambda: _("暂时存不下来"),
}


def described(codes: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The errors of an operation, for the document alone: they are answered here, by ``answer``, so
    that the library need not build a model of each error of each operation."""
    return {code: _described(code) for code in sorted(codes)}


def _described(code: int) -> dict[str, Any]:
    shape = {"$ref": REFERENCE.format(model="Problem")}
    told: dict[str, Any] = {"description": HTTPStatus(code).phrase}
    told["content"] = {TYPE: {"schema": shape}}
    if code in (429, 503):
        told["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return told


def shapes() -> dict[str, Any]:
    """What the document says of a problem, and of what it is made of."""
    made = Problem.model_json_schema(mode="serialization", ref_template=REFERENCE)
    return {**made.pop("$defs"), "Problem": made}
