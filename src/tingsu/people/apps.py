"""Registers the room with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tingsu.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import password_changed, password_set  # noqa: PLC0415

        from tingsu.people.signin import forget_first_password  # noqa: PLC0415

        for signal in (password_changed, password_set):
            signal.connect(forget_first_password)
