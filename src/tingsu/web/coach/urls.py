"""Addresses of the coach."""

from django.urls import path

from tingsu.web.coach import sayings, trainer, views

urlpatterns = [
    path("coach/", trainer.trainer, name="coach"),
    path("coach/try/", trainer.try_out, name="coach_try"),
    path("coach/phrases/", trainer.phrase, name="coach_phrase"),
    path("coach/phrases/<uuid:phrase_id>/end/", trainer.phrase_end, name="coach_phrase_end"),
    path("coach/sayings/", sayings.sayings, name="coach_sayings"),
    path("coach/sayings/add/", sayings.saying_add, name="coach_saying_add"),
    path("coach/sayings/<uuid:saying_id>/end/", sayings.saying_end, name="coach_saying_end"),
    path("coach/words/", views.words, name="coach_words"),
]
