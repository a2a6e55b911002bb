"""How a complaint of the demo begins: channel, words, facts. Pure but for the random source."""

from datetime import timedelta
from random import Random
from typing import Any

from tingsu.demo.cast import Person
from tingsu.demo.staff import House
from tingsu.demo.stories import Story, common, fill
from tingsu.demo.walk import Walk

SPOKEN = frozenset({"phone", "visit"})
TAKEN_DOWN = SPOKEN | {"transfer", "mystery", "file", "press"}  # told in the words of the house
OWN_HANDS = frozenset({"web"})  # the customer files it alone


def values(rng: Random, house: House, story: Story, person: Person) -> dict[str, str]:
    """What the slots of a story hold for one complaint, but for times."""
    chosen = {name: rng.choice(options) for name, options in story.slots.items()}
    if story.amount:
        low, high, step = story.amount
        chosen["money"] = f"¥{rng.randrange(low, high + 1, step):,}.00"
    return chosen | {"call": person.call, "ta": person.ta, "line": str(house.row["phone"])}


def facts(walk: Walk) -> dict[str, Any]:
    """The fields of the intake; fills the slot of the day on which it happened."""
    rng, story, slots = walk.rng, walk.story, walk.life.values
    channel = walk.life.channel
    happened = min(walk.pace.later(walk.at - timedelta(days=rng.randint(1, 5)), -4, 4), walk.at)
    slots["day"] = walk.pace.day_words(happened)
    amount = slots.get("money", "").strip("¥").replace(",", "").partition(".")[0]
    wants = [fill(want, slots) for want in story.wants]
    return _party(walk) | {
        "channel": channel,
        "narrative": _narrative(rng, story, channel, slots),
        "title": fill(rng.choice(story.titles), slots)[:200],
        "request": "；".join(wants) + "。",
        "happened_at": happened,
        "happened_where": slots.get("where", ""),
        "respondent_unit": walk.house.row.get("unit") or rng.choice(story.units),
        "product": story.product,
        "amount": int(amount) * 100 if amount else None,
        "pack": story.pack,
        "category": story.category if rng.random() < 0.96 else "",
        "nature": story.nature,
        "severity": story.severity,
        "anger": story.anger,
        "channel_facts": _channel_facts(walk, channel),
    }


def _party(walk: Walk) -> dict[str, Any]:
    person, channel = walk.life.person, walk.life.channel
    told = channel in ("visit", "letter") or walk.chance(0.3)
    return {
        "name": person.name,
        "phone": person.phone,
        "email": person.email,
        "address": person.address if told else "",
        "sex": person.sex,
        "party_kind": person.kind,
        "needs": person.needs,
        "preferred_channel": person.preferred_channel,
        "preferred_time": person.preferred_time,
    }


def _narrative(rng: Random, story: Story, channel: str, slots: dict[str, str]) -> str:
    if channel in TAKEN_DOWN:
        return fill(rng.choice(story.noted), slots)
    words = common()
    opener: str = rng.choice(words["openers"][story.tone])
    closer: str = rng.choice(words["closers"][story.tone])
    return opener + fill(rng.choice(story.said), slots) + closer


def _channel_facts(walk: Walk, channel: str) -> dict[str, str]:
    """What the channel asks for beyond the common record."""
    rng, words = walk.rng, common()
    day = walk.at.astimezone(walk.pace.calendar.zone).date()
    handle = rng.choice(words["handles"])
    every: dict[str, dict[str, str]] = {
        "phone": {"call_seconds": str(rng.randint(140, 1500))},
        "visit": {
            "room": rng.choice(words["rooms"]),
            "accompanied_by": rng.choice(words["companions"]),
            "joint_check": rng.choice(["yes", ""]),
            "signed": "yes",
        },
        "letter": {
            "letter_dated": (day - timedelta(days=3)).isoformat(),
            "letter_arrived": day.isoformat(),
        },
        "chat": {"handle": handle},
        "messenger": {"handle": handle},
        "forum": {
            "source_address": f"https://forum.example.org/t/{rng.randint(10_000, 99_999)}",
            "handle": handle,
        },
        "press": {"medium": rng.choice(words["media"])},
        "transfer": {
            "from_body": rng.choice(words["bodies"]),
            "their_number": f"{day:%Y%m%d}{rng.randint(100, 999)}",
        },
        "mystery": {"visited_on": (day - timedelta(days=1)).isoformat()},
        "file": {"file_row": str(rng.randint(2, 400))},
    }
    return every.get(channel, {})
