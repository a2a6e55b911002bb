"""The pack of a case: what an organisation changed, since its day, in every process."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from factories import House, make_house, make_outsider
from tingsu.packs import load
from tingsu.people import rulebook
from tingsu.people.amending import propose
from tingsu.people.errors import Refusal
from tingsu.people.models import Organisation, RuleChange
from tingsu.people.permission import Forbidden
from tingsu.people.rulebook import pack_of

pytestmark = pytest.mark.django_db
SILENCE = """
[[silence]]
since = {0}
n = 3
unit = "wd"
source = "本公司承诺"
"""
SEVERITY = """
[[severity]]
code = "serious"
label = {{ zh-hans = "紧要", zh-hant = "緊要", en = "Pressing" }}
to_head = true
"""


@pytest.fixture
def house() -> House:
    return make_house()


def signed(house: House, since: date, text: str) -> RuleChange:
    """A change as two people have made it."""
    organisation = house.organisation
    Organisation.objects.filter(id=organisation.id).update(
        rules_version=organisation.rules_version + 1
    )
    organisation.refresh_from_db()
    rulebook.forget()
    return RuleChange.objects.create(
        organisation=organisation,
        pack="property",
        state="signed",
        since=since,
        texts={"pack.toml": text.format(since)},
        before={},
        proposed_by=house["丁"],
        proposed_at=now(),
        ended_by=house["甲"],
        ended_at=now(),
    )


def test_without_changes_it_is_the_pack_that_ships(house: House) -> None:
    assert pack_of(house.organisation.id, "property") is load("property")


def test_a_change_holds_for_its_organisation_and_its_pack(house: House) -> None:
    signed(house, localdate(), SILENCE)
    changed = pack_of(house.organisation.id, "property")
    assert changed.silence.n == 3
    assert changed.version != load("property").version
    assert pack_of(house.organisation.id, "telecom") is load("telecom")
    assert pack_of(make_outsider().organisation.id, "property") is load("property")


@pytest.mark.parametrize("text", [SILENCE, SEVERITY])
def test_a_change_waits_for_its_day(house: House, text: str) -> None:
    signed(house, localdate() + timedelta(days=1), text)
    pack = pack_of(house.organisation.id, "property")
    assert pack.silence == load("property").silence
    assert pack.severities == load("property").severities


def test_an_entry_without_a_day_of_its_own_is_said_anew(house: House) -> None:
    signed(house, localdate(), SEVERITY)
    severities = pack_of(house.organisation.id, "property").severities
    assert severities["serious"].labels["en"] == "Pressing"
    assert set(severities) == {"ordinary", "serious", "major"}


def test_a_change_that_no_longer_fits_does_not_stop_the_house(house: House) -> None:
    signed(house, localdate(), '[[silence]]\nsince = {0}\nn = "viel"')
    assert pack_of(house.organisation.id, "property") is load("property")


def test_it_is_asked_for_once(
    house: House,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    signed(house, localdate(), SILENCE)
    with django_assert_num_queries(3):
        for _again in range(50):
            pack_of(house.organisation.id, "property")


def test_the_past_cannot_be_said_anew(house: House) -> None:
    who, tomorrow = house.who("丁"), localdate() + timedelta(days=1)
    told = {"since": tomorrow, "reason": "试", "source": "试"}
    with pytest.raises(Refusal, match="past"):
        propose(who, "property", {"pack.toml": SILENCE.format(localdate())}, now(), **told)  # type: ignore[arg-type]
    assert not RuleChange.objects.exists()


def test_nobody_without_the_right_proposes(house: House) -> None:
    told = {"since": localdate(), "reason": "试", "source": "试"}
    with pytest.raises(Forbidden):
        propose(house.who("主管"), "property", {"pack.toml": SILENCE}, now(), **told)  # type: ignore[arg-type]
