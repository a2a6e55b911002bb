"""Somebody with a browser and a complaint, against a real server."""

import re
import secrets
import socket
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int, seconds: float = 60.0) -> bool:
    """Wait until somebody listens there."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


@dataclass
class Visitor:
    """One browser. ``slug``: of the organisation."""

    port: int
    slug: str = "h"

    def get(self, path: str) -> tuple[int, str, str]:
        """Status, cookie, page."""
        return self._ask("GET", path, None, {})

    def complain(self, narrative: str, key: str = "") -> tuple[int, str]:
        """Open the form, fill it in, send it; status and page."""
        status, cookie, form = self.get(f"/o/{self.slug}/new/")
        if status != 200:
            return status, form
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        fields = hidden | {"narrative": narrative, "request": "请尽快修好", "name": "王小明"}
        fields["ik"] = key or secrets.token_hex(16)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        answer = self._ask("POST", f"/o/{self.slug}/new/", urlencode(fields), headers)
        return answer[0], answer[2]

    def _ask(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, str, str]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            cookie = (answer.headers["Set-Cookie"] or "").split(";")[0]
            return answer.status, cookie, answer.read().decode()
        except (OSError, HTTPException):
            return 0, "", ""
        finally:
            line.close()
