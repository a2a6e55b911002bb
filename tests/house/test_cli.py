"""The command refuses clearly and starts nothing by mistake."""

import importlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tingsu import __version__, serve, terminal
from tingsu.cli import COMMANDS, Command, main, parser


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGSU_LANG", "zh_CN")


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_its_function(command: Command) -> None:
    module, name = command.target.split(":")
    assert callable(getattr(importlib.import_module(module), name))


def test_a_taken_port_is_said_and_nothing_starts(
    taken_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--port", str(taken_port)]) == 2
    said = capsys.readouterr()
    assert f"端口 {taken_port} 已被占用" in said.err
    assert f"--port {taken_port + 1}" in said.err
    assert said.out == ""


def test_an_address_of_another_machine_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", "192.0.2.1"]) == 2
    assert "不能在 192.0.2.1 上监听" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (["serve", "--port", "0"], "1 到 65535"),
        (["serve", "--port", "八千"], "1 到 65535"),
        (["serve", "--web-workers", "0"], "1 到 64"),
        (["nosuch"], "nosuch"),
        ([], "--help"),
    ],
)
def test_wrong_words_end_with_two(
    line: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(line)
    assert end.value.code == 2
    assert word in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"tingsu {__version__}\n"


def test_help_lists_what_people_use_and_hides_our_own(capsys: pytest.CaptureFixture[str]) -> None:
    parser().print_help()
    listed = capsys.readouterr().out
    assert "serve" in listed
    assert "\n    web" not in listed


def test_two_word_commands_are_one_line_each() -> None:
    commands = (Command("pack check", "甲", "json:dumps"), Command("pack show", "乙", "json:loads"))
    asked = parser(commands).parse_args(["pack", "show"])
    assert asked.chosen.target == "json:loads"


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_the_address_can_be_typed_into_a_browser(host: str, shown: str) -> None:
    assert serve.address(host, 8000) == shown


@pytest.mark.parametrize(
    ("asked", "catalogue"),
    [("en_GB.UTF-8", "en"), ("zh_TW.UTF-8", "zh_Hant"), ("zh-Hant", "zh_Hant"), ("C", "zh_Hans")],
)
def test_the_terminal_chooses_its_language(
    asked: str, catalogue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGSU_LANG", asked)
    assert terminal.language() == catalogue


def test_a_bad_pack_fails_and_is_said_by_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "pack.toml").write_text('id = "shop"\nnosuch = 1\n', encoding="utf-8")
    assert main(["pack", "check", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert "shop/pack.toml:" in said.err
    assert "nosuch" in said.err


def test_a_folder_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", str(tmp_path / "none")]) == 2
    assert "没有这个文件夹" in capsys.readouterr().err
