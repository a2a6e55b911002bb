"""The floor: what the database itself does with one raw INSERT and COMMIT, in the same run."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

Insert = Callable[[], None]


def commits(clients: int, seconds: float) -> float:
    """Raw INSERT + COMMIT of one row per second, all clients together."""
    _prepare()
    counts = [0] * clients
    stop = time.perf_counter() + seconds

    def work(number: int) -> None:
        insert, close = _connect()
        while time.perf_counter() < stop:
            insert()
            counts[number] += 1
        close()

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


def _url() -> str:
    return os.environ.get("DATABASE_URL", "")


def _prepare() -> None:
    make = "CREATE TABLE IF NOT EXISTS bench_floor (text varchar(200))"
    if _url():
        with psycopg.connect(_url(), autocommit=True) as connection:
            connection.execute(make)
        return
    with sqlite3.connect(_file()) as own:
        own.execute("PRAGMA journal_mode=WAL")
        own.execute(make)


def _connect() -> tuple[Insert, Insert]:
    row = "INSERT INTO bench_floor VALUES ('一件投诉')"
    if _url():
        server = psycopg.connect(_url(), autocommit=True)
        return (lambda: server.execute(row) and None), server.close
    own = sqlite3.connect(_file(), timeout=30, isolation_level=None)
    own.execute("PRAGMA synchronous=FULL")
    return (lambda: own.execute(row) and None), own.close


def _file() -> Path:
    return Path(os.environ["TINGSU_DATA"]) / "tingsu.db"
