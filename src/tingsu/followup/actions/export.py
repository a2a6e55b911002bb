"""A copy of what we hold of a person, for them: a ZIP with JSON, a page to read, and what they
gave us (PL-2). Our own notes, and other people, are not in it."""

import hashlib
import zipfile
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tingsu.cases import erasing
from tingsu.cases._files import opened
from tingsu.cases.actions import copied
from tingsu.cases.models import Attachment, Case, Event, Letter, Party
from tingsu.cases.queries.file import public_timeline
from tingsu.documents.dossier import json_of
from tingsu.documents.fields import LABELS
from tingsu.followup.models import PersonRequest
from tingsu.people.actor import Actor
from tingsu.people.directory import organisation
from tingsu.people.permission import NotThere

LASTS = timedelta(days=7)
CUSTOMER = "customer"
PERSON = (
    "name phone email address postcode sex nationality language preferred_channel preferred_time"
    " needs"
).split()
CASE = (
    "number title narrative request reasons channel category severity product order_number"
    " contract_number respondent_unit happened_where state verdict rating"
).split()


def make(row: PersonRequest, at: datetime) -> None:
    """Put the copy together; the request is done. Raises OSError."""
    cases = list(Case.objects.filter(party=row.party).order_by("received_at", "id"))
    told = {"person": _person(row.party), "cases": [_case(case) for case in cases]}
    with _zip(row, told, cases) as packed:
        digest = hashlib.sha256()
        while block := packed.read(1 << 20):
            digest.update(block)
        size = packed.tell()
        packed.seek(0)
        path = default_storage.save(f"dossiers/person-{row.id.hex}.zip", File(packed))
    PersonRequest.objects.filter(id=row.id).update(
        state="done", stored_as=path, size=size, sha256=digest.hexdigest(), ended_at=at
    )


def take(row: PersonRequest, by: Actor, at: datetime) -> IO[bytes]:
    """The copy, after every case says who took it. Raises NotThere."""
    if row.state != "done" or not row.stored_as:
        raise NotThere
    file = opened(row.stored_as)
    for case in Case.objects.filter(party=row.party, anonymised_at__isnull=True):
        copied.taken(case, by, at, what="export", masked=False, sha256=row.sha256)
    return file


def throw_away(at: datetime) -> None:
    """Copies that have lain for a week."""
    for row in PersonRequest.objects.filter(ended_at__lt=at - LASTS).exclude(stored_as="")[:50]:
        erasing.leave([row.stored_as], at)
        PersonRequest.objects.filter(id=row.id).update(stored_as="")


def _zip(row: PersonRequest, told: dict[str, Any], cases: list[Case]) -> IO[bytes]:
    target: IO[bytes] = TemporaryFile()  # noqa: SIM115 - handed over open
    house = organisation(row.organisation_id)
    page = render_to_string("followup/person.html", _worded(told) | {"house": house.name})
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("person.json", json_of(told))
        archive.writestr("person.html", page)
        for case in cases:
            for number, one in enumerate(_given(case), start=1):
                name = one.name.replace("/", "_").replace("\\", "_")
                try:
                    with opened(one.stored_as) as source:
                        archive.writestr(f"{case.number}/{number:03d} {name}", source.read())
                except (NotThere, OSError):
                    continue  # gone already; the rest is still theirs
    target.seek(0)
    return target


def _worded(told: dict[str, Any]) -> dict[str, Any]:
    """The same for reading: words instead of names of columns, nothing that is a code."""
    words = {
        "name": _("姓名"), "phone": pgettext("contact", "电话"), "email": _("邮箱"),
        "address": _("地址"), "postcode": _("邮编"), "nationality": _("国籍"),
        "preferred_time": _("方便的时间"), "needs": _("需要照顾"), "product": LABELS["product"],
        "order_number": LABELS["order"], "contract_number": LABELS["contract"],
        "respondent_unit": LABELS["respondent"], "happened_where": LABELS["happened_where"],
        "narrative": LABELS["narrative"], "request": LABELS["request"],
        "reasons": LABELS["reasons"], "received_at": LABELS["received_day"],
    }  # fmt: skip

    def lines(row: dict[str, Any]) -> list[tuple[str, Any]]:
        return [(str(word), row[name]) for name, word in words.items() if row.get(name)]

    cases = [{**one, "lines": lines(one)} for one in told["cases"]]
    return {"person": lines(told["person"]), "cases": cases}


def _given(case: Case) -> list[Attachment]:
    return list(Attachment.objects.filter(case=case, given_by=CUSTOMER).order_by("id"))


def _person(party: Party) -> dict[str, str]:
    return {name: value for name in PERSON if (value := str(getattr(party, name)))}


def _case(case: Case) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(case, name) for name in CASE if getattr(case, name)}
    found["received_at"] = _when(case.received_at)
    found["course"] = [_entry(one) for one in public_timeline(case)]
    found["letters"] = [
        {"at": _when(one.sent_at), "subject": one.subject, "text": one.body}
        for one in Letter.objects.filter(case=case, state="sent").order_by("id")
    ]
    found["files"] = [one.name for one in _given(case)]
    return found


def _entry(event: Event) -> dict[str, str]:
    return {"at": _when(event.at), "kind": event.kind, "text": event.text}


def _when(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""
