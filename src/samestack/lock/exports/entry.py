"""The way in: a lock in a format of another tool."""

from typing import Final

from samestack.errors import RequestError
from samestack.lock.decision import Lock

FORMATS: Final = ("requirements", "environment.yml", "explicit", "pylock")

_CONDA_LOCKS: Final = frozenset({"pixi.lock", "conda-lock.yml", "conda-explicit"})


def exported(lock: Lock, format: str) -> bytes:  # noqa: A002 - the word that everybody uses for it
    """The file's content; ``format`` is one of :data:`FORMATS`.

    :class:`RequestError` for a format that cannot say what this lock says.
    """
    if format not in FORMATS:
        raise RequestError(f"there is no format '{format}'", hint=f"name one of {', '.join(FORMATS)}")
    return (_of_conda if lock.kind in _CONDA_LOCKS else _of_python)(lock, format)


def _of_conda(lock: Lock, format: str) -> bytes:  # noqa: A002
    from samestack.lock.conda.exports import environment_yaml, explicit_list

    if format == "environment.yml":
        return environment_yaml(lock)
    if format == "explicit":
        return explicit_list(lock)
    raise RequestError(
        f"{lock.path}: what conda installs cannot be said as {format}",
        hint="export it as environment.yml or explicit",
    )


def _of_python(lock: Lock, format: str) -> bytes:  # noqa: A002
    if format == "requirements":
        from samestack.lock.exports.requirements import requirements

        return requirements(lock)
    if format == "environment.yml":
        from samestack.lock.exports.environment import environment

        return environment(lock)
    if format == "pylock":
        from samestack.lock.exports.pylock import pylock

        return pylock(lock)
    raise RequestError(
        f"{lock.path}: an explicit list names files of conda channels, and this lock has none",
        hint="export it as requirements: they name each file by its hashes",
    )
