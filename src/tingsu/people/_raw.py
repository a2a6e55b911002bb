"""Values to and from statements written by hand, alike for both databases. Touches nothing."""

import json
from typing import Any
from uuid import UUID

from django.db import connection


def key(value: UUID) -> Any:
    """A UUID as this database compares it."""
    return value.hex if connection.vendor == "sqlite" else value


def uuid_of(value: Any) -> Any:
    """A UUID as it comes back; None stays None."""
    return UUID(value) if isinstance(value, str) else value


def json_of(value: Any) -> Any:
    """A JSON column as it comes back."""
    return json.loads(value) if isinstance(value, str) else value
