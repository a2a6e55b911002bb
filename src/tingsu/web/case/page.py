"""All that the page of a case shows, gathered once. Reads queries, no models."""

import uuid
from collections.abc import Callable
from datetime import datetime
from math import ceil
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from tingsu.cases import learned
from tingsu.cases.queries import approvals, ending, file, screening
from tingsu.cases.queries import here as asked
from tingsu.channels.llm.connecting import is_on
from tingsu.core.lifecycle import State
from tingsu.core.masking import mask_name, mask_text
from tingsu.people.permission import Can, Who, may
from tingsu.people.rulebook import case_pack
from tingsu.web.case import cards, menu, wings
from tingsu.web.case import next as ahead
from tingsu.web.case.forms import Place, QuickTaskForm, StepForm
from tingsu.web.case.step import Step
from tingsu.web.case.steps import STEPS
from tingsu.web.case.story import names_of, story
from tingsu.web.case.words import WAYS, fact, language, word
from tingsu.web.coach import card as coach
from tingsu.web.guide import show as guide

QUICK = {"task": QuickTaskForm}
KEY_HERE, VERSION_HERE = "key-goes-here", "version-goes-here"
LOOKED = ("phone", "email", "address")
DAYS = 90  # between two complaints that may be the same matter


def context(
    who: Who, case: Any, now: datetime, *, before: int | None = None, back: str = ""
) -> dict[str, Any]:
    """Everything for the whole page, or for the parts of it that htmx swaps in."""
    tasks = file.tasks(case)
    rights = asked.rights_on(who, case, tasks)
    events = asked.window(case, before)
    names = names_of(who, events)
    letters = file.letters(case)
    past = asked.past(case)
    history = file.history(who, case)
    ties = file.links(case)
    for other in (*history, *(other for _link, other in ties)):
        other.title = hidden(who, case, other.title)
    found: dict[str, Any] = {
        **head(who, case, now, rights),
        "story": story(
            case, events, now,
            names=names, letters=letters, files=_files(case, file.attachments(case)),
            hide=_hiding(who, case),
        ),
        "before": before,
        "clocks": cards.clock_cards(case, file.clocks(case), now),
        "promises": file.promises(case),
        "tasks": tasks,
        "machine": case.anonymised_at is None and is_on(case.organisation_id),
        "guide": guide.of(who, case, past.guided),
        "links": ties,
        "history": history,
        "likely": _likely(case, history, ties, past.told_apart),
        "wing_cards": wings.cards(who, case, now, rights),
        "watches": file.watch(case, timezone.localdate(now)),
        "undo": _undo(case, letters.values(), events, who, now),
        **facts(who, case, now),
    }  # fmt: skip
    found["coach"] = coach.of(who, case, found, past.guided)
    found["panes"] = [pane(step, Place(case, who, now)) for step in menu.tabs(case, rights)]
    if back:
        _put_back(found["panes"], letters.values(), back, Place(case, who, now))
    found["waiting_count"] = _waiting(found)
    return found


def _waiting(found: dict[str, Any]) -> int:
    """How many things on the page wait for somebody."""
    waits: int = (
        sum(1 for one in found["promises"] if one.state == "due")
        + sum(1 for one in found["tasks"] if one.state in ("open", "answered"))
        + sum(1 for one in found["clocks"] if one.alive)
        + sum(one.get("waits", 0) for one in found["wing_cards"])
    )
    return waits


def head(
    who: Who, case: Any, now: datetime, rights: frozenset[Can] | None = None, here: str = ""
) -> dict[str, Any]:
    """Title, state, next step, menu and tabs. here: the wing that is open."""
    own = rights if rights is not None else asked.rights_on(who, case, file.tasks(case))
    step = ahead.next_step(case, file.next_of(case), own)
    if step.name == "accept" and screening.demanded(case):
        step = ahead.SCREEN_FIRST
    elif step.name and (signed := STEPS[step.name].signed):
        step = ahead.signed_next(case, step, approvals.stages_of(who, case, signed))
    url = ""
    if step.how in ("post", "dialog") or step.name in ("approvals", "screening"):
        url = reverse(f"case_{step.name}", args=[case.id])
    elif step.how == "link" and case.merged_into_id:
        url = reverse("case", args=[case.merged_into_id])
    return {
        "case": case,
        "title": hidden(who, case, case.title),
        "may": frozenset(right.value for right in own),
        "next": step,
        "next_url": url,
        "menu": menu.offers(case, own),
        "tabs": wings.tabs(case, own, here),
        "escalate": menu.offer("escalate", case, own),
        "take": menu.offer("take", case, own) if not case.owner_id else None,
        "edit_facts": menu.offer("facts", case, own),
        "edit_party": menu.offer("party", case, own),
        "mine": case.owner_id == who.member_id,
        "now": now,
        "ik": uuid.uuid4().hex,
        "version": case.version,
        "place": "cases",
    }


def pane(step: Step, place: Place) -> dict[str, Any]:
    """One tab of the composer. Its empty form is the same for everybody in the house for an hour:
    it is drawn once, and only the key and the version are put in."""
    drawn = f"pane:{step.name}:{place.who.organisation_id}:{language()}:{place.at:%Y%m%d%H}"
    html: str | None = cache.get(drawn)
    ik = uuid.uuid4().hex
    if html is None:
        given = {"step": step, "form": blank(step, place), "ik": KEY_HERE, "version": VERSION_HERE}
        html = render_to_string("web/case/pane_body.html", given)
        cache.set(drawn, html, 600)
    html = html.replace(KEY_HERE, ik).replace(VERSION_HERE, str(int(place.case.version)))
    return {
        "step": step,
        "html": mark_safe(html),  # noqa: S308 - drawn by our own template just above
        "ik": ik,
        "version": place.case.version,
        "url": reverse(f"case_{step.name}", args=[place.case.id]),
        "draft_key": f"case:{place.case.id}:{step.name}",
    }


def blank(step: Step, place: Place) -> StepForm:
    """The empty form of a tab."""
    return QUICK.get(step.name, step.form)(place=place, auto_id=f"{step.name}_%s")


def returned(step: Step, place: Place, text: str) -> StepForm:
    """The reply form with a letter that was taken back."""
    return step.form(place=place, auto_id=f"{step.name}_%s", initial={"text": text})


def missing(case: Any) -> list[dict[str, str]]:
    """What stands in the way of closing, each with the place where it is settled."""
    page = reverse("case", args=[case.id])
    wing = reverse("case_ending", args=[case.id])
    words = {
        "owed": _("还有 %(n)s 项没有履行完"),
        "proposals": _("还有 %(n)s 个补救方案没有结果"),
        "agreements": _("还有协议没有签完"),
        "mediation": _("调解还没有结果"),
    }
    left = [
        {"words": words[name] % {"n": many} if "%" in words[name] else words[name],
         "url": f"{wing}#{name}"}
        for name, many in ending.open_ones(case).items()
    ]  # fmt: skip
    found = left + [
        {"words": _("还没兑现的承诺：%(what)s") % {"what": one.content},
         "url": f"{page}#promise-{one.id}"}
        for one in file.promises(case) if one.state == "due"
    ]  # fmt: skip
    return found + [
        {"words": _("%(name)s 还没有答复协办") % {"name": one.department.name},
         "url": f"{page}#task-{one.id}"}
        for one in file.tasks(case) if one.state == "open"
    ]  # fmt: skip


def bare_title(case: Any) -> str:
    """The title for those who were only asked something: no names, no numbers."""
    return mask_text(case.title, [case.party.name] if case.party else [])


def hidden(who: Who, case: Any, text: str) -> str:
    """A free text as this member may read it."""
    hide = _hiding(who, case)
    return hide(text) if hide else text


def facts(who: Who, case: Any, now: datetime) -> dict[str, Any]:
    """The left column, masked as the role asks."""
    person = file.person(who, case.party)
    seen = file.looked(who, case, now) if may(who, Can.UNMASK) else {}
    party = case.party
    return {
        "person": person,
        "personal": [
            {
                "field": name,
                "value": getattr(party, name) if seen.get(name) else getattr(person, name),
                "full": bool(seen.get(name)),
            }
            for name in LOOKED
            if party and getattr(person, name)
        ],
        "look_url": reverse("case_look", args=[case.id]) if may(who, Can.UNMASK) else "",
        "respondent_person": _respondent(who, case, seen),
        "narrative": hidden(who, case, case.narrative),
        "request_text": hidden(who, case, case.request),
        "category": case_pack(case).category_label(case.category, language())
        if case.category
        else "",
        "category_offers": learned.named(case, learned.guesses_for(case), language()),
        "pack_label": case_pack(case).label(language()),
        "variants": fact(case, "variants", case.variants),
        "way": word(WAYS, asked.letter_way(party)),
        "send_delay": settings.SEND_DELAY_SECONDS,
    }


def _respondent(who: Who, case: Any, seen: Any) -> dict[str, Any] | None:
    name = case.respondent_person
    if not name:
        return None
    full = may(who, Can.UNMASK) or bool(seen.get("respondent_person"))
    return {"value": name if full else mask_name(name), "full": full}


def _hiding(who: Who, case: Any) -> Callable[[str], str] | None:
    """Masks what free text gives away, for those who do not talk with customers (PL-2)."""
    return file.hiding(who, case)


def _likely(case: Any, history: list[Any], ties: list[Any], apart: frozenset[Any]) -> list[Any]:
    """Of the history, what may be the same matter: fresh, of the same trade as far as that is
    known, not tied, not told apart (IN-8)."""
    if not case.open:
        return []
    known = {other.id for _link, other in ties} | apart
    near = [
        other
        for other in history
        if abs((other.received_at - case.received_at).days) <= DAYS
        and other.id not in known
        and (other.pack == case.pack or "general" in (other.pack, case.pack))
        and other.state != State.MERGED
    ]
    return near[:3]


def _files(case: Any, by_event: dict[Any, list[Any]]) -> dict[Any, list[Any]]:
    for rows in by_event.values():
        for row in rows:
            row.url = reverse("case_file", args=[case.id, row.id])
    return by_event


def _undo(
    case: Any, letters: Any, events: list[Any], who: Who, now: datetime
) -> list[dict[str, Any]]:
    """The own letters that can still be taken back, the newest first."""
    own = {one.id for one in events if one.kind == "replied" and one.member_id == who.member_id}
    waiting = [one for one in letters if one.event_id in own and one.state == "waiting"]
    return [
        {
            "seconds": left,
            "total": settings.SEND_DELAY_SECONDS,
            "row": letter.id,
            "url": reverse("case_take_back", args=[case.id]),
            "to": case.party.name if case.party and case.party.name else _("客户"),
        }
        for letter in sorted(waiting, key=lambda one: one.send_after, reverse=True)
        if (left := ceil((letter.send_after - now).total_seconds())) > 0
    ]


def _put_back(panes: list[dict[str, Any]], letters: Any, back: str, place: Place) -> None:
    """Without scripts: the text of a letter that was taken back, in the form again."""
    texts = [one.body for one in letters if str(one.id) == back and one.state == "taken_back"]
    for one in panes:
        if texts and one["step"].name == "reply":
            given = one | {"form": returned(one["step"], place, texts[0])}
            one["html"] = render_to_string("web/case/pane_body.html", given)
