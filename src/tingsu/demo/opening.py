"""How a complaint of the demo begins: channel, words, facts. Pure but for the random source."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from tingsu.demo.cast import Person
from tingsu.demo.pace import Pace
from tingsu.demo.staff import House
from tingsu.demo.stories import Story, common, fill

SPOKEN = frozenset({"phone", "visit"})
TAKEN_DOWN = SPOKEN | {"transfer", "mystery", "file", "press"}  # told in the words of the house
OWN_HANDS = frozenset({"web"})  # the customer files it alone


def values(rng: Random, pace: Pace, house: House, story: Story, person: Person) -> dict[str, str]:
    """What the slots of a story hold for one complaint, but for times."""
    chosen = {name: rng.choice(options) for name, options in story.slots.items()}
    if story.amount:
        low, high, step = story.amount
        chosen["money"] = f"¥{rng.randrange(low, high + 1, step):,}.00"
    return chosen | {"call": person.call, "ta": person.ta, "line": str(house.row["phone"])}


def facts(
    rng: Random, pace: Pace, house: House, story: Story, person: Person, channel: str,
    slots: dict[str, str], at: datetime,
) -> dict[str, Any]:  # fmt: skip
    """The fields of the intake."""
    happened = pace.later(at - timedelta(days=rng.randint(1, 5)), -4, 4)
    slots["day"] = pace.day_words(min(happened, at))
    narrative = _narrative(rng, story, channel, slots)
    amount = slots.get("money", "").strip("¥").replace(",", "").partition(".")[0]
    wants = [fill(want, slots) for want in story.wants]
    return {
        "channel": channel,
        "narrative": narrative,
        "title": fill(rng.choice(story.titles), slots)[:200],
        "request": "；".join(wants) + "。",
        "name": person.name,
        "phone": person.phone,
        "email": person.email,
        "address": person.address if channel in ("visit", "letter") or rng.random() < 0.3 else "",
        "sex": person.sex,
        "party_kind": person.kind,
        "needs": person.needs,
        "preferred_channel": person.preferred_channel,
        "preferred_time": person.preferred_time,
        "happened_at": min(happened, at),
        "happened_where": slots.get("where", ""),
        "respondent_unit": house.row.get("unit") or rng.choice(story.units),
        "product": story.product,
        "amount": int(amount) * 100 if amount else None,
        "pack": story.pack,
        "category": story.category if rng.random() < 0.93 else "",
        "nature": story.nature,
        "severity": story.severity,
        "anger": story.anger,
        "channel_facts": _channel_facts(rng, pace, channel, at),
    }


def _narrative(rng: Random, story: Story, channel: str, slots: dict[str, str]) -> str:
    if channel in TAKEN_DOWN:
        return fill(rng.choice(story.noted), slots)
    words = common()
    opener = rng.choice(words["openers"][story.tone])
    closer = rng.choice(words["closers"][story.tone])
    return opener + fill(rng.choice(story.said), slots) + closer


def _channel_facts(rng: Random, pace: Pace, channel: str, at: datetime) -> dict[str, str]:
    words = common()
    day = at.astimezone(pace.calendar.zone).date()
    match channel:
        case "phone":
            return {"agent_named": "yes", "call_seconds": str(rng.randint(140, 1500))}
        case "visit":
            return {
                "room": rng.choice(words["rooms"]),
                "accompanied_by": rng.choice(words["companions"]),
                "joint_check": rng.choice(["yes", ""]),
                "signed": "yes",
            }
        case "letter":
            dated = (day - timedelta(days=3)).isoformat()
            return {"letter_dated": dated, "letter_arrived": day.isoformat()}
        case "chat" | "messenger":
            return {"handle": rng.choice(words["handles"])}
        case "forum":
            source = f"https://forum.example.org/t/{rng.randint(10_000, 99_999)}"
            return {"source_address": source, "handle": rng.choice(words["handles"])}
        case "press":
            return {"medium": rng.choice(words["media"])}
        case "transfer":
            number = f"{day:%Y%m%d}{rng.randint(100, 999)}"
            return {"from_body": rng.choice(words["bodies"]), "their_number": number}
        case "mystery":
            return {"visited_on": (day - timedelta(days=1)).isoformat()}
        case "file":
            return {"file_row": str(rng.randint(2, 400))}
    return {}
