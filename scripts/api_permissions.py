"""Print the permission table of every operation of the API as it is answered now.

Run as `python scripts/api_permissions.py > tests/api/permissions.toml` after adding one, and read
the difference line by line before it is committed: the table is what we promise, not what we found.
Touches a database in memory.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"

HEAD = """\
# Who is answered how, operation by operation. tests/api/test_permissions.py walks them all.
# A row: what the door asks for (a right, or public), and an answer for each of the people.
# 甲 owns the case; 乙 works in another department; 丙 in another organisation; 丁 is the head.
# 404 means "not there for you". 422 and 428 are let in: the empty body is refused, not the person.
"""


def main() -> int:
    """Print the table."""
    import django  # noqa: PLC0415 - after the settings are named

    django.setup()

    from django.conf import settings  # noqa: PLC0415 - after the settings are named
    from django.db import transaction  # noqa: PLC0415 - after the settings are named
    from django.test.utils import setup_databases, setup_test_environment  # noqa: PLC0415 - after the settings are named

    setup_test_environment()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.PUBLIC_LIMITS = False
    setup_databases(verbosity=0, interactive=False)
    logging.disable(logging.CRITICAL)
    with transaction.atomic():
        return table()


def table() -> int:
    """Walk and print."""
    from api.walk import PEOPLE, make_programs, walk  # noqa: PLC0415 - after the settings are named

    rows = list(walk(*make_programs()))
    wide = max(len(name) for name, _ in rows)
    lines = [HEAD, f'people = "{" ".join(PEOPLE)}"', "\n[operations]"]
    for name, row in rows:
        door, *answers = row.split()
        lines.append(f'{name:<{wide}} = "{door:<13} {" ".join(answers)}"')
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
