"""Addresses of the guide that hang on no case."""

from django.urls import path

from tingsu.web.guide import views

urlpatterns = [
    path("coach/guide/", views.beginners, name="guide_beginners"),
    path("guide/hide/", views.hide, name="guide_hide"),
]
