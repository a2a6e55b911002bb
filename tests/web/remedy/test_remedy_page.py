"""The remedy page of a case: choose, fill in, see, propose, carry out (HA-8)."""

from typing import Any

import pytest
from django.test import Client

from factories import House, make_case, make_outsider, signed_in
from tingsu.cases.models import Approval, Calculation, Case, Event
from tingsu.web.remedy.card import card

HTMX = {"HX-Request": "true"}
FRAUD = {"s": "cpl.fraud", "f.price": "120"}


@pytest.fixture
def case(house: House) -> Case:
    return make_case(house, by="甲")


@pytest.fixture
def client(house: House) -> Client:
    return signed_in(house["甲"])


def page_of(case: Case) -> str:
    return f"/cases/{case.id}/remedy/"


def text(response: Any) -> str:
    shown: str = response.content.decode()
    return shown


def test_the_page_offers_the_situations_of_the_industry(client: Client, case: Case) -> None:
    shown = text(client.get(page_of(case)))
    assert "报修没有修、没有修好" in shown
    assert "商品或服务有欺诈" in shown
    assert 'name="f.' not in shown  # nothing is asked before something is chosen


def test_only_the_needed_facts_are_asked(client: Client, case: Case) -> None:
    shown = text(client.post(page_of(case), {"s": "cpl.overcharge", "shown": ""}, headers=HTMX))
    assert 'name="f.charged"' in shown
    assert 'name="f.due_amount"' in shown
    assert 'name="f.price"' not in shown
    assert "还要填" in shown


def test_fields_stay_while_the_same_ones_are_asked(client: Client, case: Case) -> None:
    asked = {"s": "cpl.overcharge", "shown": "charged,due_amount", "f.charged": "50"}
    shown = text(client.post(page_of(case), asked, headers=HTMX))
    assert 'name="f.charged"' not in shown  # the one being typed in is not drawn anew
    assert "应当收取的金额" in shown


def test_the_trial_says_amount_formula_and_article_and_stores_nothing(
    client: Client, case: Case
) -> None:
    shown = text(client.post(page_of(case), FRAUD, headers=HTMX))
    assert "¥500.00" in shown
    assert "商品价款或服务费用 ¥120.00 × 300%" in shown
    assert "消法 第55条第1款" in shown
    assert "可向生产者或上一级销售者追偿" in shown
    assert not Calculation.objects.exists()
    assert not Event.objects.filter(case=case, kind="remedy_proposed").exists()


def test_without_scripts_the_whole_page_answers(client: Client, case: Case) -> None:
    shown = text(client.post(page_of(case), FRAUD))
    assert "合计给客户" in shown
    assert 'value="120"' in shown


def test_bad_facts_are_named_while_typing(client: Client, case: Case) -> None:
    typed = {"s": "cpl.overcharge", "f.charged": "10", "f.due_amount": "20"}
    shown = text(client.post(page_of(case), typed, headers=HTMX))
    assert "“应当收取的金额”比“实际收取的金额”还大，请核对。" in shown


def test_recording_writes_the_timeline_and_shows_the_proposal(client: Client, case: Case) -> None:
    response = client.post(f"{page_of(case)}record/", FRAUD | {"ik": "1"}, follow=True)
    assert response.redirect_chain == [(page_of(case), 303)]
    shown = text(response)
    assert "方案已记下" in shown
    assert "已提出" in shown
    assert "应给客户 ¥500.00" in text(client.get(f"/cases/{case.id}/"))


def test_a_refused_submit_keeps_what_was_typed(client: Client, case: Case) -> None:
    typed = {"s": "cpl.fraud", "f.price": "一百", "text": "有小票", "g.gives": "gift"}
    typed |= {"g.value": "12", "g.words": "水果"}
    response = client.post(f"{page_of(case)}record/", typed)
    shown = text(response)
    assert response.status_code == 422
    for kept in ("一百", "有小票", 'value="12"', 'value="水果"'):
        assert kept in shown
    assert "请只写数字" in shown


def test_goodwill_above_the_authority_asks_for_a_signature(client: Client, case: Case) -> None:
    gift = {"g.gives": "gift", "g.value": "300", "g.words": "免两个月物业费"}
    response = client.post(f"{page_of(case)}record/", gift, follow=True)
    assert "已提请主管审批" in text(response)
    assert Approval.objects.get(case=case).amount == 30_000
    assert not Calculation.objects.exists()


def test_an_odd_value_of_goodwill_is_named(client: Client, case: Case) -> None:
    gift = {"g.gives": "gift", "g.value": "很多", "g.words": "水果"}
    response = client.post(f"{page_of(case)}record/", gift)
    assert response.status_code == 422
    assert "酌情补偿的金额请只写数字" in text(response)


def test_carried_out_from_the_page(client: Client, case: Case) -> None:
    client.post(f"{page_of(case)}record/", FRAUD)
    row = Calculation.objects.get(case=case)
    done = client.post(f"{page_of(case)}{row.id}/done/", {"text": "已转账"}, follow=True)
    assert "已兑现" in text(done)
    again = client.post(f"{page_of(case)}{row.id}/done/", {}, follow=True)
    assert "已经有结果了" in text(again)


def test_another_rule_set_is_marked(house: House, client: Client) -> None:
    house.organisation.packs = ["tourism"]
    house.organisation.save()
    case = make_case(house, by="甲", pack="tourism")
    typed = {"s": "tour.guide_tips", "f.tip": "50", "set": "deposit"}
    shown = text(client.post(page_of(case), typed))
    assert "不是收到投诉那天有效的标准" in shown
    assert "¥100.00" in shown


def test_another_rule_set_brings_its_situations(house: House, client: Client) -> None:
    house.organisation.packs = ["tourism"]
    house.organisation.save()
    case = make_case(house, by="甲", pack="tourism")
    typed = {"set": "deposit", "shown_set": "2011", "shown": ""}
    shown = text(client.post(page_of(case), typed, headers=HTMX))
    assert "导游索要小费" in shown
    same = text(client.post(page_of(case), typed | {"shown_set": "deposit"}, headers=HTMX))
    assert "导游索要小费" not in same  # what is being chosen from is not drawn anew


def test_a_proposal_reads_in_english_too(client: Client, case: Case) -> None:
    client.post(f"{page_of(case)}record/", FRAUD)
    client.cookies["django_language"] = "en"
    shown = text(client.get(page_of(case)))
    assert "Price of the goods or service ¥120.00 × 300%" in shown
    assert "Consumer Protection Law" in shown


def test_others_do_not_reach_it(case: Case) -> None:
    stranger = signed_in(make_outsider()["甲"])
    assert stranger.get(page_of(case)).status_code == 404
    assert stranger.post(f"{page_of(case)}record/", FRAUD).status_code == 404


def test_readers_try_but_record_nothing(house: House, case: Case) -> None:
    inspector = signed_in(house["督查"])
    assert "记下这个方案" not in text(inspector.get(page_of(case)))
    assert "¥500.00" in text(inspector.post(page_of(case), FRAUD, headers=HTMX))
    assert inspector.post(f"{page_of(case)}record/", FRAUD).status_code == 403


def test_a_case_without_a_proposal_costs_no_query(
    house: House, case: Case, django_assert_num_queries: Any
) -> None:
    who = house.who("甲")
    with django_assert_num_queries(0):
        assert card(who, case, case.received_at) is None


def test_what_was_typed_and_not_recorded_is_there_again(client: Client, case: Case) -> None:
    fields = {"s": ["cpl.fraud"], "f.price": ["77"], "g.value": ["5"], "g.words": ["水果"]}
    fields |= {"g.gives": ["gift"]}
    draft = {"key": f"case:{case.id}:remedy", "fields": fields}
    assert client.post("/drafts/", draft, content_type="application/json").status_code < 300
    shown = text(client.get(page_of(case)))
    for kept in ('value="77"', 'value="5"', 'value="水果"'):
        assert kept in shown
    client.post(f"{page_of(case)}record/", FRAUD)
    assert 'value="77"' not in text(client.get(page_of(case)))


def test_a_trade_without_rules_still_has_goodwill(house: House, client: Client) -> None:
    house.organisation.packs = ["uk_finance"]
    house.organisation.save()
    case = make_case(house, by="甲", pack="uk_finance")
    assert "酌情补偿" in text(client.get(page_of(case)))


def test_odd_characters_are_no_trouble_for_any_database(client: Client, case: Case) -> None:
    typed = FRAUD | {"f.other": "\0", "s": ["cpl.fraud", "\0"], "c": "\0", "set": "\0"}
    typed |= {"g.gives": "gift", "g.value": "5", "g.words": "水\0果", "text": "好\0"}
    assert client.post(f"{page_of(case)}record/", typed).status_code == 303
    assert Calculation.objects.get(case=case).goodwill == 500
