"""Signatures for tests: a stroke as a browser would send it."""

from io import BytesIO

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo


def stroke(size: tuple[int, int] = (600, 200), *, note: str = "") -> bytes:
    """A wave in black on nothing, as PNG. note: something that travels with the file."""
    picture = Image.new("RGBA", size)
    points = [(40 + step * 20, 100 + (30 if step % 2 else -30)) for step in range(20)]
    ImageDraw.Draw(picture).line(points, fill=(0, 0, 0, 255), width=4)
    told = PngInfo()
    if note:
        told.add_text("Comment", note)
    file = BytesIO()
    picture.save(file, "PNG", pnginfo=told)
    return file.getvalue()


def blank(size: tuple[int, int] = (600, 200)) -> bytes:
    """Nothing drawn."""
    file = BytesIO()
    Image.new("RGBA", size).save(file, "PNG")
    return file.getvalue()
