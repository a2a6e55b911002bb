"""A case as one line of a list, the same wherever cases are listed. Reads no tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tingsu.core.masking import mask_name
from tingsu.core.text import find_spans
from tingsu.packs import Category, say
from tingsu.packs.escalation import ESCALATION
from tingsu.people.permission import Can, Who, may
from tingsu.people.rulebook import case_pack
from tingsu.web.sharing.words import care_of, need_word

AROUND = 40  # characters shown before and after the first found words


@dataclass(frozen=True)
class Row:
    """What components/case_row.html shows. needs: of a customer who wants care, for those who talk
    with customers; raised: who above has it, or that somebody above is asked."""

    id: UUID
    url: str
    preview_url: str
    number: str
    title: str
    state: str
    severity: str
    channel: str
    party: str
    category: str
    next_at: datetime | None
    next_kind: str
    owner: str
    queue: str
    needs: str = ""
    raised: str = ""
    snippet: SafeString | str = ""


def rows(who: Who, cases: Iterable[Any], snippets: Mapping[UUID, Any] | None = None) -> list[Row]:
    """Lines for cases; names in full only for those who talk to customers."""
    full = may(who, Can.UNMASK)
    language = get_language() or "zh-hans"
    found = snippets or {}
    return [_row(who, case, language, found.get(case.id, ""), full=full) for case in cases]


def _row(who: Who, case: Any, language: str, snippet: Any, *, full: bool) -> Row:
    name = case.party.name if case.party else ""
    return Row(
        id=case.id,
        url=reverse("case", args=[case.id]),
        preview_url=reverse("preview", args=[case.id]),
        number=case.number,
        title=case.title,
        state=case.state,
        severity=case.severity,
        channel=case.channel,
        party=name if full else mask_name(name),
        category=category_words(case, language),
        next_at=case.next_at,
        next_kind=case.next_kind,
        owner=case.owner.name if case.owner else "",
        queue=case.queue.name if case.queue else "",
        needs=_needs(who, case),
        raised=_raised(case, language),
        snippet=snippet,
    )


def _needs(who: Who, case: Any) -> str:
    if case.party is None or not case.party.need_kinds:
        return ""
    return _("、").join(need_word(one) for one in care_of(who, case.party, case.pack) or ())


def _raised(case: Any, language: str) -> str:
    if case.handed_up_id:
        return _("请上级接手")
    if case.escalated_at is None or not case.open:
        return ""
    pack = case_pack(case)
    ladder = ESCALATION.of(pack).named_levels(pack.calendar.day_of(case.received_at))
    roles = case.owner.roles if case.owner else ()
    stands = [say(labels, language) for level, labels in ladder if level.role in roles]
    return _("上报：%(level)s") % {"level": stands[-1]} if stands else _("已上报")


def category_words(case: Any, language: str) -> str:
    """The category in the reader's language, group and entry."""
    return case_pack(case).category_label(case.category, language) if case.category else ""


def set_in(category: Category, language: str) -> str:
    """A category in a list of choices under its group: details stand further in."""
    return f"{'　' * category.is_detail}{category.label(language)}"


def marked(text: str, query: str) -> SafeString:
    """The stretch of the text around the first found words, every one of them marked."""
    spans = find_spans(text, query)
    first = spans[0][0] if spans else 0
    start, end = max(0, first - AROUND), first + 3 * AROUND
    parts: list[tuple[str, str]] = []
    at = start
    for begin, stop in spans:
        if begin >= end:
            break
        parts.append((text[at:begin], text[begin:stop]))
        at = stop
    before, after = "…" if start else "", "…" if end < len(text) else ""
    inner = format_html_join("", "{}<mark>{}</mark>", parts)
    return format_html_join("", "{}", [(before,), (inner,), (text[at:end],), (after,)])
