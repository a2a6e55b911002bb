"""Addresses of call-backs."""

from django.urls import path

from tingsu.web.callbacks import views

CASE = "cases/<uuid:case_id>/"

urlpatterns = [
    path("callbacks/", views.listed, name="callbacks"),
    path("callbacks/<uuid:call_id>/", views.one, name="callback"),
    path("callbacks/<uuid:call_id>/unanswered/", views.unanswered, name="callback_unanswered"),
    path(f"{CASE}callbacks/", views.of_case, name="case_callbacks"),
    path(f"{CASE}callbacks/add/", views.add, name="case_callback_add"),
    path(f"{CASE}callbacks/clash/", views.clash, name="case_callback_clash"),
]
