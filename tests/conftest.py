"""What every test may use. Rooms add their own in their folder's conftest.py."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

import tables
from tingsu.people import rulebook

rulebook.FRESH_SECONDS = 3600.0  # asked once in each test, however slow it is
# The same examples in every run, and as long as they take; "explore" looks for new ones.
hypothesis.settings.register_profile("house", derandomize=True, database=None, deadline=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile("house")
ROOT = Path(__file__).parent.parent
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"  # as Django names it


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """The material beside the repository; tests that need it are skipped where it is not."""
    folder = root.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("needs ../shared/data, which is not here")
    return folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """The tables are there already when Django asks for them (tables.py)."""
    if tables.ON_POSTGRES:
        settings.DATABASES["default"]["TEST"]["TEMPLATE"] = tables.template()
        yield
        return
    with closing(sqlite3.connect(IN_MEMORY, uri=True)) as open_as_long:
        tables.copy_into(open_as_long)
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """The process keeps organisations for half a minute, and the language of the last page; a test
    starts knowing nothing."""
    cache.clear()
    rulebook.forget()
    translation.deactivate()
