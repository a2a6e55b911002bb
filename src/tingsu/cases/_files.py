"""A file before it is kept: its name, size, what it really is; then stored under its hash.

Touches the storage, and the list of what is to be taken away from it.
"""

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import puremagic
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from tingsu.cases import scanner
from tingsu.cases.models import Leftover
from tingsu.core.text import clean
from tingsu.people.permission import NotThere

# Things that run on a desk when somebody opens them. By ending and by first bytes.
RUNS = frozenset(
    "exe com bat cmd scr pif msi msp dll cpl ps1 vbs vbe js jse wsf wsh hta jar apk app dmg lnk"
    " reg sh desktop iso img svg html htm xhtml mht xll".split()
)
HEADS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe")
ZIPS = frozenset({"zip", "docx", "xlsx", "pptx", "odt", "ods", "wps", "et"})
MOST_UNPACKED = 500 * 2**20
MOST_RATIO = 200


@dataclass(frozen=True)
class Found:
    """A file that may be kept: its cleaned name and the type its content shows."""

    name: str
    content_type: str


@dataclass(frozen=True)
class Given:
    """A file as somebody handed it in: its name, its size in bytes, its content."""

    name: str
    size: int
    content: IO[bytes]


def store(content: IO[bytes]) -> tuple[str, str]:
    """Digest and storage path. The same bytes are kept once."""
    digest = hashlib.sha256()
    content.seek(0)
    while block := content.read(1 << 20):
        digest.update(block)
    size = content.tell()
    content.seek(0)
    name = digest.hexdigest()
    path = f"{name[:2]}/{name}"
    # Whoever brings the same bytes again keeps them: the worker must not take them away any more.
    Leftover.objects.filter(path=path).delete()
    if not _is_there(path, size):
        path = default_storage.save(path, File(content))
    return name, path


def _is_there(path: str, size: int) -> bool:
    """Whether these bytes are kept already; a file that lost some of them makes room."""
    if not default_storage.exists(path):
        return False
    if default_storage.size(path) == size:
        return True
    default_storage.delete(path)
    return False


def opened(path: str) -> IO[bytes]:
    """A kept file. Raises NotThere when its bytes are gone or cannot be reached: the rest of the
    case goes on without it."""
    try:
        return default_storage.open(path)
    except OSError as gone:
        raise NotThere from gone


def inspect(name: str, size: int, content: IO[bytes]) -> Found:
    """Raises ValueError with a sentence for the person when the file cannot be kept."""
    shown = _name(name)
    ending = PurePosixPath(shown).suffix.lower().lstrip(".")
    if size == 0:
        raise ValueError(_("「%(name)s」是空文件，请检查后重新上传。") % {"name": shown})
    if size > settings.FILE_LIMIT:
        words = _("「%(name)s」有 %(size)s MB，单个文件最多 %(limit)s MB。")
        raise ValueError(
            words % {"name": shown, "size": size // 2**20, "limit": settings.FILE_LIMIT // 2**20}
        )
    content.seek(0)
    head = content.read(4096)
    if ending in RUNS or head.startswith(HEADS):
        raise ValueError(
            _("「%(name)s」是可以运行的程序或网页，不能接收。请改传图片、PDF 或文档。")
            % {"name": shown}
        )
    if head.startswith(b"PK") or ending in ZIPS:
        _check_zip(shown, content)
    _scan(shown, content)
    content.seek(0)
    return Found(shown, _type(head, ending))


def _name(name: str) -> str:
    """The last part of the path, without control or direction-turning characters."""
    last = clean(name.replace("\\", "/").split("/")[-1]).strip().strip(".") or _("未命名")
    stem, dot, ending = last.rpartition(".")
    return f"{stem[:150]}{dot}{ending[:20]}" if dot else last[:150]


def _check_zip(name: str, content: IO[bytes]) -> None:
    """Zip bombs: nobody unpacks here, but a colleague will."""
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as broken:
        raise ValueError(
            _("「%(name)s」打不开，可能已损坏，请重新上传。") % {"name": name}
        ) from broken
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    if len(infos) > 10_000 or unpacked > MOST_UNPACKED or unpacked / packed > MOST_RATIO:
        raise ValueError(
            _("「%(name)s」解压后大得不合常理，不能接收。请拆开再传。") % {"name": name}
        )


def _scan(name: str, content: IO[bytes]) -> None:
    """What nobody could look into is not taken: the sender has it still and can send it again."""
    try:
        scanner.scan(content)
    except scanner.Infected as found:
        words = _("「%(name)s」里查出病毒（%(virus)s），没有收下。其他内容不受影响。")
        raise ValueError(words % {"name": name, "virus": found}) from found
    except OSError as away:
        words = _("「%(name)s」现在没法查毒，先没有收下。请过几分钟再传，或告诉管理员。")
        raise ValueError(words % {"name": name}) from away


def _type(head: bytes, ending: str) -> str:
    try:
        found = puremagic.from_string(head, mime=True, filename=f"x.{ending}" if ending else None)
    except (puremagic.PureError, ValueError):
        found = ""
    return found or "application/octet-stream"
