"""Git checkouts as git itself makes them, of nobody's settings."""

import os
import subprocess
from pathlib import Path

OLD = 1_600_000_000


def git(directory: Path, *arguments: str) -> str:
    """What git says, with none of the developer's own settings."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(directory),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "a",
        "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "a",
        "GIT_COMMITTER_EMAIL": "a@example.org",
        "GIT_ALLOW_PROTOCOL": "file",
    }
    command = ["git", "-C", str(directory), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()


def repository(directory: Path, *settings: str) -> Path:
    """A repository with a commit of a few files, which are older than the index."""
    directory.mkdir(parents=True)
    git(directory, "init", "--quiet", "--initial-branch", "main")
    for setting in settings:
        git(directory, "config", *setting.split("=", 1))
    for name in ("demo/__init__.py", "demo/more.py", "docs/a b é.txt", "setup.py"):
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_text(f"# {name}\n")
    (directory / "empty").touch()
    (directory / "link").symlink_to("demo")
    age(directory)
    commit(directory)
    return directory


def commit(directory: Path) -> str:
    """Commit everything; give the commit."""
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--allow-empty", "--message", "x")
    return git(directory, "rev-parse", "HEAD")


def age(directory: Path) -> None:
    """Make every file old, as they are in a checkout that nobody works in just now."""
    for path in directory.rglob("*"):
        if ".git" not in path.parts and path.is_file():
            os.utime(path, (OLD, OLD))
