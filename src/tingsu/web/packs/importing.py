"""Taking in a pack that was changed outside: checked line by line, then proposed like any change.

Parses an upload, calls people.amending; reads no tables."""

import zipfile
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from tingsu.packs.check import check_files
from tingsu.packs.draft import changes_from
from tingsu.packs.parts import FILES
from tingsu.packs.problems import Problem
from tingsu.people import amending
from tingsu.people.errors import Refusal
from tingsu.people.permission import Can
from tingsu.web.door import Asked, asking, door
from tingsu.web.packs import views
from tingsu.web.packs.forms import ChangeForm

MOST = 2_000_000  # octets of all files together; a whole pack has some 100,000


class ImportForm(ChangeForm):
    """A ZIP of a pack's folder, or one of its files."""

    file = forms.FileField(label=_l("文件"))
    field_order = ("file", "since", "reason", "source")


@door(Can.RULES)
def take_in(request: Asked, pack_id: str) -> HttpResponse:
    """Upload, check, and propose what is said otherwise."""
    who = asking(request)
    pack = views.own_pack(who, pack_id)
    form = ImportForm(request.POST or None, request.FILES or None)
    form.fields["since"].initial = str(localdate(request.at))
    context = views.frame(who, pack, "import") | {"form": form, "files": ", ".join(FILES)}
    if request.method != "POST":
        return render(request, "web/packs/import.html", context)
    try:
        made = _propose(request, who, pack, form)
    except amending.Unusable as refusal:
        form.refuse(refusal)
        context |= {"problems": refusal.problems}
    except Refusal as refusal:
        form.refuse(refusal)
    else:
        messages.success(request, _("已提出，等另一位负责人或管理员签批。"))
        return redirect("rules_change", pack_id=pack_id, change_id=made.id)
    return render(request, "web/packs/import.html", context, status=422)


def _propose(request: Asked, who: Any, pack: Any, form: ImportForm) -> Any:
    files = _files(request.FILES.get("file"))
    if wrong := _errors(pack.id, files):
        raise amending.Unusable(wrong)
    since = form.day()
    typed = form.typed()
    texts = {name: content.decode("utf-8") for name, content in files.items()}
    said = changes_from(pack, texts, since or localdate(request.at))
    reason, source = str(typed["reason"] or ""), str(typed["source"] or "")
    return amending.propose(
        who, pack.id, said, request.at, since=since, reason=reason, source=source
    )


def _errors(pack_id: str, files: dict[str, bytes]) -> list[Problem]:
    whole = "pack.toml" in files
    found = check_files(pack_id if whole else "", files, fragment=not whole)
    return [problem for problem in found if problem.grade == "error"]


def _files(upload: Any) -> dict[str, bytes]:
    """The TOML files of an upload by their names. Raises Refusal."""
    if upload is None:
        raise Refusal(_("请选择文件。"), "file")
    if upload.size > MOST:
        raise Refusal(_("文件太大，不像是行业包。"), "file")
    name = PurePosixPath(upload.name or "").name
    if name.endswith(".toml"):
        return {name: upload.read()}
    try:
        with zipfile.ZipFile(upload) as archive:
            return _unpacked(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as broken:
        raise Refusal(
            _("打不开这个文件。请上传导出的 ZIP，或一个 .toml 文件。"), "file"
        ) from broken


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    rows = [one for one in archive.infolist() if one.filename.endswith(".toml")]
    if not rows:
        raise Refusal(_("里面没有 .toml 文件。"), "file")
    if len(rows) > len(FILES) + 4 or sum(one.file_size for one in rows) > MOST:
        raise Refusal(_("文件太大，不像是行业包。"), "file")
    return {PurePosixPath(one.filename).name: archive.read(one) for one in rows}
