"""Figures of papers: notices issued, each with facts, checks, number, PDF and entry."""

import time
from statistics import quantiles

from django.utils.timezone import now

from benchmarks.table import report
from tingsu.cases.actions import document
from tingsu.cases.models import Case
from tingsu.documents.issuing import issue_draft
from tingsu.people.actor import Actor
from tingsu.people.models import Member, Organisation

COUNT = 200


def notices(house: Organisation) -> None:
    """Issue an acknowledgement on as many cases, one after another: the time of our own process."""
    member = Member.objects.filter(organisation=house).first()
    if member is None:
        raise ValueError("nobody there to sign")
    by, times = Actor("member", member.id, member.name), []
    for case in Case.objects.filter(organisation=house).order_by("id")[:COUNT]:
        _written, paper = document.begin(case, by, now(), kind="acknowledgement")
        began = time.process_time()
        issue_draft(
            case, by, now(), document_id=paper, signatory="", checked_at="http://localhost/verify/"
        )
        times.append((time.process_time() - began) * 1000)
    report("a notice issued as PDF, p50", quantiles(times, n=20)[9], "ms", aim="≤ 150")
    report("a notice issued as PDF, p95", quantiles(times, n=20)[18], "ms", aim="≤ 150")
