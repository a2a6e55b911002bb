"""Addresses of the coach."""

from django.urls import path

from tingsu.web.coach import views

urlpatterns = [
    path("coach/words/", views.words, name="coach_words"),
]
