"""Writes src/tingsu/core/_t2s.py: Traditional to Simplified, one character to one, from OpenCC.

Run after a new OpenCC: `python scripts/t2s.py`. tests/core/test_text.py compares the result.
"""

from pathlib import Path

import opencc

TARGET = Path(__file__).parents[1] / "src" / "tingsu" / "core" / "_t2s.py"
# Radicals to the end of the ideographic planes; surrogates and private use lie between.
BLOCKS = ((0x2E80, 0xD800), (0xF900, 0xFB00), (0x20000, 0x33480))
WIDTH = 40

HEAD = '''"""Touches nothing: Traditional to Simplified Chinese, one character to one character.

Made by scripts/t2s.py from OpenCC {version} (configuration t2s, each character by itself),
Copyright BYVoid and contributors, Apache License 2.0. Do not edit by hand.
"""

'''


def pairs() -> dict[str, str]:
    """Return what OpenCC makes of each single character, followed to its end (薴 苧 苎)."""
    convert = opencc.OpenCC("t2s").convert
    table = {}
    for first, last in BLOCKS:
        for code in range(first, last):
            plain = convert(chr(code))
            if plain != chr(code) and len(plain) == 1:
                table[chr(code)] = plain
    return {char: table.get(plain, plain) for char, plain in table.items()}


def block(name: str, text: str) -> str:
    """Return the text as a Python constant in lines of 40 characters."""
    lines = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
    return f"{name} = (\n" + "".join(f'    "{line}"\n' for line in lines) + ")\n"


def main() -> None:
    """Write the module."""
    table = pairs()
    head = HEAD.format(version=opencc.__version__)
    body = block("TRADITIONAL", "".join(table)) + block("SIMPLIFIED", "".join(table.values()))
    TARGET.write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main()
