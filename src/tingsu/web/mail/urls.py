"""Addresses of this place."""

from django.urls import URLPattern, path

from tingsu.web.mail import boxes, letterhead, views

urlpatterns: list[URLPattern] = [
    path("mail/", views.mails, name="mails"),
    path("mail/<uuid:mail_id>/", views.mail, name="mail"),
    path("mail/<uuid:mail_id>/raw/", views.mail_raw, name="mail_raw"),
    path("mail/<uuid:mail_id>/again/", views.mail_again, name="mail_again"),
    path("mail/<uuid:mail_id>/case/", views.mail_case, name="mail_case"),
    path("mail/<uuid:mail_id>/aside/", views.mail_aside, name="mail_aside"),
    path("house/letters/", letterhead.letters, name="letterhead"),
    path("house/mailboxes/", boxes.mailboxes, name="mailboxes"),
    path("house/mailboxes/new/", boxes.mailbox_new, name="mailbox_new"),
    path("house/mailboxes/<uuid:box_id>/", boxes.mailbox, name="mailbox"),
    path("house/mailboxes/<uuid:box_id>/try/", boxes.mailbox_try, name="mailbox_try"),
    path("house/mailboxes/<uuid:box_id>/answer/", boxes.mailbox_answer, name="mailbox_answer"),
    path("house/mailboxes/<uuid:box_id>/switch/", boxes.mailbox_switch, name="mailbox_switch"),
]
