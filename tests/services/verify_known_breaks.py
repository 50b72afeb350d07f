"""See known breaks fail again, and their first remedy mend them.

``python -m tests.services.verify_known_breaks ID ...`` tries the named rows, and without names every one that
says ``verified = true``: each in a fresh environment, from the configured package index. All of them take
half an hour, and several gigabytes of uv's cache. ``known_breaks.toml`` says what to install and to run.
The exit status is 1 where a row was not seen as its table tells it.
"""

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct
from uv import find_uv_bin

from samestack.knowledge.breaks import Break, break_names, breaks
from samestack.tour.interpreters import python_request

TRIALS = Path(__file__).with_name("known_breaks.toml")
SECONDS = 600


class Trial(Struct, frozen=True, forbid_unknown_fields=True):
    """How a row is seen to fail."""

    python: str
    """The version of Python in which it is tried: ``3.10``."""
    install: tuple[str, ...]
    run: str
    """A program that fails before the remedy and ends well after it."""
    override: tuple[str, ...] = ()
    """Requirements that replace those of any package, to leave out what is large and not needed here."""


class Seen(Struct, frozen=True):
    """What a trial showed."""

    installs: bool
    """Whether the installer accepted the combination, as it does where no metadata tells of the break."""
    breaks: bool
    """Whether it failed with the words of the row."""
    mends: bool
    """Whether it ran after the first remedy; true for a row without one."""
    output: str

    @property
    def is_as_told(self) -> bool:
        return self.installs and self.breaks and self.mends


def rows() -> dict[str, Break]:
    """Every row by its id."""
    return {row.id: row for name in break_names() for row in breaks(name)}


def trials() -> dict[str, Trial]:
    """Every trial by the id of its row."""
    return msgspec.convert(tomllib.loads(TRIALS.read_text(encoding="utf-8")), dict[str, Trial])


def tried(row: Break, trial: Trial, directory: Path) -> Seen:
    """Install the combination into a new environment, run it, mend it, and run it again."""
    environment = directory / "venv"
    overrides = directory / "overrides.txt"
    overrides.write_text("\n".join(trial.override), encoding="utf-8")
    python = str(environment / "bin/python")
    _uv("venv", "--quiet", "--python", python_request(trial.python), str(environment))
    install = ("pip", "install", "--quiet", "--python", python)
    installed = _uv(*install, "--override", str(overrides), *trial.install)
    if installed.returncode != 0:
        return Seen(installs=False, breaks=False, mends=False, output=installed.stderr)
    broken = _run(python, trial)
    breaks = broken.returncode != 0 and row.error in _unwrapped(broken.stdout + broken.stderr)
    if not row.remedies:
        return Seen(installs=True, breaks=breaks, mends=True, output=broken.stdout + broken.stderr)
    mending = _uv(*install, *row.remedies[0].split())
    mended = _run(python, trial)
    is_mended = mending.returncode == 0 and mended.returncode == 0
    failure = broken if not breaks else mended if mending.returncode == 0 else mending
    return Seen(installs=True, breaks=breaks, mends=is_mended, output=failure.stdout + failure.stderr)


def _uv(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [find_uv_bin(), *arguments], check=False, capture_output=True, text=True, timeout=SECONDS
    )


def _run(python: str, trial: Trial) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, "-W", "ignore", "-c", trial.run],
        check=False,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd=Path(python).parent,
        env={**os.environ, "COLUMNS": "300", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )


def _unwrapped(output: str) -> str:
    """What rich has broken into lines is one text again."""
    return re.sub(r"\s+", " ", output)


def verified(ids: Sequence[str]) -> Iterator[tuple[str, Seen]]:
    """Try rows by their ids, in that order."""
    known, how = rows(), trials()
    for id_ in ids:
        with tempfile.TemporaryDirectory(prefix="known-break-") as directory:
            yield id_, tried(known[id_], how[id_], Path(directory))


def main(arguments: Sequence[str]) -> int:
    """Try the named rows, or all, and say of each whether it is as its table tells."""
    failures = 0
    for id_, seen in verified(arguments or sorted(trials())):
        print(f"{'as told' if seen.is_as_told else 'NOT AS TOLD'}  {id_}", flush=True)  # noqa: T201
        if not seen.is_as_told:
            failures += 1
            told = f"installs={seen.installs} breaks={seen.breaks} mends={seen.mends}"
            print(f"  {told}\n  {seen.output[-800:]}", flush=True)  # noqa: T201
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
