"""Ask the API thousands of times what its document allows, and more; print how it went.

Run as `python scripts/api_fuzz.py 5000`, or for those whose names begin so, as `… 500 owed sign`.
Touches a database in memory (or DATABASE_URL).
"""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"


def main() -> int:
    """Ask; 1 when something was wrong."""
    import django  # noqa: PLC0415 - after the settings are named

    django.setup()

    from django.conf import settings  # noqa: PLC0415 - after the settings are named
    from django.db import transaction  # noqa: PLC0415 - after the settings are named
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: PLC0415 - after the settings are named

    setup_test_environment()
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    settings.PUBLIC_LIMITS = False
    made = setup_databases(verbosity=0, interactive=False)
    logging.disable(logging.CRITICAL)
    try:
        with transaction.atomic():
            most, *only = sys.argv[1:] or ["5000"]
            return fuzz(int(most), tuple(only))
    finally:
        teardown_databases(made, verbosity=0)


def fuzz(most: int, only: tuple[str, ...]) -> int:
    """Spread over the operations, half in order, half not."""
    from api.asking import ask  # noqa: PLC0415 - after the settings are named
    from api.walk import operations  # noqa: PLC0415 - after the settings are named
    from api.world import make_whole_world  # noqa: PLC0415 - after the settings are named

    asked = [one for one in operations() if not only or one.name.startswith(only)]
    each = -(-most // len(asked))
    begin = time.monotonic()
    told = ask(make_whole_world(), each, only)
    took = time.monotonic() - begin
    by_status = ", ".join(f"{status}: {n}" for status, n in sorted(told.statuses.items()))
    sys.stdout.write(f"{sum(told.statuses.values())} requests in {took:.0f} s; {by_status}\n")
    for one in told.wrong:
        sys.stdout.write(f"WRONG {one}\n\n")
    return 1 if told.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
