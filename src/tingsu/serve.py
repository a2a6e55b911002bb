"""`tingsu serve`: one process tree of web server and worker. Standard library only.

The parent stays light: it never imports Django. It starts the web server, which prepares the
house first, and the worker as soon as a page answers; it notices when one ends, starts it again
with growing pauses, and ends both when it is asked to. Should the parent itself be killed, the
kernel ends the children (Linux).
"""

import argparse
import ctypes
import errno
import http.client
import math
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from queue import Empty, SimpleQueue

from tingsu.terminal import _, complain, say

PARENT = "TINGSU_PARENT"  # tells a child whose life it shares
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)  # seconds before the 1st, 2nd … restart in a row
STEADY = 60.0  # seconds after which a crash counts as the first again
PATIENCE = 15.0  # seconds to finish what is under way before it is cut off
# No wait is longer: a signal that comes in the instant before a wait begins does not end it, and
# is heard when it is over.
GLANCE = 0.5
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask the kernel to end this process with the one that started it (man 2 prctl)."""
    parent = int(os.environ.get(PARENT) or 0)
    if not parent:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it was gone before we asked
        raise SystemExit(1)


@dataclass(frozen=True)
class Child:
    """A process of ours: what people call it, and how it is started."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class _Ended:
    child: Child
    code: int


class _Asked(Enum):
    STOP = auto()
    RELEASE = auto()


class Supervisor:
    """Keeps its children alive until it is told to stop.

    `later` are started at `release()`; a child that falls before that ends everything, since
    what cannot start once will not start the next time. `pauses`, `steady` and `patience` are
    seconds; `say` gets one sentence per event.
    """

    def __init__(
        self,
        children: Sequence[Child],
        *,
        later: Sequence[Child] = (),
        say: Callable[[str], None] = say,
        pauses: Sequence[float] = PAUSES,
        steady: float = STEADY,
        patience: float = PATIENCE,
    ) -> None:
        self.children, self.later, self.say = children, later, say
        self.pauses, self.steady, self.patience = pauses, steady, patience
        self.events: SimpleQueue[_Ended | _Asked] = SimpleQueue()
        self.running: dict[Child, subprocess.Popen[bytes]] = {}
        self.started: dict[Child, float] = {}
        self.falls: dict[Child, int] = dict.fromkeys((*children, *later), 0)
        self.due: dict[Child, float] = {}  # when to start again, monotonic seconds

    def run(self) -> int:
        """Block until a signal says stop (0) or the first start fails (1)."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_args: self.events.put(_Asked.STOP))
        try:
            for child in self.children:
                self._start(child)
            return self._watch()
        finally:
            self._stop()

    def release(self) -> None:
        """From any thread: the first children are up, start the others."""
        self.events.put(_Asked.RELEASE)

    def _start(self, child: Child) -> None:
        # From the main thread, always: the kernel ties a child to the thread that made it.
        process = subprocess.Popen(
            child.command,
            env={**os.environ, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            process_group=0,
        )
        self.running[child], self.started[child] = process, time.monotonic()
        threading.Thread(
            target=lambda: self.events.put(_Ended(child, process.wait())), daemon=True
        ).start()

    def _watch(self) -> int:
        released = not self.later
        while True:
            try:
                event = self.events.get(timeout=self._until_next_start())
            except Empty:
                self._start_due()
                continue
            if event is _Asked.STOP:
                return 0
            if isinstance(event, _Ended):
                self._clear(self.running.pop(event.child))
                if not released:
                    self.say(_("{name}没能启动，原因见上。").format(name=event.child.name))
                    return 1
                self._fell(event)
            elif not released:
                released = True
                for child in self.later:
                    self._start(child)

    def _until_next_start(self) -> float:
        soonest = min(self.due.values(), default=math.inf) - time.monotonic()
        return max(0.0, min(soonest, GLANCE))

    def _start_due(self) -> None:
        now = time.monotonic()
        for child in [child for child, when in self.due.items() if when <= now]:
            del self.due[child]
            self._start(child)

    def _fell(self, event: _Ended) -> None:
        child = event.child
        if time.monotonic() - self.started[child] > self.steady:
            self.falls[child] = 0
        pause = self.pauses[min(self.falls[child], len(self.pauses) - 1)]
        self.falls[child] += 1
        self.due[child] = time.monotonic() + pause
        self.say(
            _("{name}意外结束（代码 {code}），{pause:g} 秒后重新启动。").format(
                name=child.name, code=event.code, pause=pause
            )
        )

    def _stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        last_moment = time.monotonic() + self.patience
        while self.running:
            left = last_moment - time.monotonic()
            if left <= 0:  # out of patience
                break
            try:
                event = self.events.get(timeout=min(left, GLANCE))
            except Empty:
                continue
            if event is _Asked.STOP:  # asked a second time
                break
            if isinstance(event, _Ended):
                self._clear(self.running.pop(event.child))
        for process in self.running.values():
            self._clear(process)

    @staticmethod
    def _clear(process: subprocess.Popen[bytes]) -> None:
        """End whatever is left of a child's group, so that its port is free again."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def _ours(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "tingsu.cli", *words)


def _refused(host: str, port: int) -> str | None:
    """Why we cannot listen there, in words; None when we can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as problem:
        return _sentence(problem, host, port)
    return None


def _sentence(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return _("端口 {port} 已被占用。换一个：tingsu serve --port {other}").format(
            port=port, other=port + 1 if port < 65535 else 8000
        )
    if problem.errno == errno.EACCES:
        return _("没有权限使用端口 {port}。请用 1024 以上的端口。").format(port=port)
    return _("不能在 {host} 上监听：{why}").format(host=host, why=problem.strerror)


def address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
    if ":" in reachable and not reachable.startswith("["):
        reachable = f"[{reachable}]"
    return f"http://{reachable}:{port}/"


def _wait_for_page(host: str, port: int) -> None:
    """Return as soon as the application answers, whatever it says.

    Asks for a file of ours: a page would write a line into the log, and may not know this host.
    """
    place = address(host, port).removeprefix("http://").rstrip("/")
    while True:
        page = http.client.HTTPConnection(place, timeout=60)
        try:
            page.request("HEAD", "/static/vendor/manifest.json")
            page.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            page.close()


def _announce(args: argparse.Namespace, supervisor: Supervisor) -> None:
    _wait_for_page(args.host, args.port)
    supervisor.release()
    say(_("听诉已就绪：{0}（按 Ctrl-C 结束）").format(address(args.host, args.port)))
    if args.demo:
        from tingsu.demo import signins

        say(_("演示账号："))
        for one in signins():
            say(f"  {one.user:<12} {one.password:<16} {one.role} · {one.organisation}")


def run(args: argparse.Namespace) -> int:
    """Start both, keep them alive. 2: cannot listen there; 1: the first start failed."""
    if sentence := _refused(args.host, args.port):
        complain(sentence)
        return 2
    place = ("--host", args.host, "--port", str(args.port))
    demo = ("--demo",) if args.demo else ()
    web = _ours("web", *place, *demo, "--web-workers", str(args.web_workers))
    later = [Child(_("后台任务"), _ours("work"))]
    if mail_port := os.environ.get("TINGSU_MAIL_PORT"):
        later.append(Child(_("收信服务"), _ours("smtp", "--host", args.host, "--port", mail_port)))
    supervisor = Supervisor([Child(_("网页服务"), web)], later=later)
    threading.Thread(target=_announce, args=(args, supervisor), daemon=True).start()
    return supervisor.run()
