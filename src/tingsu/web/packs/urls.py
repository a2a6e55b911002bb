"""Addresses of this place."""

from django.urls import URLPattern, path

from tingsu.web.packs import changing, importing, views

urlpatterns: list[URLPattern] = [
    path("rules/", views.rules, name="rules"),
    path("rules/<slug:pack_id>/calendar/", views.calendar, name="rules_calendar"),
    path("rules/<slug:pack_id>/export/", views.export, name="rules_export"),
    path("rules/<slug:pack_id>/import/", importing.take_in, name="rules_import"),
    path("rules/<slug:pack_id>/changes/", changing.changes, name="rules_changes"),
    path("rules/<slug:pack_id>/changes/<uuid:change_id>/", changing.change, name="rules_change"),
    path("rules/<slug:pack_id>/changes/<uuid:change_id>/sign/", changing.sign, name="rules_sign"),
    path(
        "rules/<slug:pack_id>/changes/<uuid:change_id>/refuse/",
        changing.refuse,
        name="rules_refuse",
    ),
    path(
        "rules/<slug:pack_id>/changes/<uuid:change_id>/revoke/",
        changing.revoke,
        name="rules_revoke",
    ),
    path(
        "rules/<slug:pack_id>/<slug:part>/<slug:table>/change/",
        changing.propose,
        name="rules_propose",
    ),
    path("rules/<slug:pack_id>/<slug:part>/", views.part, name="rules_part"),
]
