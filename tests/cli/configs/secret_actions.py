"""The actions on age files on a command line of their own: in a process, as people run them."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from samestack.config.age.secret_document import Secrets, replaced
from samestack.config.age.store import read_secrets
from tests.config.age.keys import Key, new_key, store

ACTION: Final = """
import argparse, importlib, sys
from samestack.errors import SamestackError
module = importlib.import_module(f"samestack.cli.configs.{sys.argv[1]}")
parser = argparse.ArgumentParser(prog="samestack config")
action = parser.add_subparsers().add_parser(sys.argv[1])
module.add_arguments(action)
try:
    sys.exit(module.run(parser.parse_args(sys.argv[1:])))
except SamestackError as error:
    sys.stderr.write(f"error: {error.message}\\n hint: {error.hint}\\n")
    sys.exit(error.exit_status)
"""


LONG_AGO: Final = "2020-01-01T00:00:00Z"


class Ended(NamedTuple):
    """An action that has ended."""

    status: int
    output: str
    messages: str


class SecretProject:
    """A project with recipients, and a user who has one of their keys."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory / "project"
        self.home = directory / "home"
        self.key = new_key()
        (self.directory / "config").mkdir(parents=True)
        self.home.mkdir()
        self.encrypt_to(self.key)
        for profile in ("development", "production"):
            (self.directory / "config" / f"{profile}.toml").touch()

    def encrypt_to(self, *keys: Key) -> None:
        """Name these as the recipients."""
        recipients = ", ".join(f'"{key.recipient}"' for key in keys)
        manifest = f"[tool.samestack.config]\nage-recipients = [{recipients}]\n"
        (self.directory / "pyproject.toml").write_text(manifest)

    def file(self, profile: str) -> Path:
        """The file of a profile."""
        return self.directory / "config" / f"{profile}.secrets.age"

    def put(self, profile: str, values: Mapping[str, str]) -> None:
        """Make these the secrets of a profile, as one that changed long ago."""
        store(self.file(profile), self.key).change(lambda secrets: replaced(secrets, values, LONG_AGO))

    def secrets(self, profile: str, key: Key | None = None) -> Secrets:
        """What is in it."""
        return read_secrets(self.file(profile), "age:x", (key or self.key).variables)

    def environment(self, **more: str) -> dict[str, str]:
        """The user's variables."""
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        return {**kept, "HOME": str(self.home), **self.key.variables, **more}

    def start(self, *words: str, stdin: int = subprocess.PIPE, **more: str) -> subprocess.Popen[bytes]:
        """An action that runs, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-c", ACTION, *words],
            cwd=self.directory,
            env=self.environment(**more),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, *words: str, stdin: str = "", **more: str) -> Ended:
        """An action to its end."""
        process = self.start(*words, stdin=subprocess.PIPE, **more)
        output, messages = process.communicate(stdin.encode(), timeout=60)
        return Ended(process.returncode, output.decode(), messages.decode())


def holding(canary: str, *places: Path) -> list[Path]:
    """The files below some places in which a text stands."""
    found: list[Path] = []
    for path in (path for place in places for path in place.rglob("*")):
        try:
            if path.is_file() and canary.encode() in path.read_bytes():
                found.append(path)
        except OSError:  # another user's, or gone
            continue
    return found
