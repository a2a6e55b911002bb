"""Before the doors open: catalogues, tables, demo data; then the web server. Needs Django.

All of it is quick when there is nothing to do, so that every start can ask for it.
"""

import argparse
import gc
import importlib
import multiprocessing
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from tingsu.messages import compile_all
from tingsu.serve import PARENT
from tingsu.terminal import _, say


def prepare(args: argparse.Namespace) -> None:
    """Everything a start needs; with --demo the demo data too, once."""
    compile_all()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns without it
    with _one_connection():
        migrate(args)
        if args.demo:
            _demo_once()
        else:
            _how_to_begin()


@contextmanager
def _one_connection() -> Iterator[None]:
    """Without a pool: it would try an absent server for half a minute, and has threads."""
    options = connection.settings_dict["OPTIONS"]
    pool = options.pop("pool", None)
    try:
        yield
    finally:
        connection.close()
        if pool is not None:
            options["pool"] = pool


def web(args: argparse.Namespace) -> int:
    """Prepare, then serve pages. Django is loaded once and shared by the processes below.

    Few threads each: every one of them holds a database connection.
    """
    prepare(args)
    _warm()
    os.environ[PARENT] = str(os.getpid())  # the processes below share the life of this one
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
    Server(
        "tingsu.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.web_workers,
        blocking_threads=4,
        backpressure=32,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()
    return 0


def _warm() -> None:
    """Load the pages before the processes part. No connection may be open by then."""
    importlib.import_module("tingsu.web.wsgi")
    importlib.import_module(settings.ROOT_URLCONF)
    gc.freeze()  # so that collecting in one process does not copy the shared memory


def migrate(args: argparse.Namespace) -> int:
    """Bring the tables to this version; says nothing when they are."""
    del args
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(_("正在准备数据库……"))
        call_command("migrate", interactive=False, verbosity=0)
    return 0


def manage(args: argparse.Namespace) -> int:
    """Hand the rest of the line to Django."""
    execute_from_command_line(["tingsu manage", *(args.rest or ["help"])])
    return 0


def _demo_once() -> None:
    from tingsu.demo import loader

    loader.load_once()


def _how_to_begin() -> None:
    """In an empty house nobody can sign in, and no page says why."""
    from tingsu.people.models import Organisation

    if not Organisation.objects.exists():
        say(
            _(
                "还没有机构。建立第一个：tingsu setup --organisation 机构名称 --slug 网址名"
                " --administrator 用户名；只想看看：tingsu serve --demo"
            )
        )
