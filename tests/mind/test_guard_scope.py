"""The guard as it ships, however words are written and whoever says them: the examples of CO-1."""

import pytest

from tingsu.core.wording.guard import Guard
from tingsu.mind.guard import scorer
from tingsu.packs import load
from tingsu.packs.wording import WORDING

GUARD = Guard(WORDING.of(load("general")), scorer())


@pytest.mark.parametrize(
    "text",
    [
        "这 不 归 我 管", "這不歸我管", "不　歸　我　管", "这、不、归、我、管", "这~不~归~我~管",
        "不|归|我|管", "不_归-我·管", "这不😀归😀我😀管", "这不1归2我3管", "不\u200d归\u2060我管",
        "不龟我管", "這不龜我管", "不gui我管", "bu归我管", "没~门", "沒門兒", "規定就是規定",
        "规\u200b定就是规定", "龟定就是龟定", "后果自付", "后果字负", "活*该！！", "您冷💢静💢点",
        "nin高兴就好", "您高興就好🙂", "神 经 病", "神经bing", "胡搅man缠", "无里取闹",
        "怪不得窝们", "关我shenme事", "关 我 屁 事", "愛找誰找誰",
    ],
)  # fmt: skip
def test_a_phrase_is_known_however_it_is_written(text: str) -> None:
    marks = GUARD.marks(text)
    assert [mark for mark in marks if mark.phrase]
    assert all(text[mark.start : mark.end].strip() for mark in marks)


@pytest.mark.parametrize(
    "text",
    [
        "不是说这不归我管。", "并不是不归我们管。", "没有说不归我管。", "不会说这不归我管。",
        "我不敢说不归我管。", "谁说不归我管？归我管。", "禁止对客户说“关我什么事”。",
        "不是您的错。", "哪怕是您操作失误，我们也免费修。",
    ],
)  # fmt: skip
def test_what_is_denied_is_not_meant(text: str) -> None:
    assert GUARD.marks(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "您说客服告诉您“这不归我管”，对不起。", "您说前台讲不归她管，让您受委屈了。",
        "客户反映客服说“爱找谁找谁”。", "您信里写“爱找谁找谁”，这是我们员工的话，我很惭愧。",
        "我同事那天说这不归他管，说得不对，我向您道歉。", '师傅说"不归我管"，这样说不对。',
        "他说您“脑子有问题”，这话太伤人，我们已经处分他。",
        "有人说投诉的都是刁民，我们绝不这样看。",
    ],
)  # fmt: skip
def test_words_of_others_are_not_the_agents(text: str) -> None:
    assert GUARD.marks(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "重启不行的话，请打这个电话。", "如果重启不行，我们就换新的。", "不行的话我们上门。",
        "按规定您可以退。", "按照规定，您可以在七天内退货。", "根据规定，您享有全额退款的权利。",
        "规定允许您改签一次。", "假如规定不允许，我去申请特批。", "这归我管。", "后果由我们承担。",
        "没门禁卡也能进。", "我们不会因为您投诉就停止服务。",
    ],
)  # fmt: skip
def test_the_same_words_used_kindly(text: str) -> None:
    assert GUARD.marks(text) == []


def test_the_agents_own_words_after_a_quotation_count() -> None:
    text = "您说“没人管”，可这本来就不归我管。"
    assert [text[mark.start : mark.end] for mark in GUARD.marks(text)] == ["不归我管"]
