"""``tingsu restore FILE``: a copy laid out in an empty place, then proved. Overwrites nothing.

Works before there is a house: the settings, which would make new keys, are read only when the keys
of the copy are in their place.
"""

import argparse
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dj_database_url
import psycopg

from tingsu.terminal import _, complain, say
from tingsu.upkeep import chest, postgres
from tingsu.vault import Vault, VaultError

PACKAGE = Path(__file__).parent.parent


class Refused(Exception):
    """Nothing was changed; the argument is the sentence for the person."""


def command(asked: argparse.Namespace) -> int:
    """Lay out and prove. 2: refused, nothing was touched; 1: it went wrong on the way."""
    data = Path(os.environ.get("TINGSU_DATA", "data")).resolve()
    if not asked.file.is_file():
        complain(_("没有这个文件：{0}").format(asked.file))
        return 2
    try:
        _refuse_if_not_empty(data)
        facts = _lay_out(asked.file, data)
    except Refused as refused:
        complain(str(refused))
        return 2
    except postgres.Missing as absent:
        complain(_("找不到 {0}。请安装 PostgreSQL 的客户端程序。").format(absent))
        return 1
    except (OSError, psycopg.Error) as problem:
        complain(_("没有恢复成：{0}").format(str(problem).strip()))
        return 1
    return _prove(facts)


def _database(data: Path) -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{data / 'tingsu.db'}"
    return dict(dj_database_url.parse(url))


def _refuse_if_not_empty(data: Path) -> None:
    config = _database(data)
    taken = _("这里已经有数据（{0}），恢复只在空的地方进行。请换一个数据文件夹或数据库。")
    if config["ENGINE"].endswith("sqlite3"):
        if Path(config["NAME"]).exists():
            raise Refused(taken.format(config["NAME"]))
    elif not postgres.is_empty(postgres.place_of(config)):
        raise Refused(taken.format(config["NAME"]))
    if any((data / "files").glob("*")):
        raise Refused(taken.format(data / "files"))


def _lay_out(file: Path, data: Path) -> dict[str, Any]:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".restore-", dir=data) as beside:
        folder = Path(beside)
        try:
            facts = chest.unpack(file, folder)
        except chest.Unusable as problem:
            raise Refused(_unusable(str(problem))) from problem
        config = _database(data)
        _refuse_if_not_for_here(facts, config)
        _check_keys(facts, folder, data)
        for key in (folder / "keys").glob("*.key"):
            if not (data / key.name).exists():
                key.replace(data / key.name)
        _files(folder / "files", data)
        if config["ENGINE"].endswith("sqlite3"):  # last: now the place is no longer empty
            shutil.move(folder / "database", config["NAME"])
        else:
            postgres.restore(postgres.place_of(config), folder / "database")
    return facts


def _unusable(word: str) -> str:
    return {
        "broken": _("这个文件读不通，可能没有传完或已损坏。"),
        "incomplete": _("这个文件不完整：里面的东西和清单对不上。"),
        "strange": _("这不是 tingsu backup 做的文件。"),
        "newer": _("这个文件是更新的版本做的，请先升级。"),
    }[word]


def _refuse_if_not_for_here(facts: dict[str, Any], config: dict[str, Any]) -> None:
    vendor = "sqlite" if config["ENGINE"].endswith("sqlite3") else "postgresql"
    if facts["vendor"] != vendor:
        words = _("备份来自 {0}，这里是 {1}。两种数据库之间不能直接恢复。")
        raise Refused(words.format(facts["vendor"], vendor))
    for migration in facts["migrations"]:
        app, name = migration.split(".", 1)
        ours = PACKAGE / app / "migrations"
        if ours.is_dir() and not (ours / f"{name}.py").exists():
            raise Refused(_unusable("newer"))


def _check_keys(facts: dict[str, Any], folder: Path, data: Path) -> None:
    """The keys that will be in use must open what is in the copy."""
    try:
        own = os.environ.get("TINGSU_VAULT_SECRETS") or (data / "vault.key").read_text().strip()
    except FileNotFoundError:
        own = ""
    packed = folder / "keys" / "vault.key"
    secrets = own or (packed.read_text() if packed.exists() else "")
    if not secrets:
        words = _("备份里没有钥匙。请先把原来的 vault.key 放到 {0}，再恢复。")
        raise Refused(words.format(data))
    try:
        vault = Vault([secret.encode() for secret in secrets.split(",")])
        vault.open(bytes.fromhex(facts["witness"]), chest.WITNESS, "backup")
    except VaultError as wrong:
        words = _("这里的钥匙（vault.key）打不开这份备份，请换成原来的那一把。")
        raise Refused(words) from wrong


def _files(source: Path, data: Path) -> None:
    if not source.is_dir():
        return
    if not os.environ.get("TINGSU_S3_BUCKET"):
        (data / "files").mkdir(mode=0o700, exist_ok=True)
        for one in source.iterdir():
            shutil.move(one, data / "files" / one.name)
        return
    _django()
    from django.core.files import File
    from django.core.files.storage import default_storage

    for one in sorted(path for path in source.rglob("*") if path.is_file()):
        with one.open("rb") as content:
            default_storage.save(one.relative_to(source).as_posix(), File(content))


def _prove(facts: dict[str, Any]) -> int:
    """Bring the tables to this version, check every chain, and count."""
    _django()
    from django.core.management import call_command

    from tingsu.cases.verify import Broken, verify
    from tingsu.upkeep.backup import counts_now

    call_command("migrate", interactive=False, verbosity=0)
    broken = sum(isinstance(found, Broken) for found in verify())
    wrong = {
        name: (number, there)
        for name, number in facts["counts"].items()
        if (there := counts_now()[name]) != number
    }
    for name, (number, there) in wrong.items():
        complain(_("{0}：备份时 {1}，现在 {2}").format(name, number, there))
    if wrong or broken:
        complain(_("恢复的内容和备份时对不上，请不要启用。断链 {0} 件。").format(broken))
        return 1
    words = _("已恢复 {made} 的备份：投诉 {cases} 件、经过 {events} 条，逐条核对无误，数目相符")
    counts = facts["counts"]
    say(words.format(made=facts["made_at"], cases=counts["Case"], events=counts["Event"]))
    return 0


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tingsu.settings")
    import django

    django.setup()
