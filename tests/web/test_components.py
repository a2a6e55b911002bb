"""The components as a page gets them: escaped, described, and kept apart from private words."""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

NOW = datetime(2026, 11, 21, 5, 18, tzinfo=UTC)
LOAD = "{% load tingsu_ui tingsu_forms %}"


@pytest.fixture(autouse=True)
def _simplified() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


def drawn(source: str, **context: object) -> str:
    request = RequestFactory().get("/cases/")
    request.at = NOW  # type: ignore[attr-defined]
    return Template(LOAD + source).render(Context({"request": request, **context}))


class Story(forms.Form):
    """A form with one field of each kind."""

    text = forms.CharField(label="经过", max_length=500, widget=forms.Textarea, help_text="照实写")
    name = forms.CharField(label="称呼", max_length=60, required=False)
    way = forms.ChoiceField(
        label="联系方式", choices=[("phone", "电话"), ("sms", "短信")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="同意")
    papers = forms.FileField(label="附件", required=False)


def test_a_field_ties_help_and_error_to_its_control() -> None:
    html = drawn("{% field form.text %}", form=Story({"text": ""}))
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'id="id_text_helptext"' in html
    assert 'id="id_text_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_limited_text_counts_and_never_cuts_a_paste_off() -> None:
    html = drawn("{% field form.text %}", form=Story())
    assert 'data-count-for="id_text" data-limit="500"' in html
    assert "maxlength" not in html


def test_fields_that_may_stay_empty_say_so() -> None:
    assert "可不填" in drawn("{% field form.name %}", form=Story())
    assert "可不填" not in drawn("{% field form.text %}", form=Story())


def test_choices_are_real_radio_buttons_in_a_named_group() -> None:
    html = drawn("{% field form.way %}", form=Story())
    assert html.count('type="radio"') == 2
    assert "<legend" in html


def test_files_say_their_limits_before_sending() -> None:
    html = drawn("{% field form.papers %}", form=Story())
    assert "每个不超过 20 MB，一次最多 20 个" in html


def test_the_summary_of_errors_leads_to_each_field() -> None:
    html = drawn('{% include "components/errors.html" %}', form=Story({}))
    assert 'href="#id_text"' in html
    assert "您写的内容都还在" in html


def test_an_icon_is_silent_beside_a_word_and_speaks_alone() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "clock" %}')
    assert 'role="img" aria-label="时限"' in drawn('{% icon "clock" "时限" %}')


def test_state_has_icon_and_word() -> None:
    html = drawn('{% state "investigating" %}')
    assert "调查中" in html
    assert "#search" in html


def test_due_time_is_words_with_the_exact_time_behind() -> None:
    html = drawn("{% due at %}", at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    assert "逾期 19 小时" in html
    assert 'title="2026-11-20 周五 17:30"' in html
    assert "due-late" in html


def entry(kind: str, **more: object) -> SimpleNamespace:
    base = {"seq": 1, "at": NOW, "kind": kind, "line": "", "who": "", "text": "", "files": []}
    return SimpleNamespace(**base, **more)


def test_a_private_note_says_in_words_that_it_stays_in_the_house() -> None:
    html = drawn('{% include "components/event.html" %}', entry=entry("note"))
    assert "仅内部可见" in html
    assert "event-private" in html


def test_what_leaves_the_house_never_looks_private() -> None:
    html = drawn('{% include "components/event.html" %}', entry=entry("replied"))
    assert "event-out" in html
    assert "仅内部可见" not in html


def test_what_a_customer_wrote_is_escaped() -> None:
    evil = entry("customer_added")
    evil.text = "<script>alert(1)</script>"
    html = drawn('{% include "components/event.html" %}', entry=evil)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_an_entry_without_text_has_nothing_to_open() -> None:
    assert "<details" not in drawn('{% include "components/event.html" %}', entry=entry("taken"))


def test_a_masked_value_is_shown_by_a_post_that_can_be_recorded() -> None:
    source = '{% include "components/masked.html" with value="138****4721" look_url="/x" %}'
    html = drawn(source)
    assert 'method="post"' in html
    assert "查看" in html


def test_no_button_to_look_without_the_right() -> None:
    assert "<form" not in drawn('{% include "components/masked.html" with value="138****4721" %}')


def test_each_form_gets_a_key_of_its_own_and_keeps_it_after_an_error() -> None:
    assert drawn("{% once %}") != drawn("{% once %}")
    request = RequestFactory().post("/", {"ik": "the-first-one"})
    assert "the-first-one" in drawn("{% once %}", request=request)


def test_the_way_back_after_signing_in_leads_nowhere_else() -> None:
    html = drawn("{{ address|path_only }}", address="https://evil.example/cases/1/?a=1")
    assert html == "/cases/1/?a=1"
    assert drawn("{{ address|path_only }}", address=None) == ""


@pytest.mark.parametrize(("there", "shown"), [(3, 3), (8, 8), (9, 7), (14, 7)])
def test_places_that_do_not_fit_stand_behind_more(there: int, shown: int) -> None:
    places = [{"n": n} for n in range(there)]
    first = "{% for p in places|first_places %}a{% endfor %}"
    others = "{% for p in places|other_places %}b{% endfor %}"
    assert drawn(first + others, places=places) == "a" * shown + "b" * (there - shown)
