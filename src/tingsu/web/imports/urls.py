"""Addresses of this place."""

from django.urls import path

from tingsu.web.imports import views

urlpatterns = [
    path("import/", views.imports, name="imports"),
    path("import/new/", views.import_new, name="import_new"),
    path("import/mappings/<uuid:mapping_id>/forget/", views.forget, name="import_forget"),
    path("import/<uuid:job_id>/", views.import_job, name="import_job"),
    path("import/<uuid:job_id>/columns/", views.columns, name="import_columns"),
    path("import/<uuid:job_id>/start/", views.start, name="import_start"),
    path("import/<uuid:job_id>/progress/", views.progress, name="import_progress"),
    path("import/<uuid:job_id>/stop/", views.stop, name="import_stop"),
    path("import/<uuid:job_id>/drop/", views.drop, name="import_drop"),
    path("import/<uuid:job_id>/refused.csv", views.refused, name="import_refused"),
]
