"""Addresses of remedies."""

from django.urls import path

from tingsu.web.remedy import public, views

CASE = "cases/<uuid:case_id>/remedy/"

urlpatterns = [
    path(CASE, views.page, name="case_remedy"),
    path(f"{CASE}record/", views.record, name="case_remedy_record"),
    path(f"{CASE}<uuid:row_id>/done/", views.done, name="case_remedy_done"),
    path("try/", public.trades, name="try"),
    path("try/<slug:pack_id>/", public.trade, name="try_trade"),
]
