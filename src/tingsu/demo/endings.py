"""From the solution to the end, and a new beginning: the later stages of a life. Pure."""

from datetime import timedelta
from random import Random
from typing import Any

from tingsu.demo import stages
from tingsu.demo.walk import Walk

FATES = {"refused": "refuse", "transferred": "transfer"}
# In which of the later states the first answer has mostly been given: the law wants one within
# seven working days, and to come to terms takes longer.
ANSWERED = {"negotiating": 0.7, "mediating": 0.9, "deciding": 0.95, "executing": 0.85}
SHELVES = ("A 柜 2 层", "B 柜 1 层", "B 柜 4 层", "库房 7 号架", "")
OBJECTION_ANSWER = (
    "{call}，您好。谢谢您指出来，是我们没有办周全，抱歉。您说的这一点已经补上，{by}前全部到位，"
    "我会再打电话请您核对。联系人：{me}，{line}。"
)


BOTH_AGREE = "电话里分别问过，双方都愿意由我们主持调解。"
SESSION = {
    "way": "phone",
    "attended": "投诉人本人；对方经办人",
    "complainant_said": "要求照约定的退，另外给个说法。",
    "respondent_said": "愿意道歉，金额想再商量。",
    "result": "continue",
    "place": "",
    "note": "双方愿意各退一步，约好再谈一次。",
}


def early(walk: Walk) -> None:
    """Refused, handed over, sent down, withdrawn, cancelled: each with its reason."""
    walk.wait(1, 30)
    story, target = walk.story, walk.target
    stages.settle_promise(walk, must=True)
    if target in FATES:
        walk.wait(0.2, 6)
        who = walk.house.one(walk.rng, "supervisor")
        walk.do("end", who, move=FATES[target], reason=walk.say(story.why), unit=story.to)
        return
    if target == "referred":
        due = walk.due(8 * 24, 16 * 24)
        walk.do("refer", walk.mine, unit=story.to, reason=walk.say(story.why), due_at=due)
        return
    reason = walk.say(story.why) if story.fate == "withdraw" else walk.word(target)
    move = {"withdrawn": "withdraw", "cancelled": "cancel"}[target]
    walk.do("end", walk.mine, move=move, reason=reason, unit="")


def between(walk: Walk) -> bool:
    """Talks, mediation, decision, payment. True when the life stops here."""
    authority = walk.house.row["kind"] == "authority"
    answered = walk.chance(ANSWERED.get(walk.target, 0))
    if answered:
        _answer_first(walk)
    plan = {
        "negotiate": ("negotiating", "offer", 0.1 if authority else 0.3),
        "mediate": ("mediating", "mediate", 0.8 if authority else 0.03),
        "decide": ("deciding", "decide", 0.2 if authority else 0.02),
        "execute": ("executing", "execute", 0.3),
    }
    if answered and walk.target == "executing":  # agreed already: nothing left to decide
        plan = {"execute": plan["execute"]}
    stops = [state for state, _words, _share in plan.values()]
    for move, (state, words, share) in plan.items():
        stop = walk.target == state
        before = walk.target in stops and stops.index(state) > stops.index(walk.target)
        agreed = answered and walk.target == "executing"  # nothing more to talk about
        if stop or (not before and not agreed and walk.chance(share)):
            walk.wait(3, 30)
            walk.do("go", walk.mine, to=move, reason=walk.word(words))
            if stop:
                _half_way(walk, state, answered=answered)
                return True
    return False


def _half_way(walk: Walk, state: str, *, answered: bool) -> None:
    """What the wing of endings shows of a case that stops here."""
    if state == "executing" and answered and walk.story.remedy:
        walk.do("remedy_owed", walk.mine)
    if state == "mediating":
        walk.do("mediation", walk.mine, text=BOTH_AGREE)
        later = walk.pace.later(walk.at, 1, 20)
        if walk.fits(later):
            walk.at = later
            told: dict[str, Any] = SESSION | {
                "mediators": "投诉处理室主任",
                "next_at": walk.due(30, 70),
            }
            walk.do("mediation_session", walk.mine, **told)


def _answer_first(walk: Walk) -> None:
    """The answer is out in time; the customer wants more, or agrees and waits for the money."""
    answer(walk)
    walk.wait(3, 26)
    if walk.target == "executing":
        text = walk.word("agreed")
        walk.do("contact", walk.mine, channel="phone", text=text, reached=True, mood=0)
        return
    walk.do("confirm", "customer", agreed=False, text=walk.say(walk.story.no), rating=2)


def second_promise(walk: Walk) -> None:
    """Something is owed to the customer when the story stops, within the next two weeks."""
    if not walk.chance(0.5):
        return
    days = walk.rng.choices((1, 2, 3, 5, 8, 12), (3, 3, 2, 2, 2, 1))[0]
    hours = walk.rng.choice((9.5, 10, 11, 14, 15, 16, 17))
    due = walk.pace.round_hour(walk.pace.at(walk.pace.today + timedelta(days=days), hours))
    walk.do("promise", walk.mine, content=walk.word("second_promise"), due_at=due)


def answer(walk: Walk) -> None:
    """The final letter, which asks the customer to confirm."""
    walk.wait(30 if walk.slow else 2, 120 if walk.slow else 30)
    _remedy(walk)
    walk.do("reply", walk.mine, text=walk.say(walk.story.reply), kind="final")
    if walk.chance(0.3):
        later = walk.pace.later(walk.at, 1, 8)
        if walk.fits(later):
            walk.at = later
            text = walk.word("confirm_call")
            walk.do("contact", walk.mine, channel="phone", text=text, reached=True, mood=0)


def _remedy(walk: Walk) -> None:
    """What is owed is worked out before it is written to the customer."""
    told = walk.story.remedy
    if told:
        facts = {name: walk.say(text) for name, text in told["facts"].items()}
        at = walk.at - timedelta(minutes=12)
        walk.aside("remedy", walk.mine, at, rules=tuple(told["rules"]), facts=facts)


def customer_says(walk: Walk) -> bool:
    """Agrees, or objects first and agrees later. False when nothing was heard."""
    if walk.chance(0.12):
        return False
    by_customer = walk.chance(0.6)
    who = "customer" if by_customer else walk.mine
    walk.wait(3, 50)
    if walk.chance(0.12):
        walk.do("confirm", who, agreed=False, text=walk.say(walk.story.no), rating=2)
        walk.wait(2, 20)
        walk.do("note", walk.mine, text=walk.word("came_back"))
        walk.wait(4, 40)
        walk.do("reply", walk.mine, text=walk.say(OBJECTION_ANSWER), kind="final")
        walk.wait(3, 40)
    rating = walk.rng.choices((5, 4, 3, 2), (42, 36, 15, 7))[0]
    walk.do("confirm", who, agreed=True, text=walk.say(walk.story.yes), rating=rating)
    return True


def close(walk: Walk) -> None:
    """Closed with a verdict; without the customer's word, with a reason."""
    heard = customer_says(walk)
    if not heard:
        walk.wait(100, 170)
    walk.wait(0.3, 10)
    if walk.story.remedy:
        at = walk.at - timedelta(minutes=5)
        walk.aside("remedy_done", walk.mine, at, text=walk.story.yes if heard else "")
    verdict = walk.rng.choices(("founded", "partly", "unfounded"), (80, 16, 4))[0]
    if walk.story.nature == "communicative":
        verdict = ""
    reason = "" if heard else walk.word("no_confirm")
    walk.do("close", walk.mine, verdict=verdict, reason=reason)
    if heard and walk.chance(0.4):
        rating = walk.rng.choices((5, 4, 3, 2, 1), (45, 30, 12, 8, 5))[0]
        comment = walk.story.comments["high" if rating >= 3 else "low"]
        later = walk.at + timedelta(hours=walk.rng.uniform(1, 30))
        if walk.fits(later):
            walk.do("rate", "customer", at=later, rating=rating, text=comment)


# What customers say when they are called back, and how often.
HEARD = (
    (("satisfied", "都办好了，谢谢你们还打电话来问。"), 60),
    (("wishes", "这次挺好，以后有事早点通知就更好了。"), 14),
    (("dissatisfied", "说好的事只办了一半，我不满意。"), 8),
    (("refused", ""), 4),
)


def call_back(walk: Walk) -> None:
    """Some days after the end the customer is asked how it went; some calls are still to come."""
    # Of its own: the lives stay as they were without it.
    rng = Random(walk.life.number)  # noqa: S311 - a story, no secret
    later = walk.pace.later(walk.at, 50, 75)
    if walk.target not in ("closed", "archived") or not walk.fits(later) or rng.random() > 0.9:
        return
    result, text = rng.choices([said for said, _share in HEARD], [n for _said, n in HEARD])[0]
    walk.do("call_back", walk.mine, at=later, result=result, text=text)


def after(walk: Walk) -> None:
    """Called back; archived, or asked to be opened again, or opened again."""
    call_back(walk)
    if walk.target == "archived":
        walk.wait(24 * 10, 24 * 30)
        walk.do("archive", walk.mine, reason="案卷齐全，归档。", place=walk.rng.choice(SHELVES))
    if walk.target not in ("asked", "reopened"):
        return
    walk.wait(24, 24 * 6)
    walk.do("ask_reopen", "customer", text=walk.word("ask_reopen"))
    if walk.target == "asked":
        return
    walk.wait(1, 8)
    supervisor = walk.house.one(walk.rng, "supervisor")
    walk.do("reopen", supervisor, reason=walk.word("reopened"))
    _call_again(walk)
    walk.do("go", walk.mine, to="investigate")
    stages.settle_promise(walk, must=False)


def _call_again(walk: Walk) -> None:
    """Nobody has to tell it all once more: sorry, what is missing, and by when."""
    walk.wait(0.1, 3)
    walk.promised = due = walk.due(4, 30)
    text = walk.word("call_again")
    walk.do("contact", walk.mine, channel="phone", text=text, reached=True, mood=1)
    walk.do("restate", walk.mine, text=walk.word("restate_again"), confirmed=True)
    walk.do("promise", walk.mine, content=walk.word("today_promise"), due_at=due)
