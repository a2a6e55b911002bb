"""What is complained of, point by point, and what was found: issues and disputed points (SC-4)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tingsu.cases._inquiry import enough, made, may_look_into, row, turned_to
from tingsu.cases._rules import text_of
from tingsu.cases._update import changing
from tingsu.cases._write import Entry, Plan, Written, write
from tingsu.cases.errors import Invalid, Refusal
from tingsu.cases.models import Case, Dispute, Issue
from tingsu.core.investigation import LONGEST_ISSUE, MOST_ISSUES, Fault, Liable, verdict, wrong_with
from tingsu.core.text import clean, clean_line
from tingsu.people.actor import Actor


def list_issues(
    case: Case, by: Actor, at: datetime, *, texts: Sequence[str], key: str | None = None
) -> Written:
    """The issues of the complaint as a person words them; this list takes the place of the one
    before. One of which something was found already stays as it is worded."""
    wanted = list(dict.fromkeys(filter(None, (clean_line(one) for one in texts))))
    if not wanted:
        raise Invalid({"texts": _("请至少写一项投诉的问题。")})
    if len(wanted) > MOST_ISSUES or any(len(one) > LONGEST_ISSUE for one in wanted):
        words = _("最多 %(n)s 项，每项 %(length)s 字以内。")
        raise Invalid({"texts": words % {"n": MOST_ISSUES, "length": LONGEST_ISSUE}})

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        there = {one.text: one for one in Issue.objects.filter(case=case, state="stands")}
        gone = [one for text, one in there.items() if text not in wanted]
        if found := next((one for one in gone if one.finding), None):
            words = _("「%(what)s」已经有认定，请照原样留在单子里。")
            raise Invalid({"texts": words % {"what": found.text}})
        rows, effects = [], []
        for position, text in enumerate(wanted, start=1):
            if text in there:
                effects.append(changing(Issue, {"position": position}, id=there[text].id))
            else:
                rows.append(made(Issue, case, by, at, position=position, text=text))
        effects += [changing(Issue, {"state": "dropped"}, id=one.id) for one in gone]
        told = "\n".join(f"{n}. {text}" for n, text in enumerate(wanted, start=1))
        entry = Entry("issues_listed", told, {"issues": len(wanted)})
        return Plan([entry], turned_to(case, at), rows, effects)

    return write(case, by, at, plan, key=key)


def find(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    issue_id: UUID,
    finding: str,
    faults: Sequence[str] = (),
    liable: Sequence[str] = (),
    reason: str,
    key: str | None = None,
) -> Written:
    """What was found of one issue, why, and who is responsible; said again, it is another finding.

    Raises Invalid at the fields, Refusal where fewer look into it than the pack demands.
    """
    said = clean(reason).strip()
    if wrong := wrong_with(finding, faults, liable, said):
        raise Invalid({field: _words(field, code) for field, code in wrong.items()})

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        enough(case)
        one = row(Issue, case, issue_id)
        if one.state != "stands":
            raise Refusal(_("这一项已经不在单子里了，请刷新后再看。"), code="ended")
        told = {
            "finding": finding,
            "faults": [fault.value for fault in Fault if fault in faults],
            "liable": [party.value for party in Liable if party in liable],
        }
        now = {"reason": said, "found_by_id": by.member_id, "found_at": at}
        others = Issue.objects.filter(case=case, state="stands").exclude(id=one.id)
        proposed = verdict([finding, *others.values_list("finding", flat=True)])
        data = told | {"issue": str(one.id), "what": one.text, "verdict": proposed or ""}
        change = changing(Issue, told | now, id=one.id)
        return Plan([Entry("issue_found", said, data)], turned_to(case, at), effects=[change])

    return write(case, by, at, plan, key=key)


def dispute(
    case: Case,
    by: Actor,
    at: datetime,
    *,
    point: str,
    ours: str,
    theirs: str,
    dispute_id: UUID | None = None,
    key: str | None = None,
) -> Written:
    """A point on which the sides differ, with the complainant's view (``ours``) and the
    respondent's (``theirs``); with ``dispute_id`` one that stands already is worded anew."""
    said = text_of(point, "point", limit=300, ask=_("请写明争的是什么。"))
    views = {"point": said, "ours": clean(ours).strip(), "theirs": clean(theirs).strip()}
    if not views["ours"] and not views["theirs"]:
        raise Invalid({"ours": _("请至少写下一方的说法。")})

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        told = "\n".join(filter(None, (said, views["ours"], views["theirs"])))
        if dispute_id is None:
            one = made(Dispute, case, by, at, **views)
            entry = Entry("dispute_listed", told, {"dispute": str(one.id)})
            return Plan([entry], turned_to(case, at), [one])
        one = row(Dispute, case, dispute_id)
        if one.found_at:
            raise Refusal(_("这一点已经有认定，不再改说法。"), code="ended")
        entry = Entry("dispute_listed", told, {"dispute": str(one.id), "again": True})
        views_now = changing(Dispute, views, id=one.id)
        return Plan([entry], turned_to(case, at), effects=[views_now])

    return write(case, by, at, plan, key=key)


def settle(
    case: Case, by: Actor, at: datetime, *, dispute_id: UUID, finding: str, key: str | None = None
) -> Written:
    """What was found on a disputed point."""
    said = text_of(finding, "finding", ask=_("请写明认定了什么，依据哪些证据。"))

    def plan(case: Case) -> Plan:
        may_look_into(case, by)
        enough(case)
        one = row(Dispute, case, dispute_id)
        told = {"finding": said, "found_by_id": by.member_id, "found_at": at}
        entry = Entry("dispute_found", said, {"dispute": str(one.id), "what": one.point})
        found = changing(Dispute, told, id=one.id)
        return Plan([entry], turned_to(case, at), effects=[found])

    return write(case, by, at, plan, key=key)


def _words(field: str, code: str) -> str:
    return {
        ("finding", "missing"): _("请选择认定：有效、部分有效、无效或无法认定。"),
        ("reason", "missing"): _("请写明理由和依据的证据。"),
        ("faults", "missing"): _("有效的，请选择属于故意、过失、失误还是服务质量差。"),
        ("faults", "not_founded"): _("没有认定有效，这里不用选。"),
        ("liable", "missing"): _("请选择由谁负责。"),
        ("liable", "nobody_alone"): _("选了「无人负责」，就不能再选别的。"),
        ("liable", "not_founded"): _("认定无效时，不能由公司或员工负责。"),
    }[field, code]
