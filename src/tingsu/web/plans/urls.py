"""Addresses of plans and offers."""

from django.urls import path

from tingsu.web.plans import bargaining, edit, views

CASE = "cases/<uuid:case_id>/plans/"
PLAN = f"{CASE}<uuid:plan_id>/"
OFFER = f"{CASE}offers/<uuid:offer_id>/"

urlpatterns = [
    path(CASE, views.page, name="case_plans"),
    path(f"{CASE}new/", edit.new, name="case_plan_new"),
    path(f"{CASE}talk/", bargaining.talk, name="case_plan_talk"),
    path(f"{CASE}line/", views.line, name="case_plan_line"),
    path(PLAN, edit.change, name="case_plan"),
    path(f"{PLAN}order/", views.order, name="case_plan_order"),
    path(f"{PLAN}drop/", views.drop, name="case_plan_drop"),
    path(f"{PLAN}consent/", views.consent, name="case_plan_consent"),
    path(f"{PLAN}offer/", bargaining.offering, name="case_plan_offer"),
    path(f"{OFFER}answer/", bargaining.answering, name="case_offer_answer"),
    path(f"{OFFER}withdraw/", views.withdraw, name="case_offer_withdraw"),
]
