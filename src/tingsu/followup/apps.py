"""Registers the room with Django."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "tingsu.followup"
    default_auto_field = "django.db.models.BigAutoField"
