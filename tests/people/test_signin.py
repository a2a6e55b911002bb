"""What allauth and axes ask of us: names for the lock, sealed secrets, single sign-on."""

from types import SimpleNamespace
from typing import Any

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import RequestFactory

from factories import House
from tingsu.people.models import User
from tingsu.people.signin import MfaAdapter, SocialAdapter, lacks_second_factor, lock_name

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["XiaoWu", " xiaowu ", "Wu@Example.cn"])
def test_failures_add_up_however_the_name_was_typed(typed: str) -> None:
    User.objects.create(username="xiaowu", email="wu@example.cn")
    request = RequestFactory().post("/account/login/", {"login": typed})
    assert lock_name(request, None) == "xiaowu"
    assert lock_name(request, {"username": typed}) == "xiaowu"


def test_an_unknown_or_broken_name_is_a_name_too() -> None:
    request = RequestFactory().post("/account/login/", {"login": "nie\x00mand@x.cn"})
    assert lock_name(request, None) == "niemand@x.cn"


def test_authenticator_secrets_lie_sealed() -> None:
    adapter = MfaAdapter()
    assert "SECRET" not in adapter.encrypt("SECRET")
    assert adapter.decrypt(adapter.encrypt("SECRET")) == "SECRET"


def test_those_who_see_much_are_reminded_until_they_have_a_second_factor(house: House) -> None:
    request = RequestFactory().get("/")
    with context.request_context(request):
        assert lacks_second_factor(house["丁"].user)
        assert not lacks_second_factor(house["甲"].user)
        TOTP.activate(house["丁"].user, generate_totp_secret())
        assert not lacks_second_factor(house["丁"].user, house.who("丁"))
    assert Authenticator.objects.count() == 1


def _social(email: str, verified: bool) -> Any:
    connected: list[User] = []
    return SimpleNamespace(
        email_addresses=[SimpleNamespace(email=email, verified=verified)],
        is_existing=False,
        connect=lambda _request, user: connected.append(user),
        connected=connected,
    )


def test_single_sign_on_opens_the_one_account_with_this_verified_mail() -> None:
    user = User.objects.create(username="xiaowu", email="wu@example.cn")
    request = RequestFactory().get("/")
    adapter = SocialAdapter()
    assert not adapter.is_open_for_signup(request, None)
    for email, verified, found in (
        ("WU@example.cn", True, [user]),
        ("wu@example.cn", False, []),
        ("other@example.cn", True, []),
        ("", True, []),
    ):
        login = _social(email, verified)
        adapter.pre_social_login(request, login)
        assert login.connected == found
    User.objects.create(username="double", email="wu@example.cn")
    login = _social("wu@example.cn", True)
    adapter.pre_social_login(request, login)
    assert login.connected == []
