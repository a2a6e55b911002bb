"""Print the permission table of every route as it is answered now; touches a database in memory.

Run as `python scripts/permissions.py > tests/web/permissions.toml` after adding a route, and read
the difference line by line before it is committed: the table is what we promise, not what we found.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"

HEAD = """\
# Who is answered how, route by route. tests/web/test_permissions.py walks them all.
# A row: method, what the door asks for (a right, public, or allauth for the sign-in pages), and
# one answer for each of the people: a status; "in" = sent to the sign-in page; "go" = redirected.
# 甲 owns the case; 乙 works in another department; 丙 in another organisation; 丁 is the head.
# 404 means "not there for you". 422 and 400 are let in: the empty form is refused, not the person.
"""


def main() -> int:
    """Print the table; 1 when a route has no door or no name."""
    import django  # noqa: PLC0415 - after the settings are named

    django.setup()

    from django.conf import settings  # noqa: PLC0415 - after the settings are named
    from django.db import transaction  # noqa: PLC0415 - after the settings are named
    from django.test.utils import setup_databases, setup_test_environment  # noqa: PLC0415 - after the settings are named

    setup_test_environment()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    setup_databases(verbosity=0, interactive=False)
    with transaction.atomic():
        return table()


def table() -> int:
    """Walk and print."""
    from permission_walk import nameless, routes, walk  # noqa: PLC0415 - after the settings are named
    from permission_world import PEOPLE, make_world  # noqa: PLC0415 - the same

    rows = list(walk(make_world(), routes()))
    say(HEAD)
    say(f'people = "{" ".join(PEOPLE)}"')
    names = [route.name for route in routes() if route.door == "allauth"]
    say("# Pages of the sign-in itself: they ask their own questions.")
    say(f"sign_in_pages = {[name for name, row in rows if name in names]}".replace("'", '"'))
    say("\n[routes]")
    wide = max(len(name) for name, _ in rows)
    for name, row in rows:
        method, door, *answers = row.split()
        cells = " ".join(f"{one:<3}" for one in answers).rstrip()
        say(f'{name:<{wide}} = "{method:<4} {door:<13} {cells}"')
    bad = [*nameless(), *(route.name for route in routes() if route.door == "NONE")]
    for name in bad:
        print(f"no door or no name: {name}", file=sys.stderr)
    return 1 if bad else 0


def say(line: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    raise SystemExit(main())
