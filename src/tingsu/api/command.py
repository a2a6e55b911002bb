"""`tingsu api`: print the OpenAPI document, or renew the committed one."""

import argparse
from pathlib import Path

from tingsu.api.house import written
from tingsu.terminal import _, say

HERE = Path("docs/api/openapi.json")


def command(args: argparse.Namespace) -> int:
    """0; the document goes to where it is committed with --write."""
    if not args.write:
        say(written().rstrip())
        return 0
    HERE.parent.mkdir(parents=True, exist_ok=True)
    HERE.write_text(written(), encoding="utf-8")
    say(_("接口文档已写入 {0}").format(HERE))
    return 0
