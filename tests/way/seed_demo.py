"""Fills empty tables with a small demo for a look at every page, and prints as JSON where
there is something to see. Run as a program with DJANGO_SETTINGS_MODULE set."""

import json
import sys
from contextlib import redirect_stdout
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import django

django.setup()

from django.utils.timezone import now  # noqa: E402

from tingsu.cases import answer_links, offer_links, sign_links  # noqa: E402
from tingsu.cases.actions import respondent, sign  # noqa: E402
from tingsu.cases.models import (  # noqa: E402
    Agreement,
    AnswerLink,
    ArchiveEntry,
    CallBack,
    Case,
    Obligation,
    Offer,
    Promise,
    Signing,
    Solution,
)
from tingsu.channels.models import Mailbox, ReceivedMail, Subscription  # noqa: E402
from tingsu.demo import loader  # noqa: E402
from tingsu.demo.quiet import owner_of  # noqa: E402
from tingsu.followup.models import Disposal, PersonRequest  # noqa: E402

NOON = datetime(2026, 11, 24, 12, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
COUNT = 64  # as tests/demo/test_loader.py, which proves that all of this is there
HOUSE = "yunfan"


def places() -> dict[str, str]:
    """Where each kind of thing is, in the first house."""
    own = Case.objects.filter(organisation__slug=HOUSE)
    agreed = Agreement.objects.filter(case__in=own)
    signed = agreed.filter(state="signed").order_by("id")[0].case_id
    waiting = Signing.objects.filter(case__in=own, state="waiting", about="settlement")[0]
    promise = Promise.objects.filter(case__in=own, case__open=True, state="due")[0]
    return {
        "case": case(own.filter(state="investigating", owner__isnull=False).order_by("id")[0].id),
        "signed": case(signed),
        "agreement": case(agreed.filter(state="signing")[0].case_id),
        "sign": f"{case(waiting.case_id)}sign/{waiting.id}/",
        "plans": case(Offer.objects.filter(case__in=own).order_by("id")[0].case_id),
        "owed": case(Obligation.objects.filter(case__in=own, state="open")[0].case_id),
        "inquiry": case(AnswerLink.objects.filter(case__in=own)[0].case_id),
        "closed": case(own.filter(state="closed", solutions=0).order_by("id")[0].id),
        "archived": case(ArchiveEntry.objects.exclude(hold="")[0].case_id),
        "promise": f"{case(promise.case_id)}promise/{promise.id}/call/",
        "callback": f"/callbacks/{CallBack.objects.filter(case__in=own, state='due')[0].id}/",
        "solution": f"/solutions/{Solution.objects.order_by('id')[0].id}/",
        "disposal": f"/archive/disposals/{Disposal.objects.get().id}/",
        "request": f"/people/requests/{PersonRequest.objects.order_by('id')[0].id}/",
        "hook": f"/house/outside/hooks/{Subscription.objects.get().id}/",
        "mailbox": f"/house/mailboxes/{Mailbox.objects.get().id}/",
        "mail": f"/mail/{ReceivedMail.objects.filter(state='taken')[0].id}/",
    }


def links() -> dict[str, str]:
    """Pages outside that open by a link: made now, because a link ends."""
    at, month = max(now(), NOON), timedelta(days=29)
    row = Signing.objects.filter(state="waiting", about="settlement").select_related("case")[0]
    sign.open_link(row.case, owner_of(row.case), at, signing_id=row.id, days=29)
    row.refresh_from_db()
    asked = AnswerLink.objects.select_related("case").order_by("id")[0].case
    respondent.ask(asked, owner_of(asked), at, unit="门店", due_at=at + month)
    link = AnswerLink.objects.get(case=asked, unit="门店")
    offer = Offer.objects.filter(case__organisation__slug=HOUSE).order_by("id")[0]
    return {
        "to_sign": f"/o/{HOUSE}/sign/{row.id}/{sign_links.key_of(row)}/",
        "to_answer": f"/o/{HOUSE}/respond/{link.id}/{answer_links.key_of(link)}/",
        "offer": f"/o/{HOUSE}/offer/{offer_links.token_of(offer)}/",
    }


def case(ident: object) -> str:
    return f"/cases/{ident}/"


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):
        loader.load(NOON, count=COUNT)
        told = places() | links()
    print(json.dumps(told))
