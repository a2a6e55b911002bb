"""Bytes of Chinese mail, whatever they claim to be (IN-4)."""

import base64
import gzip
import json
import quopri
from pathlib import Path

import pytest

from tingsu.channels.mail.charset import decoded
from tingsu.channels.mail.reading import read
from tingsu.core.text import clean

STORY = "电梯停了三天没人管，老人下不了楼。䶮女士"
HEAD = "From: a@b.example\r\nSubject: x\r\nContent-Type: text/plain; charset={}\r\n"
SENT_AS = [
    ("gb18030", "gb2312", "base64"),
    ("gb18030", "GBK", "8bit"),
    ("utf-8", "gb2312", "quoted-printable"),
    ("utf-8", "utf-8", "base64"),
    ("utf-8", "iso-8859-1", "8bit"),
]


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("gb18030", "gb2312"),
        ("gb18030", "x-gbk"),
        ("gb18030", "nobody-knows-this"),
        ("gb18030", ""),
        ("utf-8", "gb2312"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", '"utf-8"'),
        ("utf-16", "utf-16"),
    ],
)
def test_what_was_written_is_read(codec: str, declared: str) -> None:
    assert decoded(STORY.encode(codec), declared) == STORY


@pytest.mark.parametrize(
    ("text", "codec", "declared"),
    [
        ("電梯停了三天沒人管，嘅咗", "big5hkscs", "big5"),
        ("エレベーター", "iso-2022-jp", "ISO-2022-JP"),
        ("电梯坏了", "hz", "hz-gb-2312"),
        ("엘리베이터", "cp949", "ks_c_5601-1987"),
        ("Café ½", "cp1252", "iso-8859-1"),
    ],
)
def test_other_scripts(text: str, codec: str, declared: str) -> None:
    assert decoded(text.encode(codec), declared) == text


def test_what_cannot_be_read_loses_as_little_as_possible() -> None:
    cut = "电梯停了".encode()[:-1] + "，请尽快派人来修".encode()
    assert decoded(cut, "utf-8") == "电梯停\ufffd，请尽快派人来修"
    assert decoded("电梯停了".encode("gbk"), "utf-8") == "电梯停了"


def _mail(text: str, codec: str, label: str, encoding: str) -> bytes:
    raw = text.encode(codec)
    if encoding == "base64":
        raw = base64.encodebytes(raw)
    elif encoding == "quoted-printable":
        raw = quopri.encodestring(raw)
    head = HEAD.format(label) + f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + raw


def test_real_texts_come_back_as_they_were(shared: Path) -> None:
    """All of annex 3 in each of the ways in which they are sent."""
    lost = 0
    with gzip.open(shared / "data/tipdm_annex3_stream.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [clean(json.loads(line)["body"]).strip() for line in lines]
    for text in texts:
        for codec, label, encoding in SENT_AS:
            lost += read(_mail(text, codec, label, encoding)).text.strip() != text
    assert (len(texts), lost) == (3_600, 0)


def test_real_texts_in_traditional_characters(shared: Path) -> None:
    with gzip.open(shared / "data/tipdm_annex3_stream.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [clean(json.loads(line)["body"]).strip() for line in lines]
    sent = [text.encode("big5hkscs", "ignore") for text in texts]
    kept = [one.decode("big5hkscs") for one in sent]
    wrong = [
        text
        for text, raw in zip(kept, sent, strict=True)
        if read(HEAD.format("big5").encode() + b"\r\n" + raw).text.strip() != text.strip()
    ]
    assert wrong == []
