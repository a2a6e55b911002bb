"""Which tactics somebody names: the techniques of the pack that are for hard talks. Reads packs."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tingsu.cases.errors import Invalid
from tingsu.cases.models import Case
from tingsu.core.wording.technique import Technique
from tingsu.packs.techniques import TECHNIQUES
from tingsu.people.rulebook import case_pack

GROUPS = ("counter", "hard")
"""The ten counter-measures, and what helps with escalated and difficult complaints."""


def known(case: Case) -> dict[str, Technique]:
    """The tactics by code, the counter-measures first."""
    found = TECHNIQUES.of(case_pack(case)).techniques.values()
    return {one.id: one for group in GROUPS for one in found if one.group == group}


def tactics_of(case: Case, codes: Iterable[str]) -> list[str]:
    """The codes, each once, in the order of the pack. Raises Invalid for one that is none."""
    named, there = set(codes), known(case)
    if named - set(there):
        raise Invalid({"tactics": _("没有这种做法，请从列出的里面选。")})
    return [code for code in there if code in named]
