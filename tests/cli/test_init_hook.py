"""``samestack init --pre-commit``: the hook, and nothing else."""

from pathlib import Path

import pytest

from samestack.cli.main import main
from tests.config.scanning.repositories import repository


def test_only_the_hook_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = repository(tmp_path / "agent")
    assert main(["init", str(root), "--pre-commit", "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("#!/bin/sh\n")
    assert not (root / ".git/hooks/pre-commit").exists()
    assert main(["init", str(root), "--pre-commit"]) == 0
    hook = root / ".git/hooks/pre-commit"
    assert capsys.readouterr().out == f"{hook} was written. It runs: samestack config scan --staged\n"
    assert "samestack config scan --staged" in hook.read_text()
    assert [one.name for one in root.iterdir()] == [".git"]
    assert main(["init", str(root), "--pre-commit"]) == 0
    assert capsys.readouterr().out.startswith("The hook stands there already.")
