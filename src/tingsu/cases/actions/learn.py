"""Learn categories from the cases that people have sorted (SC-5). Writes one row and one file."""

from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet

from tingsu.cases.learned import WORDS, examples, text_of
from tingsu.cases.models import Case, Learned
from tingsu.mind.category import Classifier
from tingsu.mind.likeness import Rarity
from tingsu.people.models import Organisation, new_id
from tingsu.people.rulebook import pack_of

FEWEST = 40  # sorted cases before which the pack's examples know as much
MOST = 20_000  # newest ones are learned from: what people complain of changes
GROWTH = 1.1  # how many more there must be before it is done again
AGE = timedelta(days=7)  # after which it is done again all the same
WORDS_AGE = timedelta(days=1)  # counting words takes seconds, and new names come every day
FIELDS = ("category", "title", "narrative", "request", "product")


def waiting(at: datetime) -> list[tuple[UUID, str]]:
    """The organisations and packs with something new to learn from."""
    rows = Organisation.objects.filter(active=True).values_list("id", "pack", "packs")
    pairs = [(key, pack) for key, own, more in rows for pack in dict.fromkeys([own, *more, WORDS])]
    return [pair for pair in pairs if _worthwhile(*pair, at)]


def learn(organisation_id: UUID, pack_id: str, at: datetime) -> Learned | None:
    """Train on the newest sorted cases and the pack's examples; None where they are too few. For
    ``WORDS``: count how rare words are."""
    if pack_id == WORDS:
        return learn_words(organisation_id, at)
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
    count = len(_sorted(organisation_id, pack_id).values_list("id")[:MOST])
    if count < FEWEST:
        return False
    row = Learned.objects.filter(organisation_id=organisation_id, pack=pack_id).first()
    age = WORDS_AGE if pack_id == WORDS else AGE
    return row is None or count >= row.texts * GROWTH or at - row.made_at >= age


def _sorted(organisation_id: UUID, pack_id: str) -> "QuerySet[Case]":
    rows = Case.objects.filter(organisation_id=organisation_id).order_by("-received_at", "-id")
    return rows.filter(pack=pack_id).exclude(category="") if pack_id != WORDS else rows
