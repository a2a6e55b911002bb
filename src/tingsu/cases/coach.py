"""The guard of a case, and what its letters are checked against. Reads promises, writes nothing."""

from datetime import datetime
from uuid import UUID

from tingsu.cases.models import Case
from tingsu.core.wording.guard import Guard
from tingsu.core.wording.reply import Known
from tingsu.mind.guard import scorer
from tingsu.packs import Pack
from tingsu.packs.wording import WORDING
from tingsu.people import own_phrases
from tingsu.people.rulebook import case_pack, house_version, pack_of

MOST_KEPT = 64
_kept: dict[tuple[str, str], Guard] = {}


def guard_of(case: Case) -> Guard:
    """The guard with the phrases of the industry and of the organisation."""
    return _house_guard(case.organisation_id, case_pack(case))


def guard_of_house(organisation_id: UUID) -> Guard:
    """The guard where there is no case yet: the general phrases and the organisation's."""
    return _house_guard(organisation_id, pack_of(organisation_id, "general"))


def _house_guard(organisation_id: UUID, pack: Pack) -> Guard:
    """The guard of a pack with the phrases that the organisation has added."""
    changes = house_version(organisation_id)
    return _with_own(organisation_id, pack, changes) if changes else guard_for(pack)


def _with_own(organisation_id: UUID, pack: Pack, changes: int) -> Guard:
    key = (f"{pack.id}:{organisation_id}", f"{pack.version}:{changes}")
    if key not in _kept:
        own = own_phrases.phrases(organisation_id)
        lexicon = WORDING.of(pack).with_phrases(own)
        _keep(key, Guard(lexicon, scorer()) if own else guard_for(pack))
    return _kept[key]


def guard_for(pack: Pack) -> Guard:
    """The guard of a pack; built at its first use, kept until the pack changes."""
    return _kept.get((pack.id, pack.version)) or _built(pack)


def _built(pack: Pack) -> Guard:
    """Packs that say the same share one guard."""
    lexicon = WORDING.of(pack)
    same = (guard for guard in _kept.values() if guard.lexicon == lexicon)
    guard = next(same, None) or Guard(lexicon, scorer())
    return _keep((pack.id, pack.version), guard)


def _keep(key: tuple[str, str], guard: Guard) -> Guard:
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[key] = guard
    return guard


def known_of(case: Case, kind: str, channel: str = "") -> Known:
    """What the case knows of a letter to its customer."""
    party = case.party
    person = party is not None and party.kind == "person"  # whom a unit sends, we do not know
    return Known(
        name=party.name if party and person else "",
        sex=party.sex if party else "",
        number=case.number,
        orders=tuple(filter(None, (case.order_number, case.contract_number))),
        request=case.request,
        kind=kind,
        channel=channel or (party.preferred_channel if party else ""),
        promised=case.promises.filter(state="due").exists(),
    )


def next_word(case: Case) -> datetime | None:
    """When the customer hears from us next: the next promise, else the end of the silence."""
    due = case.promises.filter(state="due").order_by("due_at", "id").first()
    return due.due_at if due else case.quiet_until
