"""A program with a token, for tests of the API: sends JSON, reads JSON."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils.timezone import localdate, now

from tingsu.people import tokens
from tingsu.people.directory import as_who
from tingsu.people.models import Member


def secret_of(member: Member, *, scopes: set[str] | None = None) -> str:
    """A token with all rights of the member, or with these."""
    who = as_who(member)
    wanted = scopes if scopes is not None else {right.value for right in who.rights}
    until = localdate() + timedelta(days=30)
    return tokens.make(who, name="测试程序", scopes=wanted, expires_on=until, at=now())[1]


@dataclass
class Program:
    """Whoever holds a token; "" for nobody."""

    secret: str = ""
    client: Client = field(default_factory=Client)

    def get(self, path: str, **query: Any) -> Any:
        """The answer to a read."""
        return self.client.get(f"/api/v1{path}", query, headers=self._headers({}))

    def post(self, path: str, told: Any = None, *, method: str = "post", **headers: str) -> Any:
        """The answer to a step. headers: with _ for -."""
        sent = json.dumps(told) if told is not None else ""
        return getattr(self.client, method)(
            f"/api/v1{path}", sent, "application/json", headers=self._headers(headers)
        )

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return named | ({"Authorization": f"Bearer {self.secret}"} if self.secret else {})


def program(member: Member | None = None, scopes: set[str] | None = None) -> Program:
    """A program of the member; without a member one without a token."""
    return Program(secret_of(member, scopes=scopes) if member else "")
