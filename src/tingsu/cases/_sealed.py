"""Encrypted columns: how a model keeps a personal value. Touches the vault and settings."""

from functools import cache
from typing import Any

from django.conf import settings
from django.db import models

from tingsu.vault import Vault


@cache
def vault() -> Vault:
    """The process's key ring, from the settings."""
    return Vault([secret.encode() for secret in settings.VAULT_SECRETS])


class Sealed:
    """A text attribute kept encrypted in the binary column ``<name>_sealed`` of the same row.

    The row's id and the attribute's name are bound into the ciphertext, so that a value copied
    to another row or column does not open.
    """

    def __set_name__(self, owner: type[models.Model], name: str) -> None:
        self.name, self.column = name, f"{name}_sealed"

    def __get__(self, row: Any, owner: type[models.Model] | None = None) -> str:
        blob = getattr(row, self.column) if row is not None else None
        return vault().open(bytes(blob), row.pk, self.name) if blob else ""

    def __set__(self, row: Any, value: str) -> None:
        setattr(row, self.column, vault().seal(value, row.pk, self.name) if value else None)


def sealed_column() -> Any:
    """The column behind a ``Sealed`` attribute."""
    return models.BinaryField(null=True, editable=False)
