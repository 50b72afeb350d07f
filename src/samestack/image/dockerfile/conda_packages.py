"""What is installed of a lock of conda's: its files by an explicit list, and wheels of the index on top."""

from collections.abc import Iterator

from samestack.errors import RequestError
from samestack.image.dockerfile.choices import Choices
from samestack.image.dockerfile.packages import Packages
from samestack.image.dockerfile.requirement_files import CONDA, INDEX, UV, hashed_requirements, uv_file
from samestack.lock.conda.contents import Contents, contents_to_show
from samestack.lock.conda.exports import explicit_list
from samestack.lock.decision import Lock


def conda_packages(lock: Lock, choices: Choices) -> Packages:
    """Those for the platform; :class:`RequestError` where the list would be for another one."""
    contents = contents_to_show(lock)
    if contents.platform != choices.platform.in_a_lock:
        raise RequestError(
            f"{lock.path}: only its packages for {contents.platform} can be listed here",
            hint="choose that --platform, or write the Dockerfile on a machine of the other one",
        )
    if not contents.series:
        raise RequestError(f"{lock.path}: it has no Python", hint="ask conda for python, then lock anew")
    index = {UV: uv_file(), INDEX: hashed_requirements(_on_top(contents, lock))} if contents.files else {}
    return Packages(series=contents.series, files={CONDA: explicit_list(lock), **index})


def _on_top(contents: Contents, lock: Lock) -> Iterator[tuple[str, str, str]]:
    for one in contents.files:
        if not one.sha256 or one.is_repository:
            raise RequestError(
                f"{lock.path}: {one.name} comes from {one.address}, which no hash names",
                hint="build its wheel once, put it into an index, and lock again",
            )
        yield one.name, one.version, one.sha256
