"""Addresses of this place. No code stands in any of them but in ``portal_open``."""

from django.urls import URLPattern, path

from tingsu.web.portal import find, follow, front, offers, submit

ORGANISATION = "o/<slug:slug>/"
CASE = f"{ORGANISATION}follow/<uuid:case_id>/"

urlpatterns: list[URLPattern] = [
    path("", front.home, name="home"),
    path(ORGANISATION, front.welcome, name="portal"),
    path(f"{ORGANISATION}how/", front.how, name="portal_how"),
    path(f"{ORGANISATION}new/", submit.submit, name="portal_submit"),
    path(f"{ORGANISATION}receipt/<uuid:case_id>/", submit.receipt, name="portal_receipt"),
    path(f"{ORGANISATION}find/", find.find, name="portal_find"),
    path(f"{ORGANISATION}open/<str:number>/<str:code>/", find.open_link, name="portal_open"),
    path(f"{ORGANISATION}leave/", find.leave, name="portal_leave"),
    path(CASE, follow.follow, name="portal_follow"),
    path(f"{CASE}add/", follow.add, name="portal_add"),
    path(f"{CASE}answer/", follow.answer, name="portal_answer"),
    path(f"{CASE}offer/<uuid:offer_id>/", offers.offer, name="portal_offer"),
    path(f"{ORGANISATION}offer/<str:token>/", offers.offer_link, name="portal_offer_link"),
    path(f"{CASE}rate/", follow.rate, name="portal_rate"),
    path(f"{CASE}reopen/", follow.reopen, name="portal_reopen"),
    path(f"{CASE}files/<uuid:file_id>/", follow.file, name="portal_file"),
]
