"""Addresses of surges."""

from django.urls import path

from tingsu.web.surges import views

urlpatterns = [
    path("surges/", views.listed, name="surges"),
    path("surges/<uuid:surge_id>/", views.one, name="surge"),
    path("surges/<uuid:surge_id>/seen/", views.seen, name="surge_seen"),
]
