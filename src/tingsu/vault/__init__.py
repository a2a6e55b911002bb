"""Keeps personal values secret and still findable. Knows no Django, reads no environment.

`Vault` seals and opens fields and makes blind indexes; `phone_key` and `email_key` bring what
people type into one writing. Guarantees: docs/rules/personal-data.md.
"""

from tingsu.vault._keys import VaultError
from tingsu.vault._vault import Vault
from tingsu.vault._writing import email_key, phone_key

__all__ = ["Vault", "VaultError", "email_key", "phone_key"]
