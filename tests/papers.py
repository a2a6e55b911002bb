"""A tourism complaint, with its papers drafted and issued, for several tests."""

from typing import Any

import factories as f
from tingsu.cases.actions import move
from tingsu.cases.models import Case, Document
from tingsu.core.lifecycle import Move
from tingsu.documents.issuing import issue_draft

AT = f.NOON


def tourism(house: f.House, **facts: Any) -> Case:
    """A complaint against a travel agency."""
    house.organisation.pack, house.organisation.packs = "tourism", ["tourism", "general"]
    house.organisation.save()
    told: dict[str, Any] = {
        "respondent_unit": "云帆国际旅行社有限公司",
        "request": "退还门票 180 元",
        "title": "擅自减少景点",
    }
    return f.make_case(house, by="甲", **told | facts)


def accepted(house: f.House, **facts: Any) -> tuple[Case, dict[str, Document]]:
    """The case after acceptance, with the drafts that belong to it."""
    case = tourism(house, **facts)
    move.move(case, house.actor("甲"), AT, to=Move.ACCEPT)
    return case, {row.kind: row for row in Document.objects.filter(case=case)}


def issued(house: f.House, case: Case, paper: Document, at: Any = AT) -> Document:
    """The paper with its number."""
    issue_draft(
        case, house.actor("丁"), at,
        document_id=paper.id, signatory="负责人 丁", checked_at="https://t.example/verify/",
    )  # fmt: skip
    paper.refresh_from_db()
    return paper
