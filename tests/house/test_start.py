"""`tingsu serve` from an empty folder to a page, and back to nothing."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number: int = server.getsockname()[1]
        return number


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {
        "TINGSU_DATA": str(folder),
        "TINGSU_LANG": "zh",
        "DJANGO_SETTINGS_MODULE": "tingsu.settings",
    }


def test_from_an_empty_folder_to_a_page_and_back(tmp_path: Path, port: int) -> None:
    command = [sys.executable, "-m", "tingsu.cli", "serve", "--port", str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=_environment(tmp_path)
    ) as house:
        assert house.stdout is not None
        # Nobody could sign in yet: the terminal says how to begin.
        assert next(line for line in house.stdout if "tingsu setup" in line)
        said = next(line for line in house.stdout if "就绪" in line)
        assert f"http://127.0.0.1:{port}/" in said
        page = http.client.HTTPConnection("127.0.0.1", port)
        page.request("GET", "/", headers={"Accept-Language": "zh-CN"})
        answer = page.getresponse()
        assert answer.status < 400
        page.close()
        house.send_signal(signal.SIGTERM)
        assert "意外" not in house.stdout.read()  # ends when the last process has let go
        assert house.wait() == 0
    secrets = list(tmp_path.glob("*.key"))
    assert len(secrets) >= 2
    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}
