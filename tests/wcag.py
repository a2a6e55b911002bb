"""Asks axe-core what a page violates (WCAG 2.2 AA and its best practices)."""

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

SCRIPT = Path(__file__).parent / "vendor/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A page hears of another colour scheme in its own time, and changes its colours over a frame.
SETTLED = """() => {
  const {theme, bsTheme} = document.documentElement.dataset;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  return theme !== "auto" || !bsTheme || (bsTheme === "dark") === dark;
}"""
FRAME = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def violations(page: Page) -> list[str]:
    """One line for each element at fault; empty when there is none."""
    page.wait_for_function(SETTLED)
    page.evaluate(FRAME)
    # Through the debugger, which the page's policy does not stop.
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text())
    found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", TAGS)
    return [
        f"{urlsplit(page.url).path} {one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
