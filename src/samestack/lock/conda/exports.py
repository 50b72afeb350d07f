"""A lock of conda's in the formats that conda itself reads: ``environment.yml`` and a list of files."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from samestack import __version__
from samestack.capture.readers.conda.conda_records import channel_name
from samestack.lock.conda.channels import without_secrets
from samestack.lock.conda.contents import Contents, contents_to_show
from samestack.lock.conda.locked_file import LockedFile
from samestack.lock.decision import Lock

if TYPE_CHECKING:
    from rattler import RepoDataRecord


def environment_yaml(lock: Lock) -> bytes:
    """Every package by its release and build, those of the index under ``pip:``; for one platform.

    Hashes are left out, which conda would not check in such a file.
    """
    contents = contents_to_show(lock)
    document = {
        "channels": [channel_name(without_secrets(one)) for one in contents.channels],
        "dependencies": list(_dependencies(contents)),
    }
    text = yaml.safe_dump(document, sort_keys=False, width=1000)
    return (f"{_about(lock.path, contents)}; hashes are not in here\n{text}").encode()


def explicit_list(lock: Lock) -> bytes:
    """The addresses of the files with their hashes, for ``conda create --file``; for one platform.

    What the index has on top stands in comments, as conda-lock writes it: conda passes over them.
    """
    from rattler import PackageRecord

    contents = contents_to_show(lock)
    # conda links in the order of the list: what is needed comes before who needs it.
    ordered: Any = PackageRecord.sort_topologically(list(contents.records))
    by_name = {one.name.normalized: one for one in contents.records}
    lines = (
        _about(lock.path, contents),
        f"# platform: {contents.platform}",
        "@EXPLICIT",
        *(_of_record(by_name[one.name.normalized]) for one in ordered),
        *map(_of_file, contents.files),
    )
    return "".join(f"{line}\n" for line in lines).encode()


def _about(path: Path, contents: Contents) -> str:
    return f"# exported from {path.name} by samestack {__version__}, for {contents.platform}"


def _dependencies(contents: Contents) -> Iterator[str | dict[str, list[str]]]:
    for one in contents.records:
        yield f"{one.name.normalized}={one.version}={one.build}"
    if contents.files:
        if not any(one.name.normalized == "pip" for one in contents.records):
            yield "pip"
        yield {"pip": [_requirement(one) for one in contents.files]}


def _requirement(file: LockedFile) -> str:
    if file.is_repository:
        return f"{file.name} @ {file.address}"
    return f"{file.name}=={file.version}"


def _of_record(record: "RepoDataRecord") -> str:
    """Older releases of conda know no other hash than this in such a list."""
    address = without_secrets(record.url)
    if record.md5 is not None:
        return f"{address}#{record.md5.hex()}"
    return f"{address}#sha256:{record.sha256.hex()}" if record.sha256 is not None else address


def _of_file(file: LockedFile) -> str:
    return f"# pip {file.name} @ {file.address}" + (f" --hash=sha256:{file.sha256}" if file.sha256 else "")
