"""The API itself: all places under one roof, and its document. Touches no tables."""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _l
from ninja import NinjaAPI
from ninja.responses import NinjaJSONEncoder

from tingsu.api import problems
from tingsu.api.place import ROUTER
from tingsu.api.places import PLACES  # noqa: F401 - imported, they hang up their operations


def _made() -> NinjaAPI:
    api = NinjaAPI(
        title="听诉 Tingsu",
        version="1",
        urls_namespace="api",
        docs_url=None,
        openapi_url=None,
        description=str(_l("投诉从收到到办结，人能做的，程序都能做。")),
    )
    problems.hang(api)
    api.add_router("", ROUTER)
    return api


API = _made()


def document() -> dict[str, Any]:
    """The OpenAPI document in the language of the caller: errors are problem+json."""
    return dict(json.loads(_document(translation.get_language() or "zh-hans")))


@cache
def _document(language: str) -> str:
    """Put together once for each language: it takes a second."""
    with translation.override(language):
        told = API.get_openapi_schema(path_prefix="api/v1/")
        made = json.loads(json.dumps(told, cls=NinjaJSONEncoder))
    made["components"]["schemas"] |= problems.shapes()
    made["servers"] = [{"url": "/"}]
    return json.dumps(made, ensure_ascii=False)


def written() -> str:
    """The document as it is committed: in the language of the source, in a stable order."""
    with translation.override("zh-hans"):
        return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def openapi(_request: HttpRequest) -> HttpResponse:
    """The document, for everybody."""
    made = _document(translation.get_language() or "zh-hans")
    return HttpResponse(made, content_type="application/json")


openapi.right = None  # type: ignore[attr-defined] # everybody may read it


def nowhere(request: HttpRequest) -> HttpResponse:
    """An address that no operation has."""
    del request
    return problems.not_there()


nowhere.right = None  # type: ignore[attr-defined]
nowhere.csrf_exempt = True  # type: ignore[attr-defined] # it does nothing
