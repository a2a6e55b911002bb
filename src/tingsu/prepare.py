"""Before the doors open: catalogues, tables, demo data. Needs Django set up.

All of it is quick when there is nothing to do, so that every start can ask for it.
"""

import argparse

from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tingsu.messages import compile_all
from tingsu.terminal import _, say


def command(args: argparse.Namespace) -> int:
    """Everything a start needs; with --demo the demo data too, once."""
    compile_all()
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns without it
    migrate(args)
    if args.demo:
        _demo_once()
    return 0


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
