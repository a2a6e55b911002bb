"""Registers the room with Django, and with its actions what an approved step is carried out by."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "tingsu.cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every action says by itself what it carries out (``_approvals.carried``)."""
        actions = import_module("tingsu.cases.actions")
        for module in iter_modules(actions.__path__):
            import_module(f"{actions.__name__}.{module.name}")
