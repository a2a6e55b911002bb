"""No word on the screen is left untranslated, and a wrong translation is noticed."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tingsu import messages
from tingsu.messages import bare, catalogue, extract


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "web" / "templates"
    folder.mkdir(parents=True)
    return tmp_path


def _write(package: Path, name: str, text: str) -> Path:
    path = package / "web" / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_catalogues_are_complete() -> None:
    assert catalogue.problems() == []


def test_nothing_on_a_page_escapes_translation() -> None:
    assert bare.problems() == []


def test_strings_of_code_and_templates_are_found(package: Path) -> None:
    _write(
        package,
        "views.py",
        'a = _("收到")\nc = _l("懒")\nb = ngettext("%(n)s 件", "%(n)s 件", 2)\n',
    )
    _write(
        package,
        "templates/page.html",
        '<p>\n   {% translate "办结" %}\n  it\'s\n {% translate "关" context "按钮" %}\n'
        "{% blocktranslate trimmed with n=x %}\n  还有 {{ n }} 件\n{% endblocktranslate %}</p>",
    )
    found = extract.template_catalogue(package)
    ids = {(message.id, message.context) for message in found if message.id}
    assert ids == {
        ("收到", None),
        ("懒", None),
        (("%(n)s 件", "%(n)s 件"), None),
        ("办结", None),
        ("关", "按钮"),
        ("还有 %(n)s 件", None),
    }


def test_bare_chinese_is_found_where_it_stands(package: Path) -> None:
    _write(package, "views.py", '"""说明。"""\nfine = _("收到")\nbad = "漏了"\n')
    _write(
        package,
        "templates/page.html",
        '{# 注 #}{% translate "好" %}\n<p title="{{ _("好") }}">漏掉</p>\n',
    )
    found = bare.problems(package)
    assert len(found) == 2
    assert found[0].startswith("web/templates/page.html:2 ")
    assert "漏了" in found[1]
    assert found[1].startswith("web/views.py:3 ")


def test_chinese_punctuation_is_found_as_well(package: Path) -> None:
    _write(
        package, "templates/page.html", "<p>{{ label }}：{{ text }}</p>\n<p>{{ a }} · {{ b }}</p>\n"
    )
    _write(package, "views.py", 'shown = "、".join(names)\nfine = _("、").join(names)\n')
    assert [line.split()[0] for line in bare.problems(package)] == [
        "web/templates/page.html:1",
        "web/views.py:1",
    ]


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("%(n)d 周", "%(n)d 週"),
        ("听到我们的回音", "聽到我們的回音"),
        ("名单只作提醒", "名單只作提醒"),
        ("十几分钟内有效", "十幾分鐘內有效"),
        ("30 天后删除", "30 天後刪除"),
        ("这台设备", "這台裝置"),
        ("已写明了还缺什么", "已寫明了還缺什麼"),
        ("请保存好回执", "請保存好回執"),
        ("点“登记”", "點「登記」"),
    ],
)
def test_traditional_says_it_as_it_is_written(original: str, text: str) -> None:
    assert catalogue._traditional()(original) == text


def test_a_row_and_a_column_change_their_names_in_traditional() -> None:
    made = catalogue._traditional()
    assert (made("行号"), made("列")) == ("列號", "欄")


@pytest.mark.parametrize(
    ("language", "original", "text", "word"),
    [
        ("en", "收到", "", "还没有译文"),
        ("en", "共 %(n)s 件", "%(m)s in all", "占位符"),
        ("en", "请看 <b>{0}</b>", "See {0}", "占位符"),
        ("en", "收到", "收到", "英文里有汉字"),
        ("zh_Hant", "收到", "收倒", "自动转换"),
    ],
)
def test_a_wrong_translation_is_said(language: str, original: str, text: str, word: str) -> None:
    problems = list(catalogue._wrong(language, Message(original, text)))
    assert any(word in problem for problem in problems)


@pytest.mark.parametrize(
    ("language", "text"), [("en", "%(n)s complaints in 听诉"), ("zh_Hant", "聽訴有 %(n)s 件投訴")]
)
def test_a_right_one_passes(language: str, text: str) -> None:
    assert list(catalogue._wrong(language, Message("听诉有 %(n)s 件投诉", text))) == []


def test_a_plural_passes_when_its_last_form_holds_the_number() -> None:
    message = Message(("%(n)s 件", "%(n)s 件"), ("one case", "%(n)s cases"))
    assert list(catalogue._wrong("en", message)) == []


def test_gathering_twice_gives_the_same_file() -> None:
    one = Catalog(locale="en", charset="utf-8")
    one.add("收到", "Received", locations=[("web/a.py", 0)])
    assert catalogue.render(one) == catalogue.render(one)
    assert "Date" not in catalogue.render(one)


def test_only_what_is_older_than_its_source_is_compiled(tmp_path: Path) -> None:
    po = messages.source("en", tmp_path)
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr ""\n\nmsgid "好"\nmsgstr "Good"\n', encoding="utf-8")
    assert messages.compile_all(tmp_path) == [po.with_suffix(".mo")]
    assert messages.compile_all(tmp_path) == []
    assert not list(po.parent.glob("tmp*"))
