"""Learn from the cases that people have sorted and the readings they confirmed (SC-5, CO-4).
Writes one row and one file."""

from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet

from tingsu.cases.learned import READ, WORDS, examples, text_of
from tingsu.cases.models import Case, Learned
from tingsu.mind.category import Classifier
from tingsu.mind.likeness import Rarity
from tingsu.mind.reading import KINDS
from tingsu.people.models import Organisation, new_id
from tingsu.people.rulebook import pack_of

FEWEST = 40  # sorted cases before which the pack's examples know as much
MOST = 20_000  # newest ones are learned from: what people complain of changes
READ_THROUGH = 3_000  # newest cases in which confirmed readings are looked for
GROWTH = 1.1  # how many more there must be before it is done again
AGE = timedelta(days=7)  # after which it is done again all the same
WORDS_AGE = timedelta(days=1)  # counting words takes seconds, and new names come every day
FIELDS = ("category", "title", "narrative", "request", "product")


def waiting(at: datetime) -> list[tuple[UUID, str]]:
    """The organisations and packs with something new to learn from."""
    rows = Organisation.objects.filter(active=True).values_list("id", "pack", "packs")
    kinds = [READ + kind for kind in KINDS]
    return [
        (key, what)
        for key, own, more in rows
        for what in dict.fromkeys([own, *more, WORDS, *kinds])
        if _worthwhile(key, what, at)
    ]


def learn(organisation_id: UUID, pack_id: str, at: datetime) -> Learned | None:
    """Train on the newest sorted cases and the pack's examples; None where they are too few. For
    ``WORDS``: count how rare words are; for a kind of reading: what people confirmed of it."""
    if pack_id == WORDS:
        return learn_words(organisation_id, at)
    if pack_id.startswith(READ):
        return learn_reading(organisation_id, pack_id, at)
    pack = pack_of(organisation_id, pack_id)
    cases = [
        case for case in _sorted(organisation_id, pack_id).only(*FIELDS)[:MOST]
        if case.category in pack.categories
    ]  # fmt: skip
    if len(cases) < FEWEST or len({case.category for case in cases}) < 2:
        return None
    primer = [(text, code) for code, texts in examples(pack) for text in texts if text]
    told = [*primer, *((text_of(case), case.category) for case in reversed(cases))]
    texts, codes = zip(*told, strict=True)
    model = Classifier.fit(texts, codes, primer=len(primer))
    return _keep(organisation_id, pack_id, model, len(cases), at)


def learn_words(organisation_id: UUID, at: datetime) -> Learned:
    """Count how rare words are in the newest cases (IN-8)."""
    texts = [text_of(case) for case in _sorted(organisation_id, WORDS).only(*FIELDS)[:MOST]]
    return _keep(organisation_id, WORDS, Rarity.learn(texts), len(texts), at)


def learn_reading(organisation_id: UUID, what: str, at: datetime) -> Learned | None:
    """Train a kind of reading on what people confirmed or corrected (CO-4)."""
    kind = what.removeprefix(READ)
    told = [(text_of(case), case.reading[kind]) for case in _confirmed(organisation_id, kind)]
    if len(told) < FEWEST or len({code for _text, code in told}) < 2:
        return None
    texts, codes = zip(*reversed(told), strict=True)
    return _keep(organisation_id, what, Classifier.fit(texts, codes), len(told), at)


def _confirmed(organisation_id: UUID, kind: str) -> list[Case]:
    newest = _sorted(organisation_id, WORDS).only(*FIELDS, "reading")[:READ_THROUGH]
    return [case for case in newest if kind in case.reading]


def _keep(
    organisation_id: UUID, pack_id: str, model: Classifier | Rarity, texts: int, at: datetime
) -> Learned:
    content = BytesIO()
    model.save(content)
    path = f"learned/{organisation_id}/{pack_id or 'words'}-{new_id().hex}.npz"
    stored_as = default_storage.save(path, ContentFile(content.getvalue()))
    before = Learned.objects.filter(organisation_id=organisation_id, pack=pack_id).first()
    row, _new = Learned.objects.update_or_create(
        organisation_id=organisation_id,
        pack=pack_id,
        defaults={"stored_as": stored_as, "texts": texts, "made_at": at},
    )
    if before:
        default_storage.delete(before.stored_as)
    return row


def _worthwhile(organisation_id: UUID, pack_id: str, at: datetime) -> bool:
    if pack_id.startswith(READ):
        rows = _sorted(organisation_id, WORDS).values_list("reading", flat=True)
        count = sum(pack_id.removeprefix(READ) in found for found in rows[:READ_THROUGH])
    else:
        count = len(_sorted(organisation_id, pack_id).values_list("id")[:MOST])
    if count < FEWEST:
        return False
    row = Learned.objects.filter(organisation_id=organisation_id, pack=pack_id).first()
    age = WORDS_AGE if pack_id == WORDS else AGE
    return row is None or count >= row.texts * GROWTH or at - row.made_at >= age


def _sorted(organisation_id: UUID, pack_id: str) -> "QuerySet[Case]":
    rows = Case.objects.filter(organisation_id=organisation_id, anonymised_at__isnull=True)
    rows = rows.order_by("-received_at", "-id")
    return rows.filter(pack=pack_id).exclude(category="") if pack_id != WORDS else rows
