"""What falls is started again, and nothing outlives the parent. Waits on pipes, never on time."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest

# The parent: a supervisor over one child, both writing to the pipe that the test reads.
PARENT = """
import sys
from tingsu.serve import Child, Supervisor
child = Child("后台任务", (sys.executable, "-c", sys.argv[1]))
sys.exit(Supervisor([child], pauses=(0.0,), patience=float(sys.argv[2])).run())
"""
TIED = "import os, signal; from tingsu.serve import die_with_parent; die_with_parent()\n"
FINE = TIED + "print('up', os.getpid(), flush=True); signal.pause()"
DEAF = TIED + (
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "print('up', os.getpid(), flush=True)\nwhile True: signal.pause()"
)
NEVER_UP = """
import sys
from tingsu.serve import Child, Supervisor
first = Child("网页服务", (sys.executable, "-c", "import sys; sys.exit(3)"))
second = Child("后台任务", (sys.executable, "-c", "print('must not run')"))
sys.exit(Supervisor([first], later=[second]).run())
"""
RELEASED = """
import sys
from tingsu.serve import Child, Supervisor
first = Child("网页服务", (sys.executable, "-c", sys.argv[1]))
second = Child("后台任务", (sys.executable, "-c", sys.argv[1]))
supervisor = Supervisor([first], later=[second])
supervisor.release()
sys.exit(supervisor.run())
"""
FALLS = "import sys; print('up', flush=True); sys.exit(7)"


class Tree:
    """A parent with its children, and what they say."""

    def __init__(self, child: str, patience: float = 60.0, parent: str = PARENT) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", parent, child, str(patience)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "TINGSU_LANG": "zh", "PYTHONUTF8": "1", "TINGSU_PARENT": ""},
        )
        assert self.process.stdout is not None
        self.voice = self.process.stdout

    def heard(self, word: str) -> str:
        """The next line with `word` in it."""
        return next(line.strip() for line in self.voice if word in line)

    def silent(self) -> bool:
        """Blocks until nobody holds the pipe any more: parent and children are gone."""
        self.voice.read()
        return True


@pytest.fixture
def trees() -> Iterator[list[Tree]]:
    grown: list[Tree] = []
    yield grown
    for tree in grown:
        with suppress(ProcessLookupError):
            tree.process.kill()
        tree.process.wait()
        tree.voice.close()


def test_a_crash_is_said_in_one_line_and_the_child_started_again(trees: list[Tree]) -> None:
    trees.append(tree := Tree(FALLS))
    tree.heard("up")
    assert tree.heard("意外结束") == "后台任务意外结束（代码 7），0 秒后重新启动。"
    assert tree.heard("up")
    tree.process.terminate()
    assert tree.process.wait() == 0


def test_a_killed_child_is_started_again(trees: list[Tree]) -> None:
    trees.append(tree := Tree(FINE))
    first = int(tree.heard("up").split()[1])
    os.kill(first, signal.SIGKILL)
    second = int(tree.heard("up").split()[1])
    assert second != first
    tree.process.terminate()
    assert tree.silent()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_both(trees: list[Tree], number: signal.Signals) -> None:
    trees.append(tree := Tree(FINE))
    tree.heard("up")
    tree.process.send_signal(number)
    assert tree.silent()
    assert tree.process.wait() == 0


def test_a_child_that_will_not_listen_is_cut_off(trees: list[Tree]) -> None:
    trees.append(tree := Tree(DEAF, patience=0.0))
    tree.heard("up")
    tree.process.terminate()
    assert tree.silent()
    assert tree.process.wait() == 0


def test_asking_twice_does_not_wait(trees: list[Tree]) -> None:
    trees.append(tree := Tree(DEAF))
    tree.heard("up")
    tree.process.terminate()
    tree.process.send_signal(signal.SIGINT)
    assert tree.silent()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")
def test_children_end_with_a_killed_parent(trees: list[Tree]) -> None:
    trees.append(tree := Tree(FINE))
    tree.heard("up")
    tree.process.kill()
    assert tree.silent()


def test_what_never_came_up_is_not_tried_again(trees: list[Tree]) -> None:
    trees.append(tree := Tree("", parent=NEVER_UP))
    assert tree.voice.read() == "网页服务没能启动，原因见上。\n"
    assert tree.process.wait() == 1


def test_the_second_starts_when_the_first_is_up(trees: list[Tree]) -> None:
    trees.append(tree := Tree(FINE, parent=RELEASED))
    assert tree.heard("up") != tree.heard("up")
    tree.process.terminate()
    assert tree.silent()
    assert tree.process.wait() == 0
