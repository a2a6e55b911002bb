"""The small version of the proof by killing (PL-7); the large one is ``make harness``."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tables import ON_POSTGRES, URL


@pytest.mark.harness
def test_nothing_is_lost_while_everything_is_killed(root: Path) -> None:
    words = ["--complaints", "60", "--pause", "3", "--seconds", "30", "--patience", "500"]
    if ON_POSTGRES:
        server = urlsplit(URL)._replace(path="/postgres").geturl()
        words += ["--only", "postgres", "--postgres", server]
    else:
        words += ["--only", "sqlite"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.killing", *words],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "acknowledged 60 of 60" in done.stdout
