"""An organisation's own wording of a paper: checked, kept, given up again. Touches its table.

Only administrators; every change is on record (PL-1).
"""

from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid
from tingsu.cases.models import DocumentWording
from tingsu.core.papers import Wrong, fields_in
from tingsu.core.text import clean, clean_line
from tingsu.packs.documents import DocumentKind
from tingsu.people._recording import only_administrators, record
from tingsu.people.models import new_id
from tingsu.people.permission import Who

TITLE, BODY = 120, 10_000


def replace(
    who: Who,
    at: datetime,
    *,
    pack: str,
    kind: DocumentKind,
    language: str,
    title: str,
    body: str,
) -> None:
    """Say it this way from now on; papers that are issued stay as they are. Raises Invalid."""
    only_administrators(who)
    shown, text = clean_line(title).strip(), clean(body).strip()
    if problems := problems_of(shown, text):
        raise Invalid(problems)
    DocumentWording.objects.update_or_create(
        organisation_id=who.organisation_id, pack=pack, kind=kind.id, language=language,
        defaults={
            "title": shown, "body": text, "changed_by_id": who.member_id, "changed_at": at,
        },
        create_defaults={
            "id": new_id(), "title": shown, "body": text,
            "changed_by_id": who.member_id, "changed_at": at,
        },
    )  # fmt: skip
    record(who, at, "wording", shown, {"kind": [kind.id, language]})


def restore(who: Who, at: datetime, *, pack: str, kind: DocumentKind, language: str) -> None:
    """Back to the wording of the pack."""
    only_administrators(who)
    own = DocumentWording.objects.filter(
        organisation_id=who.organisation_id, pack=pack, kind=kind.id, language=language
    )
    if own.delete()[0]:
        record(who, at, "wording_restored", kind.title(), {"kind": [kind.id, language]})


def problems_of(title: str, body: str) -> dict[str, str]:
    """Field of the form -> what is wrong with it: empty, too long, or fields that do not exist."""
    found = {}
    if not title or len(title) > TITLE:
        found["title"] = _("标题要写，最多 %(limit)s 字。") % {"limit": TITLE}
    if not body or len(body) > BODY:
        found["body"] = _("正文要写，最多 %(limit)s 字。") % {"limit": f"{BODY:,}"}
    else:
        try:
            fields_in(body)
        except Wrong as wrong:
            words = _("没有这样的栏目：%(signs)s。可用的栏目在「怎样写」里，照抄花括号里的字。")
            found["body"] = words % {"signs": "  ".join(wrong.unknown)}
    return found
