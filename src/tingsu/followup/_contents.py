"""What stands in a dossier: cover, sections, papers and files. Reads the case, writes nothing.

Masked, it is for those who may not see personal data: names and numbers are hidden in every text,
papers and attachments are listed with their hashes and not shown.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tingsu.cases._files import opened
from tingsu.cases.models import Attachment, CallBack, Case, Document, Event
from tingsu.cases.verify import verify_case
from tingsu.core.masking import mask_address, mask_name, mask_phone, mask_text
from tingsu.documents.dossier import Bound, Cover, Section
from tingsu.documents.fields import LABELS, values
from tingsu.documents.paper import Block
from tingsu.documents.tables import COURSE, TALKS
from tingsu.packs import say
from tingsu.people.models import Organisation, new_id
from tingsu.people.permission import NotThere
from tingsu.people.rulebook import case_pack

Row = Mapping[str, Any]  # of the timeline: seq, at (ISO), kind, what, who, text
BASICS = (
    "number title category received_day accepted_day happened_day happened_where complainant"
    " complainant_sex complainant_nationality complainant_phone complainant_address respondent"
    " respondent_place respondent_person product order contract amount narrative request reasons"
    " visit owner"
).split()
OUTCOME = "answer verdict review decision opinion".split()
MASKS: Mapping[str, Callable[[str], str]] = {
    "complainant": mask_name,
    "respondent_person": mask_name,
    "complainant_phone": mask_phone,
    "complainant_address": mask_address,
}


@dataclass(frozen=True)
class File:
    """A paper or an attachment: its name, what it is, where its bytes lie."""

    name: str
    content_type: str
    stored_as: str
    sha256: str
    size: int
    number: int  # among its kind, from 1

    def content(self) -> bytes:
        """The bytes; b"" when they are gone or cannot be reached."""
        try:
            with opened(self.stored_as) as source:
                return source.read()
        except (NotThere, OSError):
            return b""


@dataclass(frozen=True)
class Contents:
    """Everything for one dossier."""

    cover: Cover
    sections: Sequence[Section]
    papers: Sequence[File]
    files: Sequence[File]


def contents(case: Case, rows: Sequence[Row], *, language: str, masked: bool, by: str,
             at: datetime) -> Contents:  # fmt: skip
    """The dossier of a case as it stands, in the language that is active."""
    house = Organisation.objects.get(id=case.organisation_id)
    names = [
        name for name in (case.party.name if case.party else "", case.respondent_person) if name
    ]
    hide: Callable[[str], str] = partial(mask_text, names=names) if masked else str
    blank = Document(id=new_id(), language=language)
    known = {
        name: MASKS[name](text) if masked and name in MASKS and text else hide(text)
        for name, text in values(case, blank, house, at).items()
    }
    rows = [{**row, "what": hide(row["what"]), "text": hide(row["text"])} for row in rows]
    papers, files = _papers(case), _files(case)
    sections = [
        Section(_("基本情况"), _facts(known, BASICS)),
        Section(_("来访投诉处理单"), [*_facts(known, OUTCOME), _lines(rows, COURSE)]),
        Section(_("沟通登记表"), [_lines(rows, TALKS)]),
        Section(_("经过"), [_lines(rows)]),
        Section(_("回访"), _calls(case, hide)),
        Section(_("文书目录"), _listed(papers, hide)),
        Section(_("附件目录"), _listed(files, hide)),
        Section(_("完整性"), [Block("facts", rows=list(_proof(case, at)))]),
    ]
    cover = Cover(
        house=house.name,
        title=_("投诉案卷"),
        number=case.number,
        rows=_cover(case, known),
        mark=_("已隐去个人信息") if masked else "",
        foot=_("%(name)s 于 %(when)s 制作") % {"name": by, "when": _when(at)},
    )
    return Contents(cover, sections, papers, files)


def bound(found: Contents, step: Callable[[], object]) -> list[Bound]:
    """Papers and attachments as pages, those that can be read. step: after each of them."""
    from tingsu.documents.binding import pages_of

    parts = []
    for word, group in ((_("文书"), found.papers), (_("附件"), found.files)):
        for one in group:
            pages = pages_of(one.content(), one.content_type)
            if pages:
                parts.append(Bound(f"{word} {one.number}  {one.name}", pages))
            step()
    return parts


def plain_rows(case: Case) -> list[Row]:
    """The timeline in few words, for those who ask without a page."""
    known = {**COURSE, **TALKS}
    events = Event.objects.filter(case=case).select_related("member").order_by("seq")
    return [
        {
            "seq": one.seq,
            "at": one.at.isoformat(),
            "kind": one.kind,
            "what": str(known.get(one.kind, one.kind)),
            "who": one.member.name if one.member else "",
            "text": one.text,
        }
        for one in events
    ]


def _cover(case: Case, known: Mapping[str, str]) -> list[tuple[str, str]]:
    names = "complainant respondent title category received_day owner verdict".split()
    rows = [(str(LABELS[name]), known[name]) for name in names if known.get(name)]
    if case.closed_at and not case.open:
        rows.append((_("结束日期"), _when(case.closed_at)))
    return [*rows, (_("第几轮"), str(case.round))]


def _facts(known: Mapping[str, str], names: Sequence[str]) -> list[Block]:
    rows = [(str(LABELS[name]), known[name]) for name in names if known.get(name)]
    return [Block("facts", rows=rows)] if rows else []


def _lines(rows: Sequence[Row], kinds: Collection[str] | None = None) -> Block:
    told = [
        (str(row["seq"]), _when(datetime.fromisoformat(row["at"])), row["what"], row["who"],
         row["text"])
        for row in rows
        if kinds is None or row["kind"] in kinds
    ]  # fmt: skip
    head = (_("序号"), _("时间"), _("事项"), _("经手"), _("内容"))
    return Block("lines", head=head, widths=(2, 4, 6, 3, 13), rows=told)


def _calls(case: Case, hide: Callable[[str], str]) -> list[Block]:
    rows = [
        (_when(one.ended_at or one.due_at), say(one.labels, case.language) if one.labels else "",
         str(_result(one)), hide(one.answer))
        for one in CallBack.objects.filter(case=case).order_by("planned_at", "id")
    ]  # fmt: skip
    head = (_("时间"), _("回访"), _("结果"), _("内容"))
    return [Block("lines", head=head, widths=(4, 5, 4, 12), rows=rows)] if rows else []


def _result(call: CallBack) -> str:
    words = {
        "satisfied": _("满意"), "dissatisfied": _("不满意"), "wishes": _("满意，另有希望"),
        "refused": _("不愿接受回访"), "unreached": _("一直没接通"),
    }  # fmt: skip
    return words.get(call.result) or (_("待回访") if call.state == "due" else _("不用回访了"))


def _papers(case: Case) -> list[File]:
    rows = Document.objects.filter(case=case, state__in=("issued", "void")).order_by(
        "issued_at", "id"
    )
    void = _("（作废）")
    return [
        File(f"{row.number} {row.title}{void if row.state == 'void' else ''}", "application/pdf",
             row.stored_as, row.sha256, row.size, number)
        for number, row in enumerate(rows, start=1)
    ]  # fmt: skip


def _files(case: Case) -> list[File]:
    rows = Attachment.objects.filter(case=case).order_by("id")
    return [
        File(row.name, row.content_type, row.stored_as, row.sha256, row.size, number)
        for number, row in enumerate(rows, start=1)
    ]


def _listed(files: Sequence[File], hide: Callable[[str], str]) -> list[Block]:
    """Name, size and hash: whoever holds the file can prove that it is this one."""
    rows = [
        (str(one.number), hide(one.name), f"{one.size:,}",
         " ".join(one.sha256[at : at + 16] for at in range(0, 64, 16)))
        for one in files
    ]  # fmt: skip
    head = (_("序号"), _("名称"), _("字节"), "SHA-256")
    return [Block("lines", head=head, widths=(1, 6, 2, 7), rows=rows)] if rows else []


def _proof(case: Case, at: datetime) -> Iterator[tuple[str, str]]:
    head = bytes(case.head_hash).hex()
    yield _("经过条数"), str(case.version)
    yield _("最后一条的哈希"), " ".join(head[start : start + 16] for start in range(0, 64, 16))
    whole = verify_case(case) is None
    yield _("核对"), _("逐条相连，没有改动。") if whole else _("有断开的地方，请审计核对。")
    yield _("核对时间"), _when(at)
    yield _("行业包"), f"{case_pack(case).id} {case.pack_version}"


def _when(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"
