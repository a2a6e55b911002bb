"""`tingsu verify` names the case and the link, and its exit code can be relied upon."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from tingsu.cases import verify
from tingsu.cli import main


def _found(*broken: verify.Broken) -> Iterator[verify.Broken | verify.Report]:
    yield from broken
    yield verify.Report(cases=3, events=20, broken=list(broken))


def test_a_broken_chain_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TINGSU_LANG", "zh_CN")
    broken = verify.Broken(UUID(int=1), "TS-20261121-0412", 7, "hash")
    monkeypatch.setattr(verify, "verify", lambda: _found(broken))
    assert main(["verify"]) == 1
    said = capsys.readouterr()
    assert said.err == "TS-20261121-0412 第 7 条：内容被改动过\n"
    assert "查了 3 件投诉、20 条经过，1 件有断链" in said.out


def test_whole_chains_end_with_nought(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verify, "verify", _found)
    assert main(["verify"]) == 0
    assert capsys.readouterr().err == ""
