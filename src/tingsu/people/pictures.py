"""Pictures of signatures before they are kept: what they are, how large, what is on them.

A picture is decoded and written anew, so that nothing else travels with it: no place, no device,
no second file behind the first. Touches no table.
"""

from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

MOST_BYTES = 2 * 2**20
MOST_PIXELS = 4_000 * 4_000
LARGEST = 900  # pixels of the longer side, as it is kept
LEAST_INK = 40  # pixels: less than this is a slip of the finger
EDGE = 6


def drawn(data: bytes) -> bytes:
    """A signature that was drawn on the screen: PNG, black on nothing, cut to what was drawn.

    Raises ValueError with words for the person.
    """
    picture = _opened(data)
    ink = picture.getchannel("A")
    if sum(ink.histogram()[64:]) < LEAST_INK:
        raise ValueError(_("框里还没有签名。请用手指或鼠标签上名字，或改用打字签名。"))
    return _written(ink)


def _opened(data: bytes) -> Image.Image:
    """The picture with its transparency. Its size is looked at before it is decoded."""
    if len(data) > MOST_BYTES:
        raise ValueError(_("图片最大 2 MB，请缩小后再传。"))
    try:
        picture = Image.open(BytesIO(data), formats=("PNG",))
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError(_("图片的像素太多，长宽请不要超过 4000。"))
        return picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as odd:
        raise ValueError(_("签名没有传完整，请清空重签。")) from odd


def _written(ink: Image.Image) -> bytes:
    """Cut to the ink, made small, written anew."""
    kept = Image.new("RGBA", ink.size)
    kept.putalpha(ink)
    box = ink.point(lambda one: 255 if one >= 64 else 0).getbbox() or (0, 0, *ink.size)
    left, top, right, bottom = box
    kept = kept.crop(
        (
            max(0, left - EDGE),
            max(0, top - EDGE),
            min(ink.width, right + EDGE),
            min(ink.height, bottom + EDGE),
        )
    )
    kept.thumbnail((LARGEST, LARGEST))
    file = BytesIO()
    kept.save(file, "PNG", optimize=True)
    return file.getvalue()
