"""How people sign in: no open registration, second factor, single sign-on by settings (PL-3).

Called by allauth and axes through the settings. Touches users and, through them, members.
"""

from functools import cache
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tingsu.people.directory import memberships
from tingsu.people.models import User
from tingsu.people.permission import SECOND_FACTOR, Role, Who
from tingsu.vault import Vault

# One place of the vault for authenticator secrets; the row's own id is not known to the hook.
_PLACE = UUID(int=0)
_WRONG = gettext_lazy("用户名或密码不对。请再试一次；连续五次不对会暂停十五分钟。")
_SLOWER = gettext_lazy("试得太多了，请过一刻钟再来。")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator, never by strangers."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _WRONG,
        "email_password_mismatch": _WRONG,
        "account_inactive": gettext_lazy("这个账号已停用。需要时请找管理员。"),
        "too_many_login_attempts": _SLOWER,
        "rate_limited": _SLOWER,
        "incorrect_code": gettext_lazy("验证码不对。请用最新的一组再试。"),
        "incorrect_password": gettext_lazy("密码不对，请再试一次。"),
        "enter_current_password": gettext_lazy("现在的密码不对，请再试一次。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """A quiet reminder for those whose roles see much and who have one factor only."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if lacks_second_factor(user):
            messages.info(
                request, _("您的角色能看到较多资料，请在“登录与安全”里开启二次验证，一分钟就好。")
            )
        return response


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secrets of authenticator apps and the recovery codes lie sealed in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("验证码不对。请用最新的一组再试。"),
        "cannot_delete_authenticator": gettext_lazy("您的角色需要二次验证，不能关闭。"),
        "cannot_generate_recovery_codes": gettext_lazy("请先开启二次验证，再生成备用码。"),
    }

    def encrypt(self, text: str) -> str:
        return _vault().seal(text, _PLACE, "authenticator").hex()

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().open(bytes.fromhex(encrypted_text), _PLACE, "authenticator")


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on opens existing accounts only, matched by verified mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        verified = [a.email for a in sociallogin.email_addresses if a.verified and a.email]
        if sociallogin.is_existing or not verified:
            return
        users = User.objects.filter(email__iexact=verified[0], is_active=True)[:2]
        if len(users) == 1:  # two accounts with one address: nobody can tell who it is
            sociallogin.connect(request, users[0])


def lacks_second_factor(user: User, who: Who | None = None) -> bool:
    """Whether the person's roles ask for a second factor and there is none."""
    roles = who.roles if who else {Role(role) for row in memberships(user.pk) for role in row.roles}
    return bool(roles & SECOND_FACTOR) and not is_mfa_enabled(user)


def lock_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """For axes: one name per account, however it was typed, so that failures add up."""
    found = credentials or {}
    typed = found.get("username") or found.get("email") or request.POST.get("login") or ""
    typed = str(typed).replace("\0", "").strip()[:254]
    if "@" in typed:
        user = User.objects.filter(email__iexact=typed).only("username").first()
        typed = user.username if user else typed
    return typed.lower()


def forget_first_password(sender: object, user: User, **kwargs: Any) -> None:
    """The person has chosen an own password."""
    if user.first_password:
        user.first_password = False
        user.save(update_fields=["first_password"])


@cache
def _vault() -> Vault:
    return Vault([secret.encode() for secret in settings.VAULT_SECRETS])
