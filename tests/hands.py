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


def scanned(form: str = "JPEG", ground: int = 238) -> bytes:
    """A signature in blue ink on paper that is not quite white, as a photograph."""
    picture = Image.new("RGB", (800, 400), (ground, ground, ground - 6))
    points = [(100 + step * 30, 200 + (60 if step % 2 else -60)) for step in range(20)]
    ImageDraw.Draw(picture).line(points, fill=(20, 30, 110), width=8)
    return _bytes(picture, form)


def seal(form: str = "PNG", size: int = 420) -> bytes:
    """A round red seal on white."""
    picture = Image.new("RGB", (size + 80, size + 80), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((40, 40, size + 40, size + 40), outline=(200, 16, 26), width=14)
    draw.regular_polygon((size / 2 + 40, size / 2 + 40, size / 6), 5, fill=(200, 16, 26))
    return _bytes(picture, form)


def _bytes(picture: Image.Image, form: str) -> bytes:
    file = BytesIO()
    picture.save(file, form)
    return file.getvalue()
