"""Addresses of this place."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
