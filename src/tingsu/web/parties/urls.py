"""Addresses of the register of complainants."""

from django.urls import path

from tingsu.web.parties import views

urlpatterns = [
    path("parties/", views.register, name="parties"),
    path("parties/<uuid:party_id>/", views.party, name="party"),
    path("parties/<uuid:party_id>/look/", views.look, name="party_look"),
]
