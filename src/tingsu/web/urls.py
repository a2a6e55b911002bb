"""All addresses of the product, a place each; every place gives whole paths and unique names."""

from django.urls import include, path

urlpatterns = [
    # First, so that a complaint is not compared with the addresses of every step on a case.
    path("", include("tingsu.web.remedy.urls")),
    path("", include("tingsu.web.portal.urls")),
    path("account/", include("tingsu.web.members.account_urls")),
    path("", include("tingsu.web.desk.urls")),
    path("", include("tingsu.web.case.urls")),
    path("", include("tingsu.web.screening.urls")),
    path("", include("tingsu.web.investigation.urls")),
    path("", include("tingsu.web.approvals.urls")),
    path("", include("tingsu.web.sharing.urls")),
    path("", include("tingsu.web.clocks.urls")),
    path("", include("tingsu.web.coach.urls")),
    path("", include("tingsu.web.machine.urls")),
    path("", include("tingsu.web.guide.urls")),
    path("", include("tingsu.web.promises.urls")),
    path("", include("tingsu.web.surges.urls")),
    path("", include("tingsu.web.solutions.urls")),
    path("", include("tingsu.web.documents.urls")),
    path("", include("tingsu.web.ending.urls")),
    path("", include("tingsu.web.signing.urls")),
    path("", include("tingsu.web.callbacks.urls")),
    path("", include("tingsu.web.plans.urls")),
    path("", include("tingsu.web.archive.urls")),
    path("", include("tingsu.web.intake.urls")),
    path("", include("tingsu.web.parties.urls")),
    path("", include("tingsu.web.members.urls")),
    path("", include("tingsu.web.imports.urls")),
    path("", include("tingsu.web.calendar.urls")),
    path("", include("tingsu.web.packs.urls")),
    path("", include("tingsu.web.mail.urls")),
    path("", include("tingsu.web.outside.urls")),
]
handler400 = "tingsu.web.errors.bad_request"
handler403 = "tingsu.web.errors.forbidden"
handler404 = "tingsu.web.errors.not_there"
handler500 = "tingsu.web.errors.broken"
