"""What a vulnerable customer needs, kept with their consent (HA-10, HA-11)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from tingsu.cases._handover import arrived
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.intake import LIMITS
from tingsu.cases.models import Case, Party
from tingsu.core.text import clean
from tingsu.packs.escalation import ESCALATION
from tingsu.people.actor import Actor
from tingsu.people.rulebook import case_pack

CONSENTS = ("yes", "guardian", "evident")
"""yes: they agreed; guardian: whoever cares for them did; evident: they said so themselves when
they asked for help."""


def mark(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    kinds: Collection[str],
    words: str = "",
    consent: str = "",
    key: str | None = None,
) -> Written:
    """Keep what they need, or take it away: no kinds and no words. The words stay with the person,
    never in the timeline."""
    said = " ".join(clean(words).split())
    if len(said) > LIMITS["needs"]:
        raise Invalid({"words": _("最多 %(limit)s 字。") % {"limit": LIMITS["needs"]}})
    if (kinds or said) and consent not in CONSENTS:
        raise Invalid({"consent": _("请先问过客户，再记下来。")})

    def plan(case: Case) -> Plan:
        known = {one.id for one in ESCALATION.of(case_pack(case)).needs(arrived(case))}
        if not set(kinds) <= known:
            raise Invalid({"kinds": _("请从列出的选项中选择。")})
        party = Party.objects.filter(id=case.party_id).first() if case.party_id else None
        if party is None:
            raise Refusal(_("还没有登记投诉人，请先登记。"), code="nobody")
        wanted = sorted(kinds)
        if (wanted, said) == (party.need_kinds, party.needs):
            raise Invalid({"kinds": _("没有改动。")})
        party.need_kinds, party.needs = wanted, said
        data = {"needs": wanted, "consent": consent, "words": bool(said)}
        save = lambda: party.save(update_fields=["need_kinds", "needs"])  # noqa: E731
        return Plan([Entry("needs_marked", data=data)], effects=[save])

    return write(case, by, at, plan, key=key)
