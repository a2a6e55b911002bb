"""Every real mail that broke other systems: kept to the byte, then a case or a named quarantine
(IN-4)."""

import tarfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from factories import NOON
from tingsu.cases.models import Attachment, Case, Event
from tingsu.channels.mail import arriving, store
from tingsu.channels.mail.charset import REPLACED
from tingsu.channels.models import Mailbox, ReceivedMail
from tingsu.web.mail.words import CAUSES

pytestmark = pytest.mark.django_db
FEWEST_READABLE = 160


def _fixtures(shared: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(shared / "data" / "mail_fixtures.tar.gz") as box:
        for entry in box:
            if content := box.extractfile(entry):
                yield entry.name, content.read()


def test_every_one_is_kept_and_stands_somewhere(shared: Path, box: Mailbox) -> None:
    """By hand: what machines and lists wrote is to be readable as well."""
    told: Counter[str] = Counter()
    lossy = []
    for number, (name, raw) in enumerate(_fixtures(shared)):
        at = NOON + timedelta(minutes=number)
        row = store.keep(box, raw, f"smtp {name}", at)
        if row is None:  # two of them are the same to the byte
            told["same"] += 1
            continue
        assert store.raw_of(ReceivedMail.objects.get(mailbox=box, sha256=row.sha256)) == raw
        arriving.take(row, at, by_hand=True)
        row.refresh_from_db()
        told[row.state] += 1
        if row.state == "taken":
            assert row.case_id, name
            case = Case.objects.get(id=row.case_id)
            assert case.title.strip(), name
            assert case.narrative.strip() or case.request.strip(), name
            lossy += [name] if _is_lossy(case) else []
        else:
            assert row.state == "quarantine", name
            assert row.cause in CAUSES, name
    assert sum(told.values()) == 167
    assert told["taken"] + told["same"] - len(lossy) >= FEWEST_READABLE, (told, lossy)
    print(f"{dict(told)}, with replacement characters: {lossy}")


def test_as_they_come_none_is_lost_and_none_breaks(shared: Path, box: Mailbox) -> None:
    """Through the worker's own look; what is odd waits in sight with its cause."""
    kept = 0
    for number, (name, raw) in enumerate(_fixtures(shared)):
        at = NOON + timedelta(hours=number)
        kept += store.keep(box, raw, f"smtp {name}", at) is not None
        arriving.sweep(at)
    rows = ReceivedMail.objects.all()
    assert rows.count() == kept
    assert not rows.filter(state="stored").exists()
    assert not rows.filter(cause="broken").exists()
    assert not rows.exclude(state="taken").filter(cause="").exists()
    taken = rows.filter(state="taken").values_list("case_id", flat=True)
    assert set(taken) == set(Case.objects.values_list("id", flat=True))


def _is_lossy(case: Case) -> bool:
    texts = [
        case.title,
        case.narrative,
        *Event.objects.filter(case=case).values_list("text", flat=True),
    ]
    names = Attachment.objects.filter(case=case).values_list("name", flat=True)
    return any(REPLACED in text for text in (*texts, *names))
