"""The components in Chromium: readable for everybody, in both themes, and on a phone."""

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Literal

import pytest
from django import forms
from playwright.sync_api import Page

from stage import Stage

Theme = Literal["light", "dark"]
pytestmark = pytest.mark.browser

NOW = datetime(2026, 11, 21, 5, 18, tzinfo=UTC)
KINDS = ["received", "note", "replied", "promise_broken", "promise_kept", "clock_breached", "taken"]
GALLERY = """
<div class="wrap">
  <h1>样张</h1>
  <section class="panel" data-list aria-label="投诉">
    <ul>{% for row in rows %}{% include "components/case_row.html" with pick=1 %}{% endfor %}</ul>
    {% include "components/pager.html" with older_url="#o" newer_url="#n" %}
  </section>
  <ol class="story">
    {% for entry in entries %}{% include "components/event.html" %}{% endfor %}
  </ol>
  <form class="fields" method="post" novalidate>
    {% include "components/errors.html" %}
    {% field form.text %}{% field form.way %}{% field form.agree %}{% upload %}
    <button class="btn btn-primary">提交</button><button class="btn btn-danger">撤销</button>
  </form>
  <section class="composer-private composer-pane" aria-label="备注">
    <p class="composer-to">内部备注，客户看不到</p>
    <textarea class="form-control" aria-label="备注内容"></textarea>
  </section>
  {% include "components/stages.html" %}
  {% include "components/masked.html" with value="138****4721" look_url="/x" word="电话" %}
  {% include "components/nothing.html" with title="没有待办" text="喝口水吧。" %}
  {% include "components/undo_bar.html" with seconds=12 total=15 to="王先生" url="/x" %}
  <p class="watch">曾多次拖欠</p>
  <p class="promise promise-broken"><span class="broken">承诺落空</span></p>
</div>
"""


class Story(forms.Form):
    """A form with errors."""

    text = forms.CharField(label="经过", max_length=500, widget=forms.Textarea, help_text="照实写")
    way = forms.ChoiceField(label="联系方式", choices=[("a", "电话")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="同意")


def row(index: int, state: str, severity: str, due: datetime) -> SimpleNamespace:
    return SimpleNamespace(
        id=index, url=f"#{index}", number=f"TS-20261121-{index:04}", title="电梯三次停运",
        party="陈**", channel="phone", category="电梯", state=state, severity=severity,
        next_at=due, next_kind="clock", owner="林晓", queue="", preview_url="", snippet="",
    )  # fmt: skip


def gallery() -> dict[str, Any]:
    dues = [datetime(2026, 11, day, 6, tzinfo=UTC) for day in (19, 21, 22, 30)]
    states = ["received", "investigating", "incomplete", "closed"]
    grades = ["ordinary", "serious", "major", "ordinary"]
    rows = [row(i, *facts) for i, facts in enumerate(zip(states, grades, dues, strict=True))]
    entries = [
        SimpleNamespace(
            seq=i, at=NOW, kind=kind, line="一行字", who="林晓", text="全文", files=[], opened=True
        )
        for i, kind in enumerate(KINDS)
    ]
    stages = [
        SimpleNamespace(name="受理", words="昨天", status=status)
        for status in ("done", "now", "later")
    ]
    return {"rows": rows, "entries": entries, "form": Story({"text": ""}), "stages": stages}


@pytest.mark.parametrize("base", ["web/shell.html", "web/public_base.html"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(
    stage: Stage, axe: Callable[[Page], list[str]], theme: Theme, base: str
) -> None:
    stage.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page = stage.show(GALLERY, base=base, **gallery())
    page.wait_for_function("document.documentElement.dataset.bsTheme")
    assert stage.problems == []
    assert axe(page) == []
    stage.problems.clear()  # axe tries inline styles of its own, which the policy stops


def test_nothing_is_wider_than_a_phone(phone: Stage) -> None:
    page = phone.show(GALLERY, **gallery())
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_skip_link_comes_first(stage: Stage) -> None:
    page = stage.show("<h1>工作台</h1>")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
