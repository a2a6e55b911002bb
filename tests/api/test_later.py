"""A web process loads what its pages need: the face for programs, the setting of papers and the
binding of files wait for whoever asks first."""

import subprocess
import sys
from pathlib import Path

PAGES = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"
import django
django.setup()
from django.urls import resolve, reverse
from django.utils import translation
for language in ("zh-hans", "en"):
    with translation.override(language):
        assert resolve(reverse("desk")).url_name == "desk"
large = {"ninja", "pydantic", "typst", "fontTools", "pypdf", "docx", "jinja2", "icalendar"}
assert not large & set(sys.modules), large & set(sys.modules)
assert reverse("programs:api_hook", args=["x"]) == "/api/hooks/x"
assert resolve("/api/v1/cases").url_name == "cases_listing"
"""


def test_pages_do_not_load_the_api_and_its_first_request_does(root: Path) -> None:
    paths = {"PYTHONPATH": f"{root / 'src'}:{root / 'tests'}", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", PAGES], env=paths, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
