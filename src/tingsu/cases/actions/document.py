"""A paper before it is issued, and its end: begun, filled in, thrown away, void (HA-18)."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._documents import document_of, kind_of, new_draft, turning
from tingsu.cases._rules import text_of
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case, Document
from tingsu.core.text import clean
from tingsu.packs.vocabulary import LANGUAGES
from tingsu.people.actor import Actor

LIMIT = 10_000  # characters of one field


def begin(
    case: Case, by: Actor, at: datetime, *, kind: str, key: str | None = None
) -> tuple[Written, UUID]:
    """A new draft of one of the pack's papers; returns its id."""
    made: list[UUID] = []

    def plan(case: Case) -> Plan:
        draft = new_draft(case, kind_of(case, kind), at, {})
        draft.made_by_id = by.member_id
        made[:] = [draft.id]
        entry = Entry("document_drafted", "", _told(draft))
        return Plan([entry], {"papers": case.papers + 1}, [draft])

    written = write(case, by, at, plan, key=key)
    if written.repeated:
        made[:] = [UUID(written.events[0].data["document"])]
    return written, made[0]


def fill(case: Case, *, document_id: UUID, values: Mapping[str, str], language: str) -> Document:
    """Keep what was typed into a draft. No entry: a draft is nobody's word yet.

    values: field -> text; a field left out keeps the case's own value. Raises Invalid or Refusal.
    """
    draft = document_of(case, document_id, "draft")
    kept = {name: clean(text).strip() for name, text in values.items()}
    if long := {name: text for name, text in kept.items() if len(text) > LIMIT}:
        words = _("最多 %(limit)s 字。请删减，或作为附件。") % {"limit": f"{LIMIT:,}"}
        raise Invalid(dict.fromkeys(long, words))
    if language not in LANGUAGES:
        raise Invalid({"language": _("请选择语言。")})
    draft.language, draft.title = language, kind_of(case, draft.kind).title(language)
    draft.typed = json.dumps({**json.loads(draft.typed), **kept}, ensure_ascii=False)
    changes = {"language": language, "title": draft.title, "typed_sealed": draft.typed_sealed}
    turning(draft.id, "draft", changes)()
    return draft


def drop(
    case: Case, by: Actor, at: datetime, *, document_id: UUID, key: str | None = None
) -> Written:
    """Throw a draft away: it never had a number, and what was typed goes with it."""

    def plan(case: Case) -> Plan:
        draft = document_of(case, document_id, "draft")
        gone = turning(draft.id, "draft", {"state": "dropped", "typed_sealed": None})
        entry = Entry("document_dropped", "", _told(draft))
        return Plan([entry], {"papers": max(0, case.papers - 1)}, effects=[gone])

    return write(case, by, at, plan, key=key)


def void(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    document_id: UUID,
    reason: str,
    key: str | None = None,
) -> Written:
    """Declare an issued paper void. It stays, with its number, and the public page says so; clocks
    that its serving met or started stand as they are."""
    said = text_of(reason, "reason", limit=400, ask=_("请写明为什么作废。"))

    def plan(case: Case) -> Plan:
        document = document_of(case, document_id, "issued")
        changes = {
            "state": "void",
            "voided_at": at,
            "voided_by_id": by.member_id,
            "void_reason": said,
        }
        entry = Entry("document_void", said, _told(document) | {"number": document.number})
        return Plan([entry], effects=[turning(document.id, "issued", changes)])

    return write(case, by, at, plan, key=key)


def _told(document: Document) -> dict[str, str]:
    return {"document": str(document.id), "kind": document.kind, "title": document.title}
