"""Small git repositories."""

import subprocess
from collections.abc import Mapping
from pathlib import Path


def git(directory: Path, *arguments: str) -> str:
    settings = (
        "-c",
        "user.name=nobody",
        "-c",
        "user.email=nobody@example.invalid",
        "-c",
        "commit.gpgsign=false",
    )
    return subprocess.run(
        ["git", *settings, *arguments], cwd=directory, check=True, capture_output=True, text=True
    ).stdout


def repository(directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    git(directory, "init", "--quiet", "--initial-branch=main")
    return directory


def write(directory: Path, files: Mapping[str, str]) -> None:
    for path, content in files.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(content)


def commit(directory: Path, files: Mapping[str, str]) -> None:
    write(directory, files)
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--message", "more")
