"""What is new in an answer, for the clients that people use (IN-4)."""

import tomllib
from pathlib import Path

import pytest

from tingsu.channels.mail.quotes import folded

NEW = "谢谢，可是电梯还是没修好。\n请今天来。"
HEADS = tomllib.loads((Path(__file__).parent / "quotes.toml").read_text("utf-8"))


@pytest.mark.parametrize("client", list(HEADS))
@pytest.mark.parametrize("mark", ["", "> "])
def test_earlier_mail_is_folded_away(client: str, mark: str) -> None:
    below = "\n".join(f"{mark}{line}".rstrip() for line in ("您好，", "", "已安排维修。"))
    said, quoted = folded(f"{NEW}\n\n{HEADS[client]}\n{below}")
    assert said == NEW
    assert "已安排维修。" in quoted


@pytest.mark.parametrize(
    "text",
    [
        NEW,
        "他在 12 月 3 日写道：不归我管。\n这就是你们的态度。",  # told, not quoted
        "发件人：我自己\n我要投诉。",
        "From: the first day on nothing worked.\nSent three letters.",
        "> 您好\n我不同意\n> 已安排维修\n这里也不同意",  # answered between the lines
        "On Friday he wrote:\nI was right here.\n\nAnd then?",
    ],
)
def test_in_doubt_nothing_is_folded(text: str) -> None:
    assert folded(text) == (text, "")


def test_a_forwarded_mail_is_what_was_said() -> None:
    text = f"{HEADS['Outlook zh']}\n\n请处理这位客户的投诉。"
    assert folded(text) == (text, "")
