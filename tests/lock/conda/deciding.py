"""Projects of conda's, decided on a channel of this machine."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from samestack.lock.conda.decide import decide
from samestack.lock.deciding import write
from samestack.lock.decision import Decision, LockOptions
from samestack.lock.reading import read_lock
from samestack.model import Stack
from samestack.progress import SILENT
from samestack.project.reading import read_project


def project(
    directory: Path,
    channel: Path,
    *wishes: str,
    pip: Sequence[str] = (),
    manifest: str = "",
) -> Path:
    """A directory with an ``environment.yml``, and with a manifest where one is given."""
    dependencies: list[str | dict[str, list[str]]] = [*wishes, *([{"pip": list(pip)}] if pip else [])]
    said = {"channels": [channel.as_uri()], "dependencies": dependencies}
    (directory / "environment.yml").write_text(yaml.safe_dump(said))
    if manifest:
        (directory / "pyproject.toml").write_text(f'[tool.samestack]\nbackend = "conda"\n{manifest}')
    return directory


def decided(directory: Path, options: LockOptions | None = None) -> Decision:
    """Decided by what stands in a directory."""
    return decide(read_project(directory), options or LockOptions(), SILENT)


def locked(directory: Path, options: LockOptions | None = None) -> Stack:
    """Decided, written, and read again for this platform."""
    decision = decided(directory, options)
    write(decision)
    return read_lock(decision.path).snapshot.stack


def releases_of(stack: Stack) -> Mapping[str, str]:
    """The version of everything by its name."""
    return {one.name: one.version or "" for one in stack}


def platform_packages(decision: Decision, platform: str) -> list[str]:
    """The file names of a platform's packages, as they stand in the lock."""
    document = yaml.safe_load(decision.data)
    listed = document["environments"]["default"]["packages"][platform]
    return [address.rpartition("/")[2] for entry in listed for address in entry.values()]


def without_indexing_times(channel: Path) -> None:
    """As in channels that tell only when packages were built."""
    for path in channel.glob("*/repodata.json"):
        data = json.loads(path.read_text())
        for record in (*data["packages"].values(), *data["packages.conda"].values()):
            record.pop("indexed_timestamp", None)
        path.write_text(json.dumps(data))
