"""The ZIP beside the PDF of a dossier: every original, and what proves each of them (CL-2)."""

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

from tingsu.cases.models import Case, Event
from tingsu.channels.mail.store import raw_of
from tingsu.channels.models import ReceivedMail
from tingsu.core.text import clean
from tingsu.documents.dossier import json_of
from tingsu.followup._contents import File
from tingsu.vault import VaultError

MANIFEST = "SHA256SUMS"


def packed(
    case: Case, pdf: bytes, papers: Sequence[File], files: Sequence[File], *, masked: bool,
    step: Callable[[], object],
) -> IO[bytes]:  # fmt: skip
    """A file at its beginning; whoever called closes it. Masked, it holds the PDF alone."""
    target: IO[bytes] = TemporaryFile()  # noqa: SIM115 - handed over open
    sums: dict[str, str] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, content: bytes) -> None:
            sums[name] = hashlib.sha256(content).hexdigest()
            archive.writestr(name, content)

        put(f"{case.number}.pdf", pdf)
        if not masked:
            for name, content in _originals(case, papers, files):
                put(name, content)
                step()
            put("timeline.json", json_of(_timeline(case)))
        lines = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
        archive.writestr(MANIFEST, lines)
    target.seek(0)
    return target


def _originals(
    case: Case, papers: Sequence[File], files: Sequence[File]
) -> Iterator[tuple[str, bytes]]:
    for folder, group in (("papers", papers), ("files", files)):
        for one in group:
            ending = ".pdf" if folder == "papers" else ""
            if content := one.content():
                yield f"{folder}/{one.number:03d} {_name(one.name)}{ending}", content
    for number, mail in enumerate(ReceivedMail.objects.filter(case_id=case.id).order_by("id"), 1):
        try:
            if raw := raw_of(mail) if mail.raw_sealed else b"":
                yield f"mails/{number:03d}.eml", raw
        except VaultError:
            continue  # sealed with a key that is gone: the rest is still worth having


def _name(name: str) -> str:
    """A name that every system takes, and that leads nowhere else."""
    flat = "".join("_" if sign in '/\\:*?"<>|' else sign for sign in clean(name)).strip(" .")
    return flat[-120:] or "file"


def _timeline(case: Case) -> list[Mapping[str, Any]]:
    """Every entry with its hashes: the chain can be checked from this alone (docs/rules)."""
    return [
        {
            "seq": one.seq,
            "at": one.at.isoformat(timespec="microseconds"),
            "kind": one.kind,
            "actor": one.actor,
            "member": one.member_id.hex if one.member_id else "",
            "public": one.public,
            "data": one.data,
            "text": one.text,
            "salt": bytes(one.text_salt).hex(),
            "text_hash": bytes(one.text_hash).hex(),
            "data_hash": bytes(one.data_hash or b"").hex(),
            "previous": bytes(one.previous_hash).hex(),
            "hash": bytes(one.hash).hex(),
        }
        for one in Event.objects.filter(case=case).order_by("seq")
    ]
