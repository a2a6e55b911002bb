"""Registers the room with Django."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "tingsu.channels"
    default_auto_field = "django.db.models.BigAutoField"
