"""Addresses of the desk, the list, the palette and the drafts."""

from django.urls import path

from tingsu.web.desk import aside, lists, views

urlpatterns = [
    path("desk/", views.desk, name="desk"),
    path("desk/waiting/", views.waiting, name="waiting"),
    path("desk/preview/<uuid:case_id>/", views.preview, name="preview"),
    path("desk/together/", lists.together, name="together"),
    path("cases/", lists.cases, name="cases"),
    path("desk/filters/", lists.save_filter, name="filters"),
    path("desk/filters/<uuid:filter_id>/drop/", lists.drop_filter, name="filter_drop"),
    path("palette/", aside.palette, name="palette"),
    path("drafts/", aside.drafts, name="drafts"),
]
