"""A customer read from their words: what is heard, what is not, and what never waits (CO-4)."""

import pytest

from tingsu.mind.reading import KINDS, RISKS, in_danger, lexicon, read, trend

CALM = "您好，请问装修要带什么材料？麻烦了，谢谢。"
CROSS = "打了三次电话都没人接，说好今天来修又没来，还要等多久？"
ANGRY = "你们这帮骗子！气死我了！修了四次还是坏的，凭什么不给退？太过分了！"


def test_anger_rises_with_what_is_said() -> None:
    levels = [read(text).anger for text in (CALM, CROSS, ANGRY)]
    assert levels == sorted(levels)
    assert levels[0] <= 1
    assert levels[1] >= 2
    assert levels[2] == 4


def test_nothing_said_is_nothing_read() -> None:
    for text in ("", "  ", "电梯"):
        found = read(text)
        assert not found
        assert found.anger == 0


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("说了多少遍了，能不能先听我说完", "need", "heard"),
        ("一人一个说法，依据是什么", "need", "expert"),
        ("今天必须解决，马上，等不了", "need", "quick"),
        ("家里没人管，你们不闻不问", "need", "cared"),
        ("我要退款，赔偿我的损失", "aim", "compensation"),
        ("太不公平，为什么他们可以", "aim", "balance"),
        ("要他当面道歉，骂人就是不尊重人", "aim", "respect"),
        ("越想越气，咽不下这口气", "aim", "venting"),
        ("我考虑一下，回去问问家里", "attitude", "hesitant"),
        ("这个我不接受，没得商量", "attitude", "refusing"),
        ("可以接受，就按你们说的办", "attitude", "approving"),
        ("不是钱的问题，看你们的诚意", "demand", "masked"),
        ("别废话，说重点，没时间", "demand", "restless"),
        ("叫你们领导来，我只要结果", "temper", "driver"),
        ("合同约定第八条写明，请书面答复", "temper", "perfectionist"),
        ("你们也不容易，不急，慢慢来", "temper", "peaceful"),
        ("你知道我是谁吗，我认识你们老总", "temper", "self_important"),
        ("我记不清是哪天了，忘了", "temper", "forgetful"),
        ("想问一下，办过户需要什么材料", "nature", "question"),
        ("提个意见，建议门口加一盏灯", "nature", "suggestion"),
        ("This is unfair, why only me", "aim", "balance"),
    ],
)
def test_what_is_heard(text: str, kind: str, code: str) -> None:
    sign = read(text).values[kind]
    assert sign.code == code
    assert 0.6 <= sign.confidence < 1
    assert sign.words


def test_words_are_those_of_the_text_and_traditional_is_heard() -> None:
    found = read("我要退款，賠償我的損失")
    assert found.values["aim"].code == "compensation"
    assert set(found.values["aim"].words) <= {"退款", "赔偿", "损失"}


def test_a_word_that_is_denied_does_not_count() -> None:
    assert not read("我没想曝光你们，也不会起诉").risks


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("再不处理我就找记者，发抖音曝光", "media"),
        ("我已经打了12345，也去市场监管局举报", "regulator"),
        ("我的律师会发律师函，法院见", "lawyer"),
        ("孩子触电住院了", "safety"),
        ("我不想活了，死在你们门口", "self_harm"),
    ],
)
def test_what_may_come_next(text: str, code: str) -> None:
    found = read(text)
    assert code in {one.code for one in found.risks}
    assert found.at_once == (code == "self_harm")


@pytest.mark.parametrize("text", ["我不想活了", "逼得我只能跳楼", "I want to die"])
def test_talk_of_death_is_danger(text: str) -> None:
    assert in_danger(text)


@pytest.mark.parametrize("text", ["气死我了", "高空抛物差点砸死人", "电梯跳闸了", "热得要死"])
def test_a_way_of_speaking_is_not(text: str) -> None:
    assert not in_danger(text)


def test_the_trend_looks_at_the_last_contact() -> None:
    assert trend([1, 1, 3]) == 1
    assert trend([4, 3, 1]) == -1
    assert trend([2, 2]) == trend([3]) == trend([]) == 0


def test_every_value_says_itself_in_three_languages_and_every_temper_says_what_to_do() -> None:
    known = lexicon()
    assert set(known) == {"anger", "risk", *KINDS}
    assert set(known["risk"]) == set(RISKS)
    for kind in ("risk", *KINDS):
        for value in known[kind].values():
            assert set(value.labels) == {"zh-hans", "zh-hant", "en"}
            assert value.weights
    for value in known["temper"].values():
        assert set(value.do) == set(value.dont) == {"zh-hans", "zh-hant", "en"}


def test_one_hint_is_none() -> None:
    assert "nature" not in read("希望天气好一点").values


@pytest.mark.parametrize(
    "text", ["谢谢你们！太棒了！！！真好用！！", "很满意，推荐！！值得买！！！"]
)
def test_content_is_not_angry_however_loud(text: str) -> None:
    assert read(text).anger <= 1


@pytest.mark.parametrize("text", ["非常不满意！", "气死我了，谢谢你们啊", "骗子！我还推荐给别人！"])
def test_content_that_is_denied_or_beside_angry_words_calms_nothing(text: str) -> None:
    assert read(text).anger >= 2


def test_danger_is_heard_however_much_was_said_before() -> None:
    assert read("电梯停了。" * 4_000 + "我不想活了").at_once
