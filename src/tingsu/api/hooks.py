"""Where channels outside call us: the request is verified and kept, and nothing else is done here.

The address holds a random key; the signature decides. Touches nothing but ``channels.taking``.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from tingsu.api import problems
from tingsu.api.door import slowly
from tingsu.api.problems import TooOften
from tingsu.channels import taking
from tingsu.channels.contract import Arrived, Unsigned
from tingsu.people.permission import NotThere


@csrf_exempt
def hook(request: HttpRequest, key: str) -> HttpResponse:
    """200 only after it is kept; 403 for a wrong signature, 404 for no such address."""
    if request.method not in ("GET", "POST"):
        return HttpResponse(status=405, headers={"Allow": "GET, POST"})
    if int(request.headers.get("Content-Length") or 0) > taking.LARGEST:
        return problems.answer(413, "too_big", _("内容太大了，请分几次提交。"))
    headers = {name.lower(): value for name, value in request.headers.items()}
    query = {name: str(value) for name, value in request.GET.items()}
    arrived = Arrived(str(request.method), query, headers, request.body)
    try:
        thanks = taking.take(key, arrived, now())
    except NotThere:
        return _refused(request, problems.not_there())
    except Unsigned:
        return _refused(request, problems.answer(403, "unsigned", _("签名不对。")))
    return HttpResponse(thanks.body, content_type="text/plain; charset=utf-8")


hook.right = None  # type: ignore[attr-defined] # the signature decides


def _refused(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Guesses are counted, what is signed is not."""
    try:
        slowly(request)
    except TooOften as often:
        return HttpResponse(status=429, headers={"Retry-After": str(often.wait)})
    return answer
