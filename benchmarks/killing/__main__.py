"""``make harness``: complaints by HTTP, SMTP and IMAP while processes and connections are killed.

    make harness ARGS="--complaints 2000 --only sqlite --seed 7"

Afterwards every acknowledged complaint is there exactly once, every letter has left (a repeat under
the same Message-ID) and every chain holds; 1 when not. Needs Dovecot and root for IMAP, else mail
comes by SMTP alone.
"""

import argparse
import json
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.__main__ import POSTGRES
from benchmarks.home import Home, postgres_home, sqlite_home
from benchmarks.killing.house import House
from benchmarks.killing.relay import Relay
from benchmarks.killing.senders import Crowd

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))  # the mail server of the tests
from dovecot import DOVECOT, dovecot


def main() -> int:
    """Both databases, or the one that was asked for."""
    asked = _arguments()
    bad = 0
    with TemporaryDirectory(prefix="tingsu-killing-") as folder:
        for home in _homes(asked, Path(folder)):
            with home:
                bad += _prove(home, asked)
    return 1 if bad else 0


def _prove(home: Home, asked: argparse.Namespace) -> int:
    with ExitStack() as stack:
        imap = stack.enter_context(dovecot()) if asked.imap else 0
        relay = stack.enter_context(Relay(asked.seed))
        house = stack.enter_context(House(home, relay.port, asked.seed))
        home.run("benchmarks.killing.inside", "found", str(imap))
        house.start()
        house.wait(asked.patience)
        crowd = Crowd(house, imap, asked.complaints, asked.seed, asked.seconds)
        with house.killing(asked.pause):
            crowd.send(asked.patience)
        house.end()
        home.run("benchmarks.killing.inside", "settle")
        sent = home.folder / "sent.json"
        sent.write_text(json.dumps({"acknowledged": crowd.acknowledged, "tried": crowd.tried}))
        left = home.folder / "left.json"
        left.write_text(json.dumps(relay.heard))
        home.run("benchmarks.killing.inside", "check", str(sent), str(left))
        found = json.loads((home.folder / "found.json").read_text())
    _tell(home, house, crowd, found, asked.seed)
    bad = len(found["wrong"]) + len(house.stood_still) + asked.complaints - len(crowd.acknowledged)
    if bad:
        print((home.folder / "house.log").read_text(errors="replace")[-6_000:])
    return bad


def _tell(home: Home, house: House, crowd: Crowd, found: dict[str, object], seed: int) -> None:
    kills = _counted(house.kills)
    print(f"\n## {home.name}, seed {seed}")
    print(f"acknowledged {len(crowd.acknowledged)} of {len(crowd.tried)} by {crowd.ways()}")
    print(f"killed with -9: {kills}; sent again: {_counted(crowd.again)}")
    print(f"alive without an answer: {', '.join(house.stood_still) or 'nothing'}")
    for name, value in found.items():
        print(f"{name}: {value}")


def _counted(found: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(found.items())) or "nothing"


def _homes(asked: argparse.Namespace, folder: Path) -> list[Home]:
    homes = []
    if asked.only in ("", "sqlite"):
        homes.append(sqlite_home(folder / "sqlite"))
    if asked.only in ("", "postgres"):
        homes.append(postgres_home(folder / "postgres", asked.postgres, "tingsu_killing"))
    return homes


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.killing")
    parser.add_argument("--complaints", type=int, default=2_000)
    parser.add_argument("--only", choices=["", "sqlite", "postgres"], default="")
    parser.add_argument("--postgres", default=POSTGRES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between kills, about")
    parser.add_argument("--seconds", type=float, default=240.0, help="length of the fire, about")
    parser.add_argument(
        "--patience", type=float, default=900.0, help="seconds until all must be acknowledged"
    )
    parser.add_argument("--no-imap", dest="imap", action="store_false")
    asked = parser.parse_args()
    asked.imap = asked.imap and bool(DOVECOT)
    return asked


if __name__ == "__main__":
    sys.exit(main())
