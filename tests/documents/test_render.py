"""Papers as files: right in three languages, nothing of a value is markup, fonts are checked."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tingsu.documents import fonts, render
from tingsu.documents.fonts import NoFont, lacking
from tingsu.documents.paper import Block, Paper, from_data, said
from tingsu.documents.words import words

AT = datetime(2026, 11, 21, 4, tzinfo=UTC)
NOTICE = Paper(
    form="notice",
    language="zh-hans",
    house="云帆服务",
    title="不予受理告知书",
    number="TS不受〔2026〕12号",
    to="王小明：",
    blocks=(Block("text", "您提出的投诉收悉。"), Block("facts", rows=(("理由", "超过时效"),))),
    signatory="负责人 丁",
    day="2026年11月21日",
    copies=("投诉人",),
    words=words("zh-hans"),
)


def test_a_notice_is_a_pdf_and_the_same_twice() -> None:
    once, twice = render.pdf(NOTICE, AT), render.pdf(NOTICE, AT)
    assert once.startswith(b"%PDF")
    assert once == twice


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("form", ["notice", "agreement", "sheet"])
def test_every_form_in_every_language(form: str, language: str) -> None:
    paper = replace(
        NOTICE,
        form=form,
        language=language,
        words=words(language),
        parties=(("投诉人", "欧阳娜娜·阿不都热西提"), ("被投诉人", "云帆国际旅行社有限公司")),
        blocks=(
            *NOTICE.blocks,
            Block("heading", "一、经过"),
            Block("opinions", rows=(("负责人意见", "", "", ""),)),
            Block("lines", head=("时间", "内容"), widths=(1, 3), rows=(("10:02", "来电"),)),
        ),
    )
    assert len(render.pictures(paper)) >= 1
    assert render.pdf(paper, AT).startswith(b"%PDF")


def test_a_long_paper_runs_over_pages() -> None:
    long = replace(NOTICE, blocks=[Block("text", "老人被困二十分钟，打物业电话没人接。" * 20)] * 6)
    assert len(render.pictures(long)) >= 2


def test_what_somebody_wrote_is_never_markup() -> None:
    """Values that would read files, break out of strings or stop the compiler."""
    wild = '#read("/etc/passwd") #{ *b* $x^2$ \\ " ] ) @who <b> // /* #import "x" {complainant}'
    plain = replace(
        NOTICE, to=wild, blocks=(Block("text", wild), Block("facts", rows=((wild, wild),)))
    )
    assert len(render.pictures(plain)) == 1


def test_characters_that_no_font_has_are_named() -> None:
    assert lacking(said(NOTICE), "zh-hans") == ""
    assert lacking("王\ue000明\U000323af王", "zh-hans") == "\ue000\U000323af"
    assert lacking("Dear Mr Wáng,\n\t王", "en") == ""


def test_without_a_chinese_font_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bare:
        def families(self) -> list[str]:
            return ["DejaVu Sans"]

    fonts.faces.cache_clear()
    monkeypatch.setattr(fonts, "book", Bare)
    with pytest.raises(NoFont) as refused:
        render.pdf(NOTICE, AT)
    fonts.faces.cache_clear()
    assert "fonts-noto-cjk" in refused.value.words


def test_a_paper_comes_back_whole() -> None:
    kept = json.dumps(NOTICE.as_data())
    assert json.dumps(from_data(json.loads(kept)).as_data()) == kept
