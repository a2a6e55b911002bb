"""A whole house in a process of its own, for a browser that needs a real address."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tables

SERVER = """
import sys, django; django.setup()
from django.core.management import call_command
from factories import make_house
house = make_house()
user = house["丁"].user
user.username = "ding"
user.set_password("雨后的操场-2026")
user.save()
call_command("runserver", sys.argv[1], use_reloader=False, skip_checks=True)
"""


@pytest.fixture(scope="module")
def address(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """http://localhost:PORT: passkeys work on a secure origin only, and localhost is one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = tmp_path_factory.mktemp("house")
    tables.lay(data)
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "TINGSU_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "tingsu.settings",
        "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root / 'tests'}",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-c", SERVER, f"127.0.0.1:{port}"]
    with subprocess.Popen(
        command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as house:
        assert house.stdout
        for line in house.stdout:
            if "Quit the server" in line:
                break
        yield f"http://localhost:{port}"
        house.terminate()
