"""What the README and the manual say is there, is there."""

import re
from pathlib import Path

import pytest

from tingsu import cli
from tingsu.cases.intake import LIMITS
from tingsu.channels.file import limits as import_limits
from tingsu.people.permission import RIGHTS, Can, Role
from tingsu.web import labels
from tingsu.web.desk.queues import QUEUE_LABELS

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")
VARIABLE = re.compile(r"TINGSU_[A-Z0-9_]+|DATABASE_URL")
OWN = {"TINGSU_PARENT"}  # between our own processes


def _pages(root: Path) -> list[Path]:
    return [root / "README.md", *sorted((root / "docs/manual").glob("*.md"))]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _manual(root: Path, name: str) -> str:
    return (root / "docs/manual" / name).read_text(encoding="utf-8")


def test_every_link_and_picture_is_there(root: Path) -> None:
    gone = []
    for page in _pages(root):
        for found in LINK.finditer(page.read_text(encoding="utf-8")):
            target = (found[1] or found[2]).partition("#")[0]
            if target and "://" not in target and not (page.parent / target).exists():
                gone.append(f"{page.name}: {target}")
    assert gone == []


def test_every_page_of_the_manual_is_named_in_its_index(root: Path) -> None:
    index = _manual(root, "index.md")
    pages = {path.name for path in (root / "docs/manual").glob("*.md")} - {"index.md"}
    assert {name for name in pages if f"({name})" not in index} == set()


def test_every_make_target_is_there(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    asked = {
        name
        for page in _pages(root)
        for name in re.findall(r"\bmake ([a-z][a-z-]*)", page.read_text(encoding="utf-8"))
    }
    assert asked <= targets
    assert {"run", "test"} <= asked


def test_every_command_and_option_is_there(root: Path) -> None:
    commands = {command.name: command for command in cli.COMMANDS}
    for page in _pages(root):
        for line in re.findall(r"tingsu ([a-z]+(?: [^\n`]*)?)", page.read_text(encoding="utf-8")):
            name = line.split()[0]
            assert name in commands, f"{page.name}: tingsu {line}"
            known = {option for one in commands[name].options for option in one.names}
            asked = set(re.findall(r"--[a-z-]+", line)) - {"--help"}
            assert asked <= known, f"{page.name}: tingsu {line}"


def test_the_settings_are_all_told_and_all_true(root: Path) -> None:
    read = {
        name
        for path in (root / "src/tingsu").rglob("*.py")
        for name in VARIABLE.findall(path.read_text(encoding="utf-8"))
    }
    rows = re.findall(r"^\| `([A-Z0-9_]+)` \|", _manual(root, "settings.md"), re.MULTILINE)
    assert len(rows) == len(set(rows))
    assert set(rows) == read - OWN


def test_the_roles_may_do_what_their_table_says(root: Path) -> None:
    lines = _manual(root, "people.md").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("| 能做什么"))
    words = {str(label.word): Role(role) for role, label in labels.ROLES.items()}
    roles = [words[name] for name in _cells(lines[start])[1:]]
    assert roles == list(Role)
    rights = [right for right in Can if right is not Can.DESK]  # the desk is everybody's
    for right, line in zip(rights, lines[start + 2 :], strict=False):
        ticks = _cells(line)[1:]
        told = {role for role, tick in zip(roles, ticks, strict=True) if tick == "✓"}
        assert told == {role for role in Role if right in RIGHTS[role]}, line


def test_the_queues_of_the_desk_are_the_ones_told(root: Path) -> None:
    told = re.findall(r"^\| (\S+) \|", _manual(root, "desk.md"), re.MULTILINE)
    assert [str(label.word) for label in QUEUE_LABELS.values()] == [
        word for word in told if word in {str(label.word) for label in QUEUE_LABELS.values()}
    ]


def test_the_keys_are_those_of_the_help_on_screen(root: Path) -> None:
    help_ = root / "src/tingsu/web/templates/components/shortcuts.html"
    keys = re.findall(r"<dt>(.*?)</dt>", help_.read_text(encoding="utf-8"))
    wanted = [" ".join(f"`{key}`" for key in re.findall(r"<kbd>(.*?)</kbd>", one)) for one in keys]
    desk = _manual(root, "desk.md")
    assert [keys for keys in wanted if f"| {keys} |" not in desk] == []


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("事实经过", ["narrative"]),
        ("诉求、理由", ["request", "reasons"]),
        ("复述", ["restated"]),
        ("标题", ["title"]),
        ("姓名、涉及的人员", ["name", "respondent_person"]),
        ("电话", ["phone"]),
        ("邮箱", ["email"]),
        (
            "地址、发生地点、被投诉地点、需要照顾的地方",
            ["address", "happened_where", "respondent_place", "needs"],
        ),
        ("被投诉单位、商品或服务、来源编号", ["respondent_unit", "product", "source_ref"]),
        ("订单号、合同号", ["order_number", "contract_number"]),
        ("方便联系的时间", ["preferred_time"]),
        ("邮编", ["postcode"]),
        ("国籍", ["nationality"]),
        ("承诺的内容", ["promise"]),
    ],
)
def test_the_lengths_are_the_ones_told(root: Path, row: str, names: list[str]) -> None:
    told = f"| {row} | "
    line = next(x for x in _manual(root, "limits.md").splitlines() if x.startswith(told))
    assert {f"{LIMITS[name]:,}" for name in names} == {_cells(line)[1]}


def test_the_limits_of_an_import_are_the_ones_told(root: Path) -> None:
    page = _manual(root, "import.md")
    for figure in (
        f"{import_limits.MOST_BYTES // 2**20} MB",
        f"{import_limits.MOST_SHEET_BYTES // 2**20} MB",
        f"解开 {import_limits.MOST_UNPACKED // 2**20} MB",
        f"压缩比 {import_limits.MOST_RATIO}",
        f"{import_limits.MOST_ROWS:,}",
        f"| {import_limits.MOST_COLUMNS} |",
        f"{import_limits.MOST_CELL:,} 字",
    ):
        assert figure in page
