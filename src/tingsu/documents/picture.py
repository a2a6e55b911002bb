"""Pictures as papers carry them: PNG inside an SVG, the form in which typst takes those that are no
files. Touches nothing."""

from base64 import b64decode, b64encode

_BEGINS = "base64,"


def svg_of(png: bytes) -> str:
    """The picture inside an SVG of its size."""
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    data = b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}"'
        f' height="{high}"><image width="{wide}" height="{high}"'
        f' href="data:image/png;base64,{data}"/></svg>'
    )


def png_of(svg: str) -> bytes:
    """The picture back; empty where there is none."""
    return b64decode(svg.partition(_BEGINS)[2].partition('"')[0])
