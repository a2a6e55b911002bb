"""From the first word to the investigation: the stages of a life, one after another. Pure."""

from datetime import datetime, timedelta
from typing import Any

from tingsu.demo.life import Life
from tingsu.demo.opening import OWN_HANDS
from tingsu.demo.walk import Walk


def receive(walk: Walk, intake: dict[str, Any]) -> None:
    """Registered by reception, or by the customer on the public page."""
    life = walk.life
    desk = "来访接待组" if life.channel == "visit" else "热线组"
    by_customer = life.channel in OWN_HANDS
    who = "customer" if by_customer else walk.house.one(walk.rng, "reception", desk)
    if life.channel == "phone":
        intake["channel_facts"]["agent_named"] = walk.house.introduction(who)
    elif life.channel == "visit":
        intake["channel_facts"]["recorder"] = walk.house.name_of(who)
    queue = walk.house.row["intake"] if by_customer else walk.house.group_of(life.story.pack)
    walk.do("receive", who, intake=intake, queue=queue)


def take(walk: Walk, within: float = 5) -> None:
    """The handler takes it, or the supervisor gives it to one. within: hours."""
    group = walk.house.group_of(walk.story.pack)
    if walk.life.steps[0].facts["queue"] != group:
        walk.wait(0.1, min(within, 3))
        supervisor = walk.house.one(walk.rng, "supervisor")
        walk.do("assign", supervisor, to=walk.mine, reason=walk.word("assigned"))
        return
    walk.wait(0.1, 30 if walk.slow else within)
    walk.do("take", walk.mine)


def screen(walk: Walk) -> None:
    """The check list is worked through; material may be missing."""
    walk.wait(0.2, 4)
    walk.do("go", walk.mine, to="screen")


def ask_complete(walk: Walk) -> None:
    walk.wait(0.3, 5)
    missing = walk.story.why if walk.story.fate == "incomplete" else walk.word("missing")
    walk.do("ask_complete", walk.mine, missing=missing, due_at=walk.due(72, 144))


def completed(walk: Walk) -> None:
    """The customer brings what was missing."""
    ask_complete(walk)
    walk.wait(12, 60)
    walk.do("add", "customer", text=walk.word("added"))


def call_back(walk: Walk, within: float = 5) -> None:
    """Mood before matter: hear, restate, promise a time. within: hours."""
    rng, story = walk.rng, walk.story
    if walk.chance(0.12):
        walk.do("look", walk.mine, fields=("phone",), reason=walk.word("look"))
    if walk.chance(0.15):
        walk.wait(0.1, min(within, 3))
        text = walk.word("not_reached")
        walk.do("contact", walk.mine, channel="phone", text=text, reached=False)
    walk.wait(0.1, 40 if walk.slow else within)
    due = walk.due(4, 30)
    walk.promised = due
    limit = story.limit if story.limit and walk.chance(0.6) else ""
    mood = max(story.anger - rng.choice((0, 1, 1, 2)), 0)
    text = walk.say(rng.choice(story.call))
    walk.do(
        "contact", walk.mine, channel="phone", text=text, reached=True, mood=mood, limit_set=limit
    )
    confirmed = walk.chance(0.93)
    walk.do("restate", walk.mine, text=walk.say(story.restated), confirmed=confirmed)
    walk.do("promise", walk.mine, content=walk.say(story.promise), due_at=due)


def accept(walk: Walk) -> None:
    walk.wait(60 if walk.slow else 0.2, 200 if walk.slow else 10)
    walk.do("go", walk.mine, to="accept")


def settle_promise(walk: Walk, *, must: bool) -> None:
    """Kept, kept late, broken or moved, at its time, whatever else goes on meanwhile.

    must: the life goes on behind it; otherwise what is due ahead stays open.
    """
    due = walk.promised
    if due is None or not (must or walk.fits(due)):
        return
    how = walk.rng.choices(("kept", "late", "broken", "moved"), (86, 4, 3, 7))[0]
    if how == "moved":
        due = _move_promise(walk, due)
        how = "kept"
        if not (must or walk.fits(due)):
            return
    walk.promised = None
    low, high = {"kept": (-0.8, -0.1), "late": (0.3, 2), "broken": (1.5, 4)}[how]
    at = due + timedelta(hours=walk.rng.uniform(low, high))
    if how == "broken":
        walk.do("broken", walk.mine, at=at, reason=walk.word("broken"))
        return
    keep(walk, due, at)


def keep(walk: Walk, due: datetime, at: datetime) -> None:
    """The call that was promised, and the promise ticked off."""
    text = walk.word("kept_late" if at > due else "kept")
    walk.do("contact", walk.mine, at=at, channel="phone", text=text, reached=True)
    walk.do("keep", walk.mine, at=at + timedelta(minutes=walk.rng.randint(1, 5)), text="")


def _move_promise(walk: Walk, due: datetime) -> datetime:
    """Another time, agreed with the customer before the first one is over."""
    at = due - timedelta(hours=walk.rng.uniform(1, 2))
    again = walk.pace.round_hour(walk.pace.later(due, 16, 40))
    reason = walk.story.moved or "部门的记录晚一天到，已先打电话征得客户同意"
    walk.do("move_promise", walk.mine, at=at, due_at=again, reason=reason)
    walk.promised = again
    return again


def investigate(walk: Walk) -> None:
    """Find out: notes, questions to departments, and their answers."""
    walk.wait(0.3, 10)
    walk.do("go", walk.mine, to="investigate")
    if walk.story.task and walk.house.has(walk.story.task[0]):
        _ask(walk)
    settle_promise(walk, must=walk.target != "investigating")
    if walk.asked and (walk.target != "investigating" or walk.chance(0.5)):
        _answered(walk)
    if walk.chance(0.75):
        walk.wait(0.2, 12)
        walk.do("note", walk.mine, text=walk.say(walk.story.note))


def _ask(walk: Walk) -> None:
    department, question, _answer = walk.story.task
    walk.wait(0.1, 2)
    text = walk.say(question)
    walk.do("ask", walk.mine, department=department, content=text, due_at=walk.due(40, 72))
    walk.asked = True


def _answered(walk: Walk) -> None:
    department, _question, answer = walk.story.task
    who = walk.house.one(walk.rng, "respondent", department)
    walk.wait(3, 80 if walk.slow else 30)
    said = walk.say(answer)
    if walk.chance(0.1):
        walk.do("answer", who, text="已处理。")
        walk.wait(0.5, 4)
        due = walk.due(20, 30)
        walk.do("send_back", walk.mine, reason=walk.word("returned"), due_at=due)
        walk.wait(2, 20)
        said = walk.word("answer_again", answer=said)
    walk.do("answer", who, text=said)
    walk.asked = False
    if walk.chance(0.6):
        walk.wait(0.1, 3)
        walk.do("accept_answer", walk.mine)


def to_the_head(walk: Walk) -> None:
    """A major or a written one waits for an instruction, which the head gives soon (SC-6)."""
    if for_head(walk.life):
        instruct(walk, walk.pace.later(walk.at, 1, 6))


def for_head(life: Life) -> bool:
    """Whether the case goes to the head of the centre when it comes in."""
    return life.story.severity == "major" or life.channel in ("letter", "mail")


def instruct(walk: Walk, at: datetime) -> None:
    """The head reads and writes what is to be done."""
    text = walk.say(walk.story.instruct or walk.word("instructed"))
    walk.aside("instruct", walk.house.one(walk.rng, "head"), at, text=text)


def escalate(walk: Walk) -> None:
    """Up with the whole record; the supervisor settles it and gives it back, or keeps it."""
    share = 0.04 if walk.story.nature == "questioning" else 0
    if not walk.chance(0.55 if walk.story.escalate else share):
        return
    supervisor = walk.house.one(walk.rng, "supervisor")
    if supervisor == walk.mine:
        return
    walk.wait(0.2, 6)
    reason = walk.story.escalate or walk.word("escalated")
    walk.do("escalate", walk.mine, to=supervisor, reason=walk.say(reason))
    accepted = walk.pace.later(walk.at, 0.2, 2)
    if not walk.fits(accepted):
        return  # asked this morning, and nobody has answered yet
    walk.do("take_over", supervisor, at=accepted, text="")
    later = walk.pace.later(walk.at, 4, 20)
    if walk.chance(0.6) and walk.fits(later):
        walk.at = later
        text = "方案已和客户谈妥，请按方案办完。"
        walk.do("assign", supervisor, to=walk.mine, reason=text)


def extras(walk: Walk) -> None:
    """What happens beside the main line: more calls, an interim answer, the watch list."""
    if walk.chance(0.3):
        walk.wait(2, 20)
        told = walk.chance(0.6)
        text = walk.word("more_calls" if told else "came_back")
        direction = "out" if told else "in"
        walk.do("contact", walk.mine, channel="phone", text=text, reached=True, direction=direction)
    if walk.chance(0.6 if walk.slow else 0.15):
        walk.wait(1, 12)
        walk.do("reply", walk.mine, text=walk.word("interim"), kind="interim")
    if walk.story.watch and walk.chance(0.9):
        kind = "unpaid" if walk.story.pack == "hotel" else "harassment"
        expires = (walk.at + timedelta(days=180)).date()
        walk.do("watch", walk.mine, kind=kind, reason=walk.story.watch, expires_on=expires)
        later = walk.pace.later(walk.at, 2, 20)
        if walk.fits(later) and walk.chance(0.7):
            walk.at = later
            walk.do("approve_watch", walk.house.one(walk.rng, "head"))
    if walk.chance(0.05) and walk.house.slug == "yunfan":
        walk.wait(1, 10)
        inspector = walk.house.one(walk.rng, "inspector")
        walk.do("note", inspector, text=walk.word("inspected"))
