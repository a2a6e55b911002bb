"""A pack of another place takes over how we end a case, not the articles of ours (HA-9)."""

from datetime import date

import pytest

from tingsu.packs import load
from tingsu.packs.ending import ENDING

ON = date(2026, 11, 22)


def cited(pack: str) -> set[str]:
    return {one.id for one in ENDING.of(load(pack)).grounds("end_mediation", ON)}


@pytest.mark.parametrize("pack", ["uk_finance", "us_finance", "tw_consumer", "petition"])
def test_no_article_of_another_place(pack: str) -> None:
    here = ENDING.of(load(pack))
    ours = ENDING.of(load("general"))
    assert (cited(pack), "end.absent" in cited("general")) == (set(), True)
    assert here.grounds("withdraw", ON) == ours.grounds("withdraw", ON)
    assert here.templates("settlement", ON)
    assert here.no_answer(ON) == ours.no_answer(ON)
