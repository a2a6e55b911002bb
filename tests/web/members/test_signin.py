"""Signing in: password, lock-out, second factor, first password, sessions (PL-3)."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from factories import House, signed_in
from tingsu.people.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "雨后的操场-2026"
CHANGED = {
    "oldpassword": PASSWORD,
    "password1": "山高水长流-0921",
    "password2": "山高水长流-0921",
}


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person(house: House) -> User:
    """甲 with a password and a mail address."""
    user: User = house["甲"].user
    user.username, user.email = "jia", "jia@example.cn"
    user.set_password(PASSWORD)
    user.save()
    return user


def _login(client: Client, name: str, password: str = PASSWORD, **headers: str) -> Any:
    data = {"login": name, "password": password}
    return client.post(reverse("account_login"), data, **cast("Any", headers))


@pytest.mark.parametrize("name", ["jia", "JIA", "jia@example.cn", " Jia@Example.CN "])
def test_by_user_name_or_mail(person: User, client: Client, name: str) -> None:
    answer = _login(client, name)
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_password_says_so_and_keeps_the_name(person: User, client: Client) -> None:
    page = _login(client, "jia", "wrong")
    text = page.content.decode()
    assert "用户名或密码不对" in text
    assert 'value="jia"' in text


def test_five_failures_lock_this_person_and_nobody_else(
    person: User, house: House, client: Client
) -> None:
    other: User = house["乙"].user
    other.username = "yi"
    other.set_password(PASSWORD)
    other.save()
    for name in ("jia", "JIA", "jia@example.cn", "jia"):
        assert _login(client, name, "wrong").status_code == 200
    page = _login(client, "jia", "wrong")
    assert page.status_code == 429
    assert "登录暂停一刻钟" in page.content.decode()
    right = _login(Client(), "jia@example.cn")
    assert right.status_code == 429
    colleague = Client()
    assert _login(colleague, "yi").status_code == 302
    elsewhere = _login(Client(), "jia", REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 302


def test_a_right_password_wipes_the_slate(person: User, client: Client) -> None:
    for _ in range(4):
        _login(client, "jia", "wrong")
    assert _login(client, "jia@example.cn").status_code == 302
    fresh = Client()
    for _ in range(4):
        assert _login(fresh, "jia", "wrong").status_code == 200


def test_a_closed_account_hears_why(person: User, client: Client) -> None:
    person.is_active = False
    person.save()
    answer = _login(client, "jia")
    assert answer["Location"] == reverse("account_inactive")
    assert "已停用" in client.get(reverse("account_inactive")).content.decode()


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def _with_app(client: Client) -> str:
    """Set up an authenticator app as a person does; returns its secret."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret: str = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
    assert answer.status_code == 302
    return secret


def test_an_authenticator_app_is_set_up_and_asked_for(person: User, client: Client) -> None:
    _login(client, "jia")
    secret = _with_app(client)
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    cache.clear()  # the same half minute's code may be used again
    fresh = Client()
    answer = _login(fresh, "jia")
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in fresh.session
    page = fresh.get(reverse("mfa_authenticate"))
    assert "二次验证" in page.content.decode()
    wrong = fresh.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "验证码不对" in wrong.content.decode()
    assert fresh.post(reverse("mfa_authenticate"), {"code": _code(secret)}).status_code == 302
    assert fresh.session["_auth_user_id"] == str(person.pk)


def test_a_recovery_code_works_once(person: User, client: Client) -> None:
    _login(client, "jia")
    _with_app(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    assert len(codes) == 10
    for status in (302, 200):
        fresh = Client()
        _login(fresh, "jia")
        answer = fresh.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert answer.status_code == status


def test_codes_cannot_be_guessed_for_long(person: User, client: Client) -> None:
    _login(client, "jia")
    secret = _with_app(client)
    cache.clear()
    fresh = Client()
    _login(fresh, "jia")
    for _ in range(10):
        fresh.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = fresh.post(reverse("mfa_authenticate"), {"code": _code(secret)})
    assert page.status_code == 200
    assert "试得太多了" in page.content.decode()


def test_a_first_password_is_changed_before_anything_else(person: User, client: Client) -> None:
    person.first_password = True
    person.save()
    _login(client, "jia")
    change = reverse("account_change_password")
    assert client.get(reverse("switch"))["Location"] == change
    part = client.get(reverse("switch"), HTTP_HX_REQUEST="true")
    assert part["HX-Redirect"] == change
    assert "初始密码" in client.get(change).content.decode()
    short = client.post(change, CHANGED | {"password1": "short", "password2": "short"})
    assert short.status_code == 200
    assert client.post(change, CHANGED).status_code == 302
    assert client.get(reverse("switch")).status_code == 200


def test_a_changed_password_signs_the_other_devices_out(person: User, client: Client) -> None:
    other = Client()
    _login(client, "jia")
    _login(other, "jia")
    client.post(reverse("account_change_password"), CHANGED)
    assert client.get(reverse("switch")).status_code == 200
    assert other.get(reverse("switch")).status_code == 302


def test_own_sessions_are_listed_and_the_others_ended(person: User, client: Client) -> None:
    windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36"
    other = Client(HTTP_USER_AGENT=windows)
    _login(client, "jia")
    _login(other, "jia")
    text = client.get(reverse("usersessions_list")).content.decode()
    assert "Chrome · Windows" in text
    assert "就是这里" in text
    client.post(reverse("usersessions_list"))
    assert client.get(reverse("switch")).status_code == 200
    assert other.get(reverse("switch")).status_code == 302


def test_those_who_see_much_are_reminded_and_on_demand_obliged(
    house: House, settings: LazySettings
) -> None:
    user: User = house["丁"].user
    user.username = "ding"
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    _login(client, "ding")
    assert "二次验证" in str(next(iter(client.get(reverse("account")).context["messages"])))
    assert client.get(reverse("switch")).status_code == 200
    settings.REQUIRE_MFA = True
    assert client.get(reverse("switch"))["Location"] == reverse("account")
    _with_app(client)
    assert client.get(reverse("switch")).status_code == 200
    handler = signed_in(house["甲"])
    assert handler.get(reverse("switch")).status_code == 200


def test_signing_out(person: User, client: Client) -> None:
    _login(client, "jia")
    assert "现在退出吗" in client.get(reverse("account_logout")).content.decode()
    assert client.post(reverse("account_logout"))["Location"] == "/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "address",
    ["signup/", "email/", "password/reset/", "confirm-email/", "3rdparty/", "login/code/"],
)
def test_what_we_do_not_offer_does_not_exist(db: None, client: Client, address: str) -> None:
    assert client.get(f"/account/{address}").status_code == 404


def test_a_way_back_leads_nowhere_else(person: User, client: Client) -> None:
    answer = client.post(
        reverse("account_login"),
        {"login": "jia", "password": PASSWORD, "next": "https://example.com/"},
    )
    assert answer["Location"] == "/desk/"


def test_the_pages_need_no_inline_script(person: User, client: Client) -> None:
    page = client.get(reverse("account_login"))
    policy = page["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert " onclick" not in page.content.decode()


def test_somebody_who_belongs_nowhere_is_told(client: Client, db: None) -> None:
    user = User.objects.create(username="niemand")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("switch"))
    assert page.status_code == 403
    assert "不在任何机构" in page.content.decode()
