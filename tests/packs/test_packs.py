"""The packs that ship: what they hold, and the clocks they start."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tingsu.core.clock import breached, start
from tingsu.packs import PackError, available, calendar_of, load, pack_clocks
from tingsu.packs.vocabulary import LANGUAGES, SEVERITIES, TERMS

PACKS = available()
SHANGHAI = ZoneInfo("Asia/Shanghai")


def due_days(pack_id: str, event: str, day: str, **more: object) -> dict[str, str]:
    """The due days of all clocks that an event of a morning starts."""
    pack = load(pack_id)
    at = datetime.fromisoformat(f"{day} 10:00").replace(tzinfo=SHANGHAI)
    rules = pack_clocks(pack, event, at.date(), **more)  # type: ignore[arg-type]
    return {rule.id: str(start(rule, at, calendar_of(pack)).due_day) for rule in rules}


CHINA = "general telecom property hotel auto computer retail tourism bank".split()
ELSEWHERE = (
    "hotline petition uk_finance uk_public us_finance eu_adr eu_air hk_bank tw_finance tw_consumer"
).split()


def test_nine_industries_and_the_clock_sets_of_other_users_ship_the_general_one_first() -> None:
    assert PACKS[0] == "general"
    assert set(PACKS) == {*CHINA, *ELSEWHERE}


@pytest.mark.parametrize("pack_id", ELSEWHERE)
def test_no_law_of_china_runs_where_another_holds(pack_id: str) -> None:
    pack = load(pack_id)
    assert not [clock_id for clock_id in pack.clocks if clock_id.startswith(("cn.samr", "cn.cpl"))]
    assert pack.silence.n > 0  # our own practice goes everywhere


@pytest.mark.parametrize("pack_id", PACKS)
def test_a_pack_is_complete(pack_id: str) -> None:
    pack = load(pack_id)
    assert set(pack.terms) == set(TERMS)
    assert tuple(pack.severities) == SEVERITIES
    assert pack.severities["major"].to_head
    groups = [c for c in pack.categories.values() if c.is_group]
    entries = [c for c in pack.categories.values() if not c.is_group]
    assert len(groups) >= 6
    assert len(entries) >= 20
    assert {c.group for c in entries} == {c.code for c in groups}
    assert all(c.examples for c in entries)
    assert pack.root_causes
    assert pack.silence.unit in ("wd", "cd")
    assert pack.first_contact.n > 0
    assert len(pack.version) == 12


@pytest.mark.parametrize("pack_id", PACKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_a_name_in_every_language(pack_id: str, language: str) -> None:
    pack = load(pack_id)
    assert pack.label(language)
    assert all(pack.term(key, language) for key in TERMS)
    assert all(c.label(language) for c in pack.categories.values())
    assert all(pack.clock_label(clock_id, language) != clock_id for clock_id in pack.clocks)


def test_labels_of_categories_carry_their_group() -> None:
    assert load("telecom").category_label("network.coverage") == "网络信号 › 信号覆盖"
    assert load("telecom").category_label("network", "en") == "Mobile network"
    assert load("telecom").category_label("gone.since") == "gone.since"


def test_property_keeps_the_two_lists_of_causes_of_the_handout() -> None:
    causes = load("property").root_causes
    assert sum(code.startswith("disrespect.") for code in causes) == 6
    assert sum(code.startswith("careless.") for code in causes) == 7


def test_causes_are_told_apart_as_the_handouts_do() -> None:
    groups = {
        "tourism": ["agency", "operator", "guide", "outside"],
        "bank": ["customer", "people", "product"],
        "auto": ["service", "parts", "sales"],
        "computer": ["goods", "sales", "after_sales", "use"],
    }
    for pack_id, codes in groups.items():
        causes = load(pack_id).root_causes.values()
        assert [cause.code for cause in causes if cause.is_group] == codes
        assert all(cause.group in codes for cause in causes)


def test_details_stand_below_their_entries() -> None:
    pack = load("telecom")
    detail = pack.categories["fees.billing.duplicate"]
    assert detail.is_detail
    assert detail.group == "fees"
    assert pack.category_label(detail.code) == "资费与账单 › 账单有误 › 重复扣费"
    for pack_id in CHINA:
        codes = load(pack_id).categories
        assert sum(one.is_detail for one in codes.values()) >= 4
        assert all(code.rpartition(".")[0] in codes for code in codes if "." in code)


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(PackError, match="atlantis"):
        load("atlantis")
    with pytest.raises(PackError):
        load("../packs/general")


# Clocks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack_id", [pack for pack in CHINA if pack != "tourism"])
def test_the_clocks_of_the_general_pack_run_everywhere(pack_id: str) -> None:
    received = due_days(pack_id, "received", "2026-09-27")
    assert received["cn.samr.accept"] == "2026-10-12"
    assert received["cn.cpl.dept"] == "2026-10-12"
    assert due_days(pack_id, "accepted", "2026-08-03")["cn.samr.mediate"] == "2026-10-04"
    assert due_days(pack_id, "mediation_ended", "2026-09-30") == {
        "cn.samr.end_notice": "2026-10-15"
    }


def test_tourism_has_its_own_procedure_and_keeps_the_consumer_law() -> None:
    assert due_days("tourism", "received", "2026-09-27") == {
        "cn.cpl.dept": "2026-10-12",
        "cn.tour.screen": "2026-10-09",
    }
    assert due_days("tourism", "accepted", "2026-11-02") == {
        "cn.tour.serve": "2026-11-09",
        "cn.tour.mediate": "2027-01-04",  # 1 January is a holiday, then a weekend
    }


@pytest.mark.parametrize(
    ("received", "accepted", "expected"),
    [
        ("2026-04-14", "2026-04-14", "2026-06-18"),  # 45 working days of order 20
        ("2026-04-15", "2026-04-15", "2026-06-14"),  # 60 days of order 121
        # No transition clause: received under order 20, accepted under order 121.
        ("2026-04-10", "2026-04-20", "2026-06-25"),
    ],
)
def test_the_day_of_receipt_chooses_between_order_20_and_order_121(
    received: str, accepted: str, expected: str
) -> None:
    arrived = date.fromisoformat(received)
    due = due_days("general", "accepted", accepted, received_on=arrived)
    assert due == {"cn.samr.mediate": expected}


def test_acceptance_cites_the_order_in_force() -> None:
    def cited(day: date) -> tuple[str, str]:
        rule = next(
            r for r in pack_clocks(load("general"), "received", day) if r.id == "cn.samr.accept"
        )
        return rule.act, rule.article

    assert cited(date(2026, 4, 14)) == ("cn.samr.20", "14")
    assert cited(date(2026, 4, 15)) == ("cn.samr.121", "15")
    ids = {rule.id for rule in pack_clocks(load("general"), "received", date(2019, 12, 31))}
    assert ids == {"cn.cpl.dept"}


@pytest.mark.parametrize(
    ("pack_id", "event", "day", "clock", "expected"),
    [
        ("telecom", "received", "2026-11-02", "cn.telecom.operator", "2026-11-17"),
        ("telecom", "received", "2026-09-20", "cn.telecom.operator", "2026-10-08"),
        ("telecom", "fault_reported", "2026-10-01", "cn.telecom.fault", "2026-10-03"),
        ("telecom", "appeal_received", "2026-11-02", "cn.telecom.accept", "2026-11-09"),
        ("telecom", "appeal_completed", "2026-11-02", "cn.telecom.answer", "2026-12-02"),
        ("auto", "remedy_requested", "2026-11-02", "cn.car.answer", "2026-11-16"),
        ("auto", "remedy_requested", "2026-11-02", "cn.car.complete", "2026-11-30"),
        ("bank", "received", "2026-11-02", "cn.bank.simple", "2026-11-17"),
        ("bank", "verification_requested", "2026-11-02", "cn.bank.verify_decide", "2026-12-02"),
        ("tourism", "respondent_notified", "2026-11-02", "cn.tour.reply", "2026-11-12"),
        ("tourism", "contract_ended", "2026-08-03", "cn.tour.timebar", "2026-11-02"),
        ("general", "harm_known", "2026-10-01", "cn.samr.timebar", "2029-10-04"),
    ],
)
def test_clocks_of_the_industries(
    pack_id: str, event: str, day: str, clock: str, expected: str
) -> None:
    assert due_days(pack_id, event, day)[clock] == expected


def test_a_variant_adds_its_clocks_or_stands_in_for_the_usual_ones() -> None:
    assert "cn.property.hz" not in due_days("property", "received", "2026-11-02")
    hangzhou = due_days("property", "received", "2026-11-02", variants=["hangzhou"])
    assert hangzhou["cn.property.hz"] == "2026-11-12"
    rural = due_days("telecom", "fault_reported", "2026-11-02", variants=["rural"])
    assert rural == {"cn.telecom.fault_rural": "2026-11-05"}
    assert {"shanghai", "shandong"} <= set(load("tourism").variants)


def test_every_clock_knows_what_fulfils_it() -> None:
    for pack in map(load, PACKS):
        for clock in pack.clocks.values():
            assert clock.newest is None or pack.met_by(clock.id)
    assert "replied" in load("general").met_by("cn.cpl.dept")
    assert load("general").met_by("gone") == frozenset()


def test_nothing_stays_silent_longer_than_the_pack_allows() -> None:
    pack = load("general")
    told = datetime(2026, 9, 30, 10, tzinfo=SHANGHAI)
    quiet = start(pack.silence, told, calendar_of(pack))
    assert str(quiet.due_day) == "2026-10-09"
    assert breached(quiet, quiet.due_at.astimezone(UTC) + timedelta(seconds=1))
    assert pack.silence.house


# Floors -----------------------------------------------------------------------------------------


def test_packs_load_without_django() -> None:
    code = (
        "import sys; from tingsu import packs;"
        "[packs.load(p) for p in packs.available()]; packs.check();"
        "assert not any(name.split('.')[0] == 'django' for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
