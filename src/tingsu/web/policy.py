"""The content security policy of every page. Touches the response's header."""

from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.utils.functional import cached_property


class PolicyMiddleware(CSPMiddleware):
    """Like its parent; the words, which are the same on every page, are put together once."""

    def process_response(self, request: Any, response: Any) -> Any:
        own = any(name.startswith("_csp") for name in vars(response))  # a view asked for another
        if own or getattr(request, "_csp_nonce", None) or HEADER in response:
            return super().process_response(request, response)
        response.headers[HEADER] = self._words
        return response

    @cached_property
    def _words(self) -> str:
        return str(build_policy())
