"""The world of the pages, and what only addresses and bodies of the API name: something that is
owed, an agreement, a proposal, a prepared solution."""

from datetime import timedelta

from endings import FRAUD, REFUND, drafted
from factories import NOON
from permission_world import World, make_world
from tingsu.cases.actions import remedy
from tingsu.cases.models import Agreement, Calculation, Obligation, Solution

__all__ = ["make_whole_world"]


def make_whole_world() -> World:
    """Needs a database."""
    world = make_world()
    case, house = world.case, world.house
    who = house.actor("甲")
    remedy.propose(case, who, NOON, asking=FRAUD)
    drafted(case, who, REFUND)
    row = Obligation.objects.create(
        case=case, organisation=house.organisation, round=1, source="extra", gives="refund",
        words="退还物业费", fen=30_000, due_at=NOON + timedelta(days=3), made_at=NOON,
    )  # fmt: skip
    article = Solution.objects.create(
        organisation=house.organisation, case=case, pack=case.pack, title="换门机",
        situation="电梯停", worked="换", written_by=house["甲"], written_at=NOON,
    )  # fmt: skip
    world.filling |= {
        "agreement_id": Agreement.objects.get(case=case).id,
        "proposal_id": Calculation.objects.get(case=case).id,
        "obligation_id": row.id,
        "solution_id": article.id,
    }
    case.refresh_from_db()
    return world
