"""Binds the file of a case: pages set by typst, then papers and attachments as pages, numbered
through (CL-2). Touches our templates and the bytes it is given, no tables.

A file that cannot be read is left out of the pages and stays in the list: one broken attachment
never costs the whole. The readers are large: whoever binds loads this file then.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

from tingsu.documents import render
from tingsu.documents.dossier import Bound, Cover, Section

A4 = (595.28, 841.89)
EDGE_X, TOP, FOOT = 40.0, 56.0, 46.0  # points that the stamp has for itself
MOST_PAGES = 300  # of one file; a longer one is in the ZIP alone
MOST_PIXELS = 60_000_000
WIDE = 1_800  # pixels of a picture on a page: 220 for each inch
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/tiff")


def pages_of(content: bytes, content_type: str) -> list[PageObject]:
    """The pages of a file; [] for one that has none, is broken, locked or too long."""
    try:
        if content_type == "application/pdf":
            return _pdf_pages(content)
        if content_type in PICTURES:
            return _pdf_pages(_picture(content))
    # What comes from outside breaks these readers in any way it likes.
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, IndexError, AttributeError,
            RecursionError, NotImplementedError, Image.DecompressionBombError):  # fmt: skip
        return []
    return []


def bind(
    cover: Cover,
    sections: Sequence[Section],
    bound: Sequence[Bound],
    *,
    language: str,
    at: datetime,
    step: Callable[[], object] = lambda: None,
) -> tuple[bytes, int]:
    """The PDF and how many pages it has. Raises NoFont. step: called as the work goes on."""
    body = PdfReader(BytesIO(_set(cover, sections, bound, language, at)))
    step()
    first = len(body.pages) + 1
    total = len(body.pages) + sum(len(one.pages) for one in bound)
    stamps = _stamps(cover, bound, first, total, language)
    step()
    writer = PdfWriter()
    writer.append(body, import_outline=True)
    number = 0
    for one in bound:
        for index, page in enumerate(one.pages):
            made = _frame(writer, page, stamps[number])
            if index == 0 and made.page_number is not None:
                writer.add_outline_item(title=one.name, page_number=made.page_number)
            number += 1
        step()
    writer.add_metadata({"/Title": f"{cover.title} {cover.number}", "/Author": cover.house})
    found = BytesIO()
    writer.write(found)
    return found.getvalue(), total


def _set(
    cover: Cover, sections: Sequence[Section], bound: Sequence[Bound], language: str, at: datetime
) -> bytes:
    with override(language):
        words = {"contents": _("目录"), "nothing": _("没有。")}
    data = {
        **asdict(cover),
        "cover": [list(row) for row in cover.rows],
        "language": language,
        "words": words,
        "sections": [asdict(one) for one in sections],
        "appended": [{"name": one.name, "pages": len(one.pages)} for one in bound],
    }
    return render.sheet("dossier", data, language, at)


def _stamps(
    cover: Cover, bound: Sequence[Bound], first: int, total: int, language: str
) -> list[PageObject]:
    told = [one.name for one in bound for _page in one.pages]
    if not told:
        return []
    data = {
        "house": cover.house, "number": cover.number, "pages": told, "first": first,
        "total": total,
    }  # fmt: skip
    return list(PdfReader(BytesIO(render.sheet("stamp", data, language, None))).pages)


def _frame(writer: PdfWriter, page: PageObject, stamp: PageObject) -> PageObject:
    """The page, upright and as large as fits, on a sheet of A4 under its stamp."""
    box, turned = page.cropbox, page.rotation % 360
    wide, high = float(box.width), float(box.height)
    upright = Transformation().translate(-float(box.left), -float(box.bottom))
    if turned == 90:
        upright = upright.rotate(-90).translate(0, wide)
    elif turned == 180:
        upright = upright.rotate(180).translate(wide, high)
    elif turned == 270:
        upright = upright.rotate(90).translate(high, 0)
    if turned in (90, 270):
        wide, high = high, wide
    room_x, room_y = A4[0] - 2 * EDGE_X, A4[1] - TOP - FOOT
    scale = min(room_x / wide, room_y / high, 1.0) if wide > 0 and high > 0 else 1.0
    across, up = (A4[0] - wide * scale) / 2, FOOT + (room_y - high * scale) / 2
    sheet = writer.add_blank_page(width=A4[0], height=A4[1])
    sheet.merge_transformed_page(page, upright.scale(scale).translate(across, up))
    sheet.merge_page(stamp)
    return sheet


def _pdf_pages(content: bytes) -> list[PageObject]:
    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return []
    pages = list(reader.pages) if len(reader.pages) <= MOST_PAGES else []
    for page in pages:
        page.get_contents()  # a page that breaks must break here
    return pages


def _picture(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            return b""
        upright: Any = ImageOps.exif_transpose(opened)
        upright.thumbnail((WIDE, WIDE))
        plain = Image.new("RGB", upright.size, "white")
        plain.paste(upright, mask=upright.getchannel("A") if "A" in upright.getbands() else None)
    found = BytesIO()
    plain.save(found, "PDF", resolution=150)
    return found.getvalue()
