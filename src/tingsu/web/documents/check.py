"""The public page of a paper: is this number ours, is it valid, is the file the one we issued.

Says nothing about persons. Reads queries, no models.
"""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tingsu.cases.queries import documents as queries
from tingsu.people.permission import NotThere
from tingsu.web import limits
from tingsu.web.door import public

LARGEST = 5 * 2**20


@public
def ask(request: HttpRequest) -> HttpResponse:
    """Type the code that stands under the QR code."""
    if code := request.GET.get("code", ""):
        return redirect("document_checked", paper_code=_plain(code) or "-")
    return render(request, "web/documents/check.html", {"asked": True})


@public
def check(request: HttpRequest, paper_code: str) -> HttpResponse:
    """What we know of the paper. POST compares a file with the one that was issued."""
    if limits.used_up(limits.FIND, limits.address_of(request)):
        return render(request, "web/documents/check.html", {"wait": True}, status=429)
    try:
        found = queries.by_code(_plain(paper_code))
    except NotThere:
        limits.count(limits.FIND, limits.address_of(request))
        return render(request, "web/documents/check.html", {"unknown": True}, status=404)
    same = _same(request, found.sha256) if request.method == "POST" else None
    return render(request, "web/documents/check.html", {"found": found, "same": same})


def _same(request: HttpRequest, wanted: str) -> bool | None:
    """Whether the uploaded file is the issued one; it is not kept. None where there is none."""
    given = request.FILES.get("file")
    if given is None or (given.size or 0) > LARGEST:
        return None
    digest = hashlib.sha256()
    for block in given.chunks():
        digest.update(block)
    return digest.hexdigest() == wanted


def _plain(code: str) -> str:
    return "".join(sign for sign in code.upper()[:40] if sign.isascii() and sign.isalnum())
