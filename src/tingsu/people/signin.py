"""How people sign in: no open registration, second factor, single sign-on by settings (PL-3)."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from tingsu.people.models import User


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator, never by strangers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on opens existing accounts only, matched by verified mail address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        verified = [a.email for a in sociallogin.email_addresses if a.verified]
        if sociallogin.is_existing or not verified:
            return
        user = User.objects.filter(email__iexact=verified[0], is_active=True).first()
        if user:
            sociallogin.connect(request, user)
