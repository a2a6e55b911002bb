"""What every test may use. Rooms add their own in their folder's conftest.py."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import translation

from tingsu.people import rulebook

rulebook.FRESH_SECONDS = 3600.0  # asked once in each test, however slow it is
ROOT = Path(__file__).parent.parent


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


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """The process keeps organisations for half a minute, and the language of the last page; a test
    starts knowing nothing."""
    cache.clear()
    rulebook.forget()
    translation.deactivate()
