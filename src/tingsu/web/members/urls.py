"""Addresses of this place."""

from django.urls import URLPattern, path
from django.views.i18n import set_language

from tingsu.web.members import audit, departments, house, members, tokens

urlpatterns: list[URLPattern] = [
    path("language/", set_language, name="set_language"),
    path("house/settings/", house.settings, name="settings"),
    path("house/members/", members.members, name="members"),
    path("house/members/new/", members.member_new, name="member_new"),
    path("house/members/join/", members.member_join, name="member_join"),
    path("house/members/<uuid:member_id>/", members.member, name="member"),
    path("house/members/<uuid:member_id>/off/", members.member_off, name="member_off"),
    path("house/members/<uuid:member_id>/on/", members.member_on, name="member_on"),
    path(
        "house/members/<uuid:member_id>/password/", members.member_password, name="member_password"
    ),
    path("house/members/<uuid:member_id>/factor/", members.member_factor, name="member_factor"),
    path("house/departments/", departments.departments, name="departments"),
    path("house/departments/new/", departments.department_new, name="department_new"),
    path("house/departments/<uuid:department_id>/", departments.department, name="department"),
    path(
        "house/departments/<uuid:department_id>/off/",
        departments.department_off,
        name="department_off",
    ),
    path(
        "house/departments/<uuid:department_id>/on/",
        departments.department_on,
        name="department_on",
    ),
    path("house/tokens/", tokens.of_house, name="house_tokens"),
    path("dates/<str:secret>.ics", tokens.calendar_feed, name="calendar_feed"),
    path("house/looks/", audit.looks, name="looks"),
    path("house/changes/", audit.changes, name="changes"),
    path("house/verify/", audit.verify, name="verify"),
    path("house/switch/", house.switch, name="switch"),
]
