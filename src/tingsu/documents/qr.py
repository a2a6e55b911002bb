"""A QR code as one SVG path, for pages and for papers. Touches nothing."""

import qrcode


def path_of(content: str, border: int = 2) -> tuple[int, str]:
    """How many modules a side has, and the dark ones as a path."""
    code = qrcode.QRCode(border=border, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(content)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return len(rows), path


def svg(content: str) -> str:
    """The code as a picture of its own."""
    size, path = path_of(content, border=0)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{path}"/></svg>'
    )
