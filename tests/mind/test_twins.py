"""Near duplicates: what belongs together, and what only sounds alike."""

from tingsu.mind.twins import twins

LETTER = "我是三号楼的业主，上周三电梯停了三次，老人被困二十分钟，打物业电话没有人接，请尽快处理。"


def test_a_forwarded_copy_is_a_twin() -> None:
    found = twins([LETTER, f"转：{LETTER}谢谢", "水管漏了三天没有人来修，天花板都发霉了。"])
    assert found.tolist() == [0, 0, 2]


def test_what_is_like_one_of_a_group_belongs_to_it() -> None:
    grown = [LETTER]
    for more in ("今天又停了一次，邻居也很生气。", "孩子吓哭了，不敢再坐。"):
        grown.append(grown[-1] + more)
    assert len(set(twins(grown).tolist())) == 1


def test_short_and_empty_texts_are_like_no_other() -> None:
    assert twins(["", "", "好", "好"]).tolist() == [0, 1, 2, 3]
