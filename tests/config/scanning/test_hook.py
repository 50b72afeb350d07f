"""The hook: it keeps secrets out of commits, and never takes another hook's place."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from samestack.config.scanning.hook import HOOK, install_hook
from samestack.errors import InputError
from tests.config.scanning.repositories import git, repository, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path / "r")


def test_it_is_written_once(root: Path) -> None:
    (root / "below").mkdir()
    hook = install_hook(root / "below")
    assert hook == root / ".git/hooks/pre-commit"
    assert hook.read_text() == HOOK
    assert os.access(hook, os.X_OK)
    assert install_hook(root) is None


def test_git_runs_it(root: Path, tmp_path: Path) -> None:
    install_hook(root)
    program = tmp_path / "bin/samestack"
    program.parent.mkdir()
    program.write_text(
        f'#!{sys.executable}\nimport sys\nsys.exit(sys.argv[1:] != ["config", "scan", "--staged"])\n'
    )
    program.chmod(0o755)
    write(root, {"a.py": "1"})
    git(root, "add", "a.py")
    command = ["git", "-c", "user.name=n", "-c", "user.email=n@example.invalid", "commit", "-m", "one"]
    refused = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin"}
    )
    assert "samestack is not on the PATH" in refused.stderr
    path = f"{program.parent}:/usr/bin:/bin"
    assert (
        subprocess.run(command, cwd=root, capture_output=True, check=False, env={"PATH": path}).returncode
        == 0
    )


def test_another_hook_stays(root: Path) -> None:
    hook = root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nmake lint\n")
    with pytest.raises(InputError, match="there is a hook already") as error:
        install_hook(root)
    assert error.value.hint == "add to it the line: samestack config scan --staged || exit 1"
    assert hook.read_text() == "#!/bin/sh\nmake lint\n"


def test_hooks_of_pre_commit_are_left_to_it(root: Path) -> None:
    write(root, {".pre-commit-config.yaml": "repos: []\n"})
    with pytest.raises(InputError, match="the hooks of this repository are pre-commit's"):
        install_hook(root)


def test_hooks_that_stand_elsewhere(root: Path) -> None:
    git(root, "config", "core.hooksPath", "hooks")
    assert install_hook(root) == root / "hooks/pre-commit"


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it is in no git repository"):
        install_hook(tmp_path)
