"""Addresses of registering: the fast ones first, every other channel by its code."""

from django.urls import path

from tingsu.web.intake import hearing, views

urlpatterns = [
    path("new/call/", views.call, name="call"),
    path("new/visit/", views.visit, name="visit"),
    path("new/letter/", views.letter, name="letter"),
    path("new/hear/", hearing.hear, name="hear"),
    path("new/recognise/", views.recognise, name="recognise"),
    path("new/done/<uuid:case_id>/", views.registered, name="registered"),
    path("new/<slug:channel>/", views.new, name="new"),
]
