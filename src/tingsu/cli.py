"""The command `tingsu`. May import everything, but only what the asked command needs.

A command is one line in COMMANDS: its name, what it does, where its function is. The function
takes the parsed arguments and returns the exit code: 0 done, 1 it went wrong, 2 asked wrongly.
"""

import argparse
import errno
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from tingsu import __version__
from tingsu.serve import die_with_parent
from tingsu.terminal import _, complain


class Option:
    """The arguments of `add_argument`, kept until the parser is built."""

    def __init__(self, *names: str, **facts: Any) -> None:
        self.names, self.facts = names, facts


@dataclass(frozen=True)
class Command:
    """`name` may be two words. `target` is "module:function", imported when it is asked for."""

    name: str
    help: str
    target: str
    options: tuple[Option, ...] = ()
    django: bool = True  # sets Django up first
    shown: bool = True  # False: one of our own processes


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(_("端口要在 1 到 65535 之间"))


def _count(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 64:
        return int(text)
    raise argparse.ArgumentTypeError(_("个数要在 1 到 64 之间"))


HOST = Option("--host", default="127.0.0.1", help=_("监听地址（默认只有本机能打开）"))
PORT = Option("--port", type=_port, default=8000, help=_("端口（默认 8000）"))
WEB_WORKERS = Option(
    "--web-workers", type=_count, default=2, metavar="N", help=_("网页进程数（默认 2）")
)
DEMO = Option("--demo", action="store_true", help=_("库是空的就装入演示数据，并列出演示账号"))
REST = Option("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)

COMMANDS: tuple[Command, ...] = (
    Command(
        "serve",
        _("启动：网页和后台任务一起，Ctrl-C 一起结束"),
        "tingsu.serve:run",
        (HOST, PORT, WEB_WORKERS, DEMO),
        django=False,
    ),
    Command(
        "setup",
        _("建立机构、第一个部门和管理员，给出管理员的初始密码"),
        "tingsu.setup:command",
        (
            Option("--organisation", required=True, metavar="NAME", help=_("机构名称")),
            Option("--slug", required=True, help=_("网址名：英文字母、数字，例如 yunfan")),
            Option("--administrator", required=True, metavar="USER", help=_("管理员的用户名")),
            Option("--name", metavar="NAME", help=_("管理员的姓名（默认同用户名）")),
            Option(
                "--kind",
                choices=("company", "authority"),
                default="company",
                help=_("企业 company（默认），或主管部门 authority"),
            ),
            Option("--pack", default="general", help=_("常用的行业包（默认 general）")),
        ),
    ),
    Command("work", _("只启动后台任务（多台机器时用）"), "tingsu.work:command"),
    Command(
        "learn",
        _("从投诉里学习，看有没有苗头（后台会自己做）"),
        "tingsu.work:learn_command",
    ),
    Command(
        "smtp",
        _("收信：按 SMTP 接收寄到收信邮箱的邮件"),
        "tingsu.channels.mail.smtp:command",
        (HOST, Option("--port", type=_port, default=8025, help=_("端口（默认 8025）"))),
    ),
    Command(
        "pack check",
        _("检查行业包，按文件和行号说明哪里不对"),
        "tingsu.checks:packs",
        (Option("folder", nargs="?", type=Path, help=_("行业包文件夹（默认是自带的）")),),
        django=False,
    ),
    Command("migrate", _("把数据库升到这一版"), "tingsu.prepare:migrate"),
    Command(
        "backup",
        _("备份：数据库、附件，按需要加钥匙；不用停下来"),
        "tingsu.upkeep.backup:command",
        (
            Option(
                "file", type=Path, metavar="FILE", help=_("备份文件，例如 tingsu-20261122.tar.gz")
            ),
            Option(
                "--keys", action="store_true", help=_("连钥匙一起（这个文件就能打开所有个人资料）")
            ),
            Option("--no-files", action="store_true", help=_("不带附件（存储服务自己有备份时）")),
            Option("--replace", action="store_true", help=_("盖掉同名的旧备份")),
        ),
    ),
    Command(
        "restore",
        _("恢复：把备份放进空的数据文件夹和空的数据库，再逐条核对"),
        "tingsu.upkeep.restore:command",
        (Option("file", type=Path, metavar="FILE", help=_("备份文件")),),
        django=False,
    ),
    Command(
        "doctor", _("体检：哪里不对、该做什么；有要处理的返回 1"), "tingsu.upkeep.doctor:command"
    ),
    Command("verify", _("逐条检查每件投诉的经过有没有被改动"), "tingsu.checks:verify"),
    Command("demo", _("装入演示数据（库必须是空的）"), "tingsu.demo.loader:command"),
    Command(
        "import",
        _("导入已有记录：CSV、XLSX、JSONL"),
        "tingsu.channels.file:command",
        (
            Option("file", type=Path, metavar="FILE", help=_("要导入的文件")),
            Option("--organisation", required=True, metavar="SLUG", help=_("机构的网址名")),
            Option("--mapping", metavar="NAME", help=_("用记住的列对应关系")),
            Option("--map", action="append", metavar="列名=字段", help=_("指定一列，可多次使用")),
            Option("--pack", metavar="PACK", help=_("文件里没写行业的，算作哪个行业包")),
            Option("--yes", action="store_true", help=_("不再询问，直接导入")),
        ),
    ),
    Command(
        "api",
        _("接口文档（OpenAPI）：打印，或写入 docs/api（--write）"),
        "tingsu.api.command:command",
        (Option("--write", action="store_true", help=_("写入 docs/api/openapi.json")),),
    ),
    Command("manage", _("Django 的管理命令"), "tingsu.prepare:manage", (REST,)),
    Command(
        "messages",
        _("界面文字：收集、检查（--check）、编译（--compile）"),
        "tingsu.messages:command",
        (Option("--check", action="store_true"), Option("--compile", action="store_true")),
        django=False,
    ),
    Command("web", "", "tingsu.prepare:web", (HOST, PORT, WEB_WORKERS, DEMO), shown=False),
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        usage = _("用法见 {0} --help").format(self.prog)
        self.exit(2, f"{message}\n{usage}\n")


def parser(commands: Sequence[Command] = COMMANDS) -> argparse.ArgumentParser:
    root = _Parser(prog="tingsu", description=_("听诉：投诉处理"))
    root.add_argument("--version", action="version", version=f"tingsu {__version__}")
    branches = {"": root.add_subparsers(dest="command", metavar=_("命令"), required=True)}
    for command in commands:
        group, _space, leaf = command.name.rpartition(" ")
        if group not in branches:
            branch = branches[""].add_parser(
                group, help=_("用法见 {0} --help").format(f"tingsu {group}")
            )
            branches[group] = branch.add_subparsers(metavar=_("命令"), required=True)
        add = branches[group].add_parser
        # Without `help` argparse leaves a command out of the list: our own processes.
        leaf_parser = add(leaf, help=command.help) if command.shown else add(leaf)
        for option in command.options:
            leaf_parser.add_argument(*option.names, **option.facts)
        leaf_parser.set_defaults(chosen=command)
    return root


def _function(command: Command) -> Callable[[argparse.Namespace], int | None]:
    if command.django:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tingsu.settings")
        import django

        django.setup()
    module, name = command.target.split(":")
    function: Callable[[argparse.Namespace], int | None] = getattr(
        importlib.import_module(module), name
    )
    return function


def _explained(problem: Exception) -> str | None:
    """The sentence for a refusal that a person can mend; None when it is ours to mend."""
    if type(problem).__name__ == "OperationalError":
        return _("数据库连不上或不能用：{0}").format(str(problem).strip())
    if isinstance(problem, PermissionError):
        return _("没有权限：{0}").format(problem.filename)
    if isinstance(problem, OSError) and problem.errno in (errno.EROFS, errno.ENOSPC):
        return _("磁盘满了，或者只能读不能写：{0}").format(problem.filename or problem.strerror)
    return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    die_with_parent()
    asked = parser().parse_args(arguments)
    try:
        return _function(asked.chosen)(asked) or 0
    except KeyboardInterrupt:
        return 130
    except Exception as problem:
        if sentence := _explained(problem):
            complain(sentence)
            return 1
        raise


if __name__ == "__main__":
    sys.exit(main())
