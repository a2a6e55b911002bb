"""A throw-away data folder and database, and processes that run in it."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import psycopg


@dataclass
class Home:
    """Where one round of figures is measured. Use as a context manager."""

    name: str
    folder: Path
    url: str = ""  # DATABASE_URL; "" for the SQLite file in the folder
    server: str = ""  # where a database can be made and dropped
    more: dict[str, str] = field(default_factory=dict)  # environment
    results: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True)
        self.results = self.folder / "results.jsonl"

    def __enter__(self) -> "Home":
        if self.server:
            self._on_server(f"DROP DATABASE IF EXISTS {self._database}")
            self._on_server(f"CREATE DATABASE {self._database} ENCODING 'UTF8' TEMPLATE template0")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.server:
            self._on_server(f"DROP DATABASE IF EXISTS {self._database} WITH (FORCE)")

    @property
    def environment(self) -> dict[str, str]:
        """What every process of this home is started with."""
        own = {
            "TINGSU_DATA": str(self.folder / "data"),
            "DJANGO_SETTINGS_MODULE": "tingsu.settings",
            "TINGSU_PUBLIC_LIMITS": "0",  # all clients come from one address
            "BENCH_RESULTS": str(self.results),
        }
        base = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        return base | own | self.more | ({"DATABASE_URL": self.url} if self.url else {})

    def run(self, module: str, *arguments: str) -> None:
        """Run one of our modules in this home, to its end."""
        subprocess.run([sys.executable, "-m", module, *arguments], env=self.environment, check=True)

    @property
    def _database(self) -> str:
        return urlsplit(self.url).path.strip("/")

    def _on_server(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(statement.encode())


def sqlite_home(folder: Path) -> Home:
    """SQLite as it comes: a file in the data folder, synchronous=FULL."""
    return Home("SQLite", folder)


def postgres_home(folder: Path, server: str, name: str = "tingsu_bench") -> Home:
    """A database of its own on the server."""
    parts = urlsplit(server)
    return Home("PostgreSQL", folder, parts._replace(path=f"/{name}").geturl(), server)
