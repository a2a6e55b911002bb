"""Addresses of this place."""

from django.urls import URLPattern, path

from tingsu.web.mail import boxes, letterhead, messages, originals, views

urlpatterns: list[URLPattern] = [
    path("mail/", views.mails, name="mails"),
    path("mail/<uuid:mail_id>/", views.mail, name="mail"),
    path("mail/<uuid:mail_id>/raw/", views.mail_raw, name="mail_raw"),
    path("mail/<uuid:mail_id>/again/", views.mail_again, name="mail_again"),
    path("mail/<uuid:mail_id>/case/", views.mail_case, name="mail_case"),
    path("mail/<uuid:mail_id>/aside/", views.mail_aside, name="mail_aside"),
    path("mail/messages/", messages.unread_messages, name="unread_messages"),
    path("mail/messages/<uuid:message_id>/", messages.unread_message, name="unread_message"),
    path(
        "mail/messages/<uuid:message_id>/again/",
        messages.unread_message_again,
        name="unread_message_again",
    ),
    path(
        "mail/messages/<uuid:message_id>/aside/",
        messages.unread_message_aside,
        name="unread_message_aside",
    ),
    path("cases/<uuid:case_id>/originals/", originals.originals, name="case_originals"),
    path(
        "cases/<uuid:case_id>/originals/<uuid:original_id>/",
        originals.original,
        name="case_original",
    ),
    path("house/letters/", letterhead.letters, name="letterhead"),
    path("house/mailboxes/", boxes.mailboxes, name="mailboxes"),
    path("house/mailboxes/new/", boxes.mailbox_new, name="mailbox_new"),
    path("house/mailboxes/<uuid:box_id>/", boxes.mailbox, name="mailbox"),
    path("house/mailboxes/<uuid:box_id>/try/", boxes.mailbox_try, name="mailbox_try"),
    path("house/mailboxes/<uuid:box_id>/answer/", boxes.mailbox_answer, name="mailbox_answer"),
    path("house/mailboxes/<uuid:box_id>/switch/", boxes.mailbox_switch, name="mailbox_switch"),
]
