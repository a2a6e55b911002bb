"""What may be in a template of an organisation's own (HA-18); what may not is named by place."""

import pytest
from docx import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

import factories as f
from layouts import OURS, part_of, propose, sample, saved, with_part, word
from papers import accepted
from tingsu.cases import layouts as keeping
from tingsu.cases.models import Layout
from tingsu.cases.queries import documents as queries
from tingsu.documents import layouts, own_typst
from tingsu.documents.own import Unset

pytestmark = pytest.mark.django_db


def problems(form: str, content: bytes) -> list[str]:
    """What is wrong, each with its place."""
    with pytest.raises(layouts.Unusable) as refused:
        layouts.looked_at(form, f"x{layouts.ENDINGS[form]}", content, "zh-hans")
    return [str(one) for one in refused.value.problems]


# typst --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("#fields.complainnt", "fields.complainnt"),
        ("#paper.sender", "paper.sender"),
        ("#words.hello", "words.hello"),
        ('#import "@preview/cetz:0.3.1"', "软件包"),
        ('#import "other.typ"', "layout.typ"),
        ('#include("a" + "b")', "layout.typ"),
        ('#eval("1+1")', "eval"),
        ('#read("/etc/passwd")', "read"),
        ('#plugin("x.wasm")', "plugin"),
        ("#dictionary(std)", "dictionary"),
    ],
)
def test_what_a_typst_template_may_not_have_is_named_with_its_line(line: str, said: str) -> None:
    (found, *_more) = problems("typst", OURS + line.encode())
    assert found.startswith("第 6 行")
    assert said in found


def test_a_typst_template_is_text_of_little_size() -> None:
    assert "200 KB" in problems("typst", b"x" * 200_001)[0]
    assert "UTF-8" in problems("typst", "版式".encode("gb18030"))[0]
    with pytest.raises(layouts.Unusable):
        layouts.looked_at("typst", "x.exe", OURS, "zh-hans")


@pytest.mark.parametrize(
    "source",
    [
        '#("re" + "ad")\n#image("/etc/passwd")',
        "= x\n\n#nothing-there",
        "#let a = (1,",
        '#image("../render.py")',
    ],
    ids=["outside", "unknown", "unclosed", "above"],
)
def test_what_fails_when_it_is_set_says_where_too(source: str) -> None:
    house = f.make_house()
    with pytest.raises(layouts.Unusable) as refused:
        propose(house, "typst", source.encode())
    assert refused.value.problems[0].place.startswith("第 ")
    assert not Layout.objects.exists()


def test_behind_the_check_no_package_and_no_file_is_reached_either() -> None:
    paper = sample(f.make_house())
    for source in (b'#import "@preview/cetz:0.3.1"', b'#read("/etc/hostname")'):
        with pytest.raises(Unset):
            own_typst.pictures(paper, source)


def test_a_template_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_typst, "PATIENCE", 2)
    paper = sample(f.make_house())
    with pytest.raises(Unset) as stopped:
        own_typst.pictures(paper, b"#for a in range(100000) { for b in range(100000) { } }")
    assert "限制" in str(stopped.value)


def test_ours_is_a_template_that_passes_for_every_form() -> None:
    house = f.make_house()
    case, _drafts = accepted(house)
    for kind in queries.kinds(case).values():
        for form in keeping.FORMS:
            look = layouts.looked_at(
                form, f"x{layouts.ENDINGS[form]}", layouts.beginning(form, kind), "zh-hans"
            )
            assert not look.problems
    assert list(look.without) == []


# Word ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("投诉人：{{ fields.complainnt }}", "fields.complainnt"),
        ("{{ sender }}", "sender"),
        ("{{ title.__class__ }}", "__class__"),
        ("{{ range(10) }}", "Call"),
        ("{{ 'x' * 1000000000 }}", "Mul"),
        ("{{ title | attr('x') }}", "attr"),
        ("{% set x = 1 %}", "Assign"),
        ("{% include 'x' %}", "Include"),
        ("{% for a in blocks %}{% for b in blocks %}{% for c in blocks %}{% for d in blocks %}"
         "{% endfor %}{% endfor %}{% endfor %}{% endfor %}", "太深"),
        ("{{ title ", "写法不对"),
    ],
)  # fmt: skip
def test_what_a_word_template_may_not_ask_for_is_named_with_its_place(line: str, said: str) -> None:
    found = problems("word", word("标题", line, "尾"))
    assert any(said in one for one in found)
    assert found[0].startswith("正文「")


def test_the_place_of_a_wrong_field_in_header_and_properties_is_named() -> None:
    file = Word()
    file.sections[0].header.paragraphs[0].text = "抬头 {{ fields.nobody }}"
    file.core_properties.title = "{{ nothing }}"
    found = problems("word", saved(file))
    assert found[0].startswith("页眉「抬头 {{ fields.nobody }}」")
    assert any(one.startswith("文件属性「{{ nothing }}」") for one in found)


def test_nothing_that_runs_or_fetches_may_lie_in_a_word_file() -> None:
    plain = word("正文")
    link = (b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="r1" Type="t" Target="http://evil.example/a" TargetMode="External"/>'
            b"</Relationships>")  # fmt: skip
    types = part_of(plain, "[Content_Types].xml")
    body = part_of(plain, "word/document.xml")
    cases = {
        "宏": with_part(plain, "word/vbaProject.bin", b"x"),
        "嵌入": with_part(plain, "word/embeddings/oleObject1.bin", b"x"),
        "控件": with_part(plain, "[Content_Types].xml", types + b"<!-- macroEnabled -->"),
        "evil.example": with_part(plain, "word/_rels/document.xml.rels", link),
        "声明": with_part(plain, "word/document.xml", b'<!DOCTYPE x [<!ENTITY a "b">]>' + body),
        "插入": with_part(
            plain, "word/document.xml", body.replace(b"<w:body>", b'<w:body><w:altChunk r:id="x"/>')
        ),
    }
    for said, content in cases.items():
        assert any(said in one for one in problems("word", content)), said
    assert "DDEAUTO" in problems("word", _with_field('DDEAUTO c:\\\\cmd "/k calc"'))[0]
    assert "INCLUDEPICTURE" in problems("word", _with_field("INCLUDE", "PICTURE http://x"))[0]
    assert not layouts.looked_at("word", "x.docx", _with_field("PAGE"), "zh-hans").problems


def _with_field(*told: str) -> bytes:
    """A field whose instruction is spread over runs, as Word spreads it."""
    file = Word()
    line = file.add_paragraph()
    for part in told:
        text = OxmlElement("w:instrText")
        text.set(qn("xml:space"), "preserve")
        text.text = part
        line.add_run()._element.append(text)
    return saved(file)


def test_a_word_file_is_one_and_of_sensible_size() -> None:
    assert ".docx" in problems("word", b"PK nothing")[0]
    assert "2 MB" in problems("word", b"x" * (2 * 2**20 + 1))[0]
    swollen = with_part(word("x"), "word/media/a.xml", b"0" * (31 * 2**20))
    assert "不合常理" in problems("word", swollen)[0]


def test_a_field_that_is_asked_about_may_be_empty_the_others_must_be_there() -> None:
    lines = ("{{ fields.unit }}", "{% if fields.order %}{{ fields.order }}{% endif %}")
    look = layouts.looked_at("word", "x.docx", word(*lines), "zh-hans")
    assert look.fields == {"unit": True, "order": False}
    text = OURS + b'#fields.unit #if fields.order != "" [#fields.order]'
    assert layouts.looked_at("typst", "x.typ", text, "zh-hans").fields == look.fields
