"""Asks axe-core what a page violates (WCAG 2.2 AA and its best practices)."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

SCRIPT = Path(__file__).parent / "vendor/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """One line for each element at fault; empty when there is none."""
    # Through the debugger, which the page's policy does not stop.
    page.evaluate(SCRIPT.read_text())
    found = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
    return [
        f"{urlsplit(page.url).path} {one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
