"""Pictures of signatures and seals before they are kept: what they are, how large, what is on them.

A picture is decoded and written anew, so that nothing else travels with it: no place, no device,
no second file behind the first. Touches no table.
"""

from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageChops, UnidentifiedImageError

MOST_BYTES = 2 * 2**20
MOST_PIXELS = 4_000 * 4_000
LARGEST = 900  # pixels of the longer side, as it is kept
LEAST_INK = 40  # pixels: less than this is a slip of the finger
EDGE = 6
FAINT = 24  # how much darker than the paper a pixel must be, to be ink
SMALLEST = 60  # pixels of a side that can still be printed
ROUNDEST = 2.5  # a seal is round, oval or square: how much longer one side may be


def drawn(data: bytes) -> bytes:
    """A signature that was drawn on the screen: PNG, black on nothing, cut to what was drawn.

    Raises ValueError with words for the person.
    """
    picture = _opened(data, ("PNG",), _("签名没有传完整，请清空重签。"))
    ink = picture.getchannel("A")
    if sum(ink.histogram()[64:]) < LEAST_INK:
        raise ValueError(_("框里还没有签名。请用手指或鼠标签上名字，或改用打字签名。"))
    return _written(ink)


def written(data: bytes) -> bytes:
    """A signature written on paper, as a photograph or scan (PNG, JPEG): its ink alone, in black.

    Raises ValueError with words for the person.
    """
    ink = _ink(_scanned(data))
    if sum(ink.histogram()[128:]) < LEAST_INK:
        raise ValueError(_("图上看不出签名。请在白纸上用深色笔签，拍清楚后再传。"))
    return _written(ink)


def stamped(data: bytes) -> bytes:
    """A seal as a picture (PNG, JPEG): what is printed, in its colour, on nothing.

    Raises ValueError with words for the person.
    """
    picture = _scanned(data)
    ink = _ink(picture)
    box = ink.point(_solid).getbbox()
    if box is None or sum(ink.histogram()[128:]) < LEAST_INK:
        raise ValueError(_("图上看不出印章。请在白纸上盖清楚，拍正后再传。"))
    picture.putalpha(ink)
    kept = picture.crop(box)
    long, short = max(kept.size), min(kept.size)
    if short < SMALLEST or long > ROUNDEST * short:
        raise ValueError(
            _("印章太小或太长。请裁到印章的边，短边至少 60 像素，长边不超过短边的 2.5 倍。")
        )
    return _saved(kept)


def _scanned(data: bytes) -> Image.Image:
    """On white paper, whatever the picture's own ground was."""
    picture = _opened(data, ("PNG", "JPEG"), _("图片打不开。请用 PNG 或 JPEG 格式的图片。"))
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    return paper


def _ink(picture: Image.Image) -> Image.Image:
    """How much ink is on each pixel: what is darker than the paper, which is rarely quite white."""
    red, green, blue, _alpha = picture.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    light = darkest.histogram()[128:]
    paper = 128 + light.index(max(light)) - FAINT
    return darkest.point(lambda one: max(0, min(255, (paper - one) * 255 // max(1, paper - 64))))


def _solid(one: int) -> int:
    return 255 if one >= 64 else 0


def _opened(data: bytes, formats: tuple[str, ...], broken: str) -> Image.Image:
    """The picture with its transparency. Its size is looked at before it is decoded."""
    if len(data) > MOST_BYTES:
        raise ValueError(_("图片最大 2 MB，请缩小后再传。"))
    try:
        picture = Image.open(BytesIO(data), formats=formats)
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError(_("图片的像素太多，长宽请不要超过 4000。"))
        return picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as odd:
        raise ValueError(broken) from odd


def _written(ink: Image.Image) -> bytes:
    """Cut to the ink, made small, written anew."""
    kept = Image.new("RGBA", ink.size)
    kept.putalpha(ink)
    box = ink.point(_solid).getbbox() or (0, 0, *ink.size)
    left, top, right, bottom = box
    kept = kept.crop(
        (
            max(0, left - EDGE),
            max(0, top - EDGE),
            min(ink.width, right + EDGE),
            min(ink.height, bottom + EDGE),
        )
    )
    return _saved(kept)


def _saved(kept: Image.Image) -> bytes:
    kept.thumbnail((LARGEST, LARGEST))
    file = BytesIO()
    kept.save(file, "PNG", optimize=True)
    return file.getvalue()
