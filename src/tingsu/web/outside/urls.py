"""Addresses of this place."""

from django.urls import URLPattern, path

from tingsu.web.outside import calls, views

urlpatterns: list[URLPattern] = [
    path("house/outside/", views.outside, name="outside"),
    path("house/outside/hooks/new/", views.hook_new, name="hook_new"),
    path("house/outside/hooks/<uuid:hook_id>/", views.hook, name="hook"),
    path("house/outside/hooks/<uuid:hook_id>/switch/", views.hook_switch, name="hook_switch"),
    path("house/outside/hooks/<uuid:hook_id>/again/", views.hook_again, name="hook_again"),
    path("house/outside/in/<slug:vendor>/", views.account_new, name="account_new"),
    path("house/outside/in/<uuid:account_id>/switch/", views.account_switch, name="account_switch"),
    path("calls/now/", calls.ringing_now, name="calls_now"),
]
