"""What an organisation says in its letters in its own words: sender, signature and first answer, by
language (IN-4). Writes people tables; asks its own right."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from tingsu.people._recording import Sheet, only_administrators, record
from tingsu.people.errors import Invalid
from tingsu.people.models import Organisation
from tingsu.people.permission import Who

LANGUAGES = {"zh-hans": "zh_hans", "zh-hant": "zh_hant", "en": "en"}  # language -> part of a field
NUMBER, CONTACT = "{number}", "{contact}"
SIGNATURE_LIMIT, ANSWER_LIMIT = 500, 3_000


def shown(house: Organisation) -> dict[str, str]:
    """What there is, as the fields of the form call it."""
    found = {"sender": str(house.letters.get("sender", ""))}
    for language, part in LANGUAGES.items():
        for name in ("signature", "answer"):
            found[f"{name}_{part}"] = str(house.letters.get(name, {}).get(language, ""))
    return found


def change(who: Who, typed: Mapping[str, Any], at: datetime) -> Organisation:
    """typed: sender, signature_en …, answer_en …; what is empty is said in our words. Raises
    Invalid for a first answer that does not tell the number and whom to ask."""
    only_administrators(who)
    sheet = Sheet(typed)
    wanted: dict[str, Any] = {"sender": sheet.text("sender", 60), "signature": {}, "answer": {}}
    for language, part in LANGUAGES.items():
        for name, limit in (("signature", SIGNATURE_LIMIT), ("answer", ANSWER_LIMIT)):
            field = f"{name}_{part}"
            if text := sheet.lines(field, limit):
                wanted[name][language] = text
                if name == "answer" and not (NUMBER in text and CONTACT in text):
                    sheet.wrong[field] = _(
                        "请写上 {number}（编号）和 {contact}（联系部门、人、电话）。"
                    )
    if sheet.wrong:
        raise Invalid(sheet.wrong)
    house = Organisation.objects.get(id=who.organisation_id)
    with transaction.atomic():
        if house.letters != wanted:
            house.letters = wanted
            house.save(update_fields=["letters"])
            record(who, at, "letters_changed", house.name)
    cache.delete(f"organisation:{house.id}")
    return house


def sender_of(house: Organisation) -> str:
    """The name that a customer sees before the address."""
    return str(house.letters.get("sender") or house.contact_department or house.name)


def signature_of(house: Organisation, language: str) -> str:
    """What stands below a letter; "" where nobody wrote one."""
    return str(house.letters.get("signature", {}).get(language, ""))


def answer_of(house: Organisation, language: str, number: str, contact: str) -> str:
    """The first answer in the organisation's own words; "" where there are none."""
    text = str(house.letters.get("answer", {}).get(language, ""))
    return text.replace(NUMBER, number).replace(CONTACT, contact)
