"""Single sign-on against a small identity provider on this machine, over HTTP (PL-3)."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from factories import House
from tingsu.people.models import User

pytestmark = pytest.mark.django_db


class Provider(BaseHTTPRequestHandler):
    """Says whatever ``person`` says, and remembers what it was asked."""

    person: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[dict[str, list[str]]] = {}

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        if self.path.startswith("/.well-known/"):
            self._say(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/userinfo",
                    "jwks_uri": f"{here}/jwks",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        else:
            self._say(self.person)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        Provider.asked = parse_qs(body)
        self._say({"access_token": "let-me-in", "token_type": "Bearer"})

    def _say(self, told: dict[str, Any]) -> None:
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Quiet."""


@pytest.fixture
def provider(settings: LazySettings) -> Iterator[type[Provider]]:
    """The provider, running and configured."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        app = {
            "provider_id": "oidc",
            "name": "集团统一登录",
            "client_id": "tingsu",
            "secret": "whisper",
            "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
        }
        yield Provider
        server.shutdown()


@pytest.fixture
def person(house: House) -> User:
    """甲, known by mail."""
    user: User = house["甲"].user
    user.email = "jia@example.cn"
    user.save()
    return user


def _come_back(client: Client) -> Any:
    """Follow the button to the provider and its answer back."""
    away = client.get(reverse("openid_connect_login", args=["oidc"]))
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    back = {"state": asked["state"][0], "code": "once"}
    return client.get(reverse("openid_connect_callback", args=["oidc"]), back)


def test_the_button_is_there_only_when_it_leads_somewhere(
    db: None, client: Client, provider: type[Provider], settings: LazySettings
) -> None:
    assert "集团统一登录" in client.get(reverse("account_login")).content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "集团统一登录" not in client.get(reverse("account_login")).content.decode()


def test_a_verified_mail_opens_the_account_that_has_it(
    person: User, client: Client, provider: type[Provider]
) -> None:
    provider.person = {"sub": "42", "email": "Jia@example.cn", "email_verified": True}
    answer = _come_back(client)
    assert answer["Location"] == "/desk/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert provider.asked["client_secret"] == ["whisper"]
    assert "code_verifier" in provider.asked


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "43", "email": "jia@example.cn", "email_verified": False},
        {"sub": "44", "email": "stranger@example.cn", "email_verified": True},
        {"sub": "45"},
    ],
)
def test_nobody_else_comes_in_and_no_account_is_made(
    person: User, client: Client, provider: type[Provider], claims: dict[str, Any]
) -> None:
    before = User.objects.count()
    provider.person = claims
    page = _come_back(client)
    assert "还没有您的账号" in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert User.objects.count() == before


def test_an_answer_that_nobody_asked_for_is_refused(
    person: User, client: Client, provider: type[Provider]
) -> None:
    callback = reverse("openid_connect_callback", args=["oidc"])
    page = client.get(callback, {"state": "made-up", "code": "once"})
    assert page.status_code in {200, 401, 403}
    assert "单点登录没有成功" in page.content.decode()
    assert "_auth_user_id" not in client.session
