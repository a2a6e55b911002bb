"""Template tags and filters of the design system (docs/ui.md). Reads no tables."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from tingsu.packs.problems import Said
from tingsu.people.permission import Who, may
from tingsu.web import labels, spoken
from tingsu.web.labels import Label, label_of
from tingsu.web.words import SCRIPT_WORDS

register = template.Library()
ROOM = 7  # places in the top bar of a small laptop

SPRITE = "vendor/tabler/icons.svg"
THEMES = ("auto", "light", "dark")
LANGUAGE_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


@register.simple_tag
@cache  # a page draws the same few dozens of times
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon. With a label it speaks for itself, without one it only accompanies a word."""
    href = f"{static(SPRITE)}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def sprite() -> str:
    """The address of the icons, for scripts that draw one."""
    return static(SPRITE)


def _chip(found: Label | None, look: str = "") -> SafeString:
    """Icon and word, with its own look or another."""
    if found is None:
        return SafeString("")
    look = look or found.look
    kind = f"chip chip-{look}" if look else "chip"
    return format_html('<span class="{}">{}{}</span>', kind, icon(found.icon), found.word)


@register.simple_tag
def state(code: str) -> SafeString:
    """State of a case: icon and word."""
    return _chip(label_of(labels.STATES, code))


@register.simple_tag
def channel(code: str, look: str = "plain") -> SafeString:
    """Channel: icon and word, without a frame unless a look is given."""
    return _chip(label_of(labels.CHANNELS, code), look)


@register.simple_tag
def severity(code: str) -> SafeString:
    """Severity: icon and word; an ordinary one is drawn like any fact."""
    return _chip(label_of(labels.SEVERITIES, code))


@register.simple_tag
def mood(level: int | None) -> SafeString:
    """How angry the customer is, 0 to 4; nothing where nobody has judged it."""
    return _chip(None if level is None else labels.ANGER.get(level), "plain")


@register.filter
def in_words(said: Said) -> str:
    """What is wrong with a rule, in the language of the page."""
    return said.by(gettext)


@register.filter
def word(code: str, table: str) -> labels.Text:
    """``{{ code|word:"states" }}``: the word alone, from states, channels, natures, roles …"""
    tables: Mapping[str, Mapping[str, Label]] = {
        "states": labels.STATES,
        "channels": labels.CHANNELS,
        "severities": labels.SEVERITIES,
        "natures": labels.NATURES,
        "verdicts": labels.VERDICTS,
        "roles": labels.ROLES,
        "events": labels.EVENTS,
        "next": labels.NEXT_KINDS,
        "steps": labels.STEPS,
        "approvals": labels.APPROVALS,
    }
    return label_of(tables[table], code).word


@register.filter
def event_label(kind: str) -> Label:
    """Word, icon and look of a timeline entry."""
    return label_of(labels.EVENTS, kind)


@register.filter
def next_label(kind: str) -> Label:
    """Word and icon of the kind of date that comes next."""
    return label_of(labels.NEXT_KINDS, kind)


@register.simple_tag(takes_context=True)
def due(context: template.Context, at: datetime | None, plain: bool = False) -> SafeString:
    """A due time in words, the exact one in its title. ``plain`` for things that are over."""
    if at is None:
        return SafeString("")
    asked = context.get("request")
    found = spoken.due(at, getattr(asked, "at", None) or timezone.now())
    return format_html(
        '<time class="{}" datetime="{}" title="{}">{}{}</time>',
        "due" if plain else f"due due-{found.level}",
        iso(at),
        found.exact,
        "" if plain else icon(found.icon),
        found.words,
    )


@register.filter
def due_words(at: datetime | None) -> str:
    """The words of a due time alone, for the middle of a sentence."""
    return spoken.due(at, timezone.now()).words if at else ""


@register.filter
def when(at: datetime | None) -> str:
    """2026-11-21 周六 10:02."""
    return spoken.when(at) if at else ""


@register.filter
def day(on: date | datetime | None) -> str:
    """2026-11-21 周六; an instant gives its local day."""
    if isinstance(on, datetime):
        on = timezone.localtime(on).date()
    return spoken.day(on) if on else ""


@register.filter
def clock_time(at: datetime | None) -> str:
    """10:02."""
    return f"{timezone.localtime(at):%H:%M}" if at else ""


@register.filter
def iso(at: datetime | None) -> str:
    """For the datetime attribute of <time>."""
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""


@register.filter
def money(fen: int | None) -> str:
    """¥1,280.00 from fen."""
    return spoken.money(fen)


@register.filter
def file_size(octets: int) -> str:
    """1.2 MB."""
    return spoken.size(octets)


@register.filter
def path_only(address: str | None) -> str:
    """The path of an address on this site, for a way back that can lead nowhere else."""
    parts = urlsplit(address or "")
    return parts.path + (f"?{parts.query}" if parts.query else "")


@register.filter
def initial(name: str) -> str:
    """The first character, for the round mark of a person."""
    return name.strip()[:1].upper()


@register.simple_tag(takes_context=True)
def nav_places(context: template.Context) -> list[dict[str, Any]]:
    """The places of the top bar that this member may enter, the present one marked."""
    who: Who | None = context.get("who")
    path = getattr(context.get("request"), "path", "")
    return [
        {"url": url, "place": place, "current": path.startswith(url)}
        for place in labels.PLACES
        if may(who, place.right) and (url := url_or_nothing(place.route))
    ]


@register.filter
def first_places(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those for which the top bar has room; where one would be left over, all of them."""
    return places if len(places) <= ROOM + 1 else places[:ROOM]


@register.filter
def other_places(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that stand behind "more"."""
    return places[len(first_places(places)) :]


@register.simple_tag
def url_or_nothing(name: str, *args: object) -> str:
    """The address of a route, or "" where this installation has none of that name."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def theme_choice(context: template.Context) -> str:
    """light, dark or auto, as chosen on this device."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "auto") if request else "auto"
    return chosen if chosen in THEMES else "auto"


@register.simple_tag
def language_tag() -> str:
    """The language of the page as HTML wants it: zh-Hans, zh-Hant, en."""
    return LANGUAGE_TAGS.get(get_language() or "", "zh-Hans")


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Code and own name of each language of the product."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


@register.simple_tag(takes_context=True)
def once(context: template.Context) -> SafeString:
    """A hidden idempotency key, so that a double click or a reload does one thing once."""
    request = context.get("request")
    key = (request.POST.get("ik") if request else "") or uuid.uuid4().hex
    return format_html('<input type="hidden" name="ik" value="{}">', key)


@register.simple_tag
def script_words() -> SafeString:
    """The sentences of the scripts as a JSON block."""
    return json_script({key: str(text) for key, text in SCRIPT_WORDS.items()}, "script-words")
