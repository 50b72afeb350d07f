"""The index's packages put on top of conda's by uv, each by its hash and none for want of another."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import tomli_w

from samestack.envs.venv.uv_failure import failure
from samestack.envs.work import Work
from samestack.lock.conda.locked_file import LockedFile
from samestack.process import run
from samestack.solve.uv.index_settings import index_settings
from samestack.solve.uv.uv_program import uv_program

# conda's own Pythons may say that they are managed by somebody else: by who calls this.
_OPTIONS: Final = ("--break-system-packages", "--no-progress", "--color=never", "--no-python-downloads")
_LOCKED: Final = ("--no-deps", "--require-hashes")
_PYLOCK: Final = "pylock.toml"


class IndexPart:
    """uv with the Python of a prefix."""

    def __init__(self, work: Work, prefix: Path) -> None:
        self._work = work
        self._uv = uv_program()
        self._python = prefix / "bin/python"

    def install(self, files: Sequence[LockedFile], *, again: bool) -> None:
        """Put these where they are not yet."""
        more = ("--reinstall",) if again else ()
        addressed = [one for one in files if _is_addressed(one)]
        named = [one for one in files if not _is_addressed(one)]
        with tempfile.TemporaryDirectory(prefix="samestack-sync-") as directory:
            if addressed:
                path = Path(directory, _PYLOCK)
                path.write_text(tomli_w.dumps(_pylock(addressed)))
                self._call("install", "--preview-features", "pylock", "--no-deps", *more, "-r", path)
            if named:
                path = Path(directory, "requirements.txt")
                path.write_text("".join(f"{line}\n" for line in _pins(named)))
                self._call("install", *_LOCKED, *more, "-r", path)

    def install_project(self, directory: Path) -> None:
        """Put the project itself into the prefix, such that its files are those that people edit."""
        self._call("install", "--no-deps", "--editable", directory.resolve())

    def remove(self, names: Iterable[str]) -> None:
        """Take packages away."""
        if listed := sorted(names):
            self._call("uninstall", *listed)

    def _call(self, verb: str, *words: str | Path) -> None:
        command = (self._uv, "pip", verb, *_OPTIONS, "--python", self._python, *words)
        settings = index_settings(self._uv).environment if verb == "install" else {}
        finished = run(command, directory=self._work.project.directory, environment=settings, check=False)
        if finished.status != 0:
            raise failure(finished.messages, self._work.lock.path)


def _is_addressed(file: LockedFile) -> bool:
    return "://" in file.address


def _pylock(files: Iterable[LockedFile]) -> dict[str, Any]:
    """A lock of its own for uv, which thereby writes down no address as if somebody had asked for it."""
    return {"lock-version": "1.0", "created-by": "samestack", "packages": [_package(one) for one in files]}


def _package(file: LockedFile) -> dict[str, Any]:
    named = {"name": file.name, **({"version": file.version} if file.version else {})}
    system = file.address.partition("+")[0]
    if file.is_repository:
        return {**named, "vcs": _repository(system, file.address)}
    source = {"url": file.address.partition("#")[0], "hashes": {"sha256": file.sha256}}
    return {**named, **({"wheels": [source]} if file.file_name.endswith(".whl") else {"sdist": source})}


def _repository(system: str, address: str) -> dict[str, str]:
    bare, _, fragment = address.removeprefix(f"{system}+").partition("#")
    url, _, commit = bare.rpartition("@")
    part = fragment.removeprefix("subdirectory=")
    return {"type": system, "url": url, "commit-id": commit, **({"subdirectory": part} if part else {})}


def _pins(files: Iterable[LockedFile]) -> Iterator[str]:
    return (f"{one.name}=={one.version} --hash=sha256:{one.sha256}" for one in files)
