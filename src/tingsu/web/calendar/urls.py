"""Addresses of the calendar."""

from django.urls import path

from tingsu.web.calendar import notices, views

urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<int:year>-<int:month>-<int:day>/", views.day, name="calendar_day"),
    path("calendar/new/", notices.new, name="calendar_new"),
    path("calendar/notices/<uuid:notice_id>/", notices.notice, name="calendar_notice"),
    path(
        "calendar/notices/<uuid:notice_id>/progress/",
        notices.progress,
        name="calendar_progress",
    ),
    path("calendar/notices/<uuid:notice_id>/apply/", notices.apply, name="calendar_apply"),
    path("calendar/notices/<uuid:notice_id>/drop/", notices.drop, name="calendar_drop"),
]
