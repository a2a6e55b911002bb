"""A house of real processes on the database that DATABASE_URL names: a data folder, and on
PostgreSQL a database of its own. For what only shows when processes are killed, disks are full, or
a copy is taken while people work."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import psycopg

import tables
from tables import ON_POSTGRES, URL


@dataclass
class RealHouse:
    """Use as a context manager: at the end its processes are gone, and its database too."""

    data: Path
    name: str = "one"
    more: dict[str, str] = field(default_factory=dict)  # environment
    running: list["subprocess.Popen[str]"] = field(default_factory=list)

    def __enter__(self) -> "RealHouse":
        if ON_POSTGRES:
            self._on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            self._on_server("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self.running:
            process.kill()
            process.communicate()
        if ON_POSTGRES:
            self._on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)")

    @property
    def environment(self) -> dict[str, str]:
        """What every process of this house is started with."""
        own = {"TINGSU_DATA": str(self.data), "TINGSU_LANG": "zh", "PYTHONIOENCODING": "utf-8"}
        gone = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        base = {name: value for name, value in os.environ.items() if name not in gone}
        if ON_POSTGRES:
            own["DATABASE_URL"] = urlsplit(URL)._replace(path=f"/{self._database}").geturl()
        return base | own | self.more

    def start(self, *words: str, script: str = "") -> "subprocess.Popen[str]":
        """One of our commands, or a script that finds Django set up."""
        ready = "import django; django.setup()\n"
        line = ["-c", ready + script] if script else ["-m", "tingsu.cli", *words]
        extra = {"DJANGO_SETTINGS_MODULE": "tingsu.settings"} if script else {}
        process = subprocess.Popen(
            [sys.executable, *line],
            env=self.environment | extra,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.running.append(process)
        return process

    def run(self, *words: str, script: str = "") -> tuple[int, str]:
        """To its end: code and what it said."""
        process = self.start(*words, script=script)
        told = process.communicate(timeout=120)[0]
        return process.returncode, told

    def found(self, slug: str = "h") -> None:
        """An organisation with a mailbox that may answer, by our own command."""
        if ON_POSTGRES:
            self._on_server("DROP DATABASE {} WITH (FORCE)")
            self._on_server(f"CREATE DATABASE {{}} TEMPLATE {tables.template()}")
        else:
            tables.lay(self.data)
        told = self.run("setup", "--organisation", "馆", "--slug", slug, "--administrator", "admin")
        assert told[0] == 0, told[1]

    @property
    def _database(self) -> str:
        return f"{urlsplit(URL).path.strip('/')}_{os.getpid()}_{self.name}"

    def _on_server(self, statement: str) -> None:
        server = urlsplit(URL)._replace(path="/postgres").geturl()
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(statement.format(self._database).encode())
